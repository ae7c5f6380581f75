package admin

import (
	"crypto/subtle"
	"encoding/json"
	"errors"
	"net/http"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/provider"
)

// Outside is a provider at which people log in.
type Outside struct {
	*provider.Provider

	// Name is what people call it.
	Name string
	// Factor says that it always asks for a second factor.
	Factor bool
}

// outsideCookie holds the ticket of somebody who is at the provider. It is Lax,
// since the way back comes from there.
const (
	outsideCookie  = "__Host-samtykke-provider"
	outsideLasts   = 10 * time.Minute
	outsidePurpose = "login at the provider"
	// shortNext is how long an address may be that goes into the cookie, and shortKey a key.
	shortNext = 500
	shortKey  = 64
)

func providerRoutes() []route {
	return []route{
		{method: http.MethodPost, path: "/login/provider", who: everybody, action: "login.begin", handle: (*request).providerPost},
		{method: http.MethodGet, path: "/login/return", who: everybody, handle: (*request).returnGet},
		{method: http.MethodPost, path: "/confirm/provider", who: somebody, action: "login.confirm", handle: (*request).confirmProviderPost},
		{method: http.MethodPost, path: "/account/identity", who: somebody, action: "identity.link", sure: true, handle: (*request).identityPost},
		{method: http.MethodPost, path: "/account/identity/remove", who: somebody, action: "identity.unlink", sure: true, ask: askedOfProvider(asksOnly("identity_unlink")), handle: (*request).identityRemovePost},
		{method: http.MethodPost, path: "/link/:secret/provider", who: everybody, action: "identity.link", handle: (*request).linkProviderPost},
		{method: http.MethodPost, path: "/invitation/:secret/provider", who: everybody, action: "member.join", handle: (*request).invitationProviderPost},
		{method: http.MethodPost, path: "/organisations/:organisation/people/:person/identity", may: consent.MayAdminister, action: "member.identity.remove", sure: true, ask: askedOfProvider(asksAboutMember("identity_remove")), handle: (*request).personIdentityPost},
		{method: http.MethodPost, path: "/people/:person/identity", who: operators, action: "account.identity.remove", sure: true, ask: askedOfProvider(asksAboutAnyone("identity_remove")), handle: (*request).anyoneIdentityPost},
	}
}

// errand is what somebody is sent to the provider for.
type errand string

// The errands.
const (
	toLogIn   errand = "log in"
	toConfirm errand = "confirm"
	toLink    errand = "link the account that is logged in"
	toRedeem  errand = "use a one-time link"
	toJoin    errand = "take up an invitation"
)

// journey is what the cookie remembers of somebody who is at the provider.
type journey struct {
	provider.Trip

	To    errand
	Next  string          `json:",omitempty"` // where to go afterwards
	Held  string          `json:",omitempty"` // key of what was posted there
	Login consent.LoginID // that began it, when somebody is logged in
	Offer string          `json:",omitempty"` // the secret part of the link or invitation
	Name  string          `json:",omitempty"` // of who joins
	Asks  provider.Prompt `json:",omitempty"` // what the provider was to ask
}

// outsideName is what the provider is called, "" when there is none.
func (a *Admin) outsideName() string {
	if a.Outside == nil {
		return ""
	}
	return a.Outside.Name
}

// askedOfProvider asks only where there is a provider.
func askedOfProvider(ask func(*request) (*question, error)) func(*request) (*question, error) {
	return func(r *request) (*question, error) {
		if r.Outside == nil {
			return nil, errNoPage()
		}
		return ask(r)
	}
}

// departPage sends a browser on to the provider. It is a page, and no redirect,
// because the policy of our pages lets their forms lead to no other host.
type departPage struct{ Name, URL string }

