package publishing

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// AloneStore is what says whether somebody had to approve a Notice.
type AloneStore interface {
	// TwoRule gives whether nobody publishes alone.
	TwoRule(ctx context.Context, organisation consent.OrganisationID) (consent.TwoRule, error)
	// Acts gives what administrators have done, the newest first.
	Acts(ctx context.Context, query consent.TrailQuery) ([]consent.ActEntry, error)
}

// PublishedAlone gives which Notices a command on the machine published while two people
// were asked for, also where they are not any more: nobody approved those.
func PublishedAlone(ctx context.Context, store AloneStore, site *consent.SiteEntry, found map[consent.NoticeNumber]Past) (map[consent.NoticeNumber]bool, error) {
	alone, rule := map[consent.NoticeNumber]bool{}, (*pastRule)(nil)
	for number, past := range found {
		if !past.Maker.Command || !past.Approved.IsZero() || past.Due {
			continue
		}
		if rule == nil {
			var err error
			if rule, err = readRule(ctx, store, site.Organisation); err != nil {
				return nil, err
			}
		}
		alone[number] = rule.heldAt(past.Made)
	}
	return alone, nil
}

// pastRule is whether nobody publishes alone, and what the trail tells of when it changed.
type pastRule struct {
	now     consent.TwoRule
	changes []ruleChange
}

// ruleChange is that the rule began or ended.
type ruleChange struct {
	at  time.Time
	was bool
}

func readRule(ctx context.Context, store AloneStore, organisation consent.OrganisationID) (*pastRule, error) {
	now, err := store.TwoRule(ctx, organisation)
	if err != nil {
		return nil, err
	}
	rule := &pastRule{now: now}
	for _, action := range []string{"organisation.two.begin", "organisation.two.end"} {
		query := consent.TrailQuery{Organisation: organisation, Action: action, EveryWay: true, Limit: 200}
		for {
			acts, err := store.Acts(ctx, query)
			if err != nil {
				return nil, err
			}
			for i := range acts {
				rule.read(&acts[i].Act)
			}
			if len(acts) < query.Limit {
				break
			}
			query.Before = &acts[len(acts)-1]
		}
	}
	return rule, nil
}

// read takes a change from an act: an act that only asks for one has none.
func (r *pastRule) read(act *consent.Act) {
	for _, c := range act.Changes {
		if c.Field == "two_people" {
			r.changes = append(r.changes, ruleChange{act.Time, c.Was == "yes"})
		}
	}
}

// heldAt says whether two people were asked for at a moment: what the rule was before the
// first change after it, or as it is now, when there is none.
func (r *pastRule) heldAt(moment time.Time) bool {
	held, first := r.now.On && !moment.Before(r.now.Since), time.Time{}
	for _, c := range r.changes {
		if c.at.After(moment) && (first.IsZero() || c.at.Before(first)) {
			held, first = c.was, c.at
		}
	}
	return held
}
