package ledger_test

import (
	"fmt"
	"math"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/storage/ledger"
)

// log is a tree with its rows, as an engine hands them to an audit.
type log struct {
	tree   stored
	rows   []ledger.Leaf
	signed []ledger.Head // earlier heads that others keep
}

func (l *log) head() ledger.Head {
	return ledger.Head{Origin: origin, Size: l.tree.frontier.Size(), Root: l.tree.frontier.Root()}
}

func (l *log) record() {
	n := len(l.rows)
	row := ledger.Leaf{Index: int64(n)}
	row.Record, row.Salt = content(n)
	l.append(row, ledger.RecordLeaf(&row.Salt, row.Record))
}

// content gives the record of leaf n, which is opaque to an audit, and its salt.
func content(n int) ([]byte, ledger.Salt) {
	return fmt.Appendf(nil, "the record of leaf %d", n), ledger.Salt{byte(n), 31: 1}
}

func (l *log) event(event ledger.Event) {
	event.Time = time.Date(2026, 11, 22, 8, 0, 0, 0, time.UTC)
	data, err := event.Encode()
	if err != nil {
		panic(err)
	}
	l.append(ledger.Leaf{Index: int64(len(l.rows)), Event: data}, ledger.EventLeaf(data))
}

func (l *log) append(row ledger.Leaf, hash tlog.Hash) {
	l.tree.append(hash)
	row.Hashes = l.tree.hashes[row.Index]
	l.rows = append(l.rows, row)
}

// remove takes records away and appends the leaf that says so.
func (l *log) remove(kind ledger.EventKind, indexes ...int64) {
	for _, i := range indexes {
		l.rows[i].Record, l.rows[i].Salt = nil, ledger.Salt{}
	}
	l.event(ledger.Event{Kind: kind, Actor: "dpo", Reason: "asked", Spans: ledger.Spans(indexes)})
}

func (l *log) sign() { l.signed = append(l.signed, l.head()) }

// The places of an honest log.
const (
	erased  = 20 // this leaf erases 3, 6 and 7
	rotated = 33
	expired = 66 // this leaf expires 0, 1, 2, 4, 5 and 64
	leaves  = 71
)

// explained says which leaf explains a record that is gone.
var explained = map[int64]int64{3: erased, 6: erased, 7: erased, 0: expired, 1: expired, 2: expired, 4: expired, 5: expired, 64: expired}

// honest gives a log in which nothing is amiss.
func honest() *log {
	l := new(log)
	for len(l.rows) < leaves {
		switch len(l.rows) {
		case erased:
			l.remove(ledger.Erase, 3, 6, 7)
		case rotated:
			l.event(ledger.Event{Kind: ledger.Rotate, Key: "a new key"})
		case expired:
			l.remove(ledger.Expire, 0, 1, 2, 4, 5, 64)
		default:
			l.record()
		}
		if size := len(l.rows); size == 12 || size == 32 || size == 45 || size == leaves {
			l.sign()
		}
	}
	return l
}

// audit gives what an audit of the rows finds, held against the head and the
// signed ones.
func (l *log) audit(head ledger.Head) ([]ledger.Fault, *ledger.Audit) {
	audit := ledger.NewAudit(origin, l.signed...)
	for i := range l.rows {
		audit.Leaf(&l.rows[i])
	}
	return audit.Finish(&head), audit
}

// blamed gives what an audit finds, without what follows when an event is among
// that: the records which the event explained are unexplained.
func (l *log) blamed() []ledger.Fault {
	faults, _ := l.audit(honestHead)
	return slices.DeleteFunc(faults, func(fault ledger.Fault) bool {
		by, gone := explained[fault.Index]
		return gone && named(faults, by) && strings.Contains(fault.Why, "no later leaf says why")
	})
}

// finds says so when an audit does not name the index first, and, when only is
// set, nothing else.
func (l *log) finds(t *testing.T, only bool, index int64, why, format string, values ...any) {
	t.Helper()
	faults := l.blamed()
	if len(faults) == 0 || faults[0].Index != index || !strings.Contains(faults[0].Why, why) || only && len(faults) > 1 {
		t.Errorf("%s: %v, instead of index %d: %s", fmt.Sprintf(format, values...), faults, index, why)
	}
}

// findsPair is like finds for a leaf of which nothing but its own hash is left.
// An even one fits alone, and then the next one is named.
func (l *log) findsPair(t *testing.T, index int64, format string, values ...any) {
	t.Helper()
	faults := l.blamed()
	if len(faults) == 0 || faults[0].Index != index && faults[0].Index != index|1 {
		t.Errorf("%s: %v, instead of index %d or %d", fmt.Sprintf(format, values...), faults, index, index|1)
	}
}

var honestHead = func() ledger.Head { l := honest(); return l.head() }()

