package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// Rotate has a new key sign for the site's newest tree from now on, and for each
// earlier one whose key is lost: they are signed again whenever somebody asks.
func (s *Store) Rotate(ctx context.Context, site consent.SiteKey, now time.Time) (keys string, err error) {
	var made []string
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		all, err := readTrees(ctx, conn, allTrees, string(site))
		if err != nil {
			return err
		}
		if len(all) == 0 {
			return consent.Errorf(consent.NotFound, "unknown_tree", "The site %s has no ledger yet: it begins, with a key, at its first decision.", site)
		}
		trees, err := s.rotatable(ctx, all)
		if err != nil {
			return err
		}
		if len(trees) == 0 {
			return consent.Errorf(consent.Conflict, "dropped", "The newest ledger of %s is gone with its year: the next begins with a key of its own.", site)
		}
		if err := s.sealAgain(ctx, conn, all); err != nil {
			return err
		}
		for _, t := range trees {
			key, err := s.rotate(ctx, t, now)
			if err != nil {
				return err
			}
			made = append(made, key)
		}
		return s.writer.sealJournal(ctx) // the secret of its seals may be another
	})
	return strings.Join(made, "\n"), err
}

// rotatable gives those of a site's trees that get a new key. The anchor vouches
// for them.
func (s *Store) rotatable(ctx context.Context, all []*tree) ([]*tree, error) {
	var found []*tree
	for i, t := range all {
		has, err := s.signers.keys.Has(t.name())
		if err != nil {
			return nil, err
		}
		if t.dropped != nil || has && i > 0 {
			continue
		}
		if err := s.vouchAnchored(ctx, t); err != nil {
			return nil, err
		}
		found = append(found, t)
	}
	return found, nil
}

// rotate makes a tree's key, now, because the old one may be lost. The newest part
// of its year says so.
func (s *Store) rotate(ctx context.Context, t *tree, now time.Time) (key string, err error) {
	if key, err = s.signers.rotate(t); err != nil {
		return "", err
	}
	growing, err := s.writer.growingTree(ctx, t.site, t.year)
	if err != nil {
		return "", err
	}
	return key, s.writer.appendEvent(ctx, growing, &ledger.Event{Kind: ledger.Rotate, Time: now, Actor: string(consent.ActorOperator), Key: key})
}

// sealAgain seals heads of a site whose seal does not fit, because the secret was
// lost, when they are what was anchored.
func (s *Store) sealAgain(ctx context.Context, conn *sql.Conn, trees []*tree) error {
	anchored, err := s.anchors.file.Load()
	if err != nil {
		return err
	}
	for _, t := range trees {
		if t.dropped != nil || s.signers.isSealed(t) {
			continue
		}
		head, err := ledger.ParseHead(anchored[t.origin])
		if err != nil || *head != t.head() {
			return errUnsealed(t)
		}
		if err := s.vouchAnchored(ctx, t); err != nil {
			return err
		}
		if err := s.signers.seal(t, true); err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, "UPDATE tree SET seal = ? WHERE id = ?", t.seal[:], t.id); err != nil {
			return fmt.Errorf("seal the head of %s: %w", t.origin, err)
		}
	}
	return nil
}
