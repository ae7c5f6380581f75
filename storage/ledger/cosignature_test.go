package ledger_test

import (
	"bytes"
	"encoding/base64"
	"encoding/binary"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	f_note "github.com/transparency-dev/formats/note"
	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// witnessed is a ledger of one leaf more each time, and its witnesses.
type witnessedLog struct {
	t      *testing.T
	keys   ledger.Keys
	origin string
	tree   ledger.Frontier
	hashes [][]byte
	roots  []ledger.Head // by size
}

func newWitnessedLog(t *testing.T, leaves int) *witnessedLog {
	t.Helper()
	l := &witnessedLog{t: t, keys: ledger.Keys{Folder: t.TempDir()}, origin: "a.example.no/consent/gjerdrum/2026"}
	l.roots = append(l.roots, ledger.Head{Origin: l.origin})
	l.grow("leaf", leaves)
	return l
}

func (l *witnessedLog) grow(what string, leaves int) {
	for range leaves {
		l.hashes = append(l.hashes, l.tree.Append(nil, ledger.EventLeaf([]byte(what))))
		l.roots = append(l.roots, ledger.Head{Origin: l.origin, Size: l.tree.Size(), Root: l.tree.Root()})
	}
}

// checkpoint signs the head of a size as the tree does, and as its host.
func (l *witnessedLog) checkpoint(size int64) []byte {
	l.t.Helper()
	signer, err := made(l.keys, "gjerdrum-2026", l.origin)
	if err != nil {
		l.t.Fatal(err)
	}
	signed, err := l.roots[size].Sign(signer)
	if err != nil {
		l.t.Fatal(err)
	}
	return signed
}

func (l *witnessedLog) endorsed(size int64) []byte {
	l.t.Helper()
	signed, err := l.keys.Endorse("a.example.no", l.checkpoint(size))
	if err != nil {
		l.t.Fatal(err)
	}
	return signed
}

func (l *witnessedLog) submission(from, to int64) *consent.Submission {
	l.t.Helper()
	s := &consent.Submission{From: from, Checkpoint: l.endorsed(to)}
	if from == 0 || from >= to {
		return s
	}
	path, err := ledger.LeafHashes(func(leaves []int64) ([][]byte, error) {
		found := make([][]byte, len(leaves))
		for i, leaf := range leaves {
			found[i] = l.hashes[leaf]
		}
		return found, nil
	}).Consistency(to, from)
	if err != nil {
		l.t.Fatal(err)
	}
	for _, hash := range path {
		s.Path = append(s.Path, consent.Hash(hash))
	}
	return s
}

func (l *witnessedLog) hostKey() consent.VerifierKey {
	l.t.Helper()
	key, err := l.keys.HostKey("a.example.no")
	if err != nil {
		l.t.Fatal(err)
	}
	return key
}

// witnessOf makes a witness of that host which watches one key, and gives its own.
func witnessOf(t *testing.T, folder, host string, watch consent.VerifierKey) (*ledger.Witness, consent.VerifierKey) {
	t.Helper()
	keys := ledger.Keys{Folder: filepath.Join(folder, "keys")}
	w, err := ledger.NewWitness(keys, host, filepath.Join(folder, "watched"), []consent.VerifierKey{watch})
	if err != nil {
		t.Fatal(err)
	}
	key, err := keys.WitnessKey(host)
	if err != nil {
		t.Fatal(err)
	}
	return w, key
}

var morning = time.Date(2026, 11, 26, 7, 0, 0, 0, time.UTC)

// TestCosignaturesAreThoseOfOthers: what we sign, another implementation
// verifies, and the reverse; both read the same time.
func TestCosignaturesAreThoseOfOthers(t *testing.T) {
	l := newWitnessedLog(t, 5)
	folder := t.TempDir()
	w, key := witnessOf(t, folder, "b.example.no", l.hostKey())
	line, err := w.AddCheckpoint(t.Context(), l.submission(0, 5), morning)
	if err != nil {
		t.Fatal(err)
	}
	theirs, err := f_note.NewVerifierForCosignatureV1(key.String())
	if err != nil {
		t.Fatal(err)
	}
	opened, err := note.Open(append(l.checkpoint(5), line...), note.VerifierList(theirs))
	if err != nil {
		t.Fatal(err)
	}
	if at, err := f_note.CoSigV1Timestamp(opened.Sigs[0]); err != nil || !at.Equal(morning) {
		t.Errorf("they read the time %v, %v", at, err)
	}
	secret, err := os.ReadFile(filepath.Join(folder, "keys", "witness.key"))
	if err != nil {
		t.Fatal(err)
	}
	signer, err := f_note.NewSignerForCosignatureV1(strings.TrimSpace(string(secret)))
	if err != nil {
		t.Fatal(err)
	}
	signed, err := note.Sign(&note.Note{Text: opened.Text}, signer)
	if err != nil {
		t.Fatal(err)
	}
	quorum, err := consent.NewQuorum([]consent.VerifierKey{key}, 1)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := ledger.Cosigners(signed, quorum); err != nil || !slices.Equal(names, []string{"b.example.no/witness"}) {
		t.Errorf("we read theirs as %v, %v", names, err)
	}
	if info, err := os.Stat(filepath.Join(folder, "keys", "witness.key")); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("the witness's key may be read by others: %v, %v", info.Mode(), err)
	}
}

