package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// brokenTrailError is one that is not what was signed of it.
type brokenTrailError struct {
	consent.TrailBreak
	consent.Flaw
	path, origin string

	tree    *tree // nil when it is not there
	damaged bool  // what was signed cannot be read, so nothing can be told of it
}

func (b *brokenTrailError) Error() string {
	if b.damaged {
		return fmt.Sprintf("the audit trail %s: %s Put back the file, or the folder of keys", b.origin, b.Why)
	}
	return fmt.Sprintf("the database %s is not what was signed of the audit trail %s. %s Put back the newest database and what lies beside it; or, if they are lost, "+
		"run \"samtykke log begin\", which goes on in a new part of the trail and keeps the loss visible", b.path, b.origin, b.Why)
}

// year is that of the trail.
func (b *brokenTrailError) year() int {
	text, _, _ := strings.Cut(b.Trail, "-")
	year, _ := strconv.Atoi(text) // none is like it when it is no number
	return year
}

// trailIn reads out of an origin whose trail it is, and which.
func trailIn(origin string) (organisation consent.OrganisationID, trail string) {
	_, name, _ := strings.Cut(origin, "/audit/")
	key, trail, _ := strings.Cut(name, "/")
	if key == installation {
		key = ""
	}
	return consent.OrganisationID(key), trail
}

func trailHead(size int64, root [32]byte) consent.TrailHead {
	return consent.TrailHead{Acts: size, Root: root}
}

// holds compares a trail, nil for one that is not there, with what was signed of it,
// nil for nothing. It gives nil when all is there.
func (s *signers) holds(ctx context.Context, from querier, origin string, signed []byte, t *tree) (*brokenTrailError, error) {
	b := &brokenTrailError{origin: origin, tree: t}
	b.Organisation, b.Trail = trailIn(origin)
	var empty ledger.Frontier
	b.Held = trailHead(0, empty.Root())
	if t != nil {
		b.Held = trailHead(t.size, t.root)
	}
	if signed == nil {
		b.Signed = b.Held
		b.Flaw = consent.Flaw{Code: consent.FlawTrailHeadLost, Why: "The signed head beside the database is lost, so nobody can tell whether it was rolled back."}
		if t.size == 0 {
			b = nil
		}
		return b, nil
	}
	head, err := s.openTrailHead(signed, t)
	if err != nil {
		b.Flaw, b.damaged = consent.Flaw{Code: consent.FlawTrailHeadUnreadable, Why: "The signed head beside the database cannot be checked: " + err.Error() + "."}, true
		return b, nil
	}
	b.Signed = trailHead(head.Size, head.Root)
	switch {
	case head.Size == 0: // signed before the first act
		return nil, nil //nolint:nilnil // nothing is broken
	case t == nil:
		b.Flaw = consent.Flaw{Code: consent.FlawTrailGone, Name: b.Trail, N: head.Size, Why: fmt.Sprintf("The trail of %s is gone: %d acts of it were signed.", b.Trail, head.Size)}
		return b, nil
	case head.Size > t.size:
		b.Flaw = consent.Flaw{Code: consent.FlawTrailRolledBack, N: t.size, Of: head.Size, Why: fmt.Sprintf("The trail has %d acts, and %d were signed: it was rolled back.", t.size, head.Size)}
		return b, nil
	}
	root, err := actReader(ctx, from, t.id).Root(head.Size)
	switch {
	case ctx.Err() != nil:
		return nil, ctx.Err()
	case err != nil || root != head.Root:
		b.Flaw = consent.Flaw{Code: consent.FlawActUnsigned, N: head.Size, Why: fmt.Sprintf("One of the first %d acts is not what was signed.", head.Size)}
		return b, nil //nolint:nilerr // an act that cannot be read is not the one that was signed
	}
	return nil, nil //nolint:nilnil // nothing is broken
}

// openTrailHead reads what was signed of a trail. Of one that is not there, nobody
// appends to what it says.
func (s *signers) openTrailHead(signed []byte, t *tree) (*ledger.Head, error) {
	if t == nil {
		return ledger.ParseHead(signed)
	}
	_, keys, err := s.verifiers(t)
	if err != nil {
		return nil, err
	}
	return ledger.OpenCheckpoint(signed, keys)
}

// brokenTrails gives the trails that are not what was signed of them, and of which
// no later act says so.
func (s *Store) brokenTrails(ctx context.Context) ([]*brokenTrailError, error) {
	anchored, err := s.trailAnchors.file.Load() // first: the database may only know more
	if err != nil {
		return nil, err
	}
	var trails []*tree
	err = s.reads.each(ctx, allTrails, func(rows *sql.Rows) error {
		t, err := scanTrail(rows)
		trails = append(trails, t)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("read the audit trails: %w", err)
	}
	var found []*brokenTrailError
	look := func(origin string, t *tree) error {
		signed, err := s.signedOf(anchored, origin)
		if err != nil {
			return err
		}
		delete(anchored, origin)
		b, err := s.trails.holds(ctx, s.reads, origin, signed, t)
		if b == nil || err != nil {
			return err
		}
		told, err := s.toldBreak(ctx, b)
		if told == nil {
			b.path = s.path
			found = append(found, b)
		}
		return err
	}
	for _, t := range trails {
		if err := look(t.origin, t); err != nil {
			return nil, err
		}
	}
	for origin := range anchored {
		if err := look(origin, nil); err != nil {
			return nil, err
		}
	}
	slices.SortFunc(found, func(a, b *brokenTrailError) int { return cmp.Compare(a.origin, b.origin) })
	return found, nil
}

// signedOf gives what is signed of a trail: one that was begun since the heads were
// read is among them by now.
func (s *Store) signedOf(anchored map[string][]byte, origin string) ([]byte, error) {
	if signed := anchored[origin]; signed != nil {
		return signed, nil
	}
	now, err := s.trailAnchors.file.Load()
	return now[origin], err
}

// toldBreak gives what a later act says of exactly this break, nil for nothing: of
// what was signed, and of what was left then.
func (s *Store) toldBreak(ctx context.Context, b *brokenTrailError) (told *consent.TrailBreak, err error) {
	err = s.reads.each(ctx, trailBreaks, func(rows *sql.Rows) error {
		var object string
		if err := rows.Scan(&object); err != nil {
			return err
		}
		said, ok := consent.ParseTrailBreak(object)
		if !ok || b.damaged {
			return nil
		}
		said.Organisation = b.Organisation
		if *said == b.TrailBreak {
			told = said
		}
		return nil
	}, string(b.Organisation), consent.TrailBegin)
	return told, err
}
