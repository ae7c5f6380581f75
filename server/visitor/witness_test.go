package visitor_test

import (
	"bytes"
	"path/filepath"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// neighbour is a ledger elsewhere that the server under test is a witness of.
type neighbour struct {
	t      *testing.T
	keys   ledger.Keys
	tree   ledger.Frontier
	heads  []ledger.Head // by size
	hashes [][]byte
}

func newNeighbour(t *testing.T, leaves ...string) *neighbour {
	t.Helper()
	n := &neighbour{t: t, keys: ledger.Keys{Folder: t.TempDir()}, heads: make([]ledger.Head, 1)}
	for _, leaf := range leaves {
		n.hashes = append(n.hashes, n.tree.Append(nil, ledger.EventLeaf([]byte(leaf))))
		n.heads = append(n.heads, ledger.Head{Origin: "nabo.example.no/consent/torg/2026", Size: n.tree.Size(), Root: n.tree.Root()})
	}
	return n
}

// submits gives the body of a request.
func (n *neighbour) submits(from, to int64) string {
	n.t.Helper()
	signer, err := n.keys.Rotate("torg-2026", n.heads[to].Origin)
	if err != nil {
		n.t.Fatal(err)
	}
	s := consent.Submission{From: from}
	if s.Checkpoint, err = n.heads[to].Sign(signer); err == nil {
		s.Checkpoint, err = n.keys.Endorse("nabo.example.no", s.Checkpoint)
	}
	if err != nil {
		n.t.Fatal(err)
	}
	if from > 0 && from < to {
		path, err := ledger.LeafHashes(func(leaves []int64) ([][]byte, error) {
			found := make([][]byte, len(leaves))
			for i, leaf := range leaves {
				found[i] = n.hashes[leaf]
			}
			return found, nil
		}).Consistency(to, from)
		if err != nil {
			n.t.Fatal(err)
		}
		for _, hash := range path {
			s.Path = append(s.Path, consent.Hash(hash))
		}
	}
	return string(s.Encode())
}

// witnessing makes the server under test a witness of one neighbour, and gives
// the bodies that a script sends.
func witnessing(t *testing.T) (change func(*setup), bodies map[string]string) {
	t.Helper()
	n, stranger := newNeighbour(t, "1", "2", "3", "4", "5", "6"), newNeighbour(t, "1", "2", "3")
	fork := newNeighbour(t, "1", "2", "3", "4", "FIVE", "6")
	fork.keys = n.keys
	key, err := n.keys.HostKey("nabo.example.no")
	if err != nil {
		t.Fatal(err)
	}
	w, err := ledger.NewWitness(ledger.Keys{Folder: t.TempDir()}, "samtykke.example.no", filepath.Join(t.TempDir(), "watched"), []consent.VerifierKey{key})
	if err != nil {
		t.Fatal(err)
	}
	beyond := strings.Replace(n.submits(0, 3), "old 0", "old 4", 1)
	return func(s *setup) { s.witness = w }, map[string]string{
		"first": n.submits(0, 3), "again": n.submits(3, 3), "grown": n.submits(3, 5), "late": n.submits(3, 6),
		"fork_same": fork.submits(5, 5), "fork_longer": fork.submits(5, 6), "next": n.submits(5, 6),
		"no_proof": strings.Replace(n.submits(3, 5), "old 3\n", "old 5\n", 1), "beyond": beyond,
		"stranger": stranger.submits(0, 3), "elsewhere": strings.ReplaceAll(n.submits(0, 3), "nabo.example.no", "annen.example.no"),
		"padded": strings.Replace(n.submits(0, 3), "old 0", "old 00", 1), "no_line": strings.Replace(n.submits(0, 3), "\n\n", "\n", 1),
		"long": string(bytes.Repeat([]byte("old 0\n"), 2000)),
	}
}
