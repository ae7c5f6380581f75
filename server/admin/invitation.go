package admin

import (
	"errors"
	"net/http"
	"net/url"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

func invitationRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/invitation/:secret", who: everybody, handle: (*request).invitationGet},
		{method: http.MethodPost, path: "/invitation/:secret", who: everybody, action: "member.join", handle: (*request).invitationPost},
	}
}

// invitationPage offers a role.
type invitationPage struct {
	Organisation string
	Email        string
	Role         string
	How          joining
	Login        string // where to log in first
	Name         string // as it was written
	Fault        string
	Least        int
	Provider     string // what the provider is called that can be linked, "" for none
	Path         string
}

// joining is how somebody takes an invitation up.
type joining string

// The ways to take an invitation up.
const (
	joinStranger joining = "stranger" // nobody is logged in here: by logging in, or with a new account
	joinHere     joining = "here"     // the account with the address is logged in here
	joinOthers   joining = "others"   // another one is
)

// invited gives an invitation, while whoever made it may still give the role, in the way
// they did.
func (r *request) invited(secret string) (*consent.Invitation, error) {
	invitation, err := r.Store.Invitation(r.ctx, organising.InvitationOf(secret), r.Clock())
	if err != nil {
		return nil, err
	}
	maker, err := r.Store.Account(r.ctx, invitation.Maker)
	if err != nil {
		return nil, err
	}
	if !maker.MayInvite(invitation.Organisation, invitation.Role) {
		return nil, errOldLink()
	}
	return invitation, r.publisher.CheckInvitation(r.ctx, invitation)
}

// invitationGet shows what is offered. Looking at it uses nothing up.
func (r *request) invitationGet() error {
	invitation, err := r.invited(r.c.Params("secret"))
	if err != nil {
		return err
	}
	return r.showInvitation(http.StatusOK, invitation, "")
}

// how says how the invitation can be taken up in this browser. It does not look
// whether the address has an account: whoever made the link for an address may hold
// it, too, and learns nothing about that from the page.
func (r *request) how(invitation *consent.Invitation) joining {
	switch {
	case r.account == nil:
		return joinStranger
	case r.account.Email == invitation.Email:
		return joinHere
	default:
		return joinOthers
	}
}

func (r *request) showInvitation(status int, invitation *consent.Invitation, fault string) error {
	organisations, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return err
	}
	shown := invitationPage{
		Email: invitation.Email, Role: r.say("role_" + string(invitation.Role)), How: r.how(invitation), Fault: fault, Name: r.field("name"), Least: consent.MinPassword,
		Provider: r.outsideName(), Path: "/invitation/" + r.c.Params("secret"),
		Login: "/login?next=" + url.QueryEscape("/invitation/"+r.c.Params("secret")),
	}
	for _, o := range organisations {
		if o.ID == invitation.Organisation {
			shown.Organisation = o.Name
		}
	}
	r.c.Status(status)
	return r.show(page{name: "invitation.html", title: "invitation_title", pairs: []any{"name", shown.Organisation}, data: shown})
}

// invitationPost takes the invitation up: with the account that is logged in and
// has its address, or with a new one.
func (r *request) invitationPost() error {
	invitation, err := r.invited(r.c.Params("secret"))
	if err != nil {
		return err
	}
	switch r.how(invitation) {
	case joinHere:
		return r.join(invitation)
	case joinStranger:
		return r.joinAnew(invitation)
	case joinOthers:
	}
	return r.showInvitation(http.StatusForbidden, invitation, "")
}

// join makes the person a member.
func (r *request) join(invitation *consent.Invitation) error {
	if !r.hasToken() {
		return errStaleForm()
	}
	if r.account.Role(invitation.Organisation) != "" { // became one on another way
		r.tells(func(act *consent.Act) {
			act.Organisation, act.Object = invitation.Organisation, consent.ToldInvitation(invitation.ID)
		})
		if err := r.Store.DropInvitation(r.ctx, invitation.Organisation, invitation.ID); err != nil && consent.CodeOf(err) != "invitation_gone" {
			return err
		}
	} else if _, err := r.Store.TakeInvitation(r.ctx, invitation.ID, r.account, r.Clock()); err != nil {
		return err
	} else if err := r.renew(r.account.ID); err != nil {
		return err
	}
	return r.redirect("/organisations/"+string(invitation.Organisation), "joined")
}

// joinAnew makes an account, and logs it in.
func (r *request) joinAnew(invitation *consent.Invitation) error {
	r.comesAnew()
	account := &consent.Account{Email: invitation.Email, Name: r.field("name"), Language: r.lang, Created: r.Clock()}
	if fault := r.faultOfName(account.Name, account.Email); fault != "" {
		return r.showInvitation(http.StatusUnprocessableEntity, invitation, fault)
	}
	hash, err := r.chosen(account, invitation.Organisation)
	if err == nil {
		account.Password = hash
		account.ID, err = r.Store.TakeInvitation(r.ctx, invitation.ID, account, r.Clock())
		err = r.notMade(err)
	}
	var own *consent.Error
	if errors.As(err, &own) && own.Kind == consent.Invalid {
		return r.showInvitation(http.StatusUnprocessableEntity, invitation, r.errorText(own).Text)
	}
	if err != nil {
		return err
	}
	return r.complete(account, loginForm{Next: "/organisations/" + string(invitation.Organisation) + "?done=joined"}, "")
}

// notMade says that an account cannot be made where there is one, and in no more
// words than it takes. That much is left to be learnt of an address by whoever holds
// its link; where there is none, the same try makes an account, uses the link up and
// stands in the trail. A host that sends e-mail gives the link to nobody else.
func (r *request) notMade(err error) error {
	if consent.CodeOf(err) != "email_taken" {
		return err
	}
	return consent.Errorf(consent.Invalid, "account_not_made", "The account cannot be made with this address. Log in instead, or ask for a new link.")
}
