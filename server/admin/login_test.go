package admin_test

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const secret = "riktig hest batteri stift"

// invited has a one-time link.
func (h *house) invited(email, link string) *person {
	h.t.Helper()
	id, err := h.store.AddAccount(h.t.Context(), &consent.Account{
		Email: email, Name: "Kari", Language: consent.English, Created: h.clock(),
		Memberships: []consent.Membership{{Organisation: skogen, Role: consent.RoleEditor}},
	})
	must(h.t, err)
	must(h.t, h.store.AddLink(h.t.Context(), &consent.Link{
		ID: consent.LinkID(consent.HashOf([]byte(link))), Account: id, Expires: h.clock().Add(consent.LinkLasts),
	}))
	return &person{house: h, id: id, email: email}
}

func TestLogin(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")

	t.Run("nothing is seen without a login", func(t *testing.T) {
		for _, path := range []string{"/", "/sites/skogen", "/account"} {
			kari.get(path).leads(t, "/login?next="+url.QueryEscape(path))
		}
	})
	t.Run("a link is looked at often and used once", func(t *testing.T) {
		kari.get("/link/once").shows(t, 200, "kari@example.no")
		kari.get("/link/once").shows(t, 200)
		kari.post("/link/once", "password", "short", "again", "short").shows(t, 422, "fewer than 12")
		kari.post("/link/once", "password", secret, "again", secret+"x").shows(t, 422, "differ")
		kari.post("/link/once", "password", "kari@example.no", "again", "kari@example.no").shows(t, 422, "easily guessed")
		kari.post("/link/once", "password", secret, "again", secret).leads(t, "/?done=password_first")
		kari.get("/").shows(t, 200, "Skogen kommune")
		h.stranger().get("/link/once").shows(t, 404)
		h.stranger().post("/link/once", "password", secret, "again", secret).shows(t, 404)
	})
	t.Run("the cookie is kept from scripts, plain HTTP and other sites", func(t *testing.T) {
		got := h.stranger().post("/login", "email", " KARI@example.no ", "password", secret)
		got.leads(t, "/")
		cookie := got.header.Get("Set-Cookie")
		for _, want := range []string{cookieName + "=", "Path=/", "Secure", "HttpOnly", "SameSite=Lax"} {
			if !strings.Contains(strings.ToLower(cookie), strings.ToLower(want)) {
				t.Errorf("the cookie %q lacks %q", cookie, want)
			}
		}
		if strings.Contains(strings.ToLower(cookie), "domain") {
			t.Errorf("the cookie %q goes to other hosts", cookie)
		}
	})
	t.Run("a login begins with a new token", func(t *testing.T) {
		before := kari.cookie
		kari.post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
		if kari.cookie == before {
			t.Fatal("the token is as before the login")
		}
		old := &person{house: h, cookie: before}
		old.get("/").leads(t, "/login?next=%2F")
	})
	t.Run("logging out ends it on the server", func(t *testing.T) {
		before := kari.cookie
		kari.post("/logout").leads(t, "/login?done=logout")
		(&person{house: h, cookie: before}).get("/").leads(t, "/login?next=%2F")
	})
}

// offer is what a page asks for a passkey with: it is another each time.
var offer = regexp.MustCompile(`data-options="[^"]*"|name="ticket" value="[^"]*"`)

// Whoever tries addresses learns nothing of who has an account.
func TestLoginTellsNothing(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret)
	closed := h.invited("closed@example.no", "twice")
	closed.post("/link/twice", "password", secret, "again", secret)
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: closed.id, Email: closed.email, Language: consent.English, Closed: true}))
	h.invited("fresh@example.no", "thrice") // has no password yet

	var bodies []string
	for _, email := range []string{"kari@example.no", "nobody@example.no", "closed@example.no", "fresh@example.no", "no address"} {
		h.wait(time.Hour)
		password := "wrong wrong wrong"
		if email == "closed@example.no" {
			password = secret
		}
		got := h.stranger().post("/login", "email", email, "password", password)
		got.shows(t, 422)
		bodies = append(bodies, offer.ReplaceAllString(strings.ReplaceAll(got.body, `value="`+email+`"`, ""), ""))
	}
	for i, body := range bodies {
		if body != bodies[0] {
			t.Errorf("answer %d tells more than that for a wrong password:\n%s\n---\n%s", i, body, bodies[0])
		}
	}
	closed.get("/").leads(t, "/login?next=%2F")
}

