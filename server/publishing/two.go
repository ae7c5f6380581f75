package publishing

import (
	"context"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// newcomer is how long somebody does not count as the second person of who let them
// in: the others have so long to see who came.
const newcomer = 30 * 24 * time.Hour

// TwoRule gives whether nobody publishes alone. A proposal to end that falls with the
// role of who made it, and one that was made with a key counts for nothing.
func (p *Publisher) TwoRule(ctx context.Context, organisation consent.OrganisationID) (consent.TwoRule, error) {
	rule, err := p.store.TwoRule(ctx, organisation)
	if err != nil || rule.Ender == 0 {
		return rule, err
	}
	account, err := p.store.Account(ctx, rule.Ender)
	if consent.KindOf(err) == consent.NotFound || err == nil && !ends(account, organisation) {
		rule.Ender, rule.Asked = 0, time.Time{}
		return rule, nil
	}
	if err != nil {
		return rule, err
	}
	key, err := p.endsByKey(ctx, organisation, rule.Ender)
	if key {
		rule.Ender, rule.Asked = 0, time.Time{}
	}
	return rule, err
}

// ends says whether an account may propose to end the rule, or agree to it.
func ends(account *consent.Account, organisation consent.OrganisationID) bool {
	return !account.Closed && account.Role(organisation).May(consent.MayAdminister)
}

// Publishes says whether an account may publish the sites of an organisation.
func Publishes(account *consent.Account, organisation consent.OrganisationID) bool {
	return !account.Closed && account.Role(organisation).May(consent.MayPublish)
}

// Publishers counts those who may.
func Publishers(all []consent.Account, organisation consent.OrganisationID) int {
	count := 0
	for i := range all {
		if Publishes(&all[i], organisation) {
			count++
		}
	}
	return count
}

// BeginTwo asks for two people from now on: Conflict (code "two_publishers_first")
// where only one may publish.
func (p *Publisher) BeginTwo(ctx context.Context, organisation consent.OrganisationID) error {
	all, err := p.store.Accounts(ctx)
	if err != nil {
		return err
	}
	if Publishers(all, organisation) < 2 {
		return consent.Errorf(consent.Conflict, "two_publishers_first", "Only one person may publish here. Give somebody else the role first.")
	}
	return p.changeTwo(ctx, organisation, func(rule consent.TwoRule) (consent.TwoRule, error) {
		if rule.On {
			return rule, nil
		}
		return consent.TwoRule{On: true, Since: p.clock().UTC()}, nil
	})
}

// ProposeEnd asks a second person to end the rule. Until then it holds.
func (p *Publisher) ProposeEnd(ctx context.Context, organisation consent.OrganisationID, who consent.AccountID) error {
	return p.changeTwo(ctx, organisation, func(rule consent.TwoRule) (consent.TwoRule, error) {
		if !rule.On || rule.Ender != 0 {
			return rule, errTwoChanged()
		}
		rule.Ender, rule.Asked = who, p.clock().UTC()
		return rule, nil
	})
}

// KeepTwo ends a proposal to end the rule: its own, or another's.
func (p *Publisher) KeepTwo(ctx context.Context, organisation consent.OrganisationID) error {
	return p.changeTwo(ctx, organisation, func(rule consent.TwoRule) (consent.TwoRule, error) {
		if rule.Ender == 0 {
			return rule, errTwoChanged()
		}
		rule.Ender, rule.Asked = 0, time.Time{}
		return rule, nil
	})
}

// EndTwo ends the rule as somebody else has proposed: Forbidden (code "own_end" or
// "own_end_person") when it is no second person who agrees.
func (p *Publisher) EndTwo(ctx context.Context, organisation consent.OrganisationID, who consent.AccountID) error {
	return p.changeTwo(ctx, organisation, func(rule consent.TwoRule) (consent.TwoRule, error) {
		if !rule.On || rule.Ender == 0 {
			return rule, errTwoChanged()
		}
		return consent.TwoRule{}, p.mayEnd(ctx, organisation, &rule, who)
	})
}

// StopTwo ends the rule at once, for the operator of the machine: nobody has to agree.
func (p *Publisher) StopTwo(ctx context.Context, organisation consent.OrganisationID) error {
	return p.changeTwo(ctx, organisation, func(consent.TwoRule) (consent.TwoRule, error) { return consent.TwoRule{}, nil })
}

func (p *Publisher) changeTwo(ctx context.Context, organisation consent.OrganisationID, change func(consent.TwoRule) (consent.TwoRule, error)) error {
	was, err := p.store.TwoRule(ctx, organisation)
	if err != nil {
		return err
	}
	rule, err := p.TwoRule(ctx, organisation)
	if err != nil {
		return err
	}
	if rule, err = change(rule); err != nil {
		return err
	}
	return p.store.SetTwoRule(ctx, organisation, rule, was)
}

func (p *Publisher) mayEnd(ctx context.Context, organisation consent.OrganisationID, rule *consent.TwoRule, who consent.AccountID) error {
	if who == rule.Ender {
		return consent.Errorf(consent.Forbidden, "own_end", "You have proposed this yourself. Somebody else has to agree.")
	}
	same, err := p.sameAs(ctx, organisation, rule, rule.Ender)
	if slices.Contains(same, who) {
		return consent.Errorf(consent.Forbidden, "own_end_person", "You and whoever proposed this count as one person: one has invited the other, or made a link to a new password, within the last 30 days. Somebody else has to agree.")
	}
	return err
}

// newcomersSince gives since when whoever was let in is a newcomer.
func (p *Publisher) newcomersSince(rule *consent.TwoRule) time.Time {
	since := p.clock().Add(-newcomer)
	if since.Before(rule.Since) {
		return rule.Since
	}
	return since
}

func (p *Publisher) sameAs(ctx context.Context, organisation consent.OrganisationID, rule *consent.TwoRule, who consent.AccountID) ([]consent.AccountID, error) {
	all, err := p.store.LetInSince(ctx, organisation, p.newcomersSince(rule))
	return consent.OnePerson([]consent.AccountID{who}, all), err
}

// Enders gives who may agree when an account wants to end the rule.
func (p *Publisher) Enders(ctx context.Context, organisation consent.OrganisationID, who consent.AccountID) ([]consent.Account, error) {
	rule, err := p.store.TwoRule(ctx, organisation)
	if err != nil {
		return nil, err
	}
	same, err := p.sameAs(ctx, organisation, &rule, who)
	if err != nil {
		return nil, err
	}
	all, err := p.store.Accounts(ctx)
	return slices.DeleteFunc(all, func(a consent.Account) bool { return !ends(&a, organisation) || slices.Contains(same, a.ID) }), err
}

func errTwoChanged() error {
	return consent.Errorf(consent.Conflict, "two_changed", "Somebody else has changed this meanwhile. Look at it again.")
}
