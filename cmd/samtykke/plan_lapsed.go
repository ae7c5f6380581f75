package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// planOf gives what is planned for the draft of a site, nil for nothing.
func planOf(ctx context.Context, store consent.PlanStore, site consent.SiteKey) (*consent.Plan, error) {
	plan, err := store.Plan(ctx, site)
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil //nolint:nilnil // that nothing is planned is no failure
	}
	return plan, err
}

// plansOf gives what is planned for the drafts of sites, nil for nothing.
func plansOf(ctx context.Context, store consent.PlanStore, sites []consent.SiteEntry) ([]*consent.Plan, error) {
	plans := make([]*consent.Plan, len(sites))
	for i := range sites {
		var err error
		if plans[i], err = planOf(ctx, store, sites[i].Key); err != nil {
			return nil, err
		}
	}
	return plans, nil
}

// remarkLapsed says that a plan which waited before a draft was changed has lapsed by
// that, and what to do.
func (a access) remarkLapsed(ctx context.Context, t *terminal, store consent.PlanStore, before *consent.Plan) error {
	if !before.Waits() {
		return nil
	}
	plan, err := planOf(ctx, store, before.Site)
	if err != nil || !plan.Lapsed() || plan.ID != before.ID {
		return err
	}
	if plan.State == consent.PlanProposed {
		t.remark("The proposal to publish the draft of %s lapsed, because the draft was changed. Propose it again: samtykke notice propose %s --maker EMAIL%s", plan.Site, plan.Site, a.again())
		return nil
	}
	t.remark("The draft of %s is not published at %s as was planned, because it was changed. Set a time again: samtykke notice schedule %s TIME --maker EMAIL%s", plan.Site, whenShown(plan.Due), plan.Site, a.again())
	return nil
}
