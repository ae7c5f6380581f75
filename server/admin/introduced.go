package admin

import (
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

// isNameless says whether an account is called by its address: whoever made it has not
// said what the person is called.
func isNameless(account *consent.Account) bool { return account.Called() == account.Email }

// introduced gives what the person who has a link says that they are called, or why they
// cannot be; "" for whoever has a name already.
func (r *request) introduced(account *consent.Account) (name, fault string) {
	if !isNameless(account) {
		return "", ""
	}
	name = r.field("name")
	return name, r.faultOfName(name, account.Email)
}

// faultOfName says why somebody new cannot be called so, "" when they can.
func (r *request) faultOfName(name, email string) string {
	if name == "" || utf8.RuneCountInString(name) > maxName {
		return r.say("invitation_no_name")
	}
	if fault := consent.FaultOfPersonName(name, email); fault != "" {
		return r.say(string(fault))
	}
	return ""
}

// calledSo is the account with the name, which no password holds either.
func calledSo(account *consent.Account, name string) *consent.Account {
	called := *account
	if name != "" {
		called.Name = name
	}
	return &called
}

// introduce keeps what the person of a link is called, and tells the trails.
func (r *request) introduce(account *consent.Account, name string) error {
	if name == "" {
		return nil
	}
	r.acts("account.change")
	r.tells(func(act *consent.Act) { act.Account = account.ID })
	return r.Store.SetProfile(r.ctx, account.ID, name, account.Language)
}