// TestAnHonestLogIsFaultless though records of it were erased and expired.
func TestAnHonestLogIsFaultless(t *testing.T) {
	l := honest()
	faults, audit := l.audit(l.head())
	if len(faults) > 0 {
		t.Fatalf("faults: %v", faults)
	}
	opened, removed, events := audit.Counts()
	if opened != leaves-3-int64(len(explained)) || removed != int64(len(explained)) || events != 3 {
		t.Errorf("%d records opened, %d are gone, %d events", opened, removed, events)
	}
	if audit.Head() != l.head() {
		t.Errorf("the audit arrives at %+v instead of %+v", audit.Head(), l.head())
	}
	if faults := ledger.NewAudit(origin, ledger.Head{}).Finish(&ledger.Head{Root: tlog.Hash(second(0).Hash())}); len(faults) > 0 {
		t.Errorf("an empty log has faults: %v", faults)
	}
}

// TestEverySizeOfAnHonestLogIsFaultless audits after each leaf, against the heads
// that were signed till then.
func TestEverySizeOfAnHonestLogIsFaultless(t *testing.T) {
	l := new(log)
	for range 2 * leaves {
		l.record()
		if size := len(l.rows); size%11 == 3 {
			l.remove(ledger.Erase, int64(size-3), int64(size-1))
		}
		l.sign()
		if faults, _ := l.audit(l.head()); len(faults) > 0 {
			t.Fatalf("a log of %d leaves: %v", len(l.rows), faults)
		}
	}
}

// flip hands on every position of some bytes with one bit of it changed, and
// another bit from position to position. The bytes are whole again afterwards.
func flip(data []byte, changed func(at int)) {
	for at := range data {
		data[at] ^= 1 << (at % 8)
		changed(at)
		data[at] ^= 1 << (at % 8)
	}
}

const misfit = "do not fit each other"

// TestAChangedByteOfARecordIsFound at its index, and nothing else is.
func TestAChangedByteOfARecordIsFound(t *testing.T) {
	l := honest()
	for i := range l.rows {
		row := &l.rows[i]
		flip(row.Record, func(at int) {
			l.finds(t, true, row.Index, misfit, "byte %d of record %d was changed", at, i)
		})
	}
}

// TestAChangedByteOfASaltIsFound at its index, also one that should be gone with
// its record.
func TestAChangedByteOfASaltIsFound(t *testing.T) {
	l := honest()
	for i := range l.rows {
		row := &l.rows[i]
		why := misfit
		switch {
		case row.Event != nil:
			why = "beside an event"
		case row.Record == nil:
			why = "its salt is still there"
		}
		flip(row.Salt[:], func(at int) {
			l.finds(t, true, row.Index, why, "byte %d of salt %d was changed", at, i)
		})
	}
}

// TestAChangedByteOfAHashIsFound at the leaf that keeps it. Only the own hash of
// a record that is gone cannot be told from the one above it: the leaf that
// completes both is named, and the leaves below.
func TestAChangedByteOfAHashIsFound(t *testing.T) {
	l := honest()
	for i := range l.rows {
		row := &l.rows[i]
		flip(row.Hashes, func(at int) {
			level := at / ledger.HashSize
			below := fmt.Sprintf("leaves %d to %d", i+1-1<<level, i)
			switch {
			case level > 0:
				l.finds(t, true, row.Index, below, "byte %d of the hashes of leaf %d was changed", at, i)
			case row.Event != nil || row.Record != nil:
				l.finds(t, false, row.Index, misfit, "byte %d of the hash of leaf %d was changed", at, i)
			default:
				l.finds(t, false, row.Index|1, fmt.Sprintf("leaves %d to %d", i&^1, i|1), "byte %d of the hash of leaf %d, which is gone, was changed", at, i)
			}
		})
	}
}

// TestAHashOfAnotherLengthIsFound at the leaf that keeps it.
func TestAHashOfAnotherLengthIsFound(t *testing.T) {
	for i := range leaves {
		for _, length := range []int{0, 1, ledger.HashSize - 1, -1, +1, ledger.HashSize} {
			l := honest()
			row := &l.rows[i]
			if want := len(row.Hashes); length <= 1 && length != 0 {
				length += want
			}
			if length == len(row.Hashes) {
				continue
			}
			row.Hashes = append(slices.Clone(row.Hashes), make([]byte, ledger.HashSize)...)[:length]
			faults, _ := l.audit(l.head())
			if !named(faults, int64(i)) {
				t.Errorf("the hashes of leaf %d have %d bytes: %v", i, length, faults)
			}
		}
	}
}

// TestAChangedByteOfAnEventIsFound at its index. The records that it explained
// are then unexplained, and nothing else is amiss.
func TestAChangedByteOfAnEventIsFound(t *testing.T) {
	l := honest()
	for i := range l.rows {
		row := &l.rows[i]
		flip(row.Event, func(at int) {
			l.finds(t, true, row.Index, misfit, "byte %d of event %d was changed", at, i)
		})
	}
}

// TestAChangedHeadIsFound and is not blamed on a leaf.
func TestAChangedHeadIsFound(t *testing.T) {
	l := honest()
	head := l.head()
	flip(head.Root[:], func(at int) {
		if faults, _ := l.audit(head); len(faults) != 1 || faults[0].Index != -1 {
			t.Errorf("byte %d of the head's root was changed: %v", at, faults)
		}
	})
	for bit := range 63 {
		head := l.head()
		head.Size ^= 1 << bit
		if faults, _ := l.audit(head); len(faults) != 1 || faults[0].Index != -1 {
			t.Errorf("the head's size is %d instead of %d: %v", head.Size, leaves, faults)
		}
	}
}

