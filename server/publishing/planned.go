package publishing

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// Planned gives for the drafts of which sites something waits: a proposal, or a time.
// Whatever changes such a draft ends that.
func (p *Publisher) Planned(ctx context.Context) (map[consent.SiteKey]bool, error) {
	proposals, err := p.store.Proposals(ctx)
	if err != nil {
		return nil, err
	}
	scheduled, err := p.store.DuePlans(ctx, p.clock().AddDate(2, 0, 0)) // no time is set so far ahead
	if err != nil {
		return nil, err
	}
	waits := map[consent.SiteKey]bool{}
	for i := range scheduled {
		waits[scheduled[i].Site] = true
	}
	for i := range proposals {
		if proposals[i].Waits() {
			waits[proposals[i].Site] = true
		}
	}
	return waits, nil
}
