package ledger

import (
	"maps"
	"math/bits"
	"slices"
)

// set holds indexes, a bit each: an audit of millions fits in memory, and an
// index far away takes no more than one nearby.
type set map[int64]uint64

func (s set) add(i int64) { s[i/64] |= 1 << (i % 64) }

// remove takes an index out and says whether it was in.
func (s set) remove(i int64) bool {
	if s[i/64]>>(i%64)&1 == 0 {
		return false
	}
	s[i/64] &^= 1 << (i % 64)
	return true
}

// each hands on the indexes in order until yield has had enough.
func (s set) each(yield func(int64) bool) {
	for _, i := range slices.Sorted(maps.Keys(s)) {
		for word := s[i]; word != 0; word &= word - 1 {
			if !yield(i*64 + int64(bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}
