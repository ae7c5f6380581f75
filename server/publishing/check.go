package publishing

import (
	"context"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// checkOrigins refuses a draft with origins that are not proven, where they must be:
// Forbidden (code "origins_unproven").
func (p *Publisher) checkOrigins(ctx context.Context, organisation consent.OrganisationID, draft *consent.Draft) error {
	if !p.ProvenOrigins {
		return nil
	}
	proofs, err := p.store.OriginProofs(ctx, organisation)
	if err != nil {
		return err
	}
	if unproven := consent.UnprovenOrigins(&draft.Site, proofs, p.clock()); len(unproven) > 0 {
		return consent.Errorf(consent.Forbidden, "origins_unproven",
			"Nobody has shown that the organisation controls %s. Do that on the page for the site's addresses first.", strings.Join(unproven, ", "))
	}
	return nil
}

// checkSigned refuses a draft in which a signature of the notice in force stands below
// another text at a time: the error is Problems.
func (p *Publisher) checkSigned(ctx context.Context, draft *consent.Draft, at time.Time) error {
	notice, err := consent.InForce(ctx, p.store, draft.Site.Key)
	if err != nil {
		return err
	}
	if stale := consent.SignaturesOf(notice.Said()).Stale(draft, consent.DayOf(at)); len(stale) > 0 {
		return stale
	}
	return nil
}
