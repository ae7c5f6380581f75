package ledger

import "math/bits"

// set holds indexes, a bit each: an audit of millions fits in memory.
type set []uint64

func (s *set) add(i int64) {
	for int64(len(*s)) <= i/64 {
		*s = append(*s, 0)
	}
	(*s)[i/64] |= 1 << (i % 64)
}

// remove takes an index out and says whether it was in.
func (s set) remove(i int64) bool {
	if i/64 >= int64(len(s)) || s[i/64]>>(i%64)&1 == 0 {
		return false
	}
	s[i/64] &^= 1 << (i % 64)
	return true
}

// each hands on the indexes in order until yield has had enough.
func (s set) each(yield func(int64) bool) {
	for i, word := range s {
		for ; word != 0; word &= word - 1 {
			if !yield(int64(i)*64 + int64(bits.TrailingZeros64(word))) {
				return
			}
		}
	}
}
