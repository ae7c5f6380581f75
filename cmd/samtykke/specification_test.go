package main_test

import (
	"archive/zip"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/hex"
	"io/fs"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	merkle "github.com/samtykke/samtykke/storage/ledger"
)

// exampleOf reads the example of the specification: its values by name, and the
// record that they begin with, each field with its length.
func exampleOf(t *testing.T, text string) (record []byte, values map[string][]byte) {
	t.Helper()
	_, example, _ := strings.Cut(text, "An example, in hexadecimal\n")
	values = make(map[string][]byte)
	name := ""
	entry := regexp.MustCompile(`^  ([a-z_]+)? +((?:[0-9a-f]{8} ?)?[0-9a-f]*)$`)
	for line := range strings.Lines(example) {
		found := entry.FindStringSubmatch(strings.TrimSuffix(line, "\n"))
		if found == nil {
			continue
		}
		if found[1] != "" {
			name = found[1]
		}
		data, err := hex.DecodeString(strings.ReplaceAll(found[2], " ", ""))
		if err != nil {
			t.Fatal(line, err)
		}
		if values["salt"] == nil && name != "salt" {
			record = append(record, data...)
		}
		values[name] = append(values[name], data...)
	}
	return record, values
}

// TestHelpSpecificationIsWhatIsHashed computes the example of the specification with
// nothing but what the text says, and reads the record with our own code.
func TestHelpSpecificationIsWhatIsHashed(t *testing.T) {
	text := must(t, "help", "specification")
	record, values := exampleOf(t, text)
	fields, rest := 0, record
	for len(rest) >= 4 {
		rest = rest[4+binary.BigEndian.Uint32(rest):]
		fields++
	}
	if parsed, err := merkle.ParseRecord(record); fields != 17 || err != nil || parsed.Language != "nb" || !parsed.Previous.IsZero() {
		t.Fatalf("%d fields, %v", fields, err)
	}
	sum := func(parts ...[]byte) []byte {
		hash := sha256.Sum256(slices.Concat(parts...))
		return hash[:]
	}
	entry := sum([]byte("samtykke/consent/v1\x00"), values["salt"], record)
	leaf := sum([]byte{0}, entry)
	event := sum([]byte("\x00samtykke/event/v1\x00"), values["event"])
	root := sum([]byte{1}, leaf, event)
	const origin = "samtykke.example.no/consent/gjerdrum/2026"
	head := origin + "\n2\n" + base64.StdEncoding.EncodeToString(root) + "\n"
	id := sum([]byte(origin+"\n\x01"), values["key"])[:4]
	for name, want := range map[string][]byte{"entry": entry, "leaf": leaf, "event_leaf": event, "root": root, "text": []byte(head)} {
		if !slices.Equal(values[name], want) {
			t.Errorf("%s is %x, and computed it is %x", name, values[name], want)
		}
	}
	signed := values["signed"]
	if len(signed) != 68 || !slices.Equal(signed[:4], id) || !ed25519.Verify(values["key"], []byte(head), signed[4:]) {
		t.Errorf("the key has not signed: %x", signed)
	}
	if ours := merkle.RecordLeaf((*merkle.Salt)(values["salt"]), record); !slices.Equal(ours[:], leaf) {
		t.Errorf("our own leaf is %x", ours)
	}
	if ours := merkle.EventLeaf(values["event"]); !slices.Equal(ours[:], event) {
		t.Errorf("our own leaf of the event is %x", ours)
	}
	for line := range strings.Lines(text) {
		if len([]rune(line)) > 81 {
			t.Errorf("longer than 80 characters: %s", line)
		}
	}

	i, pack := newInstallation(t), filepath.Join(t.TempDir(), "gjerdrum.zip")
	must(t, "log", "pack", "gjerdrum", "-o", pack, "--data", i.data)
	archive, err := zip.OpenReader(pack)
	if err != nil {
		t.Fatal(err)
	}
	defer archive.Close()
	if packed, err := fs.ReadFile(archive, "SPECIFICATION.txt"); err != nil || string(packed) != text {
		t.Errorf("the pack holds another specification: %v", err)
	}
}