// TestAnEarlierHeadThatDoesNotFitIsFound at the last leaf that it was signed for.
func TestAnEarlierHeadThatDoesNotFitIsFound(t *testing.T) {
	for size := int64(1); size <= leaves; size++ {
		l := honest()
		root, err := ledger.LeafHashes(l.tree.read).Root(size)
		if err != nil {
			t.Fatal(err)
		}
		l.signed = append(l.signed, ledger.Head{Origin: origin, Size: size, Root: root})
		if faults, _ := l.audit(l.head()); len(faults) > 0 {
			t.Errorf("a true head of %d leaves: %v", size, faults)
		}
		last := &l.signed[len(l.signed)-1]
		flip(last.Root[:], func(at int) {
			l.finds(t, true, size-1, fmt.Sprintf("the first %d leaves do not give the root that was signed", size), "byte %d of the root signed for %d leaves was changed", at, size)
		})
	}
	for _, size := range []int64{leaves + 1, leaves + 29, 1 << 39} {
		l := honest()
		l.signed = append(l.signed, ledger.Head{Origin: origin, Size: size})
		l.finds(t, true, leaves, "rolled back", "a head was signed for %d leaves", size)
	}
}

// named says whether a fault is about that index.
func named(faults []ledger.Fault, index int64) bool {
	return slices.ContainsFunc(faults, func(fault ledger.Fault) bool { return fault.Index == index })
}

// TestALogRewrittenWithAllItsHashesIsFound by what was signed for it before: all
// else of it fits.
func TestALogRewrittenWithAllItsHashesIsFound(t *testing.T) {
	for i := range leaves {
		l := new(log)
		for n := range leaves {
			if n == i {
				l.event(ledger.Event{Kind: ledger.Begin}) // something else
			} else {
				l.record()
			}
		}
		truth := new(log)
		for range leaves {
			truth.record()
			truth.sign()
		}
		if faults, _ := l.audit(l.head()); len(faults) > 0 {
			t.Fatalf("nobody has a checkpoint: %v", faults)
		}
		l.signed = truth.signed
		faults, _ := l.audit(l.head())
		if len(faults) != leaves-i || faults[0].Index != int64(i) || !strings.Contains(faults[0].Why, "signed") {
			t.Errorf("leaf %d was rewritten: %v", i, faults)
		}
	}
}

// TestNoKindOfLeafIsAnother keeps domains apart.
func TestNoKindOfLeafIsAnother(t *testing.T) {
	l := honest()
	row := &l.rows[40]
	row.Event, row.Record, row.Salt = row.Record, nil, ledger.Salt{}
	l.finds(t, false, 40, misfit, "a record became an event")
	l = honest()
	row = &l.rows[rotated]
	row.Event, row.Record = nil, row.Event
	l.finds(t, false, rotated, misfit, "an event became a record")
}

// TestAnAuditListsAHundredFaults of a log that is damaged everywhere.
func TestAnAuditListsAHundredFaults(t *testing.T) {
	l := new(log)
	for range 3000 {
		l.record()
		l.rows[len(l.rows)-1].Record[0] ^= 1
	}
	faults, _ := l.audit(l.head())
	if len(faults) != 100 || faults[0].Index != 0 || faults[99].Index != 99 {
		t.Errorf("%d faults, from %v to %v", len(faults), faults[0], faults[len(faults)-1])
	}
}

// TestALeafFarOutsideTheTreeIsAFault and no reason to fall over.
func TestALeafFarOutsideTheTreeIsAFault(t *testing.T) {
	for _, index := range []int64{-1, -64, math.MinInt64, 1 << 40, math.MaxInt64} {
		for _, hashes := range []int{0, 1, 64, 65} {
			l := honest()
			l.rows = append(l.rows, ledger.Leaf{Index: index, Hashes: make([]byte, hashes*ledger.HashSize)})
			l.finds(t, true, leaves, "which no tree has", "there is a leaf %d with %d hashes", index, hashes)
		}
	}
}

// TestAnEventThatNamesMillionsIsAnsweredAtOnce though none of them be there: a
// log that comes from elsewhere may say anything.
func TestAnEventThatNamesMillionsIsAnsweredAtOnce(t *testing.T) {
	event := ledger.Event{Kind: ledger.Expire, Spans: []ledger.Span{{0, 1<<39 - 1}}}
	data, err := event.Encode()
	if err != nil {
		t.Fatal(err)
	}
	hash := ledger.EventLeaf(data)
	l := honest()
	l.rows = append(l.rows, ledger.Leaf{Index: 1 << 39, Event: data, Hashes: hash[:]})
	if faults, _ := l.audit(l.head()); len(faults) != 100 || !named(faults, 8) {
		t.Errorf("an event names 2³⁹ records: %d faults, the first is %v", len(faults), faults[0])
	}
}
