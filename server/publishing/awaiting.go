package publishing

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Awaiting is what a person has to do with the proposal for a Site.
type Awaiting struct {
	Answer   bool // they may agree to it
	Returned bool // they made it, and somebody else has sent it back
}

// Awaiting says for which Sites something waits for a person. It is asked for lists of
// Sites, and reads all at once.
func (p *Publisher) Awaiting(ctx context.Context, who *consent.Account) (map[consent.SiteKey]Awaiting, error) {
	all, err := p.store.Proposals(ctx)
	if err != nil {
		return nil, err
	}
	look := lookout{Publisher: p, rules: map[consent.OrganisationID]consent.TwoRule{}, let: map[time.Time][]consent.LetIn{}}
	waits := map[consent.SiteKey]Awaiting{}
	for i := range all {
		found := &all[i]
		switch {
		case found.State == consent.PlanReturned:
			if found.SentBack(who.ID) && who.Role(found.Organisation).May(consent.MaySee) {
				waits[found.Site] = Awaiting{Returned: true}
			}
		case Publishes(who, found.Organisation):
			second, err := look.second(ctx, found)
			if err != nil {
				return nil, err
			}
			if second.Refuses(who.ID) == nil {
				waits[found.Site] = Awaiting{Answer: true}
			}
		}
	}
	return waits, nil
}

// lookout reads what many proposals share once.
type lookout struct {
	*Publisher
	rules map[consent.OrganisationID]consent.TwoRule
	let   map[time.Time][]consent.LetIn
}

func (l *lookout) second(ctx context.Context, found *consent.Proposal) (*Second, error) {
	rule, known := l.rules[found.Organisation]
	if !known {
		var err error
		if rule, err = l.store.TwoRule(ctx, found.Organisation); err != nil {
			return nil, err
		}
		l.rules[found.Organisation] = rule
	}
	since := l.since(&rule, found.Published)
	all, known := l.let[since]
	if !known {
		var err error
		if all, err = l.store.LetInSince(ctx, since); err != nil {
			return nil, err
		}
		l.let[since] = all
	}
	return newSecond(&found.Plan, found.Savers, all), nil
}
