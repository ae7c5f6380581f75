package publishing

import (
	"cmp"
	"context"
	"errors"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// every is how often a server looks for what is due: often enough for a draft to be
// published within a minute after its time.
const every = 20 * time.Second

// Longest is how far ahead something can be planned, in years.
const Longest = 1

// CheckDue says whether something can be planned for a time: Invalid (code
// "due_past" or "due_far").
func CheckDue(due, now time.Time) error {
	switch {
	case !due.After(now):
		return consent.Errorf(consent.Invalid, "due_past", "The time has passed. Choose a later one.")
	case due.After(now.AddDate(Longest, 0, 0)):
		return consent.Errorf(consent.Invalid, "due_far", "The time is more than a year ahead. Choose an earlier one.")
	}
	return nil
}

// Schedule has a revision of a draft published at a later time, where nobody else
// has to agree. The error is Problems when the draft has faults, and Conflict (code
// "nothing_changed") when it says what the notice in force says.
func (p *Publisher) Schedule(ctx context.Context, organisation consent.OrganisationID, draft *consent.Draft, plan *consent.Plan) error {
	if faults := draft.Validate().Faults(); len(faults) > 0 {
		return faults
	}
	needed, err := p.store.NeedsTwo(ctx, organisation)
	if err != nil {
		return err
	}
	if needed {
		return consent.ErrApprovalNeeded()
	}
	if err := CheckDue(plan.Due, p.clock()); err != nil {
		return err
	}
	if err := p.checkSigned(ctx, draft, plan.Due); err != nil {
		return err
	}
	if err := p.checkChanged(ctx, draft); err != nil {
		return err
	}
	plan.State = consent.PlanScheduled
	return p.set(naming(ctx, draft), plan)
}

// Cancel ends what was to be published at a later time, or has lapsed.
func (p *Publisher) Cancel(ctx context.Context, site consent.SiteKey, id consent.PlanID, who consent.AccountID) error {
	return p.end(ctx, site, id, consent.PlanScheduled, consent.PlanCancelled, who, "")
}

// Run publishes what is due, at once and from time to time until ctx ends.
func (p *Publisher) Run(ctx context.Context) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		p.PublishDue(ctx)
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// PublishDue publishes what is due. What cannot be published is told on the page and
// in the log; what the store could not take now is tried again.
func (p *Publisher) PublishDue(ctx context.Context) {
	due, err := p.store.DuePlans(ctx, p.clock())
	if err != nil && ctx.Err() == nil {
		p.log.ErrorContext(ctx, "what is to be published could not be read; it is tried again", "error", err)
	}
	for i := range due {
		if err := p.publishOne(ctx, &due[i]); err != nil && ctx.Err() == nil {
			p.log.ErrorContext(ctx, "a draft could not be published at its time; it is tried again", "site", string(due[i].Site), "error", err)
		}
	}
}

// publishOne carries out a plan whose time has come, or keeps why it cannot be.
func (p *Publisher) publishOne(ctx context.Context, plan *consent.Plan) error {
	site, err := p.store.Site(ctx, plan.Site)
	if err != nil {
		return err
	}
	needed, err := p.store.NeedsTwo(ctx, site.Organisation)
	if err != nil {
		return err
	}
	told := consent.Act{Time: p.clock(), Organisation: site.Organisation, Site: plan.Site, Action: "publish.due", Reason: plan.Comment}
	if needed && plan.Decider == 0 {
		return p.fail(ctx, plan, told, Unapproved, consent.ErrApprovalNeeded())
	}
	if err := p.CheckPlan(ctx, plan); isTwoKey(err) {
		return p.fail(ctx, plan, told, Unapproved, err)
	} else if err != nil {
		return err
	}
	answers, err := p.mayPublish(ctx, site.Organisation, plan)
	if err != nil {
		return err
	}
	if !answers {
		return p.fail(ctx, plan, told, Unpermitted, errUnpermitted())
	}
	done, err := p.carryOut(consent.WithAct(ctx, told), plan)
	var own *consent.Error
	switch {
	case errors.As(err, new(consent.Problems)):
		return p.fail(ctx, plan, told, Faults, err)
	case errors.As(err, &own) && own.Code == "bundle_failed":
		return p.fail(ctx, plan, told, Unbuildable, err)
	case errors.As(err, &own) && own.Code == "origins_unproven":
		return p.fail(ctx, plan, told, Unproven, err)
	case errors.As(err, &own) && own.Code == "approval_needed":
		return p.fail(ctx, plan, told, Unapproved, err)
	case errors.As(err, &own) && own.Code == "plan_changed":
		return nil // somebody has cancelled it, or changed the draft, this moment
	case err != nil:
		return err
	}
	if !done.Fresh {
		return p.fail(ctx, plan, told, Same, errNothingChanged())
	}
	p.log.InfoContext(ctx, "a draft was published at its time", "site", string(plan.Site), "notice", int(done.Notice.Number))
	return nil
}

// mayPublish says whether who answers for a plan still publishes there: who agreed to
// it, or else who made it. A command on the machine is the operator's.
func (p *Publisher) mayPublish(ctx context.Context, organisation consent.OrganisationID, plan *consent.Plan) (bool, error) {
	who := cmp.Or(plan.Decider, plan.Proposer)
	if who == 0 {
		return true, nil
	}
	account, err := p.store.Account(ctx, who)
	if consent.KindOf(err) == consent.NotFound {
		return false, nil
	}
	return err == nil && Publishes(account, organisation), err
}

// fail keeps why a plan could not be carried out.
func (p *Publisher) fail(ctx context.Context, plan *consent.Plan, told consent.Act, why string, because error) error {
	p.log.ErrorContext(ctx, "a draft was not published at its time; the page for publishing says why", "site", string(plan.Site), "why", why, "error", because)
	told.Action = "publish.fail"
	plan.State, plan.Reason = consent.PlanFailed, why
	err := p.store.MovePlan(consent.WithAct(ctx, told), plan, consent.PlanScheduled)
	if consent.KindOf(err) == consent.Conflict {
		return nil // it was ended this moment
	}
	return err
}