// depart sends somebody to the provider, which asks what the journey says. Fresh checks
// that they have proven themselves anew.
func (r *request) depart(j *journey, fresh bool) error {
	if r.Outside == nil {
		return errNoPage()
	}
	url, trip, err := r.Outside.Begin(r.ctx, j.Asks, fresh)
	if err != nil {
		return err
	}
	j.Trip = *trip
	var account consent.AccountID
	if r.account != nil {
		account, j.Login = r.account.ID, r.login.ID
	}
	text, err := json.Marshal(j)
	if err != nil {
		return err
	}
	ticket, err := r.issue(outsidePurpose, account, outsideLasts, text)
	if err != nil {
		return err
	}
	r.cook(outsideCookie, ticket, outsideLasts, fiber.CookieSameSiteLaxMode)
	r.c.Set("Refresh", "0;url="+url)
	return r.show(page{name: "depart.html", title: "provider_depart_title", pairs: []any{"name", r.Outside.Name}, data: departPage{r.Outside.Name, url}})
}

// keeping remembers where somebody was, and what they had posted. Nothing of it is kept
// here: whoever sends it need not be anybody.
func (r *request) keeping(to errand) *journey {
	next, key := local(r.form.Get("next")), r.form.Get("held")
	if len(next) > shortNext {
		next, _, _ = strings.Cut(next, "?")
	}
	if len(next) > shortNext {
		next = "/"
	}
	if len(key) > shortKey {
		key = ""
	}
	return &journey{To: to, Next: next, Held: key}
}

// formOf gives back what keeping has kept.
func (r *request) formOf(j *journey) loginForm {
	return loginForm{Next: local(j.Next), Held: j.Held}
}

// providerPost sends somebody to the provider to log in.
func (r *request) providerPost() error {
	j := r.keeping(toLogIn)
	if wait := r.departing.wait(ownDeed{action: fromNetwork(r.peers.Network(r.c))}); wait > 0 {
		return r.turnAway(j, r.errTooOften(wait, "provider_limit"))
	}
	if asks := provider.Prompt(r.form.Get("asks")); asks == provider.AsksWhich || asks == provider.AsksAgain {
		j.Asks = asks
	}
	if err := r.depart(j, false); err != nil {
		return r.turnAway(j, err)
	}
	return nil
}

// confirmProviderPost sends somebody to the provider, who proves themselves there
// anew.
func (r *request) confirmProviderPost() error {
	j := r.keeping(toConfirm)
	if err := r.depart(j, true); err != nil {
		return r.turnAway(j, err)
	}
	return nil
}

// returnGet takes in who comes back from the provider. Nobody waits for the failures of
// others in their network: nobody guesses a code, each return is taken once, in the
// browser that began it, and the provider is asked a few things at a time.
func (r *request) returnGet() error {
	if r.Outside == nil {
		return errNoPage()
	}
	query := r.query()
	j, err := r.journeyOf(query.Get("state"))
	if err != nil {
		return r.turnAway(&journey{To: toLogIn, Next: "/"}, err)
	}
	r.cook(outsideCookie, "", 0, fiber.CookieSameSiteLaxMode)
	told, err := r.Outside.Finish(r.ctx, &j.Trip, query)
	if err != nil {
		return r.turnAway(j, err)
	}
	if err := r.arrive(j, told); err != nil {
		return r.turnAway(j, err)
	}
	return nil
}

// journeyOf gives the journey that began in this browser, and in this login, with a
// state, once.
func (r *request) journeyOf(state string) (*journey, error) {
	t, err := r.readTicket(outsidePurpose, r.c.Cookies(outsideCookie))
	if err != nil {
		return nil, err
	}
	j := new(journey)
	if err := json.Unmarshal(t.Data, j); err != nil {
		return nil, errStaleTicket()
	}
	if state == "" || subtle.ConstantTimeCompare([]byte(state), []byte(j.State)) != 1 || !r.spent.first("state "+state, t.Expires) {
		return nil, errStaleTicket()
	}
	if t.Account != 0 && (r.account == nil || r.account.ID != t.Account || r.login.ID != j.Login) {
		return nil, errStaleTicket()
	}
	return j, nil
}

