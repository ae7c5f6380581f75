package ledger_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/storage/ledger"
)

// TestADeletedRowIsFound at its index; the records that it explained come first,
// when it was an event.
func TestADeletedRowIsFound(t *testing.T) {
	for i := range leaves - 1 {
		l := honest()
		l.rows = slices.Delete(l.rows, i, i+1)
		l.finds(t, false, int64(i), "the leaf is missing", "row %d was deleted", i)
	}
}

// TestADeletedEndIsFound by the head, and by the checkpoints that were signed for
// it: those name the first leaf that is missing, even if the head was put back.
func TestADeletedEndIsFound(t *testing.T) {
	for left := expired + 1; left < leaves; left++ {
		l := honest()
		l.rows = l.rows[:left]
		l.finds(t, false, int64(left), "leaves were removed", "there are %d leaves left", left)
		if faults, _ := l.audit(honestHead); !named(faults, -1) {
			t.Errorf("there are %d leaves left, and the head fits: %v", left, faults)
		}
		shorter := new(log)
		for i := range left {
			shorter.tree.append(leafOf(&l.rows[i]))
		}
		if faults, _ := l.audit(shorter.head()); len(faults) != 1 || faults[0].Index != int64(left) {
			t.Errorf("there are %d leaves left, and the head was put back: %v", left, faults)
		}
		l.signed = nil
		if faults, _ := l.audit(honestHead); len(faults) != 1 || faults[0].Index != -1 {
			t.Errorf("there are %d leaves left, and nobody has a checkpoint: %v", left, faults)
		}
	}
}

func leafOf(row *ledger.Leaf) (hash [ledger.HashSize]byte) {
	copy(hash[:], row.Hashes)
	return hash
}

// TestTwoSwappedRowsAreFound whether their records were swapped, or all that they
// keep. Of two whole rows that complete nothing but themselves the next one is
// named, and the leaves below.
func TestTwoSwappedRowsAreFound(t *testing.T) {
	l := honest()
	for i := range leaves {
		for j := i + 1; j < leaves; j += 1 + (i+j)%4 {
			one, other := l.rows[i], l.rows[j]
			if one.Record != nil && other.Record != nil {
				l.rows[i].Record, l.rows[i].Salt = other.Record, other.Salt
				l.rows[j].Record, l.rows[j].Salt = one.Record, one.Salt
				l.finds(t, false, int64(i), misfit, "the records %d and %d were swapped", i, j)
			}
			l.rows[i], l.rows[j] = other, one
			l.rows[i].Index, l.rows[j].Index = int64(i), int64(j)
			l.findsPair(t, int64(i), "the rows %d and %d were swapped", i, j)
			l.rows[i], l.rows[j] = one, other
		}
	}
}

// TestARowOutOfItsOrderIsFound at the place that it left, or that it takes twice.
func TestARowOutOfItsOrderIsFound(t *testing.T) {
	for i := range leaves {
		for _, to := range []int{0, 10, 40, leaves - 1} {
			if i == to {
				continue
			}
			l := honest()
			row := l.rows[i]
			l.rows = slices.Insert(slices.Delete(l.rows, i, i+1), to, row)
			faults := l.blamed()
			if len(faults) == 0 || faults[0].Index != int64(min(i, to)) {
				t.Errorf("row %d comes as number %d: %v", i, to, faults)
			}
		}
		l := honest()
		l.rows = slices.Insert(l.rows, i, l.rows[i])
		l.finds(t, true, int64(i), "comes twice", "row %d is there twice", i)
	}
}

// TestARenumberedRowIsFound at the first place that changed.
func TestARenumberedRowIsFound(t *testing.T) {
	for i := range leaves {
		for _, to := range []int{0, 10, 40, 50, leaves - 1} {
			if i == to {
				continue
			}
			l := honest()
			row := l.rows[i]
			l.rows = slices.Insert(slices.Delete(l.rows, i, i+1), to, row)
			for n := range l.rows {
				l.rows[n].Index = int64(n)
			}
			l.findsPair(t, int64(min(i, to)), "row %d is now row %d", i, to)
		}
	}
}

