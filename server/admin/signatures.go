package admin

import (
	"context"
	"sync"

	"github.com/samtykke/samtykke/consent"
)

// signatureShelf keeps what the notices in force have signed, so that no page reads a
// whole notice for it.
type signatureShelf struct {
	mu   sync.Mutex
	kept map[consent.SiteKey]keptSignatures
}

type keptSignatures struct {
	notice consent.Hash
	signed consent.Signatures
}

// signaturesOf gives what the notice in force of a site has signed.
func (a *Admin) signaturesOf(ctx context.Context, site consent.SiteKey) (consent.Signatures, error) {
	entry, err := a.Store.CurrentNotice(ctx, site)
	if consent.KindOf(err) == consent.NotFound {
		return consent.Signatures{}, nil
	}
	if err != nil {
		return nil, err
	}
	a.signed.mu.Lock()
	kept, there := a.signed.kept[site]
	a.signed.mu.Unlock()
	if there && kept.notice == entry.Hash {
		return kept.signed, nil
	}
	notice, err := a.Store.Notice(ctx, site, entry.Number)
	if err != nil {
		return nil, err
	}
	kept = keptSignatures{entry.Hash, consent.SignaturesOf(&notice.Draft)}
	a.signed.mu.Lock()
	defer a.signed.mu.Unlock()
	if a.signed.kept == nil {
		a.signed.kept = map[consent.SiteKey]keptSignatures{}
	}
	a.signed.kept[site] = kept
	return kept.signed, nil
}

// signatures gives them for a list of problems. Where the store has just failed, the list
// does without: nothing is published that was not compared.
func (r *request) signatures(site consent.SiteKey) consent.Signatures {
	signed, err := r.signaturesOf(r.ctx, site)
	if err != nil {
		return consent.Signatures{}
	}
	return signed
}
