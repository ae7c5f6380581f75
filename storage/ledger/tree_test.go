package ledger_test

import (
	"bytes"
	"crypto/sha256"
	"errors"
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/transparency-dev/merkle/proof"
	"github.com/transparency-dev/merkle/rfc6962"
	"github.com/transparency-dev/merkle/testonly"
	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/storage/ledger"
)

// The sizes that are tried: all up to the largest, and up to the complete one
// every proof of every leaf and of every pair.
const (
	largestSize  = 600
	completeSize = 130
)

// stored is a tree as an engine keeps it: what each leaf completes.
type stored struct {
	frontier ledger.Frontier
	hashes   [][]byte
}

func (s *stored) append(leaf tlog.Hash) {
	s.hashes = append(s.hashes, s.frontier.Append(nil, leaf))
}

func (s *stored) read(leaves []int64) ([][]byte, error) {
	found := make([][]byte, len(leaves))
	for i, leaf := range leaves {
		found[i] = s.hashes[leaf]
	}
	return found, nil
}

// grow gives a tree of so many different leaves.
func grow(size int) *stored {
	tree := new(stored)
	for i := range size {
		tree.append(anyLeaf(i))
	}
	return tree
}

func anyLeaf(i int) tlog.Hash { return tlog.RecordHash(fmt.Appendf(nil, "leaf %d", i)) }

// second is the same tree by another implementation.
func second(size int) *testonly.Tree {
	tree := testonly.New(rfc6962.DefaultHasher)
	for i := range size {
		tree.AppendData(fmt.Appendf(nil, "leaf %d", i))
	}
	return tree
}

// roots gives the root of every size up to the largest, by the other
// implementation.
func roots(largest int) [][]byte {
	tree := second(largest)
	roots := make([][]byte, largest+1)
	for size := range roots {
		roots[size] = tree.HashAt(uint64(size))
	}
	return roots
}

// TestEveryRootIsThatOfTwoOtherImplementations grows a tree leaf by leaf.
func TestEveryRootIsThatOfTwoOtherImplementations(t *testing.T) {
	tree, merkle := new(stored), second(largestSize)
	var flat []tlog.Hash
	reader := tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		var found []tlog.Hash
		for _, i := range indexes {
			found = append(found, flat[i])
		}
		return found, nil
	})
	for size := range int64(largestSize + 1) {
		if have := tree.frontier.Size(); have != size {
			t.Fatalf("a tree of %d leaves says that it has %d", size, have)
		}
		root := tree.frontier.Root()
		if want := tlog.Hash(merkle.HashAt(uint64(size))); root != want {
			t.Fatalf("%d leaves have the root %s, and merkle says %s", size, root, want)
		}
		if want, err := tlog.TreeHash(size, reader); err != nil || root != want {
			t.Fatalf("%d leaves have the root %s, and tlog says %s, %v", size, root, want, err)
		}
		if have, err := ledger.LeafHashes(tree.read).Root(size); err != nil || have != root {
			t.Fatalf("%d leaves have the root %s, and what is stored gives %s, %v", size, root, have, err)
		}
		leaf := anyLeaf(int(size))
		tree.append(leaf)
		completed, err := tlog.StoredHashesForRecordHash(size, leaf, reader)
		if err != nil {
			t.Fatal(err)
		}
		if want := join(completed); !bytes.Equal(tree.hashes[size], want) {
			t.Fatalf("leaf %d completes %x, and tlog says %x", size, tree.hashes[size], want)
		}
		flat = append(flat, completed...)
	}
}

func join(hashes []tlog.Hash) []byte {
	var joined []byte
	for _, hash := range hashes {
		joined = append(joined, hash[:]...)
	}
	return joined
}

// TestAnOlderRootIsReadFromALargerTree is how an anchor is held against a tree
// that went on.
func TestAnOlderRootIsReadFromALargerTree(t *testing.T) {
	tree, merkle := grow(largestSize), second(largestSize)
	for size := range int64(largestSize + 1) {
		root, err := ledger.LeafHashes(tree.read).Root(size)
		if err != nil || root != tlog.Hash(merkle.HashAt(uint64(size))) {
			t.Fatalf("the first %d of %d leaves have the root %s, %v", size, largestSize, root, err)
		}
	}
}

// TestEveryInclusionProofVerifies asks for that of each leaf in the tree of each
// size; of the larger trees one in 31.
func TestEveryInclusionProofVerifies(t *testing.T) {
	tree, roots := grow(largestSize), roots(largestSize)
	for size := int64(1); size <= largestSize; size++ {
		for i := range size {
			if size > completeSize && size < largestSize && (i+size)%31 != 0 && i != size-1 {
				continue
			}
			path, err := ledger.LeafHashes(tree.read).Inclusion(size, i)
			if err != nil {
				t.Fatalf("leaf %d of %d: %v", i, size, err)
			}
			leaf := anyLeaf(int(i))
			verifies := func(path [][]byte) bool {
				return proof.VerifyInclusion(rfc6962.DefaultHasher, uint64(i), uint64(size), leaf[:], path, roots[size]) == nil
			}
			if !verifies(plain(path)) {
				t.Fatalf("the proof of leaf %d of %d does not verify", i, size)
			}
			refuseDamaged(t, fmt.Sprintf("leaf %d of %d", i, size), plain(path), verifies)
		}
	}
}

