package sqlite

import (
	"cmp"
	"context"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/storage/ledger"
)

// vouch says whether the database holds every tree that was anchored, and every
// trail, as long as it was then and with the same leaves.
func (s *Store) vouch(ctx context.Context) error {
	behind, err := s.behind(ctx)
	if err != nil {
		return err
	}
	var errs []error
	for i := range behind {
		if !s.restoring || !awaitsBegin(behind[i].err) {
			errs = append(errs, behind[i].err)
		}
	}
	if s.restoring {
		return errors.Join(errs...)
	}
	broken, err := s.brokenTrails(ctx)
	for _, b := range broken {
		errs = append(errs, b)
	}
	return errors.Join(append(errs, err)...)
}

// behind is a tree that is not what was anchored of it, or of which nothing was.
type behind struct {
	origin     string
	tree       *tree  // nil when it is not there
	checkpoint []byte // that was anchored; nil when nothing was, or only the key is left
	err        error
}

func (s *Store) behind(ctx context.Context) ([]behind, error) {
	anchored, err := s.anchors.file.Load()
	if err != nil {
		return nil, err
	}
	trees, err := readTrees(ctx, s.reads, allTrees, "")
	if err != nil {
		return nil, err
	}
	var found []behind
	look := func(origin string, signed []byte, t *tree) {
		if err := s.vouchFor(ctx, origin, signed, t); err != nil {
			found = append(found, behind{origin, t, signed, err})
		}
	}
	for _, t := range trees {
		if signed, ok := anchored[t.origin]; ok {
			look(t.origin, signed, t)
			delete(anchored, t.origin)
		} else if t.size > 0 {
			found = append(found, behind{t.origin, t, nil, s.errUnanchored(t)})
		}
	}
	for origin, signed := range anchored {
		look(origin, signed, nil)
	}
	orphaned, err := s.behindKeys(ctx)
	return append(found, orphaned...), err
}

// behindKeys gives the trees of which only the key is left.
func (s *Store) behindKeys(ctx context.Context) (found []behind, err error) {
	keys, err := s.signers.keys.Origins()
	if err != nil {
		return nil, err
	}
	anchored, err := s.anchors.file.Load() // after the keys: it may only know more
	if err != nil {
		return nil, err
	}
	orphans, err := s.orphans(ctx, keys, anchored)
	for _, one := range orphans {
		found = append(found, behind{one.origin, nil, nil, &orphanError{s.anchors.file.Path, one}})
	}
	return found, err
}

// vouchAnchored does the same for the one tree.
func (s *Store) vouchAnchored(ctx context.Context, t *tree) error {
	anchored, err := s.anchors.file.Load()
	if err != nil {
		return err
	}
	signed, ok := anchored[t.origin]
	switch {
	case ok:
		return s.vouchFor(ctx, t.origin, signed, t)
	case t.size > 0:
		return s.errUnanchored(t)
	default: // it is being planted
		return nil
	}
}

// vouchFor holds a tree, which is nil when there is none, against what was
// anchored of it. One that was rolled back is accepted when a later part begins
// with a quote of what is anchored.
func (s *Store) vouchFor(ctx context.Context, origin string, signed []byte, t *tree) error {
	found := &rolledBackError{path: s.path, origin: origin, why: "it does not hold that ledger at all"}
	var last *ledger.Head
	if t == nil {
		head, err := ledger.ParseHead(signed)
		if err != nil || head.Size == 0 { // it was anchored before its first commit, which did not come
			return err
		}
		last, found.had = head, head.Size
	} else {
		_, keys, err := s.signers.verifiers(t)
		if err != nil {
			return err
		}
		head, err := ledger.OpenCheckpoint(signed, keys)
		if err != nil {
			return fmt.Errorf("the anchor %s is damaged: restore the file from its backup: %w", s.anchors.file.Path, err)
		}
		last, found.had, found.has = head, head.Size, t.size
		if found.why, err = s.differs(ctx, t, head); err != nil || found.why == "" {
			return err
		}
	}
	told, err := s.toldOf(ctx, origin)
	if err != nil || !told.covers(last) {
		return cmp.Or(err, error(found))
	}
	return s.stillHeld(ctx, t, told.held, found)
}

// stillHeld says whether the database has all of a tree that it had when a later
// part began in its place.
func (s *Store) stillHeld(ctx context.Context, t *tree, held []ledger.Head, found *rolledBackError) error {
	for _, head := range held {
		if t == nil {
			return found
		}
		found.had = head.Size
		var err error
		if found.why, err = s.differs(ctx, t, &head); err != nil {
			return err
		}
		if found.why != "" {
			return found
		}
	}
	return nil
}

// differs says how a tree is not what was signed of it; it is empty when it is.
func (s *Store) differs(ctx context.Context, t *tree, signed *ledger.Head) (string, error) {
	if t.dropped != nil {
		return t.dropped.Contradicts(*signed).Why, nil
	}
	if signed.Size > t.size {
		return fmt.Sprintf("the ledger had %d leaves and has %d", signed.Size, t.size), nil
	}
	root, err := leafReader(ctx, s.reads, t.id).Root(signed.Size)
	if err != nil || root == signed.Root {
		return "", err
	}
	return fmt.Sprintf("its first %d leaves are not those that were signed", signed.Size), nil
}

// rolledBackError says that a tree is not what was anchored of it.
type rolledBackError struct {
	path, origin, why string
	had, has          int64 // leaves; not fewer than it had when it is another tree
}

func (e *rolledBackError) Error() string {
	return fmt.Sprintf("the database %s is older than its anchor says of %s: %s. Decisions that were acknowledged are not in it, and going on would fork the ledger. "+
		"Put back the newest database; or, if it is lost, run \"samtykke log begin\", which starts the next part of the ledger and keeps the loss visible", e.path, e.origin, e.why)
}
