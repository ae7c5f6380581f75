package admin_test

import (
	"bytes"
	"encoding/base32"
	"fmt"
	"net/http"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/pquerna/otp/totp"

	"github.com/samtykke/samtykke/consent"
)

// kariEmail is who has an authenticator app in these tests.
const kariEmail = "kari@example.no"

// withApp logs somebody in who has a password and an authenticator app, and gives
// its secret with the recovery codes.
func (h *house) withApp() (p *person, key string, codes []string) {
	h.t.Helper()
	p = h.invited(kariEmail, "kari")
	p.post("/link/kari", "password", secret, "again", secret).leads(h.t, "/?done=password_first")
	page := p.get("/account/app")
	page.shows(h.t, 200, "data:image/svg&#43;xml;base64,")
	key = strings.ReplaceAll(regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(page.body)[1], " ", "")
	ticket := hidden(h.t, page.body, "ticket")
	p.post("/account/app", "ticket", ticket, "code", "000000").shows(h.t, 422, key[:4])
	shown := p.post("/account/app", "ticket", ticket, "code", h.code(key, 0))
	shown.shows(h.t, 200)
	codes = strings.Fields(regexp.MustCompile(`(?s)<code id="codes">(.*?)</code>`).FindStringSubmatch(shown.body)[1])
	if len(codes) != 10 {
		h.t.Fatalf("got codes %v", codes)
	}
	return p, key, codes
}

// code is what an app shows whose clock is off by so much.
func (h *house) code(key string, off time.Duration) string {
	h.t.Helper()
	code, err := totp.GenerateCode(key, h.clock().Add(off))
	must(h.t, err)
	return code
}

// halfway has shown the password and nothing else.
func (h *house) halfway() *person {
	h.t.Helper()
	p := &person{house: h, email: kariEmail}
	p.post("/login", "email", kariEmail, "password", secret).shows(h.t, 200, `action="/login/second"`, `autocomplete="one-time-code"`, `href="/help/lost-factor"`)
	if p.cookie != "" || p.half == "" {
		h.t.Fatalf("after the password the browser has the login %q and half of one %q", p.cookie, p.half)
	}
	return p
}

func TestSecondFactor(t *testing.T) {
	h := open(t)
	_, key, codes := h.withApp()
	try := func(code string) answer {
		p := h.halfway()
		return p.post("/login/second", "code", code, "next", "/account")
	}
	h.wait(time.Minute)

	t.Run("half a login opens nothing", func(t *testing.T) {
		half := h.halfway()
		for _, e := range h.admin.Entries() {
			if e.Everybody || e.Method != http.MethodGet {
				continue
			}
			path := fill(t, e.Path, skogen)
			if got := half.get(path); got.status != 303 || !strings.HasPrefix(got.header.Get("Location"), "/login?") {
				t.Errorf("%s: %d", path, got.status)
			}
		}
		as := &person{house: h, cookie: half.half} // nor does its ticket as a login
		as.get("/").leads(t, "/login?next=%2F")
		h.stranger().post("/login/second", "code", h.code(key, 0)).shows(t, 401)
		forged := &person{house: h, half: half.half[:len(half.half)-2] + "AA"}
		forged.post("/login/second", "code", h.code(key, 0)).shows(t, 401)
		h.wait(5*time.Minute + time.Second)
		half.post("/login/second", "code", h.code(key, 0)).shows(t, 401)
	})
	t.Run("a code works once, and its neighbours for clocks that differ", func(t *testing.T) {
		code := h.code(key, 0)
		got := h.halfway()
		got.post("/login/second", "code", code[:3]+" "+code[3:], "next", "/account").leads(t, "/account")
		got.get("/account").shows(t, 200, "<small>with a password and a code from the app</small>", "This browser, now")
		got.get("/").shows(t, 200)
		try(code).shows(t, 422)
		h.wait(time.Hour)
		try(h.code(key, -60*time.Second)).shows(t, 422)
		h.wait(time.Hour)
		try(h.code(key, 60*time.Second)).shows(t, 422)
		h.wait(time.Hour)
		try(h.code(key, 30*time.Second)).leads(t, "/account") // a fast clock
		try(h.code(key, 0)).shows(t, 422)                     // older than the one that was used
		h.wait(time.Hour)
		try(h.code(key, -30*time.Second)).leads(t, "/account") // a slow one
		h.wait(time.Hour)
	})
	t.Run("a recovery code works once, however it is typed", func(t *testing.T) {
		try(" "+strings.ToUpper(strings.ReplaceAll(codes[0], "-", " "))).leads(t, "/account")
		try(codes[0]).shows(t, 422)
		h.wait(time.Hour)
		try(codes[1]).leads(t, "/account")
		factors, err := h.store.Factors(t.Context(), 1)
		must(t, err)
		if factors.Codes != 8 {
			t.Fatalf("%d codes are left, want 8", factors.Codes)
		}
	})
	t.Run("half a login ends with the password", func(t *testing.T) {
		half := h.halfway()
		must(t, h.store.SetPassword(t.Context(), 1, hashOf(t, h, 1), consent.LoginID{}))
		half.post("/login/second", "code", codes[2]).leads(t, "/") // the same hash: it goes on
		half = h.halfway()
		must(t, h.store.SetPassword(t.Context(), 1, "$argon2id$other", consent.LoginID{}))
		half.post("/login/second", "code", codes[3]).shows(t, 401)
	})
}

