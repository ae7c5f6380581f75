package publishing

import (
	"context"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Second says who may be the second person for one Plan.
type Second struct {
	proposer consent.AccountID
	savers   []consent.AccountID
	same     []consent.AccountID // with those whom they may be at the same time
}

// Second gives who may agree to a plan.
func (p *Publisher) Second(ctx context.Context, plan *consent.Plan) (*Second, error) {
	savers, err := p.store.Savers(ctx, plan.Site)
	if err != nil {
		return nil, err
	}
	organisation, since, err := p.countsSince(ctx, plan.Site)
	if err != nil {
		return nil, err
	}
	all, err := p.store.LetInSince(ctx, organisation, since)
	if err != nil {
		return nil, err
	}
	return newSecond(plan, savers, all), nil
}

func newSecond(plan *consent.Plan, savers []consent.AccountID, all []consent.LetIn) *Second {
	return &Second{plan.Proposer, savers, consent.OnePerson(append([]consent.AccountID{plan.Proposer}, savers...), all)}
}

// countsSince gives where, and since when, it matters for a site who let whom in.
func (p *Publisher) countsSince(ctx context.Context, key consent.SiteKey) (consent.OrganisationID, time.Time, error) {
	site, err := p.store.Site(ctx, key)
	if err != nil {
		return "", time.Time{}, err
	}
	rule, err := p.store.TwoRule(ctx, site.Organisation)
	if err != nil {
		return "", time.Time{}, err
	}
	notice, err := p.store.CurrentNotice(ctx, key)
	if err != nil && consent.KindOf(err) != consent.NotFound {
		return "", time.Time{}, err
	}
	return site.Organisation, p.since(&rule, notice.Published), nil
}

// since gives it: since the notice in force, for a newcomer's time at least, and not from
// before two people were asked for, when nobody needed to pretend. Where they
// are not, it is a moment that has not come: who was let in until now matters to nobody.
func (p *Publisher) since(rule *consent.TwoRule, published time.Time) time.Time {
	if !rule.On {
		return p.clock().Add(time.Second)
	}
	since := p.newcomersSince(rule)
	if published.Before(since) {
		since = published
	}
	if since.Before(rule.Since) {
		return rule.Since
	}
	return since
}

// Refuses says why somebody is not the second person: Forbidden (code "own_proposal",
// "own_change" or "own_person").
func (s *Second) Refuses(who consent.AccountID) error {
	switch {
	case who == s.proposer:
		return consent.Errorf(consent.Forbidden, "own_proposal", "This is your own proposal. Somebody else has to agree.")
	case slices.Contains(s.savers, who):
		return consent.Errorf(consent.Forbidden, "own_change", "You have changed the draft since the last notice. Somebody who has not, has to agree.")
	case slices.Contains(s.same, who):
		return consent.Errorf(consent.Forbidden, "own_person", "You and somebody who changed or proposed this draft count as one person: one has invited the other, or made a link to a new password, since the last notice or within 30 days. Somebody else has to agree.")
	}
	return nil
}

// Among gives who of some accounts may agree: those who publish there, and are no part of
// what was proposed.
func (s *Second) Among(all []consent.Account, organisation consent.OrganisationID) []consent.Account {
	var may []consent.Account
	for i := range all {
		if Publishes(&all[i], organisation) && s.Refuses(all[i].ID) == nil {
			may = append(may, all[i])
		}
	}
	return may
}
