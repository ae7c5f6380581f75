package publishing

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Awaiting is what a person has to do with the proposal for a Site.
type Awaiting struct {
	Answer   bool // they may agree to it
	Stuck    bool // nobody may, as a key made it; they may send it back or take it back
	Returned bool // they made it, and somebody else has sent it back
}

// Awaiting says for which Sites something waits for a person. It is asked for lists of
// Sites, and reads all at once.
func (p *Publisher) Awaiting(ctx context.Context, who *consent.Account) (map[consent.SiteKey]Awaiting, error) {
	all, err := p.store.Proposals(ctx)
	if err != nil {
		return nil, err
	}
	look := lookout{Publisher: p, rules: map[consent.OrganisationID]consent.TwoRule{}, let: map[since][]consent.LetIn{}}
	waits := map[consent.SiteKey]Awaiting{}
	for i := range all {
		found := &all[i]
		switch {
		case found.State == consent.PlanReturned:
			if found.SentBack(who.ID) && who.Role(found.Organisation).May(consent.MaySee) {
				waits[found.Site] = Awaiting{Returned: true}
			}
		case Publishes(who, found.Organisation) || found.Proposer == who.ID && who.Role(found.Organisation).May(consent.MayEdit):
			waiting, err := look.waiting(ctx, found, who)
			if err != nil {
				return nil, err
			}
			if waiting != (Awaiting{}) {
				waits[found.Site] = waiting
			}
		}
	}
	return waits, nil
}

// lookout reads what many proposals share once.
type lookout struct {
	*Publisher
	rules map[consent.OrganisationID]consent.TwoRule
	let   map[since][]consent.LetIn
}

// since is where, and since when, it matters who let whom in.
type since struct {
	organisation consent.OrganisationID
	at           time.Time
}

// waiting says what somebody has to do with a proposal that waits.
func (l *lookout) waiting(ctx context.Context, found *consent.Proposal, who *consent.Account) (Awaiting, error) {
	rule, known := l.rules[found.Organisation]
	if !known {
		var err error
		if rule, err = l.store.TwoRule(ctx, found.Organisation); err != nil {
			return Awaiting{}, err
		}
		l.rules[found.Organisation] = rule
	}
	if rule.On {
		key, err := l.plannedByKey(ctx, found.Organisation, found.Site)
		if key || err != nil {
			return Awaiting{Stuck: key}, err
		}
	}
	second, err := l.second(ctx, found, &rule)
	if err != nil {
		return Awaiting{}, err
	}
	return Awaiting{Answer: Publishes(who, found.Organisation) && second.Refuses(who.ID) == nil}, nil
}

func (l *lookout) second(ctx context.Context, found *consent.Proposal, rule *consent.TwoRule) (*Second, error) {
	from := since{found.Organisation, l.since(rule, found.Published)}
	all, known := l.let[from]
	if !known {
		var err error
		if all, err = l.store.LetInSince(ctx, from.organisation, from.at); err != nil {
			return nil, err
		}
		l.let[from] = all
	}
	return newSecond(&found.Plan, found.Savers, all), nil
}
