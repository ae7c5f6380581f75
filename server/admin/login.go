package admin

import (
	"cmp"
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/provider"
)

// loginCookie holds the token of a login. The prefix keeps other hosts and plain
// HTTP from setting it.
const loginCookie = "__Host-samtykke-admin"

func loginRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/login", who: everybody, handle: (*request).loginGet},
		{method: http.MethodPost, path: "/login", who: everybody, handle: (*request).loginPost},
		{method: http.MethodPost, path: "/login/second", who: everybody, action: "login.begin", handle: (*request).secondPost},
		{method: http.MethodPost, path: "/logout", who: somebody, action: "login.end", handle: (*request).logoutPost},
		{method: http.MethodPost, path: "/confirm", who: somebody, action: "login.confirm", handle: (*request).confirmPost},
		{method: http.MethodGet, path: "/link/:secret", who: everybody, handle: (*request).linkGet},
		{method: http.MethodPost, path: "/link/:secret", who: everybody, action: "password.choose", handle: (*request).linkPost},
	}
}

// loginForm is what the pages that ask who somebody is carry with them.
type loginForm struct {
	Email   string
	Fault   string
	Empty   bool   // nobody has an account yet
	Next    string // where to go afterwards, a path of ours
	Held    string // key of what was posted and could not be done yet
	Pressed bool   // of that nothing was written
	Lost    bool   // something was posted that is not kept
	Expired bool   // a login that was there has ended
	App     bool   // the person has an authenticator app
	Codes   bool   // the person has recovery codes
	Key     *keyOffer
	// Provider is what the provider is called at which the person can log in, "" for
	// none, and Password whether they can prove themselves with one.
	Provider string
	// Another is what the provider asks who wants to be another there than it took them
	// for, "" where that is not offered.
	Another  provider.Prompt
	Password bool
}

// loginGet shows the form.
func (r *request) loginGet() error {
	if r.account != nil {
		return r.redirect("/", "")
	}
	return r.showLogin(http.StatusOK, loginForm{Next: local(r.c.Query("next"))})
}

func (r *request) showLogin(status int, form loginForm) error {
	all, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return err
	}
	form.Empty, form.Provider = len(all) == 0, r.outsideName()
	if form.Key, err = r.offerKey(keyForLogin, 0); err != nil {
		return err
	}
	r.c.Status(status)
	return r.show(page{name: "login.html", title: "login_title", data: form})
}

// askToLogIn sends a person to the login, and back afterwards. What they had written is
// kept for them; of strangers nothing is.
func (r *request) askToLogIn() error {
	if !changes(r.c.Method()) {
		return r.redirect("/login?next="+url.QueryEscape(r.c.OriginalURL()), "")
	}
	form := loginForm{Next: local(r.c.OriginalURL()), Expired: true}
	author, err := r.last(r.ctx, r.c.Cookies(lastCookie))
	if err != nil {
		return r.fail(err)
	}
	if !r.wrote(author) {
		author = 0
	}
	r.holds(&form, author)
	return r.showLogin(http.StatusUnauthorized, form)
}

// loginPost answers with the login, or with what is wrong.
func (r *request) loginPost() error {
	r.comesAnew()
	form := loginForm{Email: r.field("email"), Next: local(r.form.Get("next")), Held: r.form.Get("held")}
	if err := r.logIn(form); err != nil {
		var own *consent.Error
		if !errors.As(err, &own) || own.Kind == consent.Internal {
			return err
		}
		form.Fault = r.errorText(own).Text
		return r.showLogin(formStatus(own), form)
	}
	return nil
}

// logIn takes a passkey, which is two factors, or a password.
func (r *request) logIn(form loginForm) error {
	if r.form.Get("credential") != "" {
		account, err := r.checkKey(keyForLogin, nil)
		if err != nil {
			return err
		}
		r.means = consent.MeansPasskey
		return r.complete(account, form, "")
	}
	account, fresh, err := r.check(form.Email, r.form.Get("password"))
	if err != nil {
		return err
	}
	return r.enterAs(account, form, fresh)
}

// begin logs an account in: with a new token, whatever was there before.
func (r *request) begin(act consent.Act, account *consent.Account, fresh string) error {
	now, token, before := r.Clock(), newToken(), r.login
	login := &consent.Login{ID: consent.LoginID(consent.HashOf([]byte(token))), Account: account.ID, Created: now, Seen: now, Confirmed: now, Provider: r.through != nil, Means: cmp.Or(r.means, consent.MeansPassword)}
	if !login.Provider || r.means != "" { // the action names the provider, and what was shown beside it is told
		act.Object = consent.ToldMeans(login.Means)
	}
	if login.Provider {
		login.Means = consent.MeansAtProvider
	}
	if !r.confirmed.IsZero() && r.confirmed.Before(now) {
		login.Confirmed = r.confirmed
	}
	login.Shown = r.lettingIn(login.Means, account, fresh)
	if err := r.Store.AddLogin(consent.WithAct(r.ctx, act), login); err != nil {
		return err
	}
	if before != nil {
		if err := r.Store.EndLogin(r.ctx, before.Account, before.ID); err != nil {
			return err
		}
	}
	r.account, r.login, r.token = account, login, token
	r.delays.forgiveAccount(account.ID)
	r.delays.settle(fromNetwork(r.peers.Network(r.c)), account.Email)
	r.speak(account.Language)
	r.setLogin(token, consent.LoginLong)
	if err := r.remember(account.ID); err != nil {
		return err
	}
	if err := r.know(account, cmp.Or(login.Shown.Fresh, account.Password)); err != nil {
		return err
	}
	return r.Store.EndOldLogins(r.ctx, now)
}

