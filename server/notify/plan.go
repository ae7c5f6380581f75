package notify

import (
	"context"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	waitsLong = 7 * 24 * time.Hour // after this, people are told once more of a proposal
	planTold  = 30 * 24 * time.Hour
)

// plans tells of drafts that wait for a second person, when they are proposed and
// once more after a week, of those that were not published at their time, and of plans
// that fell away because the draft was changed.
func (w *watch) plans(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	var all []cause
	var fell []lapse
	for _, site := range sites {
		plan, err := w.Store.Plan(ctx, site.Key)
		if consent.KindOf(err) == consent.NotFound {
			continue
		}
		if err != nil {
			return all, err
		}
		if plan.Lapsed() && now.Sub(site.Changed) < planTold {
			fell = append(fell, lapse{plan, site})
		}
		told, err := w.planned(ctx, plan, names[site.Key], now)
		if err != nil {
			return all, err
		}
		all = append(all, told...)
	}
	if w.whose == "" {
		w.holders.lapsed = fell
	}
	people, err := w.people(ctx)
	for i := range fell {
		all = append(all, w.fallen(&fell[i], names[fell[i].Site], people))
	}
	return all, err
}

// planned gives what is to be told of a plan. A plan may lie for ever: nobody is told
// of an old one.
func (w *watch) planned(ctx context.Context, plan *consent.Plan, site string, now time.Time) ([]cause, error) {
	link := w.Admin + "/sites/" + string(plan.Site) + "/publish"
	switch {
	case plan.State == consent.PlanProposed && plan.Waits() && now.Sub(plan.Proposed) < planTold:
		people, err := w.people(ctx)
		if err != nil {
			return nil, err
		}
		draft, err := w.Store.Draft(ctx, plan.Site)
		if err != nil {
			return nil, err
		}
		key, line := fmt.Sprintf("approval %s %d", plan.Site, plan.ID), "approval_line"
		if now.Sub(plan.Proposed) > waitsLong {
			key, line = key+" again", "approval_again"
		}
		item := Item{Site: plan.Site, At: plan.Proposed.UTC(), Link: link, Plan: int64(plan.ID), Draft: draft.Hash().Short()}
		return []cause{{kind: approval, key: key, site: site, items: []Item{item}, line: w.words.fill(line,
			"site", site, "who", w.who(people, plan.Proposer), "day", consent.DayOf(plan.Proposed).Words(w.lang), "sum", draft.Hash().Short(), "link", link)}}, nil
	case plan.State == consent.PlanFailed && !plan.Due.IsZero() && now.Sub(plan.Due) < planTold:
		item := Item{Site: plan.Site, At: plan.Due.UTC(), Link: link, Plan: int64(plan.ID), About: plan.Reason}
		return []cause{{kind: unpublished, key: fmt.Sprintf("unpublished %s %d", plan.Site, plan.ID), site: site, items: []Item{item}, line: w.words.fill("unpublished_line",
			"site", site, "day", consent.DayOf(plan.Due).Words(w.lang), "why", w.words["unpublished_"+plan.Reason], "link", link)}}, nil
	default:
		return nil, nil
	}
}
