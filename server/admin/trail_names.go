package admin

import (
	"cmp"

	"github.com/samtykke/samtykke/consent"
)

// trailNames is what people are called in a trail.
type trailNames struct {
	all          map[consent.AccountID]string // who did something, with the address beside
	told         map[consent.AccountID]string // to whom something was done, with the address in the name where others have it, too
	organisation consent.OrganisationID       // whose trail it is, "" for the installation's
	here         map[consent.AccountID]bool   // whether they belong to that, of those it is known of
}

// names gives what the people of all accounts are called in a trail.
func (r *request) names(organisation consent.OrganisationID) (*trailNames, error) {
	accounts, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	names := &trailNames{map[consent.AccountID]string{0: r.say("trail_program")}, callings(accounts, organisation), organisation, map[consent.AccountID]bool{}}
	names.told[0] = names.all[0]
	for i := range accounts {
		a := &accounts[i]
		names.all[a.ID] = nameOf(a)
		if belongsTo(a, organisation) {
			names.here[a.ID] = true
		}
	}
	return names, nil
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