func TestGuessingIsSlowed(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret)
	guess := func() answer {
		return h.stranger().post("/login", "email", "kari@example.no", "password", "guess guess guess")
	}
	for range 3 {
		guess().shows(t, 422)
	}
	right := h.stranger().post("/login", "email", "kari@example.no", "password", secret)
	if right.status == http.StatusSeeOther {
		t.Fatal("after three failures the next try is at once")
	}
	h.wait(2 * time.Second)
	guess().shows(t, 422)
	h.wait(30 * time.Second) // an account waits no longer, whoever guesses: nobody is locked out
	h.stranger().post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")

	t.Run("an address that nobody has is slowed alike", func(t *testing.T) {
		h.wait(time.Hour)
		for range 3 {
			h.stranger().post("/login", "email", "nobody@example.no", "password", "guess guess guess").shows(t, 422)
		}
		h.stranger().post("/login", "email", "nobody@example.no", "password", "guess guess guess").shows(t, 422, "Vent")
	})
}

// Whoever comes again later finds addresses that have an account forgotten as others are.
func TestFailuresAreForgottenAlike(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret)
	next := 0
	guess := func(email string) bool {
		next++
		guesser := &person{house: h, from: "127.0.4." + strconv.Itoa(next)}
		return strings.Contains(guesser.post("/login", "email", email, "password", "guess guess guess").body, "Vent")
	}
	for _, pause := range []time.Duration{0, 40 * time.Second, 16 * time.Minute, 20 * time.Minute} {
		h.wait(pause)
		for range 4 {
			if known, unknown := guess("kari@example.no"), guess("nobody@example.no"); known != unknown {
				t.Errorf("after %v: the known address waits: %v, the unknown one: %v", pause, known, unknown)
			}
		}
	}
}

// Whoever guesses from many networks makes new places wait, and not those where the
// person has logged in before.
func TestStrangersCannotKeepSomebodyOut(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret)
	for i := range 10 {
		guesser := &person{house: h, from: "127.0.1." + strconv.Itoa(i+1)}
		guesser.post("/login", "email", "kari@example.no", "password", "guess guess guess").shows(t, 422)
	}
	elsewhere := &person{house: h, from: "127.0.2.1"}
	elsewhere.post("/login", "email", "kari@example.no", "password", secret).shows(t, 422, "Vent")
	h.stranger().post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
}

func TestLoginEnds(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.wait(29 * time.Minute)
	kari.get("/").shows(t, 200)
	h.wait(29 * time.Minute)
	kari.get("/").shows(t, 200)
	h.wait(31 * time.Minute)
	kari.get("/").leads(t, "/login?next=%2F")

	ola := h.member("ola@example.no", consent.RoleEditor, skogen)
	for range 24 {
		ola.get("/").shows(t, 200)
		h.wait(29*time.Minute + 59*time.Second)
	}
	h.wait(time.Minute)
	ola.get("/").leads(t, "/login?next=%2F")
}

// A link within a login cannot lead to another site.
func TestNextIsLocal(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret)
	for _, next := range []string{"//evil.example", `/\evil.example`, "https://evil.example", "javascript:alert(1)", "/\tx", "evil", "/%0d%0aSet-Cookie:a=b\r\n", " /x"} {
		got := h.stranger().post("/login", "email", "kari@example.no", "password", secret, "next", next)
		got.leads(t, "/")
	}
	h.stranger().post("/login", "email", "kari@example.no", "password", secret, "next", "/sites/skogen?a=b").leads(t, "/sites/skogen?a=b")
}

// hidden gives the value of a hidden field, as a browser reads it.
func hidden(t *testing.T, body, name string) string {
	t.Helper()
	_, after, found := strings.Cut(body, `name="`+name+`" value="`)
	if !found {
		t.Fatalf("no field %q in\n%s", name, body)
	}
	value, _, _ := strings.Cut(after, `"`)
	return strings.NewReplacer("&amp;", "&", "&#43;", "+", "&lt;", "<", "&gt;", ">", "&#34;", `"`).Replace(value)
}
