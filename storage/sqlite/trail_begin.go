package sqlite

import (
	"context"
	"database/sql"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// LostTrails gives every trail that broke off, and of which no act tells yet.
func (s *Store) LostTrails(ctx context.Context) ([]consent.TrailBreak, error) {
	broken, err := s.brokenTrails(ctx)
	return breaksOf(broken), err
}

func breaksOf(broken []*brokenTrailError) []consent.TrailBreak {
	breaks := make([]consent.TrailBreak, len(broken))
	for i, b := range broken {
		breaks[i] = b.TrailBreak
	}
	return breaks
}

// BeginTrails tells of every trail that broke off, in a part that begins with it.
func (s *Store) BeginTrails(ctx context.Context, now time.Time) ([]consent.TrailBreak, error) {
	broken, err := s.brokenTrails(ctx)
	if err != nil || len(broken) == 0 {
		return nil, err
	}
	for _, b := range broken {
		if b.damaged {
			return nil, b
		}
	}
	err = s.writer.run(ctx, func(ctx context.Context, _ *sql.Conn) error { return s.writer.tellBreaks(ctx, broken, now) })
	if err != nil {
		return nil, err
	}
	return breaksOf(broken), s.anchorTold(broken)
}

// tellBreaks appends an act for each break to the trail of the year. Where that is
// itself broken, it goes on in the next part.
func (w *writer) tellBreaks(ctx context.Context, broken []*brokenTrailError, now time.Time) error {
	year := now.UTC().Year()
	begun := make(map[consent.OrganisationID]bool)
	for _, b := range broken {
		if b.year() == year && !begun[b.Organisation] {
			begun[b.Organisation] = true
			if err := w.nextPart(ctx, b.Organisation, year); err != nil {
				return err
			}
		}
	}
	for _, b := range broken {
		act := consent.Act{Time: now, Organisation: b.Organisation, Action: consent.TrailBegin, Object: b.Object()}
		if err := w.record(ctx, &act); err != nil {
			return err
		}
	}
	return nil
}

// nextPart plants the first part that never was: not even one that is lost.
func (w *writer) nextPart(ctx context.Context, organisation consent.OrganisationID, year int) error {
	anchored, err := w.trailAnchors.file.Load()
	if err != nil {
		return err
	}
	for part := 2; part <= maxParts; part++ {
		t := w.newTrail(organisation, year, part)
		there, err := w.trails.keys.Begun(t.name())
		if err != nil {
			return err
		}
		if !there && anchored[t.origin] == nil {
			return w.plantTrail(ctx, organisation, t)
		}
	}
	return errTooManyParts(year)
}

// anchorTold has the anchor know what it knew nothing of, as it is.
func (s *Store) anchorTold(broken []*brokenTrailError) error {
	late := make(map[string][]byte)
	for _, b := range broken {
		if b.Signed == b.Held && b.tree != nil {
			signed, err := s.trails.sign(b.tree)
			if err != nil {
				return err
			}
			late[b.origin] = signed
		}
	}
	return s.trailAnchors.file.Advance(late)
}
