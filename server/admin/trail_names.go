package admin

import (
	"cmp"

	"github.com/samtykke/samtykke/consent"
)

// trailNames is what people are called in a trail.
type trailNames struct {
	all          map[consent.AccountID]string // who did something, with the address beside
	told         map[consent.AccountID]string // to whom something was done, with the address in the name where others have it, too
	keys         map[consent.APIKeyID]string
	sites        map[consent.SiteKey]string
	organisation consent.OrganisationID     // whose trail it is, "" for the installation's
	here         map[consent.AccountID]bool // whether they belong to that, of those it is known of
}

// names gives what the people of all accounts are called in a trail.
func (r *request) names(organisation consent.OrganisationID) (*trailNames, error) {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	names := &trailNames{
		all: map[consent.AccountID]string{0: r.say("trail_program")}, told: callings(accounts, organisation), keys: map[consent.APIKeyID]string{},
		organisation: organisation, here: map[consent.AccountID]bool{},
	}
	keys, err := r.trailKeys(organisation, accounts)
	if err != nil {
		return nil, err
	}
	for i := range keys {
		names.keys[keys[i].ID] = keys[i].Name
	}
	if names.sites, err = r.siteNames(organisation); err != nil {
		return nil, err
	}
	names.told[0] = names.all[0]
	for i := range accounts {
		a := &accounts[i]
		names.all[a.ID] = a.Called()
		if belongsTo(a, organisation) {
			names.here[a.ID] = true
		}
	}
	return names, nil
}

// trailKeys gives the keys that act in a trail: those of an organisation, and of the
// installation those with which operators read that.
func (r *request) trailKeys(organisation consent.OrganisationID, accounts []consent.Account) (keys []consent.APIKey, err error) {
	if organisation != "" {
		return r.Store.APIKeys(r.ctx, organisation)
	}
	for i := range accounts {
		if !accounts[i].Operator {
			continue
		}
		theirs, err := r.Store.APIKeysBy(r.ctx, accounts[i].ID)
		if err != nil {
			return nil, err
		}
		for _, key := range theirs {
			if key.Has(consent.ScopeInstallation) {
				keys = append(keys, key)
			}
		}
	}
	return keys, nil
}

// called says what somebody is called whom something was done to.
func (r *request) called(names *trailNames, id consent.AccountID) string {
	return cmp.Or(names.told[id], r.say("trail_somebody", "n", id))
}

// calledHere says what somebody is called whose number a person wrote, who may have
// guessed it: people of other organisations are told of as those who are not.
func (r *request) calledHere(names *trailNames, id consent.AccountID) string {
	if !r.belongs(names, id) {
		return r.say("trail_somebody", "n", id)
	}
	return r.called(names, id)
}

// belongs says whether an account has a role in the organisation of a trail, or has
// acted there. What cannot be read tells of nobody.
func (r *request) belongs(names *trailNames, id consent.AccountID) bool {
	here, known := names.here[id]
	if !known && names.all[id] != "" {
		acts, err := r.Store.Acts(r.ctx, consent.TrailQuery{Organisation: names.organisation, Account: id, Limit: 1})
		here = err == nil && len(acts) > 0
		names.here[id] = here
	}
	return here
}

// siteNames gives what the sites of an organisation are called, of all of them for "": with
// the key where two have one name.
func (r *request) siteNames(organisation consent.OrganisationID) (map[consent.SiteKey]string, error) {
	all, err := r.Store.Sites(r.ctx)
	if err != nil {
		return nil, err
	}
	called, times := map[consent.SiteKey]string{}, map[string]int{}
	for i := range all {
		if organisation == "" || all[i].Organisation == organisation {
			called[all[i].Key] = r.siteName(&all[i])
			times[called[all[i].Key]]++
		}
	}
	for key, name := range called {
		if times[name] > 1 {
			called[key] = name + " (" + string(key) + ")"
		}
	}
	return called, nil
}

// siteWords says a site by its name, and one that there is not by its key.
func (n *trailNames) siteWords(key consent.SiteKey) string { return cmp.Or(n.sites[key], string(key)) }
