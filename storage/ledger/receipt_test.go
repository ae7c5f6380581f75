package ledger_test

import (
	"bytes"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/storage/ledger"
)

const origin = "samtykke.example/consent/gjerdrum/2026"

// key makes a signing key that is the same each time for the same byte.
func key(t testing.TB, name string, seed byte) (note.Signer, note.Verifier) {
	t.Helper()
	secret, public, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)), name)
	if err != nil {
		t.Fatal(err)
	}
	signer, err := note.NewSigner(secret)
	if err != nil {
		t.Fatal(err)
	}
	verifier, err := note.NewVerifier(public)
	if err != nil {
		t.Fatal(err)
	}
	return signer, verifier
}

// records gives the tree of so many records, and its head.
func records(size int) (*stored, ledger.Head) {
	tree := new(stored)
	for i := range size {
		salt := ledger.Salt{byte(i), 31: 1}
		tree.append(ledger.RecordLeaf(&salt, sample(i).Encode()))
	}
	return tree, ledger.Head{Origin: origin, Size: int64(size), Root: tree.frontier.Root()}
}

// receipt gives that of the i-th record of a tree made by records.
func receipt(t *testing.T, tree *stored, head ledger.Head, i int64, signers ...note.Signer) *ledger.Receipt {
	path, err := ledger.LeafHashes(tree.read).Inclusion(head.Size, i)
	if err != nil {
		t.Fatal(err)
	}
	return &ledger.Receipt{Index: i, Salt: ledger.Salt{byte(i), 31: 1}, Record: sample(int(i)).Encode(), Path: path, Checkpoint: sign(t, head, signers...)}
}

// sign gives the checkpoint of a head with a line by each signer.
func sign(t testing.TB, head ledger.Head, signers ...note.Signer) []byte {
	t.Helper()
	signed, err := head.Sign(signers[0])
	if err != nil {
		t.Fatal(err)
	}
	for _, signer := range signers[1:] {
		more, err := head.Sign(signer)
		if err != nil {
			t.Fatal(err)
		}
		_, line, _ := strings.Cut(string(more), "\n\n")
		signed = append(signed, line...)
	}
	return signed
}

// TestAReceiptProvesItsRecord goes through every record of trees of several
// sizes.
func TestAReceiptProvesItsRecord(t *testing.T) {
	signer, verifier := key(t, origin, 1)
	for _, size := range []int{1, 2, 7, 13} {
		tree, head := records(size)
		for i := range int64(size) {
			sent := receipt(t, tree, head, i, signer)
			parsed, err := ledger.ParseReceipt(sent.Encode())
			if err != nil {
				t.Fatal(err)
			}
			record, have, err := parsed.Verify(note.VerifierList(verifier))
			if err != nil {
				t.Fatalf("record %d of %d: %v", i, size, err)
			}
			if *record != *sample(int(i)) || *have != head || parsed.Index != i || parsed.Salt != sent.Salt || !slices.Equal(parsed.Path, sent.Path) {
				t.Errorf("record %d of %d is proved to be %+v at index %d of %+v", i, size, record, parsed.Index, have)
			}
			if again := parsed.Encode(); !bytes.Equal(again, sent.Encode()) {
				t.Errorf("the receipt is read, and written as\n%s", again)
			}
		}
	}
}

// TestAReceiptHasTheFormOfC2SP pins the whole text: what a visitor keeps today
// must verify in ten years.
func TestAReceiptHasTheFormOfC2SP(t *testing.T) {
	signer, verifier := key(t, origin, 1)
	witness, _ := key(t, "witness.example", 2)
	tree, head := records(13)
	want, err := os.ReadFile("testdata/receipt.tlog-proof")
	if err != nil {
		t.Fatal(err)
	}
	if have := receipt(t, tree, head, 5, signer, witness).Encode(); !bytes.Equal(have, want) {
		t.Errorf("the receipt is\n%s\ninstead of\n%s", have, want)
	}
	parsed, err := ledger.ParseReceipt(want)
	if err != nil {
		t.Fatal(err)
	}
	if record, _, err := parsed.Verify(note.VerifierList(verifier)); err != nil || *record != *sample(5) {
		t.Errorf("the receipt proves %+v, %v", record, err)
	}
}

// remembering verifies each signature of each text once: thousands of changed
// receipts have the same checkpoint.
type remembering struct {
	note.Verifier
	known map[string]bool
}

func (r *remembering) Verify(text, signature []byte) bool {
	both := string(text) + string(signature)
	valid, known := r.known[both]
	if !known {
		valid = r.Verifier.Verify(text, signature)
		r.known[both] = valid
	}
	return valid
}

