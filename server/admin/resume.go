package admin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// lastCookie says who logged in last in a browser. It lets nobody in: it outlasts the
// login, so that what its person still sends can be kept for them.
const (
	lastCookie  = "__Host-samtykke-last"
	lastPurpose = "who logged in last"
	lastLasts   = consent.LoginLong + heldLasts
)

// remember has the browser say whose it was, when the login has ended.
func (r *request) remember(account consent.AccountID) error {
	text, err := r.issue(lastPurpose, account, lastLasts, nil)
	if err != nil {
		return err
	}
	r.cook(lastCookie, text, lastLasts, fiber.CookieSameSiteStrictMode)
	return nil
}

// last gives who logged in last in a browser, 0 for nobody who has an account.
func (a *Admin) last(ctx context.Context, text string) (consent.AccountID, error) {
	if text == "" {
		return 0, nil
	}
	t, err := a.readTicket(lastPurpose, text)
	if err != nil {
		return 0, nil //nolint:nilerr // it says nothing
	}
	account, err := a.Store.Account(ctx, t.Account)
	if err != nil || account.Closed {
		return 0, unlessUnknown(err)
	}
	return account.ID, nil
}

// csrf is what a form of this login holds, and no other page can know. It tells, too,
// whose form it is: that is still to be seen when the login has ended.
func (r *request) csrf() string {
	if r.token == "" {
		return ""
	}
	return proofBy([]byte(r.token), "form") + "." + r.author(r.account.ID)
}

func (r *request) hasToken() bool {
	return hmac.Equal([]byte(r.form.Get("csrf")), []byte(r.csrf()))
}

// author stands in the forms of an account.
func (a *Admin) author(account consent.AccountID) string {
	return proofBy(a.Key, "form of "+strconv.FormatInt(int64(account), 10))
}

// wrote says whether the form that was sent is an account's.
func (r *request) wrote(account consent.AccountID) bool {
	_, author, _ := strings.Cut(r.form.Get("csrf"), ".")
	return account != 0 && hmac.Equal([]byte(author), []byte(r.author(account)))
}

func proofBy(key []byte, of string) string {
	mac := hmac.New(sha256.New, key)
	mac.Write([]byte(of))
	return base64.RawURLEncoding.EncodeToString(mac.Sum(nil))
}

// notKept are fields that are not kept for whoever proves anew who they are: what proves
// it, and a visitor's key, which lies nowhere as it is. That there was one is kept.
var notKept = []string{"csrf", "password", "again", "token", "code", "credential", unsentField}

// hadToken stands in what is kept in the place of a visitor's key.
const hadToken = "had_token"

// written gives what a form says beside whose it is and that it is meant.
func written(form url.Values) url.Values {
	form = maps.Clone(form)
	maps.DeleteFunc(form, func(name string, _ []string) bool {
		return name == agreed || name == resumedField || slices.Contains(notKept, name)
	})
	return form
}

// hold keeps what was posted for its author, and gives its key, "" when it is not kept.
func (r *request) hold(author consent.AccountID) string {
	if key := r.form.Get(resumedField); key != "" { // the form says no more than that
		if r.held.find(key, author) == nil {
			return ""
		}
		return key
	}
	form := maps.Clone(r.form)
	if form.Get("token") != "" {
		form.Set(hadToken, "true")
	}
	maps.DeleteFunc(form, func(name string, _ []string) bool { return slices.Contains(notKept, name) })
	return r.held.put(author, strings.Clone(local(r.c.OriginalURL())), form)
}

// holds says in a form what becomes of what was posted: it is kept for its author, or it
// is lost.
func (r *request) holds(form *loginForm, author consent.AccountID) {
	if author != 0 {
		form.Held = r.hold(author)
	}
	form.Pressed = form.Held != "" && !hasWords(r.form)
	form.Lost = form.Held == "" && slices.ContainsFunc(slices.Collect(maps.Keys(r.form)), func(name string) bool { return name != "csrf" })
}

// hasWritten says whether a form says anything beside whose it is.
func hasWritten(form url.Values) bool {
	for _, values := range written(form) {
		if strings.Join(values, "") != "" {
			return true
		}
	}
	return false
}

// hasWords says whether a form says anything that its page did not put there.
func hasWords(form url.Values) bool {
	form = maps.Clone(form)
	maps.DeleteFunc(form, func(name string, _ []string) bool { return name == "was" || name == openedField })
	return hasWritten(form)
}

// resumedField holds the key of what is sent at last.
const resumedField = "resumed"

// goOn leads back to where the person was.
func (r *request) goOn(form loginForm) error {
	if form.Held == "" {
		return r.redirect(r.pageAt(form.Next), "")
	}
	return r.offer(form.Held, false)
}

// unauthorised shows why a request goes no further. A form of an earlier login of the same
// person is kept, and offered to be sent with this one.
func (r *request) unauthorised(err error) error {
	if consent.CodeOf(err) != staleForm || !r.wrote(r.account.ID) {
		return r.fail(err)
	}
	key := r.hold(r.account.ID)
	if key == "" {
		return r.fail(err)
	}
	r.c.Status(http.StatusForbidden)
	if err := r.offer(key, true); err != nil {
		return r.fail(err)
	}
	return nil
}

// staleForm is the code of a form whose login is another.
const staleForm = "stale_form"

func errStaleForm() error {
	return consent.Errorf(consent.Forbidden, staleForm, "This form is from an earlier login. Open the page again, and send it once more.")
}

// resume takes what was kept in the place of a form that only names it.
func (r *request) resume() error {
	key := r.form.Get(resumedField)
	if key == "" || r.account == nil || !r.hasToken() {
		return nil
	}
	kept := r.held.find(key, r.account.ID)
	if kept == nil || kept.next != local(r.c.OriginalURL()) {
		return consent.Errorf(consent.Conflict, "resume_gone", "What you had written is no longer kept here: it has been sent already, or it was too long ago. Open the page, and look.")
	}
	r.held.try(key)
	form := url.Values{}
	maps.Copy(form, kept.form)
	form.Set("csrf", r.form.Get("csrf"))
	r.form, r.resumed, r.weight = form, key, kept.size
	return nil
}

// posted is the form that the request sends.
func (r *request) posted() *posted {
	return &posted{account: r.account.ID, next: local(r.c.OriginalURL()), form: r.form, key: r.resumed}
}

// forget drops what was kept once it is done.
func (r *request) forget(to *route) {
	if r.account != nil && changes(to.method) && r.c.Response().StatusCode() < http.StatusBadRequest {
		done := r.posted()
		done.looks = to.looks
		r.held.settle(done)
	}
}
