package ledger_test

import (
	"testing"

	"github.com/samtykke/samtykke/storage/ledger"
)

// large is a tree of some years of a busy Site.
const large = 1 << 20

// BenchmarkAppend commits to a record and appends its leaf.
func BenchmarkAppend(b *testing.B) {
	var frontier ledger.Frontier
	circumstance := sample(0).Circumstance.Encode()
	record, hashes := make([]byte, 0, 512), make([]byte, 0, 41*ledger.HashSize)
	decision, salt := sample(0), ledger.Salt{1}
	b.ReportAllocs()
	for b.Loop() {
		record = ledger.AppendRecord(record[:0], circumstance, decision.ID, decision.Visitor, decision.Previous, frontier.Size(), 0)
		hashes = frontier.Append(hashes[:0], ledger.RecordLeaf(&salt, record))
	}
}

// BenchmarkSign signs a checkpoint, as after each batch.
func BenchmarkSign(b *testing.B) {
	signer, _ := key(b, origin, 1)
	_, head := records(13)
	for b.Loop() {
		if _, err := head.Sign(signer); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkInclusion proves leaves of a large tree.
func BenchmarkInclusion(b *testing.B) {
	read := ledger.LeafHashes(grow(large).read)
	i := int64(0)
	b.ReportAllocs()
	for b.Loop() {
		i = (i + 7919) % large
		if _, err := read.Inclusion(large, i); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkConsistency proves that a large tree extends a smaller one.
func BenchmarkConsistency(b *testing.B) {
	read := ledger.LeafHashes(grow(large).read)
	from := int64(0)
	b.ReportAllocs()
	for b.Loop() {
		from = (from + 7919) % (large - 1)
		if _, err := read.Consistency(large, from+1); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkResume begins anew with a tree that is nearly large.
func BenchmarkResume(b *testing.B) {
	read := grow(large - 1).read
	for b.Loop() {
		if _, err := ledger.ResumeFrontier(large-1, read); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkAudit derives a log anew, of which one record in ten is gone.
func BenchmarkAudit(b *testing.B) {
	const size = 20_000
	l := new(log)
	var gone []int64
	for i := range size {
		row := ledger.Leaf{Index: int64(i), Salt: ledger.Salt{1}, Record: sample(i).Encode()}
		l.append(row, ledger.RecordLeaf(&row.Salt, row.Record))
		if i%10 == 0 {
			gone = append(gone, int64(i))
		}
	}
	l.remove(ledger.Expire, gone...)
	audited := 0
	for b.Loop() {
		if faults, _ := l.audit(l.head()); len(faults) > 0 {
			b.Fatal(faults)
		}
		audited += len(l.rows)
	}
	b.ReportMetric(float64(audited)/b.Elapsed().Seconds(), "leaves/s")
}
