package sqlite

import (
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// place is how far an audit has come in a tree: a leaf, and its number.
type place struct{ leaf, number int64 }

// before is the place in front of a leaf. The number is below any.
func before(t *tree, index int64) *place { return &place{leafID(t.id, index) - 1, 0} }

// numbered goes on to a tree's next leaf, and names one whose number is not in order.
func (a *auditor) numbered(t *tree, last *place, row *audited) {
	if why := last.move(row); why != "" {
		a.fault(consent.LedgerFault{Site: t.site, Origin: t.origin, Index: row.leaf - leafID(t.id, 0), Flaw: consent.Flaw{Code: consent.FlawNumberChanged, Why: why}})
	}
}

// move goes on to a leaf, and says why a decision is not found by the numbers; it
// is empty when it is. The hashes do not hold the numbers, and the search for a
// decision's leaf relies on their order: a record's is above all before it, an
// event's is that of the newest decision.
func (p *place) move(to *audited) (why string) {
	switch event := to.event != nil; {
	case to.number > farNumber || to.number < 0 || to.number == 0 && !event:
		why = fmt.Sprintf("the leaf has the number %d, which is never given: readers and exports may miss its decision", to.number)
	case to.number < p.number || to.number == p.number && !event:
		why = fmt.Sprintf("the leaf has the number %d, and the one before it %d: they do not rise, so a search may miss a decision's leaf", to.number, p.number)
	}
	p.leaf, p.number = to.leaf, to.number
	return why
}
