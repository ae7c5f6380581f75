package ledger

import (
	"fmt"
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// reader gives the tlog package the hashes of a tree that is stored by leaf.
func (read LeafHashes) reader() tlog.HashReader {
	return tlog.HashReaderFunc(func(indexes []int64) ([]tlog.Hash, error) {
		hashes := make([]tlog.Hash, len(indexes))
		for i, index := range indexes {
			level, n := tlog.SplitStoredHashIndex(index)
			hash, err := storedHash(read, level, n)
			if err != nil {
				return nil, err
			}
			hashes[i] = hash
		}
		return hashes, nil
	})
}

// storedHash gives the hash of the n-th subtree of a level. The leaf that
// completed the subtree keeps it.
func storedHash(read LeafHashes, level int, n int64) (tlog.Hash, error) {
	leaf := (n+1)<<level - 1
	hashes, err := read(leaf)
	if err != nil {
		return tlog.Hash{}, err
	}
	if len(hashes) != hashesAt(leaf)*HashSize {
		return tlog.Hash{}, fmt.Errorf("leaf %d keeps %d bytes of hashes instead of %d", leaf, len(hashes), hashesAt(leaf)*HashSize)
	}
	return tlog.Hash(hashes[level*HashSize:][:HashSize]), nil
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
