package sqlite

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/samtykke/samtykke/storage/ledger"
)

// anchorEvery is how far the anchor may lag behind.
const anchorEvery = time.Second

// anchors moves the anchor file after the commits, apart from the writer: an
// answer does not wait for it.
type anchors struct {
	file ledger.Anchor
	log  *slog.Logger

	mu      sync.Mutex
	pending map[string][]byte // checkpoints by origin

	stop    chan struct{}
	stopped chan struct{}
}

func startAnchors(path string, log *slog.Logger) *anchors {
	a := &anchors{
		file: ledger.Anchor{Path: path}, log: log, pending: make(map[string][]byte),
		stop: make(chan struct{}), stopped: make(chan struct{}),
	}
	go a.loop()
	return a
}

// note hands over a checkpoint. A newer one of the same tree replaces it.
func (a *anchors) note(origin string, checkpoint []byte) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.pending[origin] = checkpoint
}

func (a *anchors) loop() {
	defer close(a.stopped)
	tick := time.NewTicker(anchorEvery)
	defer tick.Stop()
	for {
		select {
		case <-a.stop:
			return
		case <-tick.C:
			if err := a.move(); err != nil {
				a.log.ErrorContext(context.Background(), "the anchor could not be moved; it is tried again each second", "error", err)
			}
		}
	}
}

// move advances the file. What could not be moved is tried again.
func (a *anchors) move() error {
	a.mu.Lock()
	pending := a.pending
	a.pending = make(map[string][]byte)
	a.mu.Unlock()
	if len(pending) == 0 {
		return nil
	}
	err := a.file.Advance(pending)
	if err != nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		for origin, checkpoint := range pending {
			if a.pending[origin] == nil {
				a.pending[origin] = checkpoint
			}
		}
	}
	return err
}

// close moves the anchor to the newest checkpoints.
func (a *anchors) close() error {
	close(a.stop)
	<-a.stopped
	return a.move()
}

// vouch says whether the database holds every tree that was anchored, as long as
// it was then and with the same leaves. A tree that was rolled back is accepted
// when its next part begins with a quote of what is anchored.
func (s *Store) vouch(ctx context.Context) error {
	anchored, err := s.anchors.file.Load()
	if err != nil {
		return err
	}
	trees, err := readTrees(ctx, s.readers, allTrees, "")
	if err != nil {
		return err
	}
	var errs []error
	for _, t := range trees {
		signed, ok := anchored[t.origin]
		delete(anchored, t.origin)
		if ok {
			errs = append(errs, s.vouchFor(ctx, t, signed))
		}
	}
	for origin := range anchored {
		errs = append(errs, errRolledBack(s.path, origin, "it does not hold that tree at all"))
	}
	return errors.Join(errs...)
}

// vouchAnchored does the same for the one tree.
func (s *Store) vouchAnchored(ctx context.Context, t *tree) error {
	anchored, err := s.anchors.file.Load()
	if err != nil {
		return err
	}
	if signed, ok := anchored[t.origin]; ok {
		return s.vouchFor(ctx, t, signed)
	}
	return nil
}

func (s *Store) vouchFor(ctx context.Context, t *tree, signed []byte) error {
	_, keys, err := s.signers.verifiers(t)
	if err != nil {
		return err
	}
	head, err := ledger.OpenCheckpoint(signed, keys)
	if err != nil {
		return fmt.Errorf("the anchor %s is damaged: restore the file from its backup: %w", s.anchors.file.Path, err)
	}
	why := fmt.Sprintf("the tree had %d leaves and has %d", head.Size, t.size)
	if head.Size <= t.size {
		root, err := leafReader(ctx, s.readers, t.id).Root(head.Size)
		if err != nil || root == head.Root {
			return err
		}
		why = fmt.Sprintf("its first %d leaves are not those that were signed", head.Size)
	}
	if quoted, err := s.quoted(ctx, t, signed); err != nil || quoted {
		return err
	}
	return errRolledBack(s.path, t.origin, why)
}

// quoted says whether the next part of a tree begins with that checkpoint.
func (s *Store) quoted(ctx context.Context, t *tree, signed []byte) (bool, error) {
	parts, err := readTrees(ctx, s.readers, treesOfYear, t.site, t.year)
	if err != nil {
		return false, err
	}
	for _, next := range parts {
		if next.part != t.part+1 || next.size == 0 {
			continue
		}
		body, err := s.eventAt(ctx, leafID(next.id, 0))
		if err != nil {
			return false, err
		}
		event, err := ledger.ParseEvent(body)
		return err == nil && event.Kind == ledger.Begin && event.Checkpoint == string(signed), err
	}
	return false, nil
}

func errRolledBack(path, origin, why string) error {
	return fmt.Errorf("the database %s is older than its anchor says of %s: %s. Decisions that were acknowledged are not in it, and going on would fork the ledger. "+
		"Put back the newest database; or, if it is lost, run \"samtykke log begin\", which starts the next part of the ledger and keeps the loss visible", path, origin, why)
}
