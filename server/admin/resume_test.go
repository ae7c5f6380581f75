package admin_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// owner has a password, and is logged in.
func (h *house) owner(email string) *person {
	h.t.Helper()
	p := h.invited(email, "of-"+email)
	p.post("/link/of-"+email, "password", secret, "again", secret).leads(h.t, "/?done=password_first")
	return p
}

// late sends a form that was opened before, with the token of that time.
func (p *person) late(csrf, path string, pairs ...string) answer {
	p.t.Helper()
	form := url.Values{"csrf": {csrf}}
	for i := 0; i+1 < len(pairs); i += 2 {
		form.Add(pairs[i], pairs[i+1])
	}
	return p.ask(http.MethodPost, path, form)
}

// again logs a person in with what a page has kept.
func (p *person) again(page answer) answer {
	p.t.Helper()
	return p.post("/login", "email", p.email, "password", secret, "next", hidden(p.t, page.body, "next"), "held", hidden(p.t, page.body, "held"))
}

// nameOf gives what an account is called.
func (h *house) nameOf(p *person) string {
	h.t.Helper()
	account, err := h.store.Account(h.t.Context(), p.id)
	must(h.t, err)
	return account.Name
}

// What was written while the login ended is there after the next one, and is done when
// the person says so.
func TestNothingIsLostWithTheLogin(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	form := csrfOf(t, kari)
	h.wait(time.Hour)
	got := kari.late(form, "/account", "name", "Kåre & <Kari>", "language", "nn", "password", "not to be kept")
	got.shows(t, http.StatusUnauthorized, `name="next" value="/account"`, "er tatt vare på")
	kari.post("/login", "email", kari.email, "password", "wrong wrong wrong", "next", "/account", "held", hidden(t, got.body, "held")).
		shows(t, http.StatusUnprocessableEntity, hidden(t, got.body, "held"))
	offered := kari.again(got)
	offered.shows(t, http.StatusOK, `action="/account"`, "What you had written is still here.")
	if h.nameOf(kari) != "Kari" {
		t.Error("it is sent before the person has said so")
	}
	key := hidden(t, offered.body, "resumed")
	kari.post("/account/password", "resumed", key).shows(t, http.StatusConflict, "no longer here") // was written elsewhere
	kari.post("/account", "resumed", key).leads(t, "/account?done=saved")
	if got := h.nameOf(kari); got != "Kåre & <Kari>" {
		t.Errorf("the person is called %q", got)
	}
	kari.post("/account", "resumed", key).shows(t, http.StatusConflict, "er sendt alt") // as the person reads now
}

// Who has logged in again in another tab loses nothing of what the first one holds.
func TestFormOfAnEarlierLogin(t *testing.T) {
	h := open(t)
	kari, ola := h.owner("kari@example.no"), h.owner("ola@example.no")
	form := csrfOf(t, kari)
	kari.post("/login", "email", kari.email, "password", secret).leads(t, "/")
	got := kari.late(form, "/account", "name", "Kari the Second", "language", "en")
	got.shows(t, http.StatusForbidden, "from an earlier login", "still here", `action="/account"`)
	kari.late(form, "/account", "resumed", hidden(t, got.body, "resumed")).shows(t, http.StatusForbidden, hidden(t, got.body, "resumed"))
	kari.post("/account", "resumed", hidden(t, got.body, "resumed")).leads(t, "/account?done=saved")
	if got := h.nameOf(kari); got != "Kari the Second" {
		t.Errorf("the person is called %q", got)
	}

	t.Run("another's form is offered to nobody else", func(t *testing.T) {
		kari.post("/login", "email", ola.email, "password", secret).leads(t, "/") // in the same browser
		got := kari.late(form, "/account", "name", "Written by Kari", "language", "en")
		got.shows(t, http.StatusForbidden, "has not been kept")
		if strings.Contains(got.body, `name="resumed"`) {
			t.Error("what Kari wrote is offered to Ola")
		}
	})
}

// What was kept is for who wrote it, whoever logs in where it lies.
func TestKeptForItsAuthor(t *testing.T) {
	h := open(t)
	kari, ola := h.owner("kari@example.no"), h.owner("ola@example.no")
	form := csrfOf(t, kari)
	h.wait(time.Hour)
	page := kari.late(form, "/account", "name", "Written by Kari", "language", "nn")
	other := ola.again(page)
	other.shows(t, http.StatusOK, "no longer here")
	if strings.Contains(other.body, `name="resumed"`) {
		t.Error("what Kari wrote is offered to Ola")
	}
	ola.post("/account", "resumed", hidden(t, page.body, "held")).shows(t, http.StatusConflict)
	if h.nameOf(ola) != "Kari" { // as all that are invited here
		t.Error("Ola is called what Kari wrote")
	}
	offered := kari.again(page)
	offered.shows(t, http.StatusOK, "still here")
	kari.post("/account", "resumed", hidden(t, offered.body, "resumed")).leads(t, "/account?done=saved")
}

