package ledger

import (
	"bytes"
	"encoding/json"
	"fmt"
	"testing"
)

// packedLines gives leaves as a pack holds them.
func packedLines(t testing.TB, n int) []byte {
	t.Helper()
	var text bytes.Buffer
	lines := json.NewEncoder(&text)
	for i := range n {
		line := packedLeaf{Index: int64(i), Hashes: make([]byte, 2*HashSize), Salt: bytes.Repeat([]byte{7}, 32), Record: bytes.Repeat([]byte{9}, 300)}
		if err := lines.Encode(line); err != nil {
			t.Fatal(err)
		}
	}
	return text.Bytes()
}

// BenchmarkReadLeaves decodes a pack's leaves.
func BenchmarkReadLeaves(b *testing.B) {
	text := packedLines(b, 1<<14)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		n := 0
		for _, err := range readLeaves(bytes.NewReader(text)) {
			if err != nil {
				b.Fatal(err)
			}
			n++
		}
		if n != 1<<14 {
			b.Fatal(fmt.Sprint(n, " leaves"))
		}
	}
}
