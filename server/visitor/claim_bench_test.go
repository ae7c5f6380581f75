package visitor

import "testing"

func BenchmarkDecodeClaim(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := decodeClaim([]byte(validClaim)); err != nil {
			b.Fatal(err)
		}
	}
}
