package admin

import (
	"encoding/hex"
	"errors"
	"html/template"
	"net/http"
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func factorRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/account/factors", who: somebody, handle: (*request).factorsGet},
		{method: http.MethodGet, path: "/account/app", who: somebody, sure: true, handle: (*request).appGet},
		{method: http.MethodPost, path: "/account/app", who: somebody, action: "factor.app", sure: true, handle: (*request).appPost},
		{method: http.MethodPost, path: "/account/app/remove", who: somebody, action: "factor.app.remove", sure: true, ask: (*request).askApp, handle: (*request).appRemovePost},
		{method: http.MethodGet, path: "/account/passkey", who: somebody, sure: true, handle: (*request).passkeyGet},
		{method: http.MethodPost, path: "/account/passkey", who: somebody, action: "factor.passkey", sure: true, handle: (*request).passkeyPost},
		{method: http.MethodPost, path: "/account/passkeys/:passkey/remove", who: somebody, action: "factor.passkey.remove", sure: true, ask: (*request).askPasskey, handle: (*request).passkeyRemovePost},
		{method: http.MethodPost, path: "/account/codes", who: somebody, action: "factor.codes", sure: true, ask: (*request).askCodes, handle: (*request).codesPost},
	}
}

// factorsPage is what a person has set up beside the password.
type factorsPage struct {
	*consent.Factors
	Keys    []passkeyLine
	CanKeys bool // passkeys work at this address
	Few     bool // of the recovery codes are left
}

type passkeyLine struct {
	consent.Passkey
	Key string
}

// passkeyKey names a passkey in an address.
func passkeyKey(p *consent.Passkey) string {
	sum := consent.HashOf(p.ID)
	return hex.EncodeToString(sum[:8])
}

// fewCodes is when a page says that it is time for new ones.
const fewCodes = 3

// factorsGet shows what is set up.
func (r *request) factorsGet() error {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	shown := factorsPage{Factors: factors, CanKeys: r.keys != nil, Few: factors.Any() && factors.Codes <= fewCodes}
	for _, p := range factors.Passkeys {
		shown.Keys = append(shown.Keys, passkeyLine{p, passkeyKey(&p)})
	}
	return r.show(page{name: "factors.html", title: "factor_title", trail: r.ownTrail(), data: shown})
}

// ownTrail leads back to the person's account.
func (r *request) ownTrail(further ...web.AdminLink) []web.AdminLink {
	return append([]web.AdminLink{{Text: r.say("own_title"), URL: "/account"}}, further...)
}

func (r *request) factorTrail() []web.AdminLink {
	return r.ownTrail(web.AdminLink{Text: r.say("factor_title"), URL: "/account/factors"})
}

// appPage sets up an authenticator app.
type appPage struct {
	Secret string // in groups, for those who type it
	Image  template.URL
	Ticket string
	Fault  string
}

const appPurpose = "a new authenticator app"

// appGet shows a fresh secret. It is kept when a code has proved that the app has
// it.
func (r *request) appGet() error { return r.showApp(http.StatusOK, newAppSecret(), "") }

func (r *request) showApp(status int, secret []byte, fault string) error {
	place, err := url.Parse(r.Address)
	if err != nil {
		return err
	}
	code, err := web.Code(appURL(secret, r.account.Email, place.Hostname()))
	if err != nil {
		return err
	}
	text, err := r.issue(appPurpose, r.account.ID, keyLasts, secret)
	if err != nil {
		return err
	}
	r.c.Status(status)
	return r.show(page{name: "app.html", title: "factor_app_title", trail: r.factorTrail(), data: appPage{inFours(secretText.EncodeToString(secret)), web.DataURL(code), text, fault}})
}

// inFours writes a text in groups of four.
func inFours(text string) string {
	var grouped strings.Builder
	for i, letter := range text {
		if i > 0 && i%4 == 0 {
			grouped.WriteByte(' ')
		}
		grouped.WriteRune(letter)
	}
	return grouped.String()
}

