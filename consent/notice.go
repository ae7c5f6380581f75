package consent

import (
	"context"
	"errors"
	"time"
)

// Draft is the editable notice-to-be: everything that a site file says.
type Draft struct {
	Organisation Organisation `json:"organisation" yaml:"organisation"`
	Site         Site         `json:"site" yaml:"site"`
	Contacts     Contacts     `json:"contacts" yaml:"contacts"`
	Categories   []Category   `json:"categories" yaml:"categories"`
	Services     []Service    `json:"services" yaml:"services"`
}

// NoticeNumber counts a Site's Notices from 1.
type NoticeNumber int

// Notice is an immutable publication of a Draft. Its canonical JSON is the
// text that Hash is taken over and that a Decision refers to for ever.
type Notice struct {
	Number    NoticeNumber
	Hash      Hash // SHA-256 of JSON
	Published time.Time
	JSON      []byte // canonical: RFC 8785, of number, published and draft
	Draft     Draft
}

// Entry gives what a list says of the Notice.
func (n *Notice) Entry() NoticeEntry { return NoticeEntry{n.Number, n.Hash, n.Published} }

// Said gives the Draft that the Notice published, nil for no Notice.
func (n *Notice) Said() *Draft {
	if n == nil {
		return nil
	}
	return &n.Draft
}

// InForce gives the Notice in force, nil when nothing is published.
func InForce(ctx context.Context, store NoticeStore, site SiteKey) (*Notice, error) {
	entry, err := store.CurrentNotice(ctx, site)
	var missing *Error
	if errors.As(err, &missing) && missing.Kind == NotFound {
		return nil, nil //nolint:nilnil // absent is a state of a site, not a failure
	}
	if err != nil {
		return nil, err
	}
	return store.Notice(ctx, site, entry.Number)
}
