package banner

import (
	"bytes"
	"crypto/ed25519"
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

var update = flag.Bool("update", false, "write golden files anew")

func TestVerifierIsTheSameEveryTime(t *testing.T) {
	first, err := buildVerifier()
	if err != nil {
		t.Fatal(err)
	}
	second, err := buildVerifier()
	if err != nil || !bytes.Equal(first.body, second.body) || first.policy != second.policy {
		t.Errorf("the page is another one the second time: %v", err)
	}
}

// The page holds everything, and lets in exactly what it holds.
func TestVerifierHoldsItself(t *testing.T) {
	body, err := Verifier()
	if err != nil {
		t.Fatal(err)
	}
	policy, err := VerifierPolicy()
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Contains(body, []byte(`<meta http-equiv="Content-Security-Policy" content="`+policy+`">`)) {
		t.Error("the page does not state its policy")
	}
	for _, want := range []string{"default-src 'none'", "base-uri 'none'", "form-action 'none'"} {
		if !strings.Contains(policy, want) {
			t.Errorf("the policy lacks %s: %s", want, policy)
		}
	}
	for _, tag := range []string{"script", "style"} {
		inside := regexp.MustCompile(`(?s)<`+tag+`>(.*?)</`+tag+`>`).FindAllSubmatch(body, -1)
		if len(inside) != 1 {
			t.Fatalf("the page has %d %s elements", len(inside), tag)
		}
		sum := sha256.Sum256(inside[0][1])
		if want := tag + "-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"; !strings.Contains(policy, want) {
			t.Errorf("the policy does not let the page's own %s in: %s", tag, policy)
		}
	}
	if found := regexp.MustCompile(`(?i)https?://|\bsrc=|@import|url\(|\bfetch\(|XMLHttp|WebSocket|sendBeacon|localStorage|\.cookie\b`).FindAll(body, -1); found != nil {
		t.Errorf("the page loads, sends or keeps something: %q", found)
	}
	if len(body) > 64<<10 {
		t.Errorf("the page has %d bytes", len(body))
	}
}

// origin is the tree of every receipt in testdata.
const origin = "samtykke.example.no/consent/gjerdrum/2026"

// signer gives a key that is always the same.
func signer(t *testing.T, name string) (note.Signer, string) {
	t.Helper()
	seed := sha256.Sum256([]byte(name))
	public := ed25519.NewKeyFromSeed(seed[:]).Public().(ed25519.PublicKey)
	verifier, err := note.NewEd25519VerifierKey(name, public)
	if err != nil {
		t.Fatal(err)
	}
	id := strings.SplitN(verifier, "+", 3)[1]
	private := base64.StdEncoding.EncodeToString(append([]byte{1}, seed[:]...)) // 1 is Ed25519
	made, err := note.NewSigner("PRIVATE+KEY+" + name + "+" + id + "+" + private)
	if err != nil {
		t.Fatal(err)
	}
	return made, verifier
}

// receipts are what the TypeScript verifier is tested with.
func receipts() map[string]*ledger.Record {
	shown := ledger.Circumstance{
		Organisation: "gjerdrum", Site: "gjerdrum", Notice: 3, NoticeHash: consent.HashOf([]byte("notice")),
		Bundle: "Q3x_8sLw0dE", BundleHash: consent.HashOf([]byte("bundle")), Language: "nb",
	}
	some := shown
	some.Method, some.Layer, some.State = consent.Save, consent.LayerSecond, consent.StatePartlyGiven
	some.Choice = `{"categories":{"functional":true,"marketing":false,"statistics":true},"services":{"marketing/youtube":true}}`
	none := shown
	none.Method, none.Layer, none.State, none.GPC, none.Language = consent.RejectAll, consent.LayerFirst, consent.StateRefused, true, "se"
	none.Choice = `{"categories":{"statistics":false}}`
	return map[string]*ledger.Record{
		"some": {
			Circumstance: some, ID: consent.DecisionID{1, 0x9a, 0xb0, 0xc4, 0x8f, 0x3e, 0x7c, 0xc1, 0x9d, 0x4b, 10, 0x6f, 0x5e, 0x2d, 0x1c, 0x3b},
			Visitor: consent.VisitorKey{1, 2, 3, 21: 0xff}, Previous: consent.DecisionID{1, 0x9a, 15: 7},
			Time: noon.Add(34*time.Second + 567*time.Millisecond), Skew: -90 * time.Second,
		},
		"none": {Circumstance: none, ID: consent.DecisionID{15: 1}, Time: noon},
	}
}

// planted gives a receipt for a record at an index of a tree of others.
func planted(t *testing.T, record *ledger.Record, index, size int64, signers ...note.Signer) *ledger.Receipt {
	t.Helper()
	receipt := &ledger.Receipt{Index: index, Salt: sha256.Sum256([]byte("salt")), Record: record.Encode()}
	var tree ledger.Frontier
	hashes := make([][]byte, size)
	for i := range size {
		leaf := ledger.EventLeaf([]byte{byte(i)})
		if i == index {
			leaf = ledger.RecordLeaf(&receipt.Salt, receipt.Record)
		}
		hashes[i] = tree.Append(nil, leaf)
	}
	path, err := ledger.LeafHashes(func(leaves []int64) ([][]byte, error) {
		found := make([][]byte, len(leaves))
		for i, leaf := range leaves {
			found[i] = hashes[leaf]
		}
		return found, nil
	}).Inclusion(size, index)
	if err != nil {
		t.Fatal(err)
	}
	receipt.Path = path
	head := &ledger.Head{Origin: origin, Size: size, Root: tree.Root()}
	receipt.Checkpoint, err = head.Sign(signers[0])
	if err != nil {
		t.Fatal(err)
	}
	opened, err := note.Open(receipt.Checkpoint, note.VerifierList(verifierOf(t, signers[0].Name())))
	if err != nil {
		t.Fatal(err)
	}
	if receipt.Checkpoint, err = note.Sign(opened, signers[1:]...); err != nil {
		t.Fatal(err)
	}
	return receipt
}

// cosignature signs a checkpoint as a witness does (C2SP tlog-cosignature).
func cosignature(t *testing.T, name string, checkpoint []byte) (key, line string) {
	t.Helper()
	seed := sha256.Sum256([]byte(name))
	private := ed25519.NewKeyFromSeed(seed[:])
	verifier := consent.NewVerifierKey(name, consent.KeyCosignature, [32]byte(private.Public().(ed25519.PublicKey)))
	text, _, _ := strings.Cut(string(checkpoint), "\n\n")
	raw := binary.BigEndian.AppendUint32(nil, verifier.ID)
	raw = binary.BigEndian.AppendUint64(raw, uint64(noon.Unix()))
	raw = append(raw, ed25519.Sign(private, fmt.Appendf(nil, "cosignature/v1\ntime %d\n%s\n", noon.Unix(), text))...)
	return verifier.String(), "— " + name + " " + base64.StdEncoding.EncodeToString(raw) + "\n"
}

func verifierOf(t *testing.T, name string) note.Verifier {
	t.Helper()
	_, key := signer(t, name)
	verifier, err := note.NewVerifier(key)
	if err != nil {
		t.Fatal(err)
	}
	return verifier
}

// TestReceiptsForTheVerifier keeps testdata as package ledger writes it. The
// TypeScript tests verify the receipts and compare what they read in them.
func TestReceiptsForTheVerifier(t *testing.T) {
	log, logKey := signer(t, origin)
	witness, witnessKey := signer(t, "witness.example.org")
	files := map[string]string{"log.pub": logKey + "\n", "witness.pub": witnessKey + "\n"}
	records := receipts()
	cosigned := planted(t, records["some"], 5, 11, log)
	for _, name := range []string{"b.example.no/witness", "c.example.no/witness", "d.example.no/witness"} {
		key, line := cosignature(t, name, cosigned.Checkpoint)
		files["witnesses.pub"] += key + "\n"
		if name[0] != 'c' {
			cosigned.Checkpoint = append(cosigned.Checkpoint, line...)
		}
	}
	for name, receipt := range map[string]*ledger.Receipt{
		"cosigned":  cosigned,
		"some":      planted(t, records["some"], 5, 11, log),
		"none":      planted(t, records["none"], 0, 1, log),
		"witnessed": planted(t, records["some"], 10, 11, log, witness),
	} {
		text := receipt.Encode()
		files[name+".tlog-proof"] = string(text)
		read, head := verified(t, text, note.VerifierList(verifierOf(t, origin)))
		files[name+".json"] = described(t, read, head, receipt)
	}
	for name, text := range files {
		path := filepath.Join("testdata", "receipts", name)
		if *update {
			if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		kept, err := os.ReadFile(path)
		if err != nil || string(kept) != text {
			t.Errorf("%s is not as package ledger writes it (look, then run go test ./banner -run Receipts -update): %v", path, err)
		}
	}
}

func verified(t *testing.T, text []byte, keys note.Verifiers) (*ledger.Record, *ledger.Head) {
	t.Helper()
	receipt, err := ledger.ParseReceipt(text)
	if err != nil {
		t.Fatal(err)
	}
	record, head, err := receipt.Verify(keys)
	if err != nil {
		t.Fatal(err)
	}
	return record, head
}

// described says what Go reads in a receipt, in the names of the TypeScript.
func described(t *testing.T, r *ledger.Record, head *ledger.Head, receipt *ledger.Receipt) string {
	t.Helper()
	optional := func(zero bool, text string) string {
		if zero {
			return ""
		}
		return text
	}
	leaf := ledger.RecordLeaf(&receipt.Salt, receipt.Record)
	text, err := json.MarshalIndent(map[string]any{
		"index": receipt.Index, "size": head.Size, "origin": head.Origin, "root": head.Root.String(), "leaf": leaf.String(),
		"record": map[string]any{
			"organisation": r.Organisation, "site": r.Site, "notice": r.Notice, "noticeHash": r.NoticeHash.String(),
			"bundle": r.Bundle, "bundleHash": r.BundleHash.String(), "language": r.Language, "method": r.Method, "layer": r.Layer,
			"state": r.State, "gpc": r.GPC, "choice": r.Choice, "id": r.ID.String(),
			"visitor":  optional(r.Visitor.IsZero(), base64.RawURLEncoding.EncodeToString(r.Visitor[:])),
			"previous": optional(r.Previous.IsZero(), r.Previous.String()),
			"time":     r.Time.UnixMilli(), "skew": int64(r.Skew / time.Second),
		},
	}, "", "  ")
	if err != nil {
		t.Fatal(err)
	}
	return string(text) + "\n"
}