func hashOf(t *testing.T, h *house, id consent.AccountID) string {
	t.Helper()
	account, err := h.store.Account(t.Context(), id)
	must(t, err)
	return account.Password
}

// Who has the password and guesses codes gets slower and slower; the password does
// not make them quick again, and a recovery code still gets its person in.
func TestGuessingCodesIsSlowed(t *testing.T) {
	h := open(t)
	_, key, codes := h.withApp()
	made, n, half := 0, 0, ""
	guess := func(code string) answer {
		n++
		guesser := &person{house: h, from: fmt.Sprintf("127.0.1.%d", n), half: half} // each time from elsewhere
		if n%9 == 1 {                                                                // half a login lasts five minutes
			guesser.post("/login", "email", "kari@example.no", "password", secret)
			half = guesser.half
		}
		return guesser.post("/login/second", "code", code)
	}
	for range 20 {
		if got := guess("000000"); got.status == 422 && !strings.Contains(got.body, "Wait") {
			made++
		}
		h.wait(31 * time.Second) // what a wrong password waits for at most
	}
	if made > 12 {
		t.Fatalf("%d guesses in ten minutes", made)
	}
	guess(h.code(key, 0)).shows(t, 422, "Wait")
	h.wait(31 * time.Second)
	guess(codes[0]).leads(t, "/") // nobody is locked out
}

// A link for a new password ends everything else that opens the account, and says so
// before and in the trails: whoever set it up may be somebody else.
func TestLinkEndsEverythingElse(t *testing.T) {
	h := open(t)
	kari, _, _ := h.withApp()
	must(t, h.store.AddPasskey(t.Context(), &consent.Passkey{ID: make([]byte, 16), Account: kari.id, Name: "x", Credential: []byte("{}"), Added: h.clock()}))
	must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "x", Account: kari.id, Added: h.clock()}))
	before := &person{house: h, cookie: kari.cookie}
	before.get("/").shows(t, 200)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.get(kari.of(skogen)).shows(t, 200, "slutter alt annet som åpner kontoen å virke")
	link := boss.post(kari.of(skogen) + "/link").link(t)
	fresh := h.stranger()
	fresh.get(link).shows(t, 200, "Everything else that opens the account stops working")
	fresh.post(link, "password", secret+"!", "again", secret+"!").leads(t, "/?done=password")
	fresh.get("/").shows(t, 200)
	before.get("/").leads(t, "/login?next=%2F")

	factors, err := h.store.Factors(t.Context(), kari.id)
	must(t, err)
	if factors.Any() || factors.Codes > 0 {
		t.Errorf("left: %+v", factors)
	}
	if _, err := h.store.IdentityOf(t.Context(), kari.id, h.outside.Issuer); consent.KindOf(err) != consent.NotFound {
		t.Errorf("the link to the provider: %v", err)
	}
	h.stranger().post("/login", "email", "kari@example.no", "password", secret).shows(t, 422)
	h.stranger().post("/login", "email", "kari@example.no", "password", secret+"!").leads(t, "/")
	for _, organisation := range []consent.OrganisationID{"", skogen} {
		acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: organisation, Action: "password.renew"})
		must(t, err)
		if len(acts) != 1 || acts[0].Account != kari.id {
			t.Errorf("the trail of %q tells %+v", organisation, acts)
		}
	}
}

