package admin

import (
	"cmp"
	"encoding/hex"
	"errors"
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

func ownRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/account", who: somebody, handle: (*request).ownGet},
		{method: http.MethodPost, path: "/account", who: somebody, action: "account.change", handle: (*request).ownPost},
		{method: http.MethodPost, path: "/account/password", who: somebody, action: "password.choose", sure: true, costs: true, handle: (*request).passwordPost},
		{method: http.MethodPost, path: "/account/logins/end", who: somebody, action: "login.others", handle: (*request).loginsEndPost},
		{method: http.MethodPost, path: "/account/logins/:login/name", who: somebody, action: "login.name", handle: (*request).loginNamePost},
		{method: http.MethodPost, path: "/account/logins/:login/end", who: somebody, action: "login.end", handle: (*request).loginEndPost},
	}
}

// ownPage is what a person sees of their own account.
type ownPage struct {
	Account   *consent.Account
	Name      string // as it was written
	Faults    misfits
	Languages []languageChoice
	Roles     []roleLine
	Logins    []loginLine
	Named     loginLine // the login whose name was not kept
	Least     int       // characters of a password
	Fault     string    // of the password
	Keys      int       // that the person has made and that work
	Factor    bool      // there is a second one
	// Provider is what the provider is called at which people log in, "" for none, and
	// Identity who the person is there, nil when it is not linked.
	Provider string
	Identity *consent.Identity
}

type languageChoice struct {
	Language consent.Language
	Name     string
	Chosen   bool
}

type roleLine struct{ Organisation, Role string }

type loginLine struct {
	consent.Login
	Key  string
	Here bool // the one that shows the page
	With string
	// Written is the name as it was written, and Wrong why it was not kept.
	Written, Wrong string
}

// ownGet shows a person their own account.
func (r *request) ownGet() error { return r.showOwn(http.StatusOK, ownPage{Name: r.account.Name}) }

func (r *request) showOwn(status int, shown ownPage) error {
	shown.Account, shown.Least = r.account, consent.MinPassword
	for _, lang := range web.AdminLanguages { // as each calls itself: who is lost here reads no other
		shown.Languages = append(shown.Languages, languageChoice{lang, lang.Name(), lang == r.lang})
	}
	organisations, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return err
	}
	for _, o := range organisations {
		if role := r.account.Role(o.ID); role != "" {
			shown.Roles = append(shown.Roles, roleLine{o.Name, r.say("role_" + string(role))})
		}
	}
	logins, err := r.Store.Logins(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	now := r.Clock()
	for _, login := range logins {
		if !login.Over(now) {
			line := loginLine{Login: login, Key: loginKey(&login), Here: login.ID == r.login.ID, With: r.loginWith(&login), Written: login.Name}
			if line.Key == shown.Named.Key {
				line.Written, line.Wrong = shown.Named.Written, shown.Named.Wrong
			}
			shown.Logins = append(shown.Logins, line)
		}
	}
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	keys, err := r.Store.APIKeysBy(r.ctx, r.account.ID)
	if err != nil {
		return err
	}
	for i := range keys {
		if now.Before(keys[i].Expires) {
			shown.Keys++
		}
	}
	shown.Factor, shown.Provider = factors.Any(), r.outsideName()
	if shown.Identity, err = r.linkedTo(r.account.ID); err != nil {
		return err
	}
	r.c.Status(status)
	return r.show(page{name: "own.html", title: "own_title", data: shown})
}

// loginWith says what somebody logged in with, "" when it is not known.
func (r *request) loginWith(login *consent.Login) string {
	if login.Means == "" {
		return ""
	}
	return r.say("own_login_with_"+string(login.Means), "provider", cmp.Or(r.outsideName(), r.say("own_login_provider")))
}

// loginKey names a login in an address: a part of its hash, of which nobody can
// make the token.
func loginKey(login *consent.Login) string { return hex.EncodeToString(login.ID[:8]) }

