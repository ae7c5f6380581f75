package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const allFrozen = `
SELECT site.key, decision.id, frozen.seq, frozen.time, frozen.reason
FROM frozen CROSS JOIN decision ON decision.seq = frozen.seq JOIN site ON site.id = decision.site`

// decisionName names a decision as the journal does.
type decisionName struct {
	site consent.SiteKey
	id   consent.DecisionID
}

// contradiction is a decision that the database has otherwise restricted than the
// journal says.
type contradiction struct {
	decisionName
	seq  int64
	said *consent.Restriction // the journal's last word; nil when it has none
	kept *consent.Restriction // nil when the database has it not frozen
}

// lastWords gives what the journal says at last of each decision that was frozen.
func lastWords(lines []ledger.Line) map[decisionName]*consent.Restriction {
	last := make(map[decisionName]*consent.Restriction)
	for _, line := range lines {
		switch {
		case !line.Frozen.IsZero():
			last[decisionName{line.Site, line.Frozen}] = &consent.Restriction{Reason: line.Reason, Time: line.Time}
		case !line.Released.IsZero():
			last[decisionName{line.Site, line.Released}] = &consent.Restriction{Release: true, Time: line.Time}
		}
	}
	return last
}

// contradictions hands them to a job of the writer, if there are any. What is being
// frozen at this moment stands in the journal first, so they are only looked for
// in earnest when nobody else writes.
func (s *Store) contradictions(ctx context.Context, job func(context.Context, *sql.Conn, []contradiction) error) error {
	found, err := s.contradicted(ctx, s.reads)
	if err != nil || len(found) == 0 {
		return err
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		found, err := s.contradicted(ctx, conn)
		if err != nil || len(found) == 0 {
			return err
		}
		return job(ctx, conn, found)
	})
}

// contradicted holds the database against the journal.
func (s *Store) contradicted(ctx context.Context, from querier) ([]contradiction, error) {
	lines, err := s.journal.Restricted()
	if err != nil {
		return nil, err
	}
	frozen, err := readFrozen(ctx, from)
	if err != nil {
		return nil, fmt.Errorf("read what is frozen: %w", err)
	}
	last := lastWords(lines)
	var found []contradiction
	for _, one := range frozen {
		one.said = last[one.decisionName]
		if one.said == nil || one.said.Reason != one.kept.Reason || !one.said.Time.Equal(one.kept.Time) { // a release has no reason
			found = append(found, one)
		}
		delete(last, one.decisionName)
	}
	for name, said := range last {
		if said.Release {
			continue
		}
		there, err := readNamed(ctx, from, ofReceipt, name.id[:], string(name.site)) // or erased since
		if err != nil {
			return nil, err
		}
		for _, decision := range there {
			found = append(found, contradiction{decisionName: name, seq: decision.seq, said: said})
		}
	}
	slices.SortFunc(found, func(x, y contradiction) int { return cmp.Compare(x.seq, y.seq) })
	return found, nil
}

func readFrozen(ctx context.Context, from querier) ([]contradiction, error) {
	rows, err := from.QueryContext(ctx, allFrozen)
	if err != nil {
		return nil, err
	}
	defer rows.Close()
	var all []contradiction
	for rows.Next() {
		one := contradiction{kept: &consent.Restriction{}}
		var id sql.RawBytes
		var at int64
		if err := rows.Scan(&one.site, &id, &one.seq, &at, &one.kept.Reason); err != nil {
			return nil, err
		}
		copy(one.id[:], id)
		one.kept.Time = moment(at)
		all = append(all, one)
	}
	return all, rows.Err()
}

// again says whether the journal's word is carried out again: the decision is not
// frozen or released as it says, or the visitor could still release what it says
// is frozen for a stronger reason.
func (c *contradiction) again() bool {
	switch {
	case c.said == nil:
		return false
	case c.said.Release || c.kept == nil:
		return c.said.Release == (c.kept != nil)
	}
	return outweighs(c.said.Reason, c.kept.Reason)
}

// restrictAgain freezes and releases what the database has otherwise than the
// journal says: it was put back from a backup, or changed by somebody else. It is never
// the act of whoever happens to come next.
func (s *Store) restrictAgain(ctx context.Context) error {
	again := 0
	err := s.contradictions(consent.WithoutAct(ctx), func(ctx context.Context, conn *sql.Conn, found []contradiction) error {
		for _, one := range found {
			if !one.again() {
				continue // it is frozen: what else is wrong the audit says
			}
			if err := restrict(ctx, conn, one.seq, *one.said); err != nil {
				return err
			}
			again++
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("restrict again what was restricted before: %w", err)
	}
	if again > 0 {
		s.log.WarnContext(ctx, "the database did not know which decisions are frozen, and was told again", "decisions", again)
	}
	return nil
}
