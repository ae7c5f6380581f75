package ledger_test

import (
	"bytes"
	"testing"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/storage/ledger"
)

// public gives the verifier key of the ledger that key makes, as people have it.
func public(t *testing.T, seed byte) string {
	t.Helper()
	_, public, err := note.GenerateKey(bytes.NewReader(bytes.Repeat([]byte{seed}, 32)), origin)
	if err != nil {
		t.Fatal(err)
	}
	return public
}

// What a receipt says is told whether it is proven or not, and only proven by a key
// of its own ledger.
func TestProve(t *testing.T) {
	signer, _ := key(t, origin, 1)
	keys, others := public(t, 1), public(t, 2)
	tree, head := records(7)
	text := receipt(t, tree, head, 3, signer).Encode()
	said, err := ledger.Prove(text, keys)
	if err != nil || said.Decision != sample(3).ID || said.Origin != origin || said.Index != 3 || said.Size != 7 {
		t.Errorf("a receipt that holds proves %+v, %v", said, err)
	}
	for name, wrong := range map[string]string{"another key": others, "no key": "", "what is no key": "x"} {
		if said, err := ledger.Prove(text, wrong); err == nil || said == nil || said.Index != 3 {
			t.Errorf("%s proves %+v, %v", name, said, err)
		}
	}
	moved := receipt(t, tree, head, 3, signer)
	moved.Index = 4
	if said, err := ledger.Prove(moved.Encode(), keys); err == nil || said == nil {
		t.Errorf("another place is proven: %+v", said)
	}
	if said, err := ledger.Prove(bytes.Repeat([]byte("x"), 100), keys); err == nil || said != nil {
		t.Errorf("nonsense proves %+v", said)
	}
}