// TestARecordRemovedWithoutAWordIsFound at its index, and nothing else is.
func TestARecordRemovedWithoutAWordIsFound(t *testing.T) {
	for i := range int64(leaves) {
		l := honest()
		row := &l.rows[i]
		if row.Record == nil {
			continue
		}
		row.Record, row.Salt = nil, ledger.Salt{}
		l.finds(t, true, i, "no later leaf says why", "record %d was removed", i)
	}
}

// TestARecordLeftByHalfIsFound when its salt or its record alone is gone.
func TestARecordLeftByHalfIsFound(t *testing.T) {
	for i := range int64(leaves) {
		l := honest()
		if l.rows[i].Record == nil {
			continue
		}
		l.rows[i].Salt = ledger.Salt{}
		l.finds(t, true, i, misfit, "salt %d was removed", i)
		l = honest()
		l.rows[i].Record = []byte{}
		l.finds(t, true, i, misfit, "record %d was emptied", i)
	}
}

// TestAnErasedRecordPutBackIsFound though it be the true one.
func TestAnErasedRecordPutBackIsFound(t *testing.T) {
	for i, by := range explained {
		l := honest()
		l.rows[i].Record, l.rows[i].Salt = content(int(i))
		l.finds(t, true, i, fmt.Sprintf("leaf %d says that the record is gone, but it is there", by), "record %d was put back", i)
		l.rows[i].Record[9] ^= 1
		l.finds(t, false, i, misfit, "a changed record %d was put back", i)
	}
}

// TestARecordBesideAnEventIsFound because no leaf commits to it.
func TestARecordBesideAnEventIsFound(t *testing.T) {
	for _, i := range []int64{erased, rotated, expired} {
		l := honest()
		l.rows[i].Record, l.rows[i].Salt = content(1)
		l.finds(t, true, i, "beside an event", "a record was put to event %d", i)
		l.rows[i].Salt = ledger.Salt{}
		l.finds(t, true, i, "beside an event", "a record without salt was put to event %d", i)
	}
}

// TestAnEventThatNamesWhatIsNotBeforeItIsFound at its index, though it be in the
// tree with all its hashes.
func TestAnEventThatNamesWhatIsNotBeforeItIsFound(t *testing.T) {
	for _, spans := range [][]ledger.Span{
		{{10, 10}}, {{11, 11}}, {{3, 10}}, {{4, 1 << 62}}, {{-1, -1}}, {{-5, 2}}, {{6, 5}}, {{2, -1}},
	} {
		for _, kind := range []ledger.EventKind{ledger.Erase, ledger.Expire} {
			l := new(log)
			for range 10 {
				l.record()
			}
			l.event(ledger.Event{Kind: kind, Spans: spans})
			l.record()
			faults, _ := l.audit(l.head())
			if len(faults) != 1 || faults[0].Index != 10 || !strings.Contains(faults[0].Why, "do not come before it") {
				t.Errorf("event 10 names %v: %v", spans, faults)
			}
		}
	}
}

// TestAnEventThatNamesWhatIsThereIsFound at what it names: a record, another
// event, or what an earlier one has named already.
func TestAnEventThatNamesWhatIsThereIsFound(t *testing.T) {
	for _, index := range []int64{2, 5, 7} {
		l := new(log)
		for range 5 {
			l.record()
		}
		l.event(ledger.Event{Kind: ledger.Rotate})
		l.record()
		l.record()
		l.remove(ledger.Erase, 3)
		l.event(ledger.Event{Kind: ledger.Erase, Spans: []ledger.Span{{index, index}}})
		faults, _ := l.audit(l.head())
		if len(faults) != 1 || faults[0].Index != index || !strings.Contains(faults[0].Why, "leaf 9 says that the record is gone") {
			t.Errorf("leaf 9 erases %d, which is there: %v", index, faults)
		}
	}
}

