package sqlite

import (
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// anchorEmpty has the anchor know a tree before its first leaf is committed. So a
// tree that has leaves and no anchor, whenever somebody looks, has lost it.
func (w *writer) anchorEmpty(t *tree) error {
	signed, err := w.signers.sign(t)
	if err != nil {
		return err
	}
	return w.anchors.file.Advance(map[string][]byte{t.origin: signed})
}

// unanchoredError says that nothing outside the database vouches for a tree that
// has leaves. Going on with it would hide that it was rolled back.
type unanchoredError struct {
	anchor, origin string
	site           consent.SiteKey
	has            int64 // leaves
}

func (s *Store) errUnanchored(t *tree) error {
	return &unanchoredError{s.anchors.file.Path, t.origin, t.site, t.size}
}

func (e *unanchoredError) Error() string {
	return fmt.Sprintf("the anchor %s does not know the ledger %s, which has %d leaves: that file was lost or replaced, so nobody can tell whether the database was rolled back. "+
		"Put the anchor back; or, if it is lost, run \"samtykke log begin %s\", which starts the next part of the ledger and keeps the loss visible", e.anchor, e.origin, e.has, e.site)
}

// awaitsBegin says that the only fault of a tree is one that Begin tells: its end
// is missing, or the anchor that would know of it is, or all but its key.
func awaitsBegin(err error) bool {
	var rolledBack *rolledBackError
	var unanchored *unanchoredError
	var orphaned *orphanError
	return errors.As(err, &rolledBack) && rolledBack.has < rolledBack.had || errors.As(err, &unanchored) || errors.As(err, &orphaned)
}

// unanchored says why an audit misses the anchor of a tree; it has no code when
// it does not. A tree that was planted since the anchor was read is in it by now.
func (a *auditor) unanchored(t *tree) (consent.Flaw, error) {
	if a.copied || a.anchored == nil || t.size == 0 {
		return consent.Flaw{}, nil
	}
	now, err := a.anchors.file.Load()
	if err != nil || now[t.origin] != nil {
		return consent.Flaw{}, err
	}
	return consent.Flaw{Code: consent.FlawAnchorLost, Why: fmt.Sprintf("the anchor %s does not know this ledger: that file was lost or replaced, and whether the database was rolled back cannot be told; "+
		"put the anchor back, or else run samtykke log begin %s, which keeps the loss visible", a.anchors.file.Path, t.site)}, nil
}

// newestHead gives what can be signed of a tree today.
func (s *Store) newestHead(t *tree) ([]byte, error) {
	if t.dropped != nil {
		return t.dropped.checkpoint, nil
	}
	return s.signers.sign(t)
}

// isEmpty says that a checkpoint is of a tree that had no leaf yet.
func isEmpty(signed []byte) bool {
	head, err := ledger.ParseHead(signed)
	return err == nil && head.Size == 0
}
