package sqlite

import (
	"context"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// sequenceAndNumbers gives what the sequence says is the last number that was
// given, and the highest that is there.
const sequenceAndNumbers = `
SELECT coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'decision'), 0),
  max(coalesce((SELECT max(seq) FROM decision), 0),
    coalesce((SELECT max(leaf.seq) FROM tree CROSS JOIN leaf ON leaf.id = (tree.id << 40 | tree.size - 1)), 0))`

// sequence finds a sequence that stands behind the numbers that were given. SQLite
// moves it with every decision, so it was set back. How far ahead it may stand
// nobody can tell: a decision that comes again moves it, too.
func (a *auditor) sequence(ctx context.Context) error {
	var sequence, highest int64
	if err := a.reads.row(ctx, sequenceAndNumbers).Scan(&sequence, &highest); err != nil {
		return err
	}
	if sequence > farNumber {
		a.fault(consent.LedgerFault{Index: -1, Flaw: consent.Flaw{Code: consent.FlawSequenceAhead, N: sequence, Of: highest, Why: fmt.Sprintf("the sequence of the decisions' numbers stands at %d, and the newest leaf is of number %d: it was set ahead, so that the numbers end; "+
			"stop the server, set it right in the database (UPDATE sqlite_sequence SET seq = %d WHERE name = 'decision'), and audit again", sequence, highest, highest)}})
	}
	if sequence < highest {
		a.fault(consent.LedgerFault{Index: -1, Flaw: consent.Flaw{Code: consent.FlawSequenceBehind, N: sequence, Of: highest, Why: fmt.Sprintf("the sequence of the decisions' numbers stands at %d, and number %d was given: it was set back; "+
			"no number is given twice all the same, and the next decision sets it right", sequence, highest)}})
	}
	return nil
}
