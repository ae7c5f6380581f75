package admin

import (
	"errors"
	"fmt"
	"net/http"
	"regexp"
	"strings"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// halfCookie holds the ticket of somebody who has shown a password and still has to
// show a second factor. It opens no page.
const (
	halfCookie         = "__Host-samtykke-half"
	halfLasts          = 5 * time.Minute
	halfPurpose        = "half a login"
	halfOutsidePurpose = "half a login at the provider"
)

// enterAs logs an account in whose password is right, or asks for its second factor
// first. Fresh is a hash of the password to keep, "" for none.
func (r *request) enterAs(account *consent.Account, form loginForm, fresh string) error {
	factors, err := r.Store.Factors(r.ctx, account.ID)
	if err != nil {
		return err
	}
	if factors.Any() && (r.through == nil || !r.Outside.Factor) {
		if err := r.setHalf(account); err != nil {
			return err
		}
		return r.showSecond(http.StatusOK, account, form)
	}
	return r.complete(account, form, fresh)
}

// complete logs somebody in who has shown all that is asked for.
func (r *request) complete(account *consent.Account, form loginForm, fresh string) error {
	action := "login"
	if r.through != nil {
		action = "login.provider"
	}
	err := r.begin(consent.Act{Time: r.Clock(), Account: account.ID, Action: action}, account, fresh)
	var own *consent.Error
	if errors.As(err, &own) && own.Code == "login_overtaken" {
		form.Fault = r.errorText(own).Text
		return r.showLogin(http.StatusConflict, form)
	}
	if err != nil {
		return err
	}
	return r.goOn(form)
}

// setHalf gives the browser a ticket. It ends with the password, or the identity at
// the provider, that was shown.
func (r *request) setHalf(account *consent.Account) error {
	purpose, shown := halfPurpose, shownPassword(account)
	if r.through != nil {
		purpose, shown = halfOutsidePurpose, shownIdentity(r.through)
	}
	text, err := r.issue(purpose, account.ID, halfLasts, shown)
	if err != nil {
		return err
	}
	r.cook(halfCookie, text, halfLasts, fiber.CookieSameSiteStrictMode)
	return nil
}

func shownPassword(account *consent.Account) []byte {
	sum := consent.HashOf([]byte(account.Password))
	return sum[:]
}

func shownIdentity(identity *consent.Identity) []byte {
	sum := consent.HashOf([]byte(identity.Issuer + "\n" + identity.Subject))
	return sum[:]
}

// half gives who has shown a password in this browser, or come back from the
// provider, a moment ago.
func (r *request) half() (*consent.Account, error) {
	if account, err := r.halfOutside(); err == nil {
		return account, nil
	}
	t, err := r.readTicket(halfPurpose, r.c.Cookies(halfCookie))
	if err != nil {
		return nil, err
	}
	account, err := r.Store.Account(r.ctx, t.Account)
	if err != nil {
		return nil, err
	}
	if account.Closed || string(t.Data) != string(shownPassword(account)) {
		return nil, errStaleTicket()
	}
	r.speak(account.Language)
	return account, nil
}

// halfOutside gives who has come back from the provider.
func (r *request) halfOutside() (*consent.Account, error) {
	t, err := r.readTicket(halfOutsidePurpose, r.c.Cookies(halfCookie))
	if err != nil {
		return nil, err
	}
	identity, err := r.linkedTo(t.Account)
	if err != nil {
		return nil, err
	}
	account, err := r.Store.Account(r.ctx, t.Account)
	if err != nil {
		return nil, err
	}
	if account.Closed || identity == nil || string(t.Data) != string(shownIdentity(identity)) {
		return nil, errStaleTicket()
	}
	r.through = identity
	r.speak(account.Language)
	return account, nil
}

// offerFactors says in a form what a person can prove themselves with.
func (r *request) offerFactors(form *loginForm, account *consent.Account, purpose keyPurpose) error {
	factors, err := r.Store.Factors(r.ctx, account.ID)
	if err != nil {
		return err
	}
	form.App, form.Codes = factors.App, factors.Codes > 0
	if len(factors.Passkeys) > 0 {
		form.Key, err = r.offerKey(purpose, account.ID)
	}
	return err
}

func (r *request) showSecond(status int, account *consent.Account, form loginForm) error {
	if err := r.offerFactors(&form, account, keyForSecond); err != nil {
		return err
	}
	r.speak(account.Language)
	r.c.Status(status)
	return r.show(page{name: "second.html", title: "factor_second_title", data: form})
}

// secondPost takes the second factor and completes the login.
func (r *request) secondPost() error {
	r.comesAnew()
	form := loginForm{Next: local(r.form.Get("next")), Held: r.form.Get("held")}
	account, err := r.half()
	if err != nil {
		form.Expired = true
		return r.showLogin(http.StatusUnauthorized, form)
	}
	r.tells(func(act *consent.Act) { act.Account = account.ID }) // nobody is logged in, but it is known whose login begins
	if err := r.prove(account, keyForSecond); err != nil {
		var own *consent.Error
		if !errors.As(err, &own) || own.Kind == consent.Internal {
			return err
		}
		form.Fault = r.errorText(own).Text
		return r.showSecond(formStatus(own), account, form)
	}
	r.cook(halfCookie, "", 0, fiber.CookieSameSiteStrictMode)
	return r.complete(account, form, "")
}

// prove checks what a form says of a second factor.
func (r *request) prove(account *consent.Account, purpose keyPurpose) error {
	if r.form.Get("credential") != "" {
		r.provesWith(consent.MeansSecondKey)
		_, err := r.checkKey(purpose, account)
		return err
	}
	return r.checkCode(account, r.field("code"))
}

// provesWith keeps with what somebody proves who they are, and has the trail tell it.
func (r *request) provesWith(means consent.LoginMeans) {
	r.means, r.ctx = means, consent.TellingMore(r.ctx, consent.ToldMeans(means))
}

var sixDigits = regexp.MustCompile(`^[0-9]{6}$`)

// checkCode takes a code of the app, or a recovery code. Who guesses codes knows
// the password already, so guesses wait longer than those of passwords do; a
// recovery code is too long to guess and still gets its person in.
func (r *request) checkCode(account *consent.Account, typed string) error {
	code := strings.ReplaceAll(typed, " ", "")
	guessable := sixDigits.MatchString(code)
	of := guessing{most: accountWait, account: account}
	who, known := r.guesser(account, account.Email)
	wait := r.delays.wait(who)
	if !known {
		wait = max(wait, r.delays.wait(of))
	}
	if wait <= 0 && guessable {
		wait = r.delays.try(guessing{whose: forCode(account.ID), most: networkWait})
	}
	if wait > 0 {
		return r.errWait(wait)
	}
	var err error
	if guessable {
		r.provesWith(consent.MeansApp)
		err = r.useApp(account.ID, code)
	} else {
		r.provesWith(consent.MeansCode)
		using := consent.WithAct(r.ctx, consent.Act{Time: r.Clock(), Account: account.ID, Action: "factor.code"}) // whose it is must know
		err = r.Store.UseCode(using, account.ID, codeID(account.ID, code))
	}
	switch kind := consent.KindOf(err); {
	case err == nil:
		r.delays.forgive(forCode(account.ID))
		r.delays.forgiveAccount(account.ID)
		return r.Store.LoginSucceeded(r.ctx, account.ID, "", "")
	case kind != consent.NotFound && kind != consent.Invalid && kind != consent.Conflict:
		return err
	}
	r.delays.failed(who)
	r.noteFailure(r.ctx, account.ID, r.delays.failed(of))
	factors, err := r.Store.Factors(r.ctx, account.ID)
	if err != nil {
		return err
	}
	if !factors.App {
		return consent.Errorf(consent.Invalid, "wrong_recovery_code", "The code is not right, or was used already. Write another recovery code.")
	}
	return consent.Errorf(consent.Invalid, "wrong_code", "The code is not right, or was used already. Write the one that the app shows now, or another recovery code.")
}

// useApp uses the code that an app shows now, once.
func (r *request) useApp(account consent.AccountID, code string) error {
	factors, err := r.Store.Factors(r.ctx, account)
	if err != nil {
		return err
	}
	wrong := consent.Errorf(consent.Invalid, "wrong_code", "The code is not right.")
	if !factors.App {
		return wrong
	}
	secret, err := r.vault.open(factors.Sealed, aboutApp(account))
	if err != nil {
		r.Log.ErrorContext(r.ctx, "the secret of an authenticator app cannot be read: is the file admin.secret in the folder of keys the right one?", "account", account)
		return consent.Errorf(consent.Unavailable, "app_unreadable", "The server cannot check the codes of your app any more. Log in with a recovery code or a passkey, and set the app up anew. Without either, ask an administrator.")
	}
	step, err := stepOf(secret, code, r.Clock())
	if err != nil {
		return err
	}
	if step == 0 {
		return wrong
	}
	return r.Store.UseApp(r.ctx, account, step)
}

// forCode names whose codes are guessed.
func forCode(account consent.AccountID) string { return fmt.Sprint("code of ", account) }