// What a logged-in person may send is kept, however long; and what the page says is kept
// is there.
func TestLongFormsAreKept(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	form := csrfOf(t, kari)
	h.wait(time.Hour)
	long := "# " + strings.Repeat("x", 3<<20) + "\nno site file"
	page := kari.late(form, importPath, "content", long)
	page.shows(t, http.StatusUnauthorized, "er tatt vare på")
	if len(page.body) > 64<<10 {
		t.Errorf("the page of the login carries %d bytes", len(page.body))
	}
	offered := kari.again(page)
	offered.shows(t, http.StatusOK, "still here", `action="`+importPath+`"`)
	kari.post(importPath, "resumed", hidden(t, offered.body, "resumed")).shows(t, http.StatusUnprocessableEntity, "no site file")

	t.Run("nobody's goes because of others, and a page that keeps nothing says so", func(t *testing.T) {
		kari.post("/logout").leads(t, "/login?done=logout")
		page := kari.late(form, importPath, "content", long)
		page.shows(t, http.StatusUnauthorized, "er tatt vare på")
		full := false
		for i := range 12 {
			other := h.owner(fmt.Sprintf("per%d@example.no", i))
			theirs := csrfOf(t, other)
			other.post("/logout")
			for n := range 2 {
				got := other.late(theirs, importPath, "content", long+strings.Repeat(".", n))
				if strings.Contains(got.body, "kunne ikke tas vare på") {
					full = true
				} else {
					got.shows(t, http.StatusUnauthorized, "er tatt vare på")
				}
			}
		}
		if !full {
			t.Error("there is room without an end")
		}
		kari.again(page).shows(t, http.StatusOK, "still here")
	})
}

// Strangers keep nothing here, and push nothing out.
func TestStrangersKeepNothing(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	form := csrfOf(t, kari)
	for _, p := range []*person{h.stranger(), {house: h, last: "of-nobody"}, {house: h, cookie: "of-nobody"}} {
		got := p.late(form, "/account", "name", "x", "language", "nb")
		got.shows(t, http.StatusUnauthorized, "kunne ikke tas vare på")
		if hidden(t, got.body, "held") != "" {
			t.Error("something of a stranger is kept")
		}
	}
	h.stranger().post("/logout").shows(t, http.StatusUnauthorized, "Innloggingen din har gått ut.")

	t.Run("nor does who has lost the account", func(t *testing.T) {
		was := kari.last
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Language: consent.English, Closed: true}))
		(&person{house: h, last: was}).late(form, "/account", "name", "x").shows(t, http.StatusUnauthorized, "kunne ikke tas vare på")
	})
	t.Run("who sets out to the provider again and again waits", func(t *testing.T) {
		for range 120 {
			h.stranger().post("/login/provider", "next", "/", "held", strings.Repeat("x", 1000))
		}
		got := h.stranger().post("/login/provider")
		got.shows(t, http.StatusTooManyRequests, "Vent et minutt", `action="/login"`)
		if got.header.Get("Retry-After") != "60" {
			t.Errorf("got Retry-After %q", got.header.Get("Retry-After"))
		}
		(&person{house: h, from: "127.0.4.1"}).post("/login/provider").shows(t, http.StatusServiceUnavailable, "svarer ikke")
		h.wait(time.Minute)
		h.stranger().post("/login/provider").shows(t, http.StatusServiceUnavailable, "svarer ikke")
	})
}

// Where a button alone was pressed, nothing was written, and no page says so.
func TestNothingWrittenIsNotSaidToBeKept(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	form := csrfOf(t, kari)
	h.wait(time.Hour)
	got := kari.late(form, "/account", "name", "")
	got.shows(t, http.StatusUnauthorized, "det du hadde trykket på")
	offered := kari.again(got)
	offered.shows(t, http.StatusOK, "What you had pressed is not done yet.")
	if strings.Contains(got.body, "er tatt vare på") || strings.Contains(offered.body, "What you had written") {
		t.Error("what nobody has written is said to be kept")
	}
}