// ownPost changes name and language.
func (r *request) ownPost() error {
	lang, shown := consent.Language(r.form.Get("language")), ownPage{Name: r.field("name")}
	if shown.Name == "" {
		shown.Faults = append(shown.Faults, misfit{Field: "name", Text: r.say("invitation_no_name")})
	}
	if fault := consent.FaultOfPersonName(shown.Name, r.account.Email); fault != "" {
		shown.Faults = append(shown.Faults, misfit{Field: "name", Text: r.say(string(fault))})
	}
	if !slices.Contains(web.AdminLanguages, lang) {
		shown.Faults = append(shown.Faults, misfit{Field: "language", Text: r.say("error_text_no_choice")})
	}
	if len(shown.Faults) > 0 {
		return r.showOwn(http.StatusUnprocessableEntity, shown)
	}
	err := r.Store.SetProfile(r.ctx, r.account.ID, shown.Name, lang)
	var own *consent.Error
	if errors.As(err, &own) && own.Kind == consent.Invalid {
		shown.Faults = misfits{{Field: "name", Text: r.errorText(own).Text}}
		return r.showOwn(http.StatusUnprocessableEntity, shown)
	}
	if err != nil {
		return err
	}
	return r.redirect("/account", "saved")
}

// passwordPost replaces the password, and ends the other logins; keys go on, since what
// runs with them stands still otherwise, unless the person has ticked that they end.
func (r *request) passwordPost() error {
	hash, err := r.chosen(r.account)
	var own *consent.Error
	if errors.As(err, &own) && own.Kind == consent.Invalid {
		return r.showOwn(http.StatusUnprocessableEntity, ownPage{Name: r.account.Name, Fault: r.errorText(own).Text})
	}
	if err != nil {
		return err
	}
	if r.account.Password == "" {
		r.tells(func(act *consent.Act) { act.Action = "password.first" })
	}
	if err := r.Store.SetPassword(r.ctx, r.account.ID, hash, r.login.ID); err != nil {
		return err
	}
	if err := r.know(r.account, hash); err != nil {
		return err
	}
	if r.form.Get("keys") == "" {
		return r.redirect("/account", "password")
	}
	if err := r.Store.EndAPIKeys(r.ctx, r.account.ID); err != nil {
		return err
	}
	return r.redirect("/account", "password_keys")
}

// ownLogin gives the login of the person that the address names.
func (r *request) ownLogin() (*consent.Login, error) {
	logins, err := r.Store.Logins(r.ctx, r.account.ID)
	if err != nil {
		return nil, err
	}
	for i := range logins {
		if loginKey(&logins[i]) == r.c.Params("login") {
			return &logins[i], nil
		}
	}
	return nil, errNoPage()
}

// loginEndPost ends one login of the person.
func (r *request) loginEndPost() error {
	login, err := r.ownLogin()
	if err != nil {
		return err
	}
	if err := r.Store.EndLogin(r.ctx, r.account.ID, login.ID); err != nil {
		return err
	}
	return r.redirect("/account", "login_ended")
}

// loginsEndPost ends every login of the person but this one.
func (r *request) loginsEndPost() error {
	if err := r.Store.EndLogins(r.ctx, r.account.ID, r.login.ID); err != nil {
		return err
	}
	return r.redirect("/account", "logins_ended")
}

// loginNamePost keeps what the person calls one of their logins. Nothing takes the name
// away again.
func (r *request) loginNamePost() error {
	login, err := r.ownLogin()
	if err != nil {
		return err
	}
	named := loginLine{Key: loginKey(login), Written: r.field("name")}
	err = r.Store.NameLogin(r.ctx, r.account.ID, login.ID, named.Written)
	switch {
	case consent.CodeOf(err) == "hidden_character":
		named.Wrong = r.say("name_hidden")
	case consent.CodeOf(err) == "long_login_name":
		named.Wrong = r.say("own_login_long", "n", consent.MaxLoginName)
	case err != nil:
		return err
	default:
		return r.redirect("/account", "saved")
	}
	return r.showOwn(http.StatusUnprocessableEntity, ownPage{Name: r.account.Name, Named: named})
}
