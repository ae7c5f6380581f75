package ledger

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// subtree names a complete subtree: the n-th of a level.
type subtree struct {
	level int
	n     int64
}

// leaf is the index of the leaf that completed the subtree and keeps its hash.
func (t subtree) leaf() int64 { return (t.n+1)<<t.level - 1 }

// reader gives the tlog package the hashes of a tree that is stored by leaf.
func (read LeafHashes) reader() tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		wanted := make([]subtree, len(indexes))
		for i, index := range indexes {
			wanted[i].level, wanted[i].n = tlog.SplitStoredHashIndex(index)
		}
		return read.subtrees(wanted)
	})
}

// subtrees gives the hashes of complete subtrees in one read.
func (read LeafHashes) subtrees(wanted []subtree) ([]tlog.Hash, error) {
	leaves := make([]int64, len(wanted))
	for i := range wanted {
		leaves[i] = wanted[i].leaf()
	}
	kept, err := read(leaves)
	if err != nil {
		return nil, err
	}
	hashes := make([]tlog.Hash, len(wanted))
	for i, leaf := range leaves {
		if len(kept[i]) != hashesAt(leaf)*HashSize {
			return nil, fmt.Errorf("leaf %d keeps %d bytes of hashes instead of %d", leaf, len(kept[i]), hashesAt(leaf)*HashSize)
		}
		hashes[i] = tlog.Hash(kept[i][wanted[i].level*HashSize:][:HashSize])
	}
	return hashes, nil
}

// hashesAt is how many hashes leaf i completes.
func hashesAt(i int64) int { return 1 + bits.TrailingZeros64(^uint64(i)) } //nolint:gosec // an index is never negative

// Root gives the root of the tree of the first size leaves.
func (read LeafHashes) Root(size int64) (tlog.Hash, error) {
	if size == 0 {
		return emptyRoot, nil
	}
	return tlog.TreeHash(size, read.reader())
}

// Inclusion proves that leaf i is in the tree of that size.
func (read LeafHashes) Inclusion(size, i int64) (tlog.RecordProof, error) {
	return tlog.ProveRecord(size, i, read.reader())
}

// Consistency proves that the tree of size to extends that of size from.
func (read LeafHashes) Consistency(to, from int64) (tlog.TreeProof, error) {
	return tlog.ProveTree(to, from, read.reader())
}
