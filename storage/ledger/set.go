package ledger

import (
	"maps"
	"math/bits"
	"slices"
)

// Set holds indexes, a bit each: an audit of millions fits in memory, and an
// index far away takes no more than one nearby.
type Set map[int64]uint64

// Add puts an index in.
func (s Set) Add(i int64) { s[i/64] |= 1 << (i % 64) }

// Has says whether an index is in.
func (s Set) Has(i int64) bool { return s[i/64]>>(i%64)&1 == 1 }

// remove takes an index out and says whether it was in.
func (s Set) remove(i int64) bool {
	if !s.Has(i) {
		return false
	}
	s[i/64] &^= 1 << (i % 64)
	return true
}

// each hands on the indexes in order until yield has had enough.
func (s Set) each(yield func(int64) bool) {
	for _, i := range slices.Sorted(maps.Keys(s)) {
		for word := s[i]; word != 0; word &= word - 1 {
			if !yield(i*64 + int64(bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}