// The first link of an account ends nothing, and says nothing of that.
func TestFirstLink(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "kari")
	if got := kari.get("/link/kari"); got.status != 200 || strings.Contains(got.body, "stops working") {
		t.Errorf("got %d:\n%s", got.status, got.body)
	}
	kari.post("/link/kari", "password", secret, "again", secret).leads(t, "/?done=password_first")
	if slices.Contains(h.actions(), "password.renew") {
		t.Error("it is told as a renewal")
	}
}

func TestConfirmWithACode(t *testing.T) {
	h := open(t)
	kari, key, _ := h.withApp()
	h.wait(11 * time.Minute)
	kari.post("/account/codes").shows(t, 401, `action="/confirm"`, `name="code"`)
	kari.post("/confirm", "code", "123456", "next", "/account").shows(t, 422)
	kari.post("/confirm", "code", h.code(key, 0), "next", "/account").leads(t, "/account")
	kari.agrees("/account/codes").shows(t, 200, `id="codes"`)
	kari.agrees("/account/app/remove").leads(t, "/account/factors?done=factor_removed")
	kari.post("/account/codes").shows(t, 409)
	factors, err := h.store.Factors(t.Context(), kari.id)
	must(t, err)
	if factors.Codes != 0 {
		t.Error("recovery codes are left without a factor")
	}
}

// A ticket is of use to the one whom it was made for.
func TestTicketsAreTheirOwners(t *testing.T) {
	h := open(t)
	kari, _, _ := h.withApp()
	ola := h.member("ola@example.no", consent.RoleEditor, skogen)
	page := kari.get("/account/app").body
	key := strings.ReplaceAll(regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(page)[1], " ", "")
	ola.post("/account/app", "ticket", hidden(t, page, "ticket"), "code", h.code(key, 0)).shows(t, 422)
	ola.post("/account/app", "ticket", kari.half, "code", h.code(key, 0)).shows(t, 422)
	if factors, err := h.store.Factors(t.Context(), ola.id); err != nil || factors.Any() {
		t.Error("a stranger's ticket was taken")
	}
	// What is sealed for one account opens for no other.
	factors, err := h.store.Factors(t.Context(), kari.id)
	must(t, err)
	must(t, h.store.SetApp(t.Context(), ola.id, factors.Sealed, 1))
	ola.post("/confirm", "code", h.code(key, 0)).shows(t, 422)
}

func TestOrganisationNeedsFactor(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.post("/organisations/skogen/factor", "needed", "yes").shows(t, 409)
	kari, _, _ := h.withApp()
	must(t, h.store.SetRole(t.Context(), kari.id, skogen, consent.RoleAdministrator))
	kari = h.loggedIn(kari.id, "kari again")
	kari.post("/organisations/skogen/factor", "needed", "yes").leads(t, "/organisations/skogen/settings?done=saved")
	kari.get("/sites/skogen").shows(t, 200)
	for _, path := range []string{"/sites/skogen", "/organisations/skogen", "/organisations/skogen/people"} {
		boss.get(path).shows(t, 403, `href="/account/factors"`)
	}
	boss.post(kari.of(skogen)+"/remove").shows(t, 403)
	boss.get("/account/factors").shows(t, 200)
}