// TestCosignaturesThatAreNone: of an altered signature, time, text or name
// nothing counts.
func TestCosignaturesThatAreNone(t *testing.T) {
	l := newWitnessedLog(t, 5)
	w, key := witnessOf(t, t.TempDir(), "b.example.no", l.hostKey())
	answer, err := w.AddCheckpoint(t.Context(), l.submission(0, 4), morning)
	if err != nil {
		t.Fatal(err)
	}
	_, other := witnessOf(t, t.TempDir(), "b.example.no", l.hostKey()) // of the same name
	head, encoded, _ := bytes.Cut(bytes.TrimSuffix(answer, []byte("\n")), []byte("witness "))
	raw, err := base64.StdEncoding.DecodeString(string(encoded))
	if err != nil {
		t.Fatal(err)
	}
	altered := func(change func(raw []byte) []byte) []byte {
		return append(append(bytes.Clone(head), "witness "...), base64.StdEncoding.EncodeToString(change(bytes.Clone(raw)))+"\n"...)
	}
	for name, c := range map[string]struct {
		checkpoint, lines []byte
		key               consent.VerifierKey
	}{
		"a bit of the signature": {l.checkpoint(4), altered(func(raw []byte) []byte { raw[40] ^= 1; return raw }), key},
		"a second later":         {l.checkpoint(4), altered(func(raw []byte) []byte { raw[11]++; return raw }), key},
		"the time from the other end": {l.checkpoint(4), altered(func(raw []byte) []byte {
			binary.LittleEndian.PutUint64(raw[4:], binary.BigEndian.Uint64(raw[4:]))
			return raw
		}), key},
		"no time":               {l.checkpoint(4), altered(func(raw []byte) []byte { return append(raw[:4], raw[12:]...) }), key},
		"another checkpoint":    {l.checkpoint(5), answer, key},
		"another key":           {l.checkpoint(4), answer, other},
		"another name":          {l.checkpoint(4), bytes.ReplaceAll(answer, []byte("b.example"), []byte("c.example")), key},
		"the log's own":         {l.checkpoint(4), signatures(l.checkpoint(4)), key},
		"nothing":               {l.checkpoint(4), nil, key},
		"an error in HTML":      {l.checkpoint(4), []byte("<html>\n\nno</html>\n"), key},
		"a key by another kind": {l.checkpoint(4), answer, consent.NewVerifierKey(key.Name, consent.KeyEd25519, key.Public)},
	} {
		if line, _, err := ledger.Cosignature(c.checkpoint, c.lines, c.key); err == nil {
			t.Errorf("%s counts: %s", name, line)
		}
	}
	if line, at, err := ledger.Cosignature(l.checkpoint(4), answer, key); err != nil || !bytes.Equal(line, answer) || !at.Equal(morning) {
		t.Errorf("the one that is: %s %v %v", line, at, err)
	}
}

// TestQuorum: m of n, by keys and not by names, and whoever forges one of them
// is told.
func TestQuorum(t *testing.T) {
	l := newWitnessedLog(t, 3)
	var keys []consent.VerifierKey
	lines := map[string]string{}
	for _, host := range []string{"b", "c", "d", "stranger"} {
		w, key := witnessOf(t, t.TempDir(), host+".example.no", l.hostKey())
		line, err := w.AddCheckpoint(t.Context(), l.submission(0, 3), morning)
		if err != nil {
			t.Fatal(err)
		}
		lines[host] = string(line)
		if host != "stranger" {
			keys = append(keys, key)
		}
	}
	forged := strings.Replace(lines["c"], "witness ", "witness "+lines["c"][len("— c.example.no/witness "):][:6], 1)
	forged = forged[:len(forged)-1-8] + "AA==\n"
	for _, c := range []struct {
		by       string
		required int
		want     int
		enough   bool
	}{
		{"", 1, 0, false},
		{lines["b"], 1, 1, true},
		{lines["b"], 2, 1, false},
		{lines["b"] + lines["b"], 2, 1, false},
		{lines["b"] + lines["stranger"], 2, 1, false},
		{lines["b"] + lines["d"], 2, 2, true},
		{lines["d"] + lines["stranger"] + lines["b"], 0, 2, true},
		{lines["b"] + lines["c"] + lines["d"], 3, 3, true},
	} {
		quorum, err := consent.NewQuorum(keys, c.required)
		if err != nil {
			t.Fatal(err)
		}
		names, err := ledger.Cosigners(append(l.checkpoint(3), c.by...), quorum)
		if err != nil || len(names) != c.want || (len(names) >= quorum.Required) != c.enough {
			t.Errorf("%d required, by\n%s: %v, %v", c.required, c.by, names, err)
		}
	}
	quorum, err := consent.NewQuorum(keys, 1)
	if err != nil {
		t.Fatal(err)
	}
	if names, err := ledger.Cosigners(append(l.checkpoint(3), lines["b"]+forged...), quorum); err == nil && len(names) != 1 {
		t.Errorf("a forged one counts: %v", names)
	}
	twice := append(slices.Clone(keys), consent.NewVerifierKey("e.example.no/witness", consent.KeyCosignature, keys[0].Public))
	for name, c := range map[string]struct {
		keys     []consent.VerifierKey
		required int
	}{
		"nobody": {nil, 0}, "more than there are": {keys, 4}, "less than none": {keys, -1},
		"one under two names": {twice, 2}, "a ledger's key": {append(slices.Clone(keys), l.hostKey()), 2},
	} {
		if _, err := consent.NewQuorum(c.keys, c.required); err == nil {
			t.Errorf("%s can be a quorum", name)
		}
	}
}

// signatures gives the lines of a note that follow its text.
func signatures(signed []byte) []byte {
	_, lines, _ := bytes.Cut(signed, []byte("\n\n"))
	return lines
}
