package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const allErased = `
SELECT site.key, erased.id, erased.time, EXISTS (SELECT 1 FROM decision WHERE decision.site = erased.site AND decision.id = erased.id)
FROM erased JOIN site ON site.id = erased.site WHERE site.key = ?1 OR ?1 = ''`

// stubs are those of a site's erased decisions.
type stubs struct {
	count    int64
	there    []consent.DecisionID // whose decision is there all the same
	unlisted []ledger.Line        // that the journal has not, as it would have them
}

type stubsBySite map[consent.SiteKey]*stubs

func (s stubsBySite) count(site consent.SiteKey) int64 {
	if s[site] == nil {
		return 0
	}
	return s[site].count
}

// unlisted gives those of all sites, and how many sites they are of.
func (s stubsBySite) unlisted() (lines []ledger.Line, sites int) {
	for _, of := range s {
		if len(of.unlisted) > 0 {
			lines = append(lines, of.unlisted...)
			sites++
		}
	}
	return lines, sites
}

// stubsOf reads the stubs of a site, or of all, and holds them against the journal
// as it was before.
func (s *Store) stubsOf(ctx context.Context, site consent.SiteKey, journal []ledger.Line) (stubsBySite, error) {
	found := make(stubsBySite)
	listed := erasedIn(journal)
	err := s.reads.each(ctx, allErased, func(rows *sql.Rows) error { return found.scan(rows, listed) }, string(site))
	if err != nil {
		return nil, err
	}
	if _, sites := found.unlisted(); sites == 0 {
		return found, nil
	}
	if journal, err = s.journal.Load(); err != nil { // again: some were erased meanwhile
		return nil, err
	}
	listed = erasedIn(journal)
	for _, of := range found {
		of.unlisted = slices.DeleteFunc(of.unlisted, func(line ledger.Line) bool { return listed[decisionName{line.Site, line.ID}] })
	}
	return found, nil
}

// scan takes a row of allErased.
func (s stubsBySite) scan(rows *sql.Rows, listed map[decisionName]bool) error {
	var line ledger.Line
	var id sql.RawBytes
	var at int64
	var there bool
	if err := rows.Scan(&line.Site, &id, &at, &there); err != nil {
		return err
	}
	copy(line.ID[:], id)
	line.Time = moment(at)
	of := s[line.Site]
	if of == nil {
		of = &stubs{}
		s[line.Site] = of
	}
	of.count++
	if there {
		of.there = append(of.there, line.ID)
	}
	if !listed[decisionName{line.Site, line.ID}] {
		of.unlisted = append(of.unlisted, line)
	}
	return nil
}

func erasedIn(journal []ledger.Line) map[decisionName]bool {
	listed := make(map[decisionName]bool, len(journal))
	for _, line := range journal {
		if !line.ID.IsZero() {
			listed[decisionName{line.Site, line.ID}] = true
		}
	}
	return listed
}

// journalCut gives how many lines the journal has lost of which the database does not
// know either what they erased: a database that was put back brings that back.
func (s *Store) journalCut(ctx context.Context) (int, error) {
	missing, err := s.journal.Missing()
	if err != nil || missing == 0 {
		return 0, err
	}
	journal, err := s.journal.Load()
	if err != nil {
		return 0, err
	}
	kept, err := s.stubsOf(ctx, "", journal)
	if err != nil {
		return 0, err
	}
	lines, _ := kept.unlisted()
	return max(0, missing-len(lines)), nil
}

// listAgain writes into the journal what it has forgotten: its file was lost. A
// stub alone is no proof of an erasure, and a restore would remove what is listed:
// so it is only believed in a ledger in which nothing else is wrong.
func (s *Store) listAgain(ctx context.Context, journal []ledger.Line) error {
	kept, err := s.stubsOf(ctx, "", journal)
	if err != nil {
		return err
	}
	lines, sites := kept.unlisted()
	missing, err := s.journal.Missing()
	if err != nil || len(lines) == 0 && missing == 0 {
		return err
	}
	found, err := s.Audit(ctx, "", func(int64, int64) {})
	if err != nil {
		return err
	}
	if len(found.Faults) > sites { // the audit has one for each
		s.log.ErrorContext(ctx, "the journal has forgotten erased decisions, and more is wrong with the ledger, so they are not listed again: run samtykke log verify", "decisions", len(lines), "missing", missing)
		return nil
	}
	err = s.writer.run(ctx, func(context.Context, *sql.Conn) error {
		return errors.Join(s.journal.Add(lines), s.journal.Accept())
	})
	if err == nil {
		s.log.WarnContext(ctx, "the journal had forgotten erased decisions, and was told again", "decisions", len(lines))
	}
	return err
}
