package sqlite

// bitmap holds numbers, a bit each.
type bitmap []uint64

func (b *bitmap) add(n int64) {
	for int64(len(*b)) <= n/64 {
		*b = append(*b, 0)
	}
	(*b)[n/64] |= 1 << (n % 64)
}

func (b bitmap) has(n int64) bool {
	return n/64 < int64(len(b)) && b[n/64]>>(n%64)&1 == 1
}