// Who steals the database gets nothing with which to log in.
func TestDatabaseHoldsNoSecret(t *testing.T) {
	h := open(t)
	kari, key, codes := h.withApp()
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	link := boss.post(kari.of(skogen) + "/link").link(t)
	invitation := boss.post("/organisations/skogen/people", "email", "new@example.no", "role", "viewer").link(t)
	half := h.halfway()
	raw, err := base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(key)
	must(t, err)
	markers := map[string][]byte{
		"the secret of the app": raw, "the secret of the app as text": []byte(key), "the password": []byte(secret),
		"a link": []byte(strings.TrimPrefix(link, "/link/")), "an invitation": []byte(strings.TrimPrefix(invitation, "/invitation/")),
		"a login": []byte(kari.cookie), "half a login": []byte(half.half), "the key": bytes.Repeat([]byte{7}, 32),
	}
	for _, code := range codes {
		markers["recovery code "+code], markers["recovery code "+code+" bare"] = []byte(code), []byte(strings.ReplaceAll(code, "-", ""))
	}
	files, err := filepath.Glob(filepath.Join(h.folder, "samtykke.db*"))
	must(t, err)
	slices.Reverse(files) // the log before the file that it is carried over to meanwhile
	found := false
	for _, name := range files {
		text, err := os.ReadFile(name)
		must(t, err)
		found = found || bytes.Contains(text, []byte("kari@example.no"))
		for what, marker := range markers {
			if bytes.Contains(text, marker) || bytes.Contains(bytes.ToLower(text), bytes.ToLower(marker)) {
				t.Errorf("%s holds %s", filepath.Base(name), what)
			}
		}
	}
	if !found {
		t.Fatalf("the accounts are in none of %v", files)
	}
}

// With another admin.secret logins go on, and what an app shows can be checked no more:
// its person is told so, and comes in with a recovery code.
func TestAnotherKeyOfTheAdministration(t *testing.T) {
	h := open(t)
	kari, key, codes := h.withApp()
	half := h.halfway()
	h.start(nowhere, 8)
	h.wait(time.Minute)
	kari.get("/account").shows(t, 200)
	half.post("/login/second", "code", h.code(key, 0)).shows(t, 401) // what was begun is begun again
	h.halfway().post("/login/second", "code", h.code(key, 0)).shows(t, 422, "The server cannot check the codes of your app any more.")
	if !strings.Contains(h.said.String(), "is the file admin.secret in the folder of keys the right one?") {
		t.Error("the log does not tell why")
	}
	back := h.halfway()
	back.post("/login/second", "code", codes[0], "next", "/account").leads(t, "/account")
	page := back.get("/account/app")
	key = strings.ReplaceAll(regexp.MustCompile(`<code>([A-Z2-7 ]+)</code>`).FindStringSubmatch(page.body)[1], " ", "")
	back.post("/account/app", "ticket", hidden(t, page.body, "ticket"), "code", h.code(key, 0))
	h.wait(time.Minute)
	h.halfway().post("/login/second", "code", h.code(key, 0), "next", "/account").leads(t, "/account")
}

// A recovery code that was used, in a login or to confirm it, stands in the trail by which
// its owner is told; a wrong one does not. A first password is not told as a change.
func TestUsedCodesAreTold(t *testing.T) {
	h := open(t)
	_, _, codes := h.withApp()
	times := func(action string) (n int) {
		for _, each := range h.actions() {
			if each == action {
				n++
			}
		}
		return n
	}
	if times("password.first") != 1 || times("password.choose") != 0 {
		t.Errorf("the first password is told as %v", h.actions())
	}
	p := h.halfway()
	p.post("/login/second", "code", codes[0][:len(codes[0])-1]+"#", "next", "/account").shows(t, 422)
	if n := times("factor.code"); n != 0 {
		t.Errorf("a wrong code is told %d times", n)
	}
	p.post("/login/second", "code", codes[0], "next", "/account").leads(t, "/account")
	h.wait(11 * time.Minute)
	p.post("/confirm", "code", codes[1], "next", "/account").leads(t, "/account")
	if n := times("factor.code"); n != 2 {
		t.Errorf("two codes are told %d times: %v", n, h.actions())
	}
}