// appPost keeps the secret that the page had shown.
func (r *request) appPost() error {
	t, err := r.readTicket(appPurpose, r.form.Get("ticket"))
	if err != nil || t.Account != r.account.ID {
		return errStaleTicket()
	}
	step, err := stepOf(t.Data, r.digits("code"), r.Clock())
	if err != nil {
		return err
	}
	if step == 0 {
		return r.showApp(http.StatusUnprocessableEntity, t.Data, r.say("factor_app_wrong"))
	}
	if err := r.Store.SetApp(r.ctx, r.account.ID, r.vault.seal(t.Data, aboutApp(r.account.ID)), step); err != nil {
		return err
	}
	return r.showFirstCodes("factor_app")
}

// digits gives the digits of a field, however they are grouped.
func (r *request) digits(name string) string {
	return strings.Map(func(letter rune) rune {
		if letter < '0' || letter > '9' {
			return -1
		}
		return letter
	}, r.field(name))
}

// codesPage shows recovery codes, once.
type codesPage struct{ Codes []string }

// showFirstCodes shows recovery codes to who has none yet.
func (r *request) showFirstCodes(done string) error {
	codes, err := r.firstCodes()
	if err != nil {
		return err
	}
	if codes == nil {
		return r.redirect("/account/factors", done)
	}
	return r.show(page{name: "codes.html", title: "factor_codes_title", trail: r.factorTrail(), data: codesPage{codes}})
}

// codesPost replaces the recovery codes.
func (r *request) codesPost() error {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	if !factors.Any() {
		return consent.Errorf(consent.Conflict, "no_factor", "Recovery codes stand in for a second factor. Set one up first.")
	}
	codes, err := r.renewCodes()
	if err != nil {
		return err
	}
	return r.show(page{name: "codes.html", title: "factor_codes_title", trail: r.factorTrail(), data: codesPage{codes}})
}

// appRemovePost takes the app away.
func (r *request) appRemovePost() error {
	if err := r.Store.DropApp(r.ctx, r.account.ID); err != nil {
		return err
	}
	return r.redirect("/account/factors", "factor_removed")
}

// passkeyPage sets up a passkey.
type passkeyPage struct {
	Name  string
	Fault string
	Key   *keyOffer
}

// passkeyGet shows the form.
func (r *request) passkeyGet() error { return r.showPasskey(http.StatusOK, "", "") }

func (r *request) showPasskey(status int, name, fault string) error {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	offer, err := r.offerNewKey(factors)
	if err != nil {
		return err
	}
	r.c.Status(status)
	return r.show(page{name: "passkey.html", title: "factor_passkey_title", trail: r.factorTrail(), data: passkeyPage{name, fault, offer}})
}

// passkeyPost keeps the passkey that the device has made.
func (r *request) passkeyPost() error {
	name := r.field("name")
	if name == "" {
		name = r.say("factor_passkey_unnamed", "day", r.dayHere(r.Clock()))
	}
	if consent.HidesInName(name) {
		return r.showPasskey(http.StatusUnprocessableEntity, name, r.say("name_hidden"))
	}
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	if len(factors.Passkeys) >= consent.MaxPasskeys {
		return r.showPasskey(http.StatusUnprocessableEntity, name, r.say("factor_passkey_many", "n", consent.MaxPasskeys))
	}
	err = r.addKey(name)
	var own *consent.Error
	if errors.As(err, &own) && own.Kind != consent.Internal {
		return r.showPasskey(formStatus(own), name, r.errorText(own).Text)
	}
	if err != nil {
		return err
	}
	return r.showFirstCodes("factor_passkey")
}

// passkeyRemovePost takes a passkey away.
func (r *request) passkeyRemovePost() error {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	for i := range factors.Passkeys {
		if passkeyKey(&factors.Passkeys[i]) == r.c.Params("passkey") {
			if err := r.Store.DropPasskey(r.ctx, r.account.ID, factors.Passkeys[i].ID); err != nil {
				return err
			}
			return r.redirect("/account/factors", "factor_removed")
		}
	}
	return errNoPage()
}
