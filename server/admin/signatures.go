package admin

import (
	"context"
	"sync"

	"github.com/samtykke/samtykke/consent"
)

// published is what the notice in force of a site has signed.
type published struct {
	consent.Signatures

	notice consent.Hash
}

// unpublished is that of sites without a notice.
var unpublished = &published{}

// signatureShelf keeps what the notices in force have signed, so that no page reads a
// whole notice for it.
type signatureShelf struct {
	mu   sync.Mutex
	kept map[consent.SiteKey]*published
}

// signaturesOf gives what the notice in force of a site has signed: the same as before as
// long as that notice is in force.
func (a *Admin) signaturesOf(ctx context.Context, site consent.SiteKey) (*published, error) {
	entry, err := a.Store.CurrentNotice(ctx, site)
	if consent.KindOf(err) == consent.NotFound {
		return unpublished, nil
	}
	if err != nil {
		return nil, err
	}
	a.signed.mu.Lock()
	kept := a.signed.kept[site]
	a.signed.mu.Unlock()
	if kept != nil && kept.notice == entry.Hash {
		return kept, nil
	}
	notice, err := a.Store.Notice(ctx, site, entry.Number)
	if err != nil {
		return nil, err
	}
	kept = &published{consent.SignaturesOf(&notice.Draft), entry.Hash}
	a.signed.mu.Lock()
	defer a.signed.mu.Unlock()
	if a.signed.kept == nil {
		a.signed.kept = map[consent.SiteKey]*published{}
	}
	a.signed.kept[site] = kept
	return kept, nil
}

// signatures gives them for a list of problems. Where the store has just failed, the list
// does without: nothing is published that was not compared.
func (r *request) signatures(site consent.SiteKey) *published {
	signed, err := r.signaturesOf(r.ctx, site)
	if err != nil {
		return unpublished
	}
	return signed
}