// TestAChangedReceiptProvesNothingElse changes every bit of the whole text, makes
// every byte one that ends or parts lines, and leaves each out: the result is
// refused or, where the change means nothing, proves the same.
func TestAChangedReceiptProvesNothingElse(t *testing.T) {
	signer, verifier := key(t, origin, 1)
	witness, _ := key(t, "witness.example", 2)
	keys := note.VerifierList(&remembering{verifier, make(map[string]bool)})
	tree, head := records(13)
	text := receipt(t, tree, head, 5, signer, witness).Encode()
	tried, proved := 0, 0
	try := func(text []byte, format string, values ...any) {
		tried++
		parsed, err := ledger.ParseReceipt(text)
		if err != nil {
			return
		}
		record, have, err := parsed.Verify(keys)
		if err != nil {
			return
		}
		proved++
		if *record != *sample(5) || parsed.Index != 5 || *have != head {
			t.Errorf("%s, the receipt proves %+v at index %d of %+v", fmt.Sprintf(format, values...), record, parsed.Index, have)
		}
	}
	changed := slices.Clone(text)
	for at, was := range text {
		for bit := range 8 {
			changed[at] = was ^ 1<<bit
			try(changed, "with bit %d of byte %d (%q) changed", bit, at, was)
		}
		for _, other := range []byte("\n\r =") {
			if changed[at] = other; other != was {
				try(changed, "with byte %d %q instead of %q", at, other, was)
			}
		}
		changed[at] = was
		try(slices.Delete(slices.Clone(text), at, at+1), "without byte %d (%q)", at, was)
		try(text[:at], "with its first %d bytes only", at)
	}
	// Only the line of the witness, whom nobody knows here, may change much.
	if witnessed := len("— witness.example ") + 92 + 1; proved > 14*(witnessed+10) {
		t.Errorf("of %d changed receipts %d prove the same: too many", tried, proved)
	}
}

// TestAReceiptIsRefused for each reason that there is.
func TestAReceiptIsRefused(t *testing.T) {
	signer, verifier := key(t, origin, 1)
	witness, witnessVerifier := key(t, "witness.example", 2)
	_, later := key(t, origin, 3)
	_, neighbour := key(t, "samtykke.example/consent/nannestad/2026", 4)
	tree, head := records(13)
	other, otherHead := records(12)
	honest := func() *ledger.Receipt { return receipt(t, tree, head, 5, signer) }
	for _, tt := range []struct {
		name   string
		change func(r *ledger.Receipt)
		keys   note.Verifiers
		want   string
	}{
		{"by no key", nil, note.VerifierList(), "none of the given keys has signed it"},
		{"by the key of another tree", nil, note.VerifierList(neighbour), "fetch the keys of the site again"},
		{"by another key of the same tree", nil, note.VerifierList(later), "it is signed by the key " + fmt.Sprintf("%s+%08x", signer.Name(), signer.KeyHash())},
		{"signed by a witness only", func(r *ledger.Receipt) { r.Checkpoint = sign(t, head, witness) }, note.VerifierList(verifier, witnessVerifier), "signed by others, but not by its own key"},
		{"with another tree's checkpoint", func(r *ledger.Receipt) { r.Checkpoint = sign(t, otherHead, signer) }, note.VerifierList(verifier), "is not at index 5"},
		{"with another tree's path", func(r *ledger.Receipt) { r.Path = receipt(t, other, otherHead, 5, signer).Path }, note.VerifierList(verifier), "is not at index 5"},
		{"with another index", func(r *ledger.Receipt) { r.Index = 4 }, note.VerifierList(verifier), "is not at index 4"},
		{"with a negative index", func(r *ledger.Receipt) { r.Index = -1 }, note.VerifierList(verifier), "is not at index -1"},
		{"with another salt", func(r *ledger.Receipt) { r.Salt[0]++ }, note.VerifierList(verifier), "is not at index 5"},
		{"with another record", func(r *ledger.Receipt) { r.Record = sample(6).Encode() }, note.VerifierList(verifier), "is not at index 5"},
		{"with what is no record", func(r *ledger.Receipt) { r.Record = []byte("nonsense") }, note.VerifierList(verifier), "not one of ours"},
	} {
		sent := honest()
		if tt.change != nil {
			tt.change(sent)
		}
		parsed, err := ledger.ParseReceipt(sent.Encode())
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if record, have, err := parsed.Verify(tt.keys); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %+v, %+v, %v", tt.name, record, have, err)
		}
	}
	for _, text := range []string{
		"",
		"c2sp.org/tlog-proof@v1\nindex 5\n\n", // no extra data at all
		"c2sp.org/tlog-proof@v1\nextra AAAA\nindex 5\n\n", // shorter than a salt
		"c2sp.org/tlog-proof@v2\nextra AAAA\nindex 5\n\n", // another version
		strings.Replace(string(honest().Encode()), "index 5", "index -5", 1),
		strings.Replace(string(honest().Encode()), "index 5", "index 5.0", 1),
		strings.Replace(string(honest().Encode()), "index 5", "index 18446744073709551616", 1),
	} {
		if parsed, err := ledger.ParseReceipt([]byte(text)); err == nil {
			t.Errorf("%q is read as %+v", text, parsed)
		}
	}
}

// TestALargeRecordFitsAReceipt takes one far above what the server accepts.
func TestALargeRecordFitsAReceipt(t *testing.T) {
	signer, verifier := key(t, origin, 1)
	record := sample(0)
	record.Choice = strings.Repeat("x", 32<<10)
	salt := ledger.Salt{1}
	var tree stored
	tree.append(ledger.RecordLeaf(&salt, record.Encode()))
	head := ledger.Head{Origin: origin, Size: 1, Root: tree.frontier.Root()}
	parsed, err := ledger.ParseReceipt((&ledger.Receipt{Salt: salt, Record: record.Encode(), Checkpoint: sign(t, head, signer)}).Encode())
	if err != nil {
		t.Fatal(err)
	}
	if have, _, err := parsed.Verify(note.VerifierList(verifier)); err != nil || *have != *record {
		t.Errorf("a choice of 32 KB: %v", err)
	}
}
