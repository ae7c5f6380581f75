package publishing

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Where two people are required, a key counts for nobody: whoever holds it acts in its
// maker's name, and with another's key one person would be two. It may change the draft,
// which whoever proposes on the page has seen, and nothing more: nor does it give a role
// that publishes. That a plan or the end of
// the rule was proposed with a key stands in the audit trail, stored with it in one
// transaction.

// The acts that make a plan, and those that ask to end the rule, by hand and by key.
const (
	actPropose, actProposeKey   = "publish.propose", "api.publish.propose"
	actSchedule, actScheduleKey = "publish.schedule", "api.publish.schedule"
	actEnd, actTwoKey           = "organisation.two.propose", "api.organisation.two"
)

// The acts by which keys change drafts: what begins with the first changes one, the other
// those of the whole organisation.
const (
	actsOnDraft = "api.draft."
	actOnAll    = "api.organisation.change"
)

// aroundPlan is how many acts about publishing are looked through for the one that made
// a plan: of those that leave it waiting, only an approval comes after it.
const aroundPlan = 10

// CheckKey refuses what a key may not do where two people are required: Forbidden (code
// "two_people_key").
func (p *Publisher) CheckKey(ctx context.Context, organisation consent.OrganisationID) error {
	needed, err := p.store.NeedsTwo(ctx, organisation)
	if err == nil && needed {
		return errTwoKey()
	}
	return err
}

// CheckPlan refuses a plan that a key made where two people are required, also when they
// are only since: Forbidden (code "two_people_key").
func (p *Publisher) CheckPlan(ctx context.Context, plan *consent.Plan) error {
	site, err := p.store.Site(ctx, plan.Site)
	if err != nil {
		return err
	}
	refused := p.CheckKey(ctx, site.Organisation)
	if refused == nil {
		return nil
	}
	key, err := p.plannedByKey(ctx, site.Organisation, plan.Site)
	if key {
		return refused
	}
	return err
}

// plannedByKey says whether it was with a key that what is planned for a site was made.
func (p *Publisher) plannedByKey(ctx context.Context, organisation consent.OrganisationID, site consent.SiteKey) (bool, error) {
	acts, err := p.store.Acts(ctx, consent.TrailQuery{Organisation: organisation, Site: site, Publishing: true, Limit: aroundPlan})
	for i := range acts {
		switch acts[i].Action {
		case actProposeKey, actScheduleKey:
			return true, nil
		case actPropose, actSchedule:
			return false, nil
		}
	}
	return false, err
}

// endsByKey says whether it was with a key that the end of the rule was proposed.
func (p *Publisher) endsByKey(ctx context.Context, organisation consent.OrganisationID, who consent.AccountID) (bool, error) {
	newest := func(action string) (*consent.ActEntry, error) {
		acts, err := p.store.Acts(ctx, consent.TrailQuery{Organisation: organisation, Account: who, Action: action, Limit: 1})
		if err != nil || len(acts) == 0 {
			return nil, err
		}
		return &acts[0], nil
	}
	key, err := newest(actTwoKey)
	if err != nil || key == nil || !strings.HasSuffix(key.Object, " no") {
		return false, err
	}
	hand, err := newest(actEnd)
	return hand == nil || older(hand, key), err
}

// older says whether an act stands before another in their trail.
func older(a, b *consent.ActEntry) bool {
	return cmp.Or(cmp.Compare(a.Year, b.Year), cmp.Compare(a.Part, b.Part), cmp.Compare(a.Number, b.Number)) < 0
}

// KeySavers gives with whose keys the draft of a site was changed since a moment.
func (p *Publisher) KeySavers(ctx context.Context, site *consent.SiteEntry, since time.Time) ([]consent.AccountID, error) {
	savers, err := p.store.Savers(ctx, site.Key)
	if err != nil {
		return nil, err
	}
	var found []consent.AccountID
	for _, who := range savers {
		changed, err := p.changedByKey(ctx, site, consent.TrailQuery{Organisation: site.Organisation, Account: who, From: since})
		if err != nil {
			return nil, err
		}
		if changed {
			found = append(found, who)
		}
	}
	return found, nil
}

func (p *Publisher) changedByKey(ctx context.Context, site *consent.SiteEntry, query consent.TrailQuery) (bool, error) {
	whole := query
	whole.Action, whole.Limit = actOnAll, 1
	acts, err := p.store.Acts(ctx, whole)
	if err != nil || len(acts) > 0 {
		return err == nil, err
	}
	query.Site = site.Key
	for {
		if acts, err = p.store.Acts(ctx, query); err != nil || len(acts) == 0 {
			return false, err
		}
		if slices.ContainsFunc(acts, func(e consent.ActEntry) bool { return strings.HasPrefix(e.Action, actsOnDraft) }) {
			return true, nil
		}
		query.Before = &acts[len(acts)-1]
	}
}

func errTwoKey() error {
	return consent.Errorf(consent.Forbidden, "two_people_key", "Two people are required here, and a key may be held by anybody: propose on the page.")
}

func isTwoKey(err error) bool {
	var own *consent.Error
	return errors.As(err, &own) && own.Code == "two_people_key"
}
