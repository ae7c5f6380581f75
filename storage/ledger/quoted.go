package ledger

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// Quote is what an event says of the part that broke off where its own goes on.
type Quote struct {
	Signed *Head  // the last that was signed; nil when nobody knows
	Held   *Head  // what the database still had; nil when it had nothing
	Key    string // the origin of a part of which only the key was left
}

// Quote gives what the event says of an earlier part; nil when it is about none.
func (e *Event) Quote() *Quote {
	if e.Kind != Begin {
		return nil
	}
	q := &Quote{Key: e.Origin}
	q.Signed, _ = ParseHead([]byte(e.Checkpoint))
	q.Held, _ = ParseHead([]byte(e.Held))
	return q
}

// Last is the newest head that the part can still have.
func (q *Quote) Last() *Head { return cmp.Or(q.Held, q.Signed) }

// Break says what cannot be known of the part that broke off where the part of that
// origin goes on; it is nil when the quote counts what was lost.
func (q *Quote) Break(origin string) *consent.LedgerBreak {
	broke := &consent.LedgerBreak{Origin: origin, Earlier: q.Key}
	if q.Signed != nil && q.Key == "" {
		broke.Earlier, broke.Leaves = q.Signed.Origin, q.Signed.Size
	}
	switch {
	case q.Key != "":
		broke.Cause, broke.Why = consent.BreakKeyOnly, fmt.Sprintf("of %s only the key was left when %s began: what it held, nobody here knows", q.Key, origin)
	case q.Signed != nil && q.Held == nil:
		broke.Cause, broke.Why = consent.BreakNothing, fmt.Sprintf("%s had %d leaves, and nothing of it was left when %s began", q.Signed.Origin, q.Signed.Size, origin)
	case q.Signed != nil && *q.Signed == *q.Held:
		broke.Cause, broke.Why = consent.BreakUnknown, fmt.Sprintf("%s broke off at %d leaves, where %s goes on: its anchor was lost, or a witness knows another ledger of its name, so whether it had more, nobody here knows",
			q.Signed.Origin, q.Signed.Size, origin)
	default:
		return nil
	}
	return broke
}

// Quoted gives what a leaf says of an earlier part; nil when it says nothing.
func Quoted(leaf *Leaf) *Quote {
	if leaf.Event == nil {
		return nil
	}
	event, err := ParseEvent(leaf.Event)
	if err != nil || event.Kind != Begin {
		return nil
	}
	return event.Quote()
}

// quotes are what a pack's trees say of one another, and what witnesses say of
// them. A part that had ended before there were witnesses gets no cosignature any
// more; a later one that quotes its head vouches for it with its own.
type quotes struct {
	heads  map[string]*Head    // that were opened, by origin
	seen   map[string]int64    // how many leaves enough witnesses have seen
	unseen map[string]string   // why those are too few that have
	later  map[string][]quoted // by the origin that is quoted
	beyond map[string][]Head   // what was signed and is longer than the tree
}

// quoted is what one leaf says of an earlier part.
type quoted struct {
	by    string // origin
	index int64
	Quote
}

func newQuotes() quotes {
	return quotes{make(map[string]*Head), make(map[string]int64), make(map[string]string), make(map[string][]quoted), make(map[string][]Head)}
}

// quote keeps what a leaf says of an earlier part.
func (u *unpacker) quote(origin string, leaf *Leaf) {
	quote := Quoted(leaf)
	if quote == nil {
		return
	}
	if broke := quote.Break(origin); broke != nil {
		broke.Site = u.list.Site
		u.found.Breaks = append(u.found.Breaks, *broke)
	}
	if last := quote.Last(); last != nil {
		u.quotes.later[last.Origin] = append(u.quotes.later[last.Origin], quoted{origin, leaf.Index, *quote})
	}
}

// spread gives each tree that no witness has seen, and a seen leaf quotes, what the
// quote says of it, until nothing is new: a part may have been followed by
// another before there were witnesses. It gives who quotes whom.
func (q quotes) spread() map[string]string {
	through := make(map[string]string)
	for again := true; again; {
		again = false
		for _, origin := range sortedNames(q.later) {
			for _, one := range q.later[origin] {
				head := q.heads[origin]
				if q.seen[origin] > 0 || head == nil || *head != *one.Last() || one.index >= q.seen[one.by] {
					continue
				}
				q.seen[origin], through[origin], again = head.Size, one.by, true
			}
		}
	}
	return through
}

// within gives the heads that a tree of that size can be held against, and puts off
// those that are longer until it is known what later parts say.
func (q quotes) within(origin string, size int64, heads []Head) []Head {
	return slices.DeleteFunc(heads, func(head Head) bool {
		if head.Size > size && !slices.Contains(q.beyond[origin], head) {
			q.beyond[origin] = append(q.beyond[origin], head)
		}
		return head.Size > size
	})
}

// covers says that a later part tells what was signed then to be lost.
func (q quotes) covers(head Head) bool {
	return slices.ContainsFunc(q.later[head.Origin], func(one quoted) bool {
		return one.Signed != nil && (one.Signed.Size > head.Size || *one.Signed == head)
	})
}

// quoted holds a tree against what later parts say of it: it is never shorter than
// it was when the next began. It gives how many leaves it had lost by then.
func (u *unpacker) quoted(origin string) (lost int64) {
	head := u.quotes.heads[origin]
	for _, one := range u.quotes.later[origin] {
		switch held := one.Held; {
		case held == nil:
		case head == nil:
			u.fault(origin, -1, fmt.Sprintf("%s says that it had %d leaves, and the pack has no checkpoint of it that holds", one.by, held.Size))
		case head.Size < held.Size || head.Size == held.Size && head.Root != held.Root:
			u.fault(origin, -1, fmt.Sprintf("it has %d leaves, and is not what %s says that it was: %d leaves with the root %s", head.Size, one.by, held.Size, held.Root))
		}
		if head != nil && one.Signed != nil {
			lost = max(lost, one.Signed.Size-head.Size)
		}
	}
	return lost
}

// vouched says of each tree what later parts say of it, and, when too few witnesses
// have cosigned it, which of them vouches for it; it is a fault when none does.
func (u *unpacker) vouched() {
	lost := make(map[string]int64)
	for _, origin := range sortedNames(u.quotes.later) {
		lost[origin] = u.quoted(origin)
	}
	for i := range u.found.Trees {
		tree := &u.found.Trees[i]
		tree.Lost = max(tree.Lost, lost[tree.Origin])
	}
	for i := range u.found.Trees {
		tree := &u.found.Trees[i]
		for _, head := range u.quotes.beyond[tree.Origin] {
			if !u.quotes.covers(head) {
				u.fault(tree.Origin, -1, fmt.Sprintf("a checkpoint was signed for %d leaves, and there are %d: leaves were removed, or the database was rolled back", head.Size, tree.Size))
			}
		}
	}
	if len(u.Quorum.Witnesses) == 0 {
		return
	}
	through := u.quotes.spread()
	for i := range u.found.Trees {
		tree := &u.found.Trees[i]
		tree.QuotedBy = through[tree.Origin]
		if why := u.quotes.unseen[tree.Origin]; why != "" && tree.QuotedBy == "" {
			u.fault(tree.Origin, -1, why)
		}
	}
}
