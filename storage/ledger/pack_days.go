package ledger

import (
	"context"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// PackDays are the days of a pack that opens the records of these alone: the moments
// from which on, and before which, zero for no bound.
//
// Every leaf is in such a pack with its hash, so the tree is derived as that of the whole
// log. It opens each record from the first of those days to the last, in the order of
// the ledger; which come in the order of their times, but for moments. So none can be
// left out between two that are there. Nothing shows that none is left out before the
// first or after the last.
type PackDays struct {
	From time.Time `json:"from,omitzero"`
	To   time.Time `json:"to,omitzero"`
}

// PackDaysOf gives those from one moment on and before another, nil for all.
func PackDaysOf(from, to time.Time) *PackDays {
	if from.IsZero() && to.IsZero() {
		return nil
	}
	return &PackDays{From: from.UTC(), To: to.UTC()}
}

// schema names the form of a pack of these days, or of a whole one.
func (d *PackDays) schema() string {
	if d == nil {
		return packSchema
	}
	return daysPackSchema
}

func (d *PackDays) has(at time.Time) bool {
	return !at.Before(d.From) && (d.To.IsZero() || at.Before(d.To))
}

// run are leaves on end, first <= index < end.
type run struct{ first, end int64 }

func (r run) has(index int64) bool { return r.first <= index && index < r.end }

// opens gives the leaves of a tree whose records the pack has.
func (w *packer) opens(ctx context.Context, t *consent.Tree) (run, error) {
	size := leavesOf(t)
	if w.Days == nil || size == 0 {
		return run{0, size}, nil
	}
	found := run{}
	err := w.Store.Leaves(ctx, t.Origin, 0, func(leaf *Leaf) error {
		if leaf.Record == nil || leaf.Index >= size {
			return nil
		}
		record, err := ParseRecord(leaf.Record)
		if err != nil || !w.Days.has(record.Time) {
			return nil //nolint:nilerr // who reads the pack is told what cannot be read
		}
		if found.end == 0 {
			found.first = leaf.Index
		}
		found.end = leaf.Index + 1
		return nil
	})
	return found, err
}

// opened is what was seen of the records that a pack opens of a tree.
type opened struct {
	any         bool
	first, last time.Time
	gap         int64 // index of the first that is left out behind one that is there, -1 for none
}

func (o *opened) at(t time.Time) {
	if !o.any {
		o.first = t
	}
	o.any, o.last = true, t
}

// along finds records that a pack leaves out where it must not.
func (u *unpacker) along(origin string, leaf *Leaf) {
	switch {
	case leaf.Withheld && u.list.Days == nil:
		u.fault(origin, leaf.Index, "the record is left out of a pack that holds the whole log")
	case leaf.Withheld && u.opens.any && u.opens.gap < 0:
		u.opens.gap = leaf.Index
	case leaf.Record != nil && u.opens.gap >= 0:
		u.fault(origin, u.opens.gap, fmt.Sprintf("the record is left out, and one behind it (index %d) is there: of the days of the pack, all must be", leaf.Index))
		u.opens.gap = -1
	}
}

// inDays says that what a pack opens is of the days that it is of.
func (u *unpacker) inDays(origin string) {
	if days := u.list.Days; days != nil && u.opens.any && (!days.has(u.opens.first) || !days.has(u.opens.last)) {
		u.fault(origin, -1, "the records in the pack do not begin and end within its days: they, or the days, were changed")
	}
}

// sayWithheld says what a pack of some days leaves open.
func (u *unpacker) sayWithheld() {
	if u.list.Days != nil {
		u.found.Unvouched = append(u.found.Unvouched,
			fmt.Sprintf("that no record of its days is among the %d that the pack leaves out before the first and after the last in it; between those, none is left out", u.found.Withheld))
	}
}
