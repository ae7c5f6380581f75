package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// AuditTrails derives every trail of an organisation anew from what is stored.
func (s *Store) AuditTrails(ctx context.Context, organisation consent.OrganisationID) (found []consent.TrailAudit, err error) {
	anchored, err := s.trailAnchors.file.Load() // first: the database may only know more
	if err != nil {
		return nil, err
	}
	err = s.snapshot(ctx, func(at *Store) error {
		var trails []*tree
		err := at.reads.each(ctx, trailsOf, func(rows *sql.Rows) error {
			t, err := scanTrail(rows)
			trails = append(trails, t)
			return err
		}, string(organisation))
		if err != nil {
			return fmt.Errorf("read the audit trails: %w", err)
		}
		for _, t := range trails {
			audit := consent.TrailAudit{Organisation: organisation, Year: t.year, Part: t.part, Acts: t.size}
			signed, err := at.signedOf(anchored, t.origin)
			if err != nil {
				return err
			}
			if err := at.auditTrail(ctx, &audit, t, signed); err != nil {
				return err
			}
			found = append(found, audit)
			delete(anchored, t.origin)
		}
		lost, err := at.lostTrails(ctx, organisation, anchored)
		found = append(found, lost...)
		return err
	})
	return found, err
}

// lostTrails gives those of which a head is beside the database, and which are not
// in it.
func (s *Store) lostTrails(ctx context.Context, organisation consent.OrganisationID, anchored map[string][]byte) (lost []consent.TrailAudit, err error) {
	for _, origin := range slices.Sorted(maps.Keys(anchored)) {
		if whose, _ := trailIn(origin); whose != organisation {
			continue
		}
		audit := consent.TrailAudit{Organisation: organisation}
		if err := s.compareTrail(ctx, &audit, origin, nil, anchored[origin]); err != nil {
			return nil, err
		}
		if audit.Fault.Code != "" || audit.Broke != nil {
			lost = append(lost, audit)
		}
	}
	return lost, nil
}

// auditTrail says what does not hold of a trail, and where it broke off.
func (s *Store) auditTrail(ctx context.Context, audit *consent.TrailAudit, t *tree, signed []byte) error {
	var frontier ledger.Frontier
	err := s.reads.each(ctx, wholeTrail, func(rows *sql.Rows) (err error) {
		if audit.Fault.Code == "" {
			audit.Fault, err = auditAct(rows, audit.Organisation, &frontier)
		}
		return err
	}, t.id)
	switch {
	case err != nil || audit.Fault.Code != "":
	case frontier.Size() != t.size:
		audit.Fault = actMissing(frontier.Size())
	case frontier.Root() != t.root:
		audit.Fault = consent.Flaw{Code: consent.FlawActsChanged, Why: "An act is not what it was when it was stored."}
	case !s.trails.isSealed(t):
		audit.Fault = consent.Flaw{Code: consent.FlawTrailHeadChanged, Why: "The head was not written by a program that has the keys."}
	default:
		return s.compareTrail(ctx, audit, t.origin, t, signed)
	}
	return err
}

// compareTrail holds a trail against what was signed of it. That it broke off is no
// fault once a later act says so.
func (s *Store) compareTrail(ctx context.Context, audit *consent.TrailAudit, origin string, t *tree, signed []byte) error {
	broken, err := s.trails.holds(ctx, s.reads, origin, signed, t)
	if err != nil || broken == nil {
		return err
	}
	if audit.Broke, err = s.toldBreak(ctx, broken); audit.Broke == nil {
		audit.Fault = broken.Flaw
	}
	return err
}

func actMissing(number int64) consent.Flaw {
	return consent.Flaw{Code: consent.FlawActMissing, N: number, Why: fmt.Sprintf("Act %d is missing.", number)}
}

// auditAct appends one act to the frontier, and says what does not hold of it.
func auditAct(rows *sql.Rows, organisation consent.OrganisationID, frontier *ledger.Frontier) (consent.Flaw, error) {
	act := consent.Act{Organisation: organisation}
	var number, ms int64
	var changes string
	var salt, hashes []byte
	if err := rows.Scan(&number, &ms, &act.Account, &act.Site, &act.Action, &act.Object, &act.Reason, &changes, &salt, &hashes); err != nil {
		return consent.Flaw{}, fmt.Errorf("read an act: %w", err)
	}
	act.Time = moment(ms)
	if number != frontier.Size() {
		return actMissing(frontier.Size()), nil
	}
	record, err := encodeAct(&act, changes)
	if err != nil {
		return consent.Flaw{}, err
	}
	if len(salt) != len(ledger.Salt{}) || !bytes.Equal(frontier.Append(nil, ledger.RecordLeaf((*ledger.Salt)(salt), record)), hashes) {
		return consent.Flaw{Code: consent.FlawActChanged, N: number, Why: fmt.Sprintf("Act %d is not what it was when it was stored.", number)}, nil
	}
	return consent.Flaw{}, nil
}
