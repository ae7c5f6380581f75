package admin

import (
	"cmp"

	"github.com/samtykke/samtykke/consent"
)

// nameOf is what somebody is called: by the address who has no name, or one that passes
// for the program, a key or somebody else, from before such were refused.
func nameOf(account *consent.Account) string {
	if account.Name == "" || consent.FaultOfPersonName(account.Name, account.Email) != "" {
		return account.Email
	}
	return account.Name
}

// withAddress is what somebody is called where others are called so, too.
func withAddress(account *consent.Account) string {
	if name := nameOf(account); name != account.Email {
		return name + " (" + account.Email + ")"
	}
	return account.Email
}

// callings gives what people are called in an organisation, in all of them for "": with
// the address where somebody else there is called so, too, or nearly so. Who has a name
// elsewhere is told to nobody.
func callings(all []consent.Account, organisation consent.OrganisationID) map[consent.AccountID]string {
	looks := make(map[consent.AccountID]string, len(all))
	members := map[string]int{}
	for i := range all {
		looks[all[i].ID] = consent.NameLooks(nameOf(&all[i]))
		if belongsTo(&all[i], organisation) {
			members[looks[all[i].ID]]++
		}
	}
	called := make(map[consent.AccountID]string, len(all))
	for i := range all {
		a := &all[i]
		others := members[looks[a.ID]]
		if belongsTo(a, organisation) {
			others--
		}
		if called[a.ID] = nameOf(a); others > 0 {
			called[a.ID] = withAddress(a)
		}
	}
	return called
}

// belongsTo says whether an account has a role in an organisation, as every one has for "".
func belongsTo(account *consent.Account, organisation consent.OrganisationID) bool {
	return organisation == "" || account.Role(organisation) != ""
}

// nameIn gives what a person is called among these, "" for nobody.
func (r *request) nameIn(called map[consent.AccountID]string, id consent.AccountID) string {
	if id == 0 {
		return ""
	}
	return cmp.Or(called[id], r.say("trail_somebody", "n", id))
}
