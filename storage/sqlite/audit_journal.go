package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const oneErased = `
SELECT (SELECT time FROM erased WHERE erased.site = site.id AND erased.id = ?2),
  EXISTS (SELECT 1 FROM decision WHERE decision.site = site.id AND decision.id = ?2)
FROM site WHERE key = ?1`

// journalled holds what keeps an erased decision away and a frozen one here, which
// no leaf vouches for, against the journal.
func (a *auditor) journalled(ctx context.Context, of consent.SiteKey) error {
	if len(a.unreadable) > 0 {
		return nil
	}
	if err := errors.Join(a.stubs(ctx, of, a.listed), a.keptAway(ctx, of, a.listed)); err != nil {
		return err
	}
	return a.restrictions(ctx, of)
}

// stubs finds erased decisions whose stub is gone, and such as are there.
func (a *auditor) stubs(ctx context.Context, of consent.SiteKey, lines []ledger.Line) error {
	var begun []ledger.Line
	for _, line := range lines {
		if line.ID.IsZero() || of != "" && line.Site != of { // the others freeze and release
			continue
		}
		var at sql.NullInt64
		var there bool
		err := a.reads.row(ctx, oneErased, string(line.Site), line.ID[:]).Scan(&at, &there)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		if !at.Valid && there {
			begun = append(begun, line)
		}
		if !at.Valid && !there {
			a.fault(consent.LedgerFault{Site: line.Site, Index: -1, Flaw: consent.Flaw{Code: consent.FlawStubGone, Name: line.ID.String(), Why: fmt.Sprintf("the decision %s was erased, and the stub that keeps it away is gone: it was changed", line.ID)}})
		}
	}
	return a.unfinished(ctx, begun)
}

// patient is how often it is tried to have nobody else write, for some seconds each time:
// beside a server that never stops writing it comes to that by chance.
const patient = 12

// alone looks at something while nobody else writes.
func (a *auditor) alone(ctx context.Context, look func(context.Context, *sql.Conn) error) (err error) {
	for range patient {
		if err = a.writer.run(ctx, look); consent.CodeOf(err) != "busy" {
			return err
		}
	}
	return err
}

// unfinished names decisions that are there although the journal has erased them.
// The journal comes first, and the audit sees an earlier moment: so it is asked
// anew, and in earnest only when nobody else writes.
func (a *auditor) unfinished(ctx context.Context, lines []ledger.Line) error {
	for _, line := range lines {
		if there, err := readNamed(ctx, a.readers, ofReceipt, line.ID[:], string(line.Site)); err != nil {
			return err
		} else if len(there) == 0 {
			continue
		}
		err := a.alone(ctx, func(ctx context.Context, conn *sql.Conn) error {
			there, err := readNamed(ctx, conn, ofReceipt, line.ID[:], string(line.Site))
			if err == nil && len(there) > 0 {
				a.fault(consent.LedgerFault{Site: line.Site, Index: -1, Flaw: consent.Flaw{Code: consent.FlawErasedThere, Name: line.ID.String(), Why: fmt.Sprintf("the decision %s is erased according to the journal, and is there: the database was put back from a backup, or the erasure was not finished; "+
					"start the server anew, which erases it", line.ID)}})
			}
			return err
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// keptAway finds what the journal or the database has forgotten of erasures that
// the other knows, or the ledger.
func (a *auditor) keptAway(ctx context.Context, of consent.SiteKey, lines []ledger.Line) error {
	kept, err := a.stubsOf(ctx, of, lines)
	if err != nil {
		return err
	}
	for _, site := range slices.Sorted(maps.Keys(kept)) {
		for _, id := range kept[site].there {
			a.fault(consent.LedgerFault{Site: site, Index: -1, Flaw: consent.Flaw{Code: consent.FlawStubPlanted, Name: id.String(), Why: fmt.Sprintf("the decision %s is there, and so is a stub that says that it was erased: the stub was put there past the server", id)}})
		}
		if n := len(kept[site].unlisted); n > 0 {
			a.fault(consent.LedgerFault{Site: site, Index: -1, Flaw: consent.Flaw{Code: consent.FlawJournalShort, N: int64(n), Why: fmt.Sprintf("of the decisions that were erased, %d are not in the journal %s: it was lost or changed, and a backup that is put back would bring them back; "+
				"put the journal back, or else start the server anew, which lists them again if nothing else is wrong", n, a.journal.Path())}})
		}
	}
	for _, site := range slices.Sorted(maps.Keys(a.erased)) {
		if n := kept.count(site); n < a.erased[site] {
			a.fault(consent.LedgerFault{Site: site, Index: -1, Flaw: consent.Flaw{Code: consent.FlawStubsFewer, N: a.erased[site], Of: n, Why: fmt.Sprintf("the ledger says that %d decisions were erased, and the database has the stubs of %d: the others could come back; "+
				"put the journal back, and start the server anew, which keeps away what is in it", a.erased[site], n)}})
		}
	}
	return nil
}

// restrictions finds decisions that are frozen or not against the journal's word.
func (a *auditor) restrictions(ctx context.Context, of consent.SiteKey) error {
	return a.contradictions(ctx, func(_ context.Context, _ *sql.Conn, found []contradiction) error {
		for _, one := range found {
			if of == "" || one.site == of {
				a.fault(consent.LedgerFault{Site: one.site, Index: -1, Flaw: consent.Flaw{Code: one.code(), Name: one.id.String(), Why: one.why()}})
			}
		}
		return nil
	})
}

// code names what is wrong.
func (c *contradiction) code() consent.FlawCode {
	switch {
	case c.kept == nil:
		return consent.FlawFrozenGone
	case c.said == nil:
		return consent.FlawFrozenUnlisted
	case c.said.Release:
		return consent.FlawFrozenReleased
	default:
		return consent.FlawFrozenOther
	}
}

// why says what is wrong, and what repairs it.
func (c *contradiction) why() string {
	freeze := fmt.Sprintf("samtykke log freeze %s --receipt %s --reason ", c.site, c.id)
	release := fmt.Sprintf("samtykke log release %s --receipt %s --yes --why TEXT", c.site, c.id)
	switch {
	case c.kept == nil:
		return fmt.Sprintf("the journal says that the decision %s is frozen, and in the database it is not: it was changed, and the decision could be removed; freeze it again: %s%s --why TEXT",
			c.id, freeze, c.said.Reason)
	case c.said == nil:
		return fmt.Sprintf("the decision %s is frozen, and the journal does not say so: put the journal back, or else say it again: %s, and %s%s --why TEXT",
			c.id, release, freeze, c.kept.Reason)
	case c.said.Release:
		return fmt.Sprintf("the journal says that the decision %s was released, and in the database it is frozen: it was changed, and the decision is kept for too long; release it again: %s",
			c.id, release)
	default:
		return fmt.Sprintf("the decision %s is frozen for another reason or since another time than the journal says: it was changed; say it again: %s, and %s%s --why TEXT",
			c.id, release, freeze, c.said.Reason)
	}
}
