package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	oneStub = `SELECT seq, time FROM erased WHERE site = (SELECT id FROM site WHERE key = ?) AND id = ?`

	oneFrozen = `
SELECT frozen.time, frozen.reason, frozen.why FROM decision JOIN frozen ON frozen.seq = decision.seq
WHERE decision.site = (SELECT id FROM site WHERE key = ?) AND decision.id = ?`
)

// Erased gives what is left of a decision that was erased.
func (s *Store) Erased(ctx context.Context, site consent.SiteKey, id consent.DecisionID) (*consent.Stub, error) {
	stub := &consent.Stub{ID: id}
	var seq, at int64
	err := s.reads.row(ctx, oneStub, string(site), id[:]).Scan(&seq, &at)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "not_erased", "No decision %s of the site %s was erased.", id, site)
	}
	if err != nil {
		return nil, fmt.Errorf("find what is left of a decision: %w", err)
	}
	stub.Time = time.UnixMilli(at).UTC()
	stub.Actor, stub.Reason = s.why(ctx, site, id)
	stub.Origin, stub.Index = s.leafLeft(ctx, site, seq)
	return stub, nil
}

// leafLeft finds the leaf of an erased decision, which its ledger keeps. What is left
// of the decision does not say which year's ledger that is, so each is asked. The
// number itself is told to nobody: all sites of the host share one row of numbers.
// As with why, a ledger that cannot be read says nothing.
func (s *Store) leafLeft(ctx context.Context, site consent.SiteKey, seq int64) (origin string, index int64) {
	if seq == 0 { // the database that was put back never had it
		return "", 0
	}
	trees, err := readTrees(ctx, s.reads, allTrees, string(site))
	for _, t := range trees {
		index, found, err := locate(ctx, s.reads, t, seq)
		if err != nil {
			s.noPlace(ctx, site, err)
			continue
		}
		if found {
			return t.origin, index
		}
	}
	if err != nil {
		s.noPlace(ctx, site, err)
	}
	return "", 0
}

func (s *Store) noPlace(ctx context.Context, site consent.SiteKey, err error) {
	s.log.ErrorContext(ctx, "where an erased decision stood cannot be told", "site", string(site), "error", err)
}

// why gives who had a decision erased, and on which of the law's grounds, as the journal
// has it. One that cannot be trusted says nothing, and what is left of the decision is
// shown without.
func (s *Store) why(ctx context.Context, site consent.SiteKey, id consent.DecisionID) (consent.Actor, consent.ErasureReason) {
	actor, ground, err := s.journal.Why(site, id)
	if err != nil {
		s.log.ErrorContext(ctx, "why a decision was erased cannot be told", "site", string(site), "error", err)
		return "", ""
	}
	if !slices.Contains(consent.ErasureReasons, ground) {
		ground = ""
	}
	return actor, ground
}

// Restricted gives when and why a decision was frozen.
func (s *Store) Restricted(ctx context.Context, site consent.SiteKey, id consent.DecisionID) (*consent.Restriction, error) {
	what := &consent.Restriction{ID: id}
	var at int64
	err := s.reads.row(ctx, oneFrozen, string(site), id[:]).Scan(&at, &what.Reason, &what.Why)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "not_frozen", "No decision %s of the site %s is frozen.", id, site)
	}
	if err != nil {
		return nil, fmt.Errorf("find why a decision is frozen: %w", err)
	}
	what.Time = time.UnixMilli(at).UTC()
	return what, nil
}
