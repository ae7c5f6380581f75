package ledger

import (
	"math/bits"

	"golang.org/x/mod/sumdb/tlog"
)

// HashSize is the length of a hash, in bytes.
const HashSize = tlog.HashSize

// Frontier is what a tree must remember to grow: the roots of its complete
// subtrees, one for each one in the binary form of its size.
type Frontier struct {
	size  int64
	roots [maxLevels]tlog.Hash // by level; only those of the size's ones count
}

// A tree has fewer than 2⁴⁰ leaves: that is a shard's whole room.
const (
	maxLevels = 41
	maxLeaves = 1 << (maxLevels - 1)
)

// Size gives the number of leaves.
func (f *Frontier) Size() int64 { return f.size }

// Append adds a leaf and appends to what is given the hashes that it completes:
// the leaf's own and, going up, that of each subtree that is full with it.
func (f *Frontier) Append(to []byte, leaf tlog.Hash) []byte {
	to = append(to, leaf[:]...)
	level := bits.TrailingZeros64(^uint64(f.size)) //nolint:gosec // a size is never negative
	for i := range level {
		leaf = tlog.NodeHash(f.roots[i], leaf)
		to = append(to, leaf[:]...)
	}
	f.roots[level] = leaf
	f.size++
	return to
}

// Root gives the tree's root. That of an empty tree is the hash of nothing.
func (f *Frontier) Root() tlog.Hash {
	if f.size == 0 {
		return emptyRoot
	}
	var root tlog.Hash
	started := false
	for level := range maxLevels {
		switch {
		case f.size>>level&1 == 0:
		case !started:
			root, started = f.roots[level], true
		default:
			root = tlog.NodeHash(f.roots[level], root)
		}
	}
	return root
}

// emptyRoot is SHA-256 of nothing (RFC 6962, section 2.1).
var emptyRoot = tlog.Hash{
	0xe3, 0xb0, 0xc4, 0x42, 0x98, 0xfc, 0x1c, 0x14, 0x9a, 0xfb, 0xf4, 0xc8, 0x99, 0x6f, 0xb9, 0x24,
	0x27, 0xae, 0x41, 0xe4, 0x64, 0x9b, 0x93, 0x4c, 0xa4, 0x95, 0x99, 0x1b, 0x78, 0x52, 0xb8, 0x55,
}

// LeafHashes gives for each of some leaves the hashes that it completes, as
// Append wrote them. A leaf may be asked for twice.
type LeafHashes func(leaves []int64) ([][]byte, error)

// ResumeFrontier reads back the frontier of a tree of that size.
func ResumeFrontier(size int64, read LeafHashes) (Frontier, error) {
	f := Frontier{size: size}
	var wanted []subtree
	for level := range maxLevels {
		if size>>level&1 == 1 {
			wanted = append(wanted, subtree{level, size>>level - 1})
		}
	}
	hashes, err := read.subtrees(wanted)
	if err != nil {
		return Frontier{}, err
	}
	for i, root := range wanted {
		f.roots[root.level] = hashes[i]
	}
	return f, nil
}
