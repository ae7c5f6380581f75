package admin

import (
	"net/http"
	"net/url"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/provider"
)

// maxName is how long a person's name may be, in characters.
const maxName = 200

// query gives what the address says after its question mark.
func (r *request) query() url.Values {
	query, err := url.ParseQuery(string(r.c.Request().URI().QueryString()))
	if err != nil {
		return url.Values{} // half of an answer is none
	}
	return query
}

// identityPost sends somebody to the provider, to link the account that is logged
// in.
func (r *request) identityPost() error {
	j := &journey{Asks: provider.AsksAgain, To: toLink, Next: "/account"}
	if err := r.depart(j, false); err != nil {
		return r.turnAway(j, err)
	}
	return nil
}

// linkAs links the account that is logged in.
func (r *request) linkAs(told *consent.Identity) error {
	if r.Clock().Sub(r.login.Confirmed) > proven+outsideLasts {
		return errStaleTicket()
	}
	r.acts("identity.link")
	owned := *told
	owned.Account = r.account.ID
	if err := r.Store.SetIdentity(r.ctx, &owned); err != nil {
		return err
	}
	return r.redirect("/account", "identity_linked")
}

// identityRemovePost takes the link away.
func (r *request) identityRemovePost() error {
	if err := r.dropIdentity(r.account, r.login.ID); err != nil {
		return err
	}
	return r.redirect("/account", "identity_removed")
}

func (r *request) dropIdentity(account *consent.Account, except consent.LoginID) error {
	if r.Outside == nil {
		return errNoPage()
	}
	return r.Store.DropIdentity(r.ctx, account.ID, r.Outside.Issuer, except)
}

// linkedTo says whether an account is linked to the provider.
func (r *request) linkedTo(account consent.AccountID) (*consent.Identity, error) {
	if r.Outside == nil {
		return nil, nil //nolint:nilnil // no provider, no identity: there is nothing to say
	}
	identity, err := r.Store.IdentityOf(r.ctx, account, r.Outside.Issuer)
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil //nolint:nilnil // not linked, which is no error
	}
	return identity, err
}

// linkProviderPost sends who has a one-time link to the provider.
func (r *request) linkProviderPost() error {
	secret := r.c.Params("secret")
	account, err := r.linked(secret)
	if err != nil {
		return err
	}
	name, fault := r.introduced(account)
	if fault != "" {
		return r.showChoose(http.StatusUnprocessableEntity, account, fault)
	}
	j := &journey{Asks: provider.AsksAgain, To: toRedeem, Offer: secret, Name: name, Next: "/link/" + secret}
	if err := r.depart(j, false); err != nil {
		return r.turnAway(j, err)
	}
	return nil
}

// redeemAs uses a one-time link up, and logs its person in.
func (r *request) redeemAs(j *journey, told *consent.Identity) error {
	r.comesAnew()
	account, err := r.linked(j.Offer)
	if err != nil {
		return err
	}
	r.acts("identity.link")
	if _, err := r.renews(account, "identity.renew"); err != nil {
		return err
	}
	if _, err := r.Store.RedeemLinkAs(r.ctx, linkOf(j.Offer), told, r.Clock()); err != nil {
		return err
	}
	if err := r.introduce(account, j.Name); err != nil {
		return err
	}
	if account, err = r.Store.Account(r.ctx, account.ID); err != nil { // without its password
		return err
	}
	r.through = told
	return r.enterAs(account, loginForm{Next: "/?done=identity_linked"}, "")
}

// invitationProviderPost sends who is invited, and is not logged in, to the provider.
func (r *request) invitationProviderPost() error {
	secret := r.c.Params("secret")
	invitation, err := r.invited(secret)
	if err != nil {
		return err
	}
	name := r.field("name")
	if r.how(invitation) != joinStranger {
		return r.showInvitation(http.StatusForbidden, invitation, "")
	}
	if fault := r.faultOfName(name, invitation.Email); fault != "" {
		return r.showInvitation(http.StatusUnprocessableEntity, invitation, fault)
	}
	j := &journey{Asks: provider.AsksAgain, To: toJoin, Offer: secret, Name: name, Next: "/invitation/" + secret}
	if err := r.depart(j, false); err != nil {
		return r.turnAway(j, err)
	}
	return nil
}

// joinAs makes an account for who is invited, and logs it in.
func (r *request) joinAs(j *journey, told *consent.Identity) error {
	r.comesAnew()
	invitation, err := r.invited(j.Offer)
	if err != nil {
		return err
	}
	if r.how(invitation) != joinStranger {
		return errOldLink()
	}
	account := &consent.Account{Email: invitation.Email, Name: j.Name, Language: r.lang, Created: r.Clock()}
	r.acts("member.join")
	if account.ID, err = r.Store.TakeInvitationAs(r.ctx, invitation.ID, account, told, r.Clock()); err != nil {
		return r.notMade(err)
	}
	if err := r.Store.RecordAct(r.ctx, consent.Act{Time: r.Clock(), Account: account.ID, Action: "identity.link"}); err != nil {
		return err
	}
	r.through = told
	return r.complete(account, loginForm{Next: "/organisations/" + string(invitation.Organisation) + "?done=joined"}, "")
}

// personIdentityPost takes away how a member logs in at the provider.
func (r *request) personIdentityPost() error {
	account, err := r.member()
	if err != nil {
		return err
	}
	if err := r.unlink(account); err != nil {
		return err
	}
	return r.redirect(r.peoplePath(), "identity_removed")
}

// anyoneIdentityPost takes away how somebody logs in at the provider.
func (r *request) anyoneIdentityPost() error {
	account, err := r.anyone()
	if err != nil {
		return err
	}
	if err := r.tellTheirs(account); err != nil {
		return err
	}
	if err := r.unlink(account); err != nil {
		return err
	}
	return r.redirect(anyonePath(account), "identity_removed")
}

func (r *request) unlink(account *consent.Account) error {
	if !r.account.MayReset(account) {
		return errNotTheirs()
	}
	return r.dropIdentity(account, consent.LoginID{})
}
