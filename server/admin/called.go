package admin

import (
	"cmp"

	"github.com/samtykke/samtykke/consent"
)

// callings gives what people are called in an organisation, in all of them for "": with
// the address where somebody else there is called so, too, or nearly so. Who has a name
// elsewhere is told to nobody.
func callings(all []consent.Account, organisation consent.OrganisationID) map[consent.AccountID]string {
	looks := make(map[consent.AccountID]string, len(all))
	members := map[string]int{}
	for i := range all {
		looks[all[i].ID] = consent.NameLooks(all[i].Called())
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
		if called[a.ID] = a.Called(); others > 0 {
			called[a.ID] = a.CalledWithAddress()
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