// arrive does what somebody was sent to the provider for.
func (r *request) arrive(j *journey, told *provider.Arrival) error {
	switch j.To {
	case toLogIn:
		return r.logInAs(r.formOf(j), told)
	case toConfirm:
		return r.confirmAs(j, &told.Identity)
	case toLink:
		return r.linkAs(&told.Identity)
	case toRedeem:
		return r.redeemAs(j, &told.Identity)
	case toJoin:
		return r.joinAs(j, &told.Identity)
	default:
		return errStaleTicket()
	}
}

// logInAs logs in who has the identity that the provider tells of. Who was logged
// in there already has proven nothing now: what weighs asks once more.
func (r *request) logInAs(form loginForm, told *provider.Arrival) error {
	r.comesAnew()
	account, err := r.accountOf(&told.Identity)
	if err != nil {
		return err
	}
	r.through, r.confirmed = &told.Identity, told.Proven
	if r.confirmed.IsZero() {
		r.confirmed = r.Clock().Add(-consent.LoginLong)
	}
	return r.enterAs(account, form, "")
}

// accountOf gives whose an identity is. A closed account is told from none to
// nobody.
func (r *request) accountOf(told *consent.Identity) (*consent.Account, error) {
	kept, err := r.Store.Identity(r.ctx, told.Issuer, told.Subject)
	if consent.KindOf(err) == consent.NotFound {
		return nil, provider.ErrStranger()
	}
	if err != nil {
		return nil, err
	}
	if !kept.Is(told) {
		r.Log.WarnContext(r.ctx, "a login at the provider was refused: its tenant or object is another than when it was linked", "account", kept.Account)
		return nil, provider.ErrStranger()
	}
	account, err := r.Store.Account(r.ctx, kept.Account)
	if err == nil && account.Closed {
		return nil, provider.ErrStranger()
	}
	return account, err
}

// confirmAs takes a new proof at the provider as one of the password.
func (r *request) confirmAs(j *journey, told *consent.Identity) error {
	account, err := r.accountOf(told)
	if err != nil {
		return err
	}
	if account.ID != r.account.ID {
		return consent.Errorf(consent.Forbidden, "other_identity", "That was another login at the provider than yours here.")
	}
	now := r.Clock()
	r.acts("login.confirm")
	if err := r.Store.TouchLogin(r.ctx, r.login.ID, now, now); err != nil {
		return err
	}
	return r.goOn(r.formOf(j))
}

// acts says what the change is that follows, for the audit trail.
func (r *request) acts(action string) {
	r.ctx = consent.WithAct(r.ctx, r.act(route{action: action}))
}

// another gives what the provider is to ask whoever it has taken for a person who may
// not come in, and who can be another: which account, and, where it was told to and that
// led nowhere, to log in again.
func another(j *journey, refused *consent.Error) provider.Prompt {
	switch refused.Code {
	case "no_account", "provider_not_listed", "provider_cancelled", "provider_refused":
		if j.Asks == provider.AsksNothing {
			return provider.AsksWhich
		}
		return provider.AsksAgain
	}
	return provider.AsksNothing
}

// turnAway says why the provider has not led on, where somebody can choose another
// way.
func (r *request) turnAway(j *journey, err error) error {
	var own *consent.Error
	if !errors.As(err, &own) || own.Kind == consent.Internal || own.Code == "unknown_address" {
		return err
	}
	status := statusFor(own)
	switch {
	case consent.PassEnded(err): // nobody comes back twice with the same answer
		r.account, r.login, r.token = nil, nil, ""
		return r.showLogin(http.StatusUnauthorized, loginForm{Next: local(j.Next), Expired: true})
	case j.To == toLogIn && r.account == nil:
		form := r.formOf(j)
		form.Fault, form.Another = r.errorText(own).Text, another(j, own)
		return r.showLogin(status, form)
	case j.To == toConfirm:
		form := r.formOf(j)
		form.Fault = r.errorText(own).Text
		return r.showConfirm(status, form)
	case j.Offer != "" || j.To == toLink:
		shown := r.errorText(own)
		shown.URL, shown.Link = j.Next, r.say("provider_back")
		r.c.Status(status)
		return r.show(page{name: "error.html", title: "error_invalid", data: shown})
	}
	return err
}
