package ledger_test

import (
	"strings"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/storage/ledger"
)

// TestACheckpointOpensWithItsOwnKey leaves lines by others alone, known or not,
// before it or after.
func TestACheckpointOpensWithItsOwnKey(t *testing.T) {
	signer, verifier := key(t, origin, 1)
	witness, witnessVerifier := key(t, "witness.example", 2)
	_, head := records(13)
	for _, signed := range [][]byte{sign(t, head, signer), sign(t, head, signer, witness), sign(t, head, witness, signer)} {
		for _, keys := range []note.Verifiers{note.VerifierList(verifier), note.VerifierList(witnessVerifier, verifier)} {
			if have, err := ledger.OpenCheckpoint(signed, keys); err != nil || *have != head {
				t.Errorf("opened as %+v, %v:\n%s", have, err, signed)
			}
		}
		if have, err := ledger.OpenCheckpoint(signed, note.VerifierList(witnessVerifier)); err == nil {
			t.Errorf("a witness is enough for %+v", have)
		}
	}
}

// TestTheKeyOfAnotherTreeDoesNotSignForThis though an operator knows both.
func TestTheKeyOfAnotherTreeDoesNotSignForThis(t *testing.T) {
	_, verifier := key(t, origin, 1)
	neighbour, neighbourVerifier := key(t, "samtykke.example/consent/nannestad/2026", 4)
	_, head := records(13)
	have, err := ledger.OpenCheckpoint(sign(t, head, neighbour), note.VerifierList(verifier, neighbourVerifier))
	if err == nil || !strings.Contains(err.Error(), origin) {
		t.Errorf("opened as %+v, %v", have, err)
	}
}

// TestAHeadIsReadOnlyFromACheckpoint refuses texts without a size or a root.
func TestAHeadIsReadOnlyFromACheckpoint(t *testing.T) {
	const root = "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU="
	if head, err := ledger.ParseHead([]byte("a\n1099511627775\n" + root + "\n")); err != nil || head.Size != 1<<40-1 {
		t.Errorf("the largest tree is read as %+v, %v", head, err)
	}
	for _, text := range []string{
		"", "a\n5\n", "\n5\n" + root + "\n", "a\n5\n" + root, "a\n-5\n" + root + "\n", "a\n5.0\n" + root + "\n", "a\nfive\n" + root + "\n",
		"a\n1099511627776\n" + root + "\n", "a\n18446744073709551615\n" + root + "\n", "a\n18446744073709551616\n" + root + "\n",
		"a\n5\n\n", "a\n5\n" + root[4:] + "\n", "a\n5\nAAAA" + root + "\n", "a\n5\n*" + root[1:] + "\n",
	} {
		if head, err := ledger.ParseHead([]byte(text)); err == nil {
			t.Errorf("%q is read as %+v", text, head)
		}
	}
}