// TestOnlyALeafThatRemovesExplains what is gone.
func TestOnlyALeafThatRemovesExplains(t *testing.T) {
	for _, kind := range []ledger.EventKind{ledger.Begin, ledger.Rotate, "forget"} {
		l := new(log)
		l.record()
		l.record()
		l.remove(kind, 1)
		faults, _ := l.audit(l.head())
		if len(faults) != 1 || faults[0].Index != 1 {
			t.Errorf("%q explains what is gone: %v", kind, faults)
		}
	}
}

// TestBytesThatAreNoEventAreFound though they be in the tree.
func TestBytesThatAreNoEventAreFound(t *testing.T) {
	for _, data := range []string{"", "nonsense", `{"event":"rotate"}`} {
		l := new(log)
		l.record()
		l.append(ledger.Leaf{Index: 1, Event: []byte(data)}, ledger.EventLeaf([]byte(data)))
		faults, _ := l.audit(l.head())
		if len(faults) != 1 || faults[0].Index != 1 || !strings.Contains(faults[0].Why, "event") {
			t.Errorf("%q is an event: %v", data, faults)
		}
	}
}

// TestAnotherPartExplainsWhatIsGone when it goes on where this one broke off: an
// audit of it hands on what it says, and only that.
func TestAnotherPartExplainsWhatIsGone(t *testing.T) {
	const later = origin + "-b"
	earlier := new(log)
	for range 10 {
		earlier.record()
	}
	for _, gone := range []int64{2, 3, 7} {
		earlier.rows[gone].Record, earlier.rows[gone].Salt = nil, ledger.Salt{}
	}
	part := new(log)
	part.record()
	part.event(ledger.Event{Kind: ledger.Erase, Origin: origin, Spans: []ledger.Span{{2, 3}, {7, 7}}}) // its own is shorter
	part.event(ledger.Event{Kind: ledger.Begin, Origin: origin, Spans: []ledger.Span{{4, 4}}})         // removes nothing
	faults, audited := part.audit(part.head())
	if len(faults) > 0 {
		t.Fatalf("the later part has faults: %v", faults)
	}
	others := audited.Others()
	if len(others) != 1 || others[0].Origin != origin || !slices.Equal(others[0].Spans, []ledger.Span{{2, 3}, {7, 7}}) {
		t.Fatalf("the later part says of others: %v", others)
	}
	for _, tt := range []struct {
		name  string
		spans []ledger.Span
		index int64
		why   string
	}{
		{"all", others[0].Spans, 0, ""},
		{"nothing", nil, 2, "no later leaf says why"},
		{"a part", []ledger.Span{{2, 3}}, 7, "no later leaf says why"},
		{"what is there", []ledger.Span{{2, 4}, {7, 7}}, 4, later + " says that the record is gone, but it is there"},
		{"what never was", []ledger.Span{{2, 3}, {7, 7}, {9, 10}}, -1, "names the indexes 9 to 10"},
		{"what cannot be", []ledger.Span{{2, 3}, {7, 7}, {-1, 0}}, -1, "names the indexes -1 to 0"},
		{"the wrong way round", []ledger.Span{{2, 3}, {7, 7}, {6, 5}}, -1, "names the indexes 6 to 5"},
	} {
		audit := ledger.NewAudit(origin)
		for i := range earlier.rows {
			audit.Leaf(&earlier.rows[i])
		}
		audit.Explain(later, tt.spans)
		head := earlier.head()
		faults := audit.Finish(&head)
		if tt.why == "" && len(faults) == 0 {
			if _, removed, _ := audit.Counts(); removed != 3 {
				t.Errorf("%s explained: %d are gone", tt.name, removed)
			}
			continue
		}
		if len(faults) == 0 || faults[0].Index != tt.index || !strings.Contains(faults[0].Why, tt.why) {
			t.Errorf("%s explained: %v", tt.name, faults)
		}
	}
}