// lettingIn is what an account is let in with, for the store to hold against what the account
// has by then.
func (r *request) lettingIn(means consent.LoginMeans, account *consent.Account, fresh string) consent.Shown {
	shown := consent.Shown{Passkey: r.passkey, Identity: r.through}
	if r.through == nil && means != consent.MeansPasskey {
		shown.Password, shown.Fresh = account.Password, fresh
	}
	return shown
}

// setLogin sets the cookie. Lax, because a link in a mail may lead here.
func (r *request) setLogin(token string, lasts time.Duration) {
	r.cook(loginCookie, token, lasts, fiber.CookieSameSiteLaxMode)
}

// cook sets a cookie that no script reads, or takes it away when it lasts no time.
// How long it lasts does not depend on the browser's clock.
func (r *request) cook(name, value string, lasts time.Duration, sent string) {
	cookie := &fiber.Cookie{Name: name, Value: value, Path: "/", MaxAge: int(lasts / time.Second), Secure: true, HTTPOnly: true, SameSite: sent}
	if lasts == 0 {
		cookie.Expires = time.Unix(1, 0)
	}
	r.c.Cookie(cookie)
}

// logoutPost ends the login, and forgets what the browser keeps of these pages.
func (r *request) logoutPost() error {
	if err := r.Store.EndLogin(r.ctx, r.account.ID, r.login.ID); err != nil {
		return err
	}
	r.setLogin("", 0)
	r.c.Set("Clear-Site-Data", `"cache"`)
	if r.login.Provider && r.Outside != nil { // it was not asked to end anything
		return r.redirect("/login", "logout_provider")
	}
	return r.redirect("/login", "logout")
}

// askToConfirm asks for the password again before something weighty.
func (r *request) askToConfirm() error {
	form := loginForm{Next: local(r.c.OriginalURL())}
	if changes(r.c.Method()) {
		r.holds(&form, r.account.ID)
	}
	return r.showConfirm(http.StatusUnauthorized, form)
}

func (r *request) showConfirm(status int, form loginForm) error {
	if err := r.offerFactors(&form, r.account, keyForConfirming); err != nil {
		return err
	}
	identity, err := r.linkedTo(r.account.ID)
	if err != nil {
		return err
	}
	if identity != nil {
		form.Provider = r.outsideName()
	}
	form.Password = r.account.Password != "" || identity == nil
	r.c.Status(status)
	return r.show(page{name: "confirm.html", title: "confirm_title", data: form, help: "login"})
}

// confirmPost takes the password, and goes on with what was begun.
func (r *request) confirmPost() error {
	form := loginForm{Next: local(r.form.Get("next")), Held: r.form.Get("held")}
	if err := r.confirm(); err != nil {
		var own *consent.Error
		if !errors.As(err, &own) || own.Kind == consent.Internal {
			return err
		}
		form.Fault = r.errorText(own).Text
		if own.Code == "wrong_password" {
			form.Fault = r.say("confirm_wrong")
		}
		return r.showConfirm(formStatus(own), form)
	}
	now := r.Clock()
	if err := r.Store.TouchLogin(r.ctx, r.login.ID, now, now); err != nil {
		return err
	}
	return r.goOn(form)
}

// confirm checks one proof of the person: a passkey, a code or the password.
func (r *request) confirm() error {
	if r.form.Get("credential") != "" || r.field("code") != "" {
		return r.prove(r.account, keyForConfirming)
	}
	account, fresh, err := r.check(r.account.Email, r.form.Get("password"))
	if err != nil {
		return err
	}
	r.delays.forgiveAccount(account.ID)
	return r.Store.LoginSucceeded(r.ctx, account.ID, account.Password, fresh)
}

// local gives a path of this administration, whatever somebody has written: only
// what begins with one slash, and holds nothing that a browser reads as another.
func local(path string) string {
	parsed, err := url.Parse(path)
	if err != nil || parsed.IsAbs() || parsed.Host != "" || !strings.HasPrefix(path, "/") ||
		strings.HasPrefix(path, "//") || strings.ContainsAny(path, "\\\t\r\n\x00") {
		return "/"
	}
	return path
}