// TestEveryConsistencyProofVerifies asks for that of each pair of sizes; of the
// larger ones one in 31.
func TestEveryConsistencyProofVerifies(t *testing.T) {
	tree, roots := grow(largestSize), roots(largestSize)
	for to := int64(1); to <= largestSize; to++ {
		for from := int64(1); from <= to; from++ {
			if to > completeSize && to < largestSize && (from+to)%31 != 0 {
				continue
			}
			path, err := ledger.LeafHashes(tree.read).Consistency(to, from)
			if err != nil {
				t.Fatalf("from %d to %d: %v", from, to, err)
			}
			verifies := func(path [][]byte) bool {
				return proof.VerifyConsistency(rfc6962.DefaultHasher, uint64(from), uint64(to), path, roots[from], roots[to]) == nil
			}
			if !verifies(plain(path)) {
				t.Fatalf("the proof from %d to %d does not verify", from, to)
			}
			refuseDamaged(t, fmt.Sprintf("from %d to %d", from, to), plain(path), verifies)
		}
	}
}

func plain[Path ~[]tlog.Hash](path Path) [][]byte {
	var plain [][]byte
	for _, hash := range path {
		plain = append(plain, hash[:])
	}
	return plain
}

// refuseDamaged says so when a proof of which a bit was changed, a hash left out
// or one added verifies all the same.
func refuseDamaged(t *testing.T, what string, path [][]byte, verifies func([][]byte) bool) {
	if len(path) > 0 {
		bit := len(what) * int(path[0][0]) % (8 * sha256.Size * len(path)) // somewhere in it
		place := &path[bit/8/sha256.Size][bit/8%sha256.Size]
		*place ^= 1 << (bit % 8)
		if verifies(path) {
			t.Errorf("%s: the proof verifies with its bit %d changed", what, bit)
		}
		*place ^= 1 << (bit % 8)
		if verifies(path[1:]) {
			t.Errorf("%s: the proof verifies without its first hash", what)
		}
	}
	if verifies(append(slices.Clone(path), make([]byte, sha256.Size))) {
		t.Errorf("%s: the proof verifies with a hash too many", what)
	}
}

// TestThereIsNoProofOfWhatIsNotThere asks for leaves and sizes outside the tree.
func TestThereIsNoProofOfWhatIsNotThere(t *testing.T) {
	read := ledger.LeafHashes(grow(10).read)
	for _, at := range [][2]int64{{0, 0}, {10, 10}, {10, -1}, {3, 7}} {
		if path, err := read.Inclusion(at[0], at[1]); err == nil {
			t.Errorf("leaf %d of %d has the proof %v", at[1], at[0], path)
		}
	}
	for _, at := range [][2]int64{{0, 0}, {10, 0}, {3, 7}, {3, -1}} {
		if path, err := read.Consistency(at[0], at[1]); err == nil {
			t.Errorf("%d to %d leaves has the proof %v", at[1], at[0], path)
		}
	}
}

// TestAResumedFrontierGrowsAsTheOldOneDoes holds for every size.
func TestAResumedFrontierGrowsAsTheOldOneDoes(t *testing.T) {
	const onward = 70
	tree, merkle := grow(largestSize+onward), second(largestSize)
	for size := range largestSize + 1 {
		resumed, err := ledger.ResumeFrontier(int64(size), tree.read)
		if err != nil {
			t.Fatal(err)
		}
		if have, want := resumed.Root(), tlog.Hash(merkle.HashAt(uint64(size))); have != want || resumed.Size() != int64(size) {
			t.Fatalf("resumed at %d leaves, the tree has %d and the root %s instead of %s", size, resumed.Size(), have, want)
		}
		for i := size; i < size+onward; i++ {
			if have := resumed.Append(nil, anyLeaf(i)); !bytes.Equal(have, tree.hashes[i]) {
				t.Fatalf("resumed at %d leaves, leaf %d completes %x instead of %x", size, i, have, tree.hashes[i])
			}
		}
	}
}

// TestDamagedHashesAreNoFrontier names the leaf that keeps too little or too
// much, and hands on what the engine says.
func TestDamagedHashesAreNoFrontier(t *testing.T) {
	tree := grow(12) // 8 + 4: leaves 7 and 11 keep the roots
	whole := tree.hashes[7]
	for _, damaged := range [][]byte{whole[1:], append(slices.Clone(whole), 0)} {
		tree.hashes[7] = damaged
		want := fmt.Sprintf("leaf 7 keeps %d bytes of hashes instead of 128", len(damaged))
		if _, err := ledger.ResumeFrontier(12, tree.read); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("leaf 7 keeps %d bytes: %v", len(damaged), err)
		}
		if root, err := ledger.LeafHashes(tree.read).Root(12); err == nil {
			t.Errorf("leaf 7 keeps %d bytes, and the root is %s", len(damaged), root)
		}
	}
	gone := errors.New("the disk is gone")
	if _, err := ledger.ResumeFrontier(12, func([]int64) ([][]byte, error) { return nil, gone }); !errors.Is(err, gone) {
		t.Errorf("the engine's error became %v", err)
	}
}
