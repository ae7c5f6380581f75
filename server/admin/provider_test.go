package admin_test

import (
	"bytes"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// joins takes up an invitation with a login at the provider.
func (h *house) joins(email, as string, role consent.AccountRole) *person {
	h.t.Helper()
	boss := h.member("boss of "+email, consent.RoleAdministrator, skogen)
	must(h.t, h.store.AddInvitation(h.t.Context(), &consent.Invitation{
		ID: consent.InvitationID(consent.HashOf([]byte(email))), Organisation: skogen, Email: email, Role: role, Maker: boss.id, Expires: h.clock().Add(time.Hour),
	}))
	p := &person{house: h, email: email}
	path := "/invitation/" + url.PathEscape(email)
	p.get(path).shows(h.t, 200, "Koble til Entra")
	p.post(path+"/provider").shows(h.t, 422, "navn")
	away := p.post(path+"/provider", "name", "Kari").leaves(h.t)
	p.get(h.visitor().logIn(away, as)).leads(h.t, "/organisations/skogen?done=joined")
	account, err := h.store.AccountOf(h.t.Context(), email)
	must(h.t, err)
	p.id = account.ID
	return p
}

// acts gives what the trail of the installation tells.
func (h *house) actions() []string {
	h.t.Helper()
	acts, err := h.store.Acts(h.t.Context(), consent.TrailQuery{})
	must(h.t, err)
	var all []string
	for _, act := range acts {
		all = append(all, act.Action)
	}
	return all
}

// The whole way, against a certified provider.
func TestProvider(t *testing.T) {
	h := openAt(t, certified(), skogen, havet)
	kari := h.joins("kari@example.no", "kari-at-entra", consent.RoleEditor)

	t.Run("who was invited has an account without a password", func(t *testing.T) {
		kari.get("/").shows(t, 200, "Skogen kommune")
		account, err := h.store.Account(t.Context(), kari.id)
		must(t, err)
		identity, err := h.store.IdentityOf(t.Context(), kari.id, h.outside.Issuer)
		must(t, err)
		if account.Password != "" || account.Name != "Kari" || identity.Subject != "kari-at-entra" || identity.Tenant != "the-tenant" || identity.Object != "object of kari-at-entra" {
			t.Errorf("got %+v, %+v", account, identity)
		}
		h.stranger().post("/login", "email", kari.email, "password", "").shows(t, 422)
	})
	t.Run("logging in again, to where one was", func(t *testing.T) {
		before := kari.cookie
		page := h.stranger().get("/login?next=%2Fsites%2Fskogen")
		page.shows(t, 200, `action="/login/provider"`, "Logg inn med Entra")
		if strings.Index(page.body, "/login/provider") > strings.Index(page.body, `type="password"`) {
			t.Error("the provider stands below the password")
		}
		browser, again := h.visitor(), h.stranger()
		back := browser.logIn(again.post("/login/provider", "next", "/sites/skogen?a=b").leaves(t), "kari-at-entra")
		ticket := again.trip
		again.get(back).leads(t, "/sites/skogen?a=b")
		again.get("/sites/skogen").shows(t, 200)
		if again.cookie == before || again.trip != "" {
			t.Errorf("the login is as before, or the ticket is left: %q", again.trip)
		}
		logins, err := h.store.Logins(t.Context(), kari.id)
		must(t, err)
		if !logins[0].Provider {
			t.Error("the login does not say that it began at the provider")
		}
		again.get(back).shows(t, 422) // the same answer once more
		replayed := h.stranger()
		replayed.trip = ticket // of a browser that forgets nothing
		replayed.get(back).shows(t, 422, "Begynn på nytt")
	})
	t.Run("what was written while the login ended is there after it", func(t *testing.T) {
		p, long := h.stranger(), strings.Repeat("å", 5000)
		p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), "kari-at-entra")).leads(t, "/")
		form := csrfOf(t, p)
		p.post("/logout")
		page := p.late(form, "/account", "name", long, "language", "nn")
		away := p.post("/login/provider", "next", "/account", "held", hidden(t, page.body, "held")).leaves(t)
		back := p.get(h.visitor().logIn(away, "kari-at-entra"))
		back.shows(t, 200, `action="/account"`)
		p.post("/account", "resumed", hidden(t, back.body, "resumed")).shows(t, 422, long)
	})
	t.Run("who has no account is told whom to ask", func(t *testing.T) {
		p := h.stranger()
		// Its e-mail address is Kari's, as that of whoever writes it there.
		got := p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), "somebody-else"))
		got.shows(t, 403, "ingen konto", "administrator")
		if p.cookie != "" || strings.Contains(got.body, "kari@example.no") {
			t.Errorf("somebody without an account has the login %q", p.cookie)
		}
	})
	t.Run("who is somebody else at the provider can be another", func(t *testing.T) {
		browser, p := h.visitor(), h.stranger()
		page := p.get(browser.logIn(p.post("/login/provider", "next", "/account").leaves(t), "somebody-else"))
		page.shows(t, 403, `name="asks" value="select_account">Logg inn som en annen</button>`)
		away := p.post("/login/provider", "next", "/account", "asks", "select_account").leaves(t)
		if !strings.Contains(away, "prompt=select_account") {
			t.Errorf("the provider does not ask which account: %s", away)
		}
		page = p.get(browser.logIn(away, "kari-at-entra")) // this provider does not know the question
		page.shows(t, 422, `name="asks" value="login">Logg inn som en annen</button>`)
		away = p.post("/login/provider", "next", "/account", "asks", "login").leaves(t)
		p.get(browser.logIn(away, "kari-at-entra")).leads(t, "/account")
		p.post("/logout").leads(t, "/login?done=logout_provider")
		p.get("/login?done=logout_provider").shows(t, 200, "Du kan fortsatt være innlogget med Entra.")
		if away := p.post("/login/provider", "asks", "none").leaves(t); strings.Contains(away, "prompt") {
			t.Errorf("the provider is to ask what a form says: %s", away)
		}
	})
	t.Run("a closed account is one that is not there", func(t *testing.T) {
		per := h.joins("per@example.no", "per-at-entra", consent.RoleEditor)
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: per.id, Email: per.email, Language: consent.Bokmaal, Closed: true}))
		p := h.stranger()
		p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), "per-at-entra")).shows(t, 403, "ingen konto")
	})
	t.Run("the role is the one that it has here, now", func(t *testing.T) {
		must(t, h.store.SetRole(t.Context(), kari.id, skogen, consent.RoleViewer))
		p := h.stranger()
		p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), "kari-at-entra")).leads(t, "/")
		p.post("/sites/skogen/publish", "comment", "x").shows(t, 403)
		must(t, h.store.SetRole(t.Context(), kari.id, skogen, ""))
		p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), "kari-at-entra")).leads(t, "/")
		p.get("/sites/skogen").shows(t, 404)
	})
	t.Run("another tenant's person of the same name is another", func(t *testing.T) {
		identity, err := h.store.IdentityOf(t.Context(), kari.id, h.outside.Issuer)
		must(t, err)
		identity.Tenant = "another tenant"
		must(t, h.store.SetIdentity(t.Context(), identity))
		p := h.stranger()
		p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), "kari-at-entra")).shows(t, 403)
	})
	for _, action := range []string{"login.provider", "identity.link", "member.join"} {
		if !slices.Contains(h.actions(), action) {
			t.Errorf("the trail does not tell of %q: %v", action, h.actions())
		}
	}
	if told, want := h.actsOf(skogen), fmt.Sprintf(`at "" by %d`, kari.id); !strings.Contains(told, `member.join "editor invitation=`) || !strings.Contains(told, want) {
		t.Errorf("the organisation is not told who joined:\n%s", told)
	}
	h.keepsNoSecret(t)
}

// keepsNoSecret fails when something of the provider's is in the database or log.
func (h *house) keepsNoSecret(t *testing.T) {
	t.Helper()
	var all bytes.Buffer
	all.WriteString(h.said.String())
	files, err := filepath.Glob(h.folder + "/*")
	must(t, err)
	for _, file := range files {
		if content, err := os.ReadFile(file); err == nil {
			all.Write(content)
		}
	}
	for _, secret := range []string{providerSecret, "eyJ", "code_verifier"} {
		if bytes.Contains(all.Bytes(), []byte(secret)) {
			t.Errorf("something of the provider's is kept or logged: %s", secret)
		}
	}
}

// Whoever lacks what is required is told so, and not whether they have an account.
func TestNotListedAtProvider(t *testing.T) {
	h := openAt(t, certified(func(o *admin.Outside) { o.Require = []string{"tid=another"} }), skogen)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "kari-at-entra", Account: kari.id, Added: h.clock()}))
	for _, as := range []string{"kari-at-entra", "somebody-else"} {
		p := h.stranger()
		page := p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), as))
		page.shows(t, 403, "har deg ikke blant dem som kan bruke dette", `name="asks" value="select_account"`)
		if strings.Contains(page.body, "ingen konto") || p.cookie != "" {
			t.Errorf("%s is told of an account:\n%s", as, page.body)
		}
	}
}

// Whose answer it is: that of this browser, of this login, of this time.
func TestAnswersBelongToWhoAsked(t *testing.T) {
	h := openAt(t, certified(), skogen, havet)
	kari := h.joins("kari@example.no", "kari-at-entra", consent.RoleEditor)
	ask := func(p *person) string { return h.visitor().logIn(p.post("/login/provider").leaves(t), "kari-at-entra") }

	t.Run("another state", func(t *testing.T) {
		p := h.stranger()
		back, err := url.Parse(ask(p))
		must(t, err)
		for _, state := range []string{"", "x", back.Query().Get("state") + "x"} {
			query := back.Query()
			query.Set("state", state)
			p.get("/login/return?"+query.Encode()).shows(t, 422, "Begynn på nytt")
		}
		p.get(back.String()).leads(t, "/") // and the right one still
	})
	t.Run("another browser's answer", func(t *testing.T) {
		thief, victim := h.stranger(), h.stranger()
		thiefs := ask(thief)
		victim.post("/login/provider").leaves(t)
		victim.get(thiefs).shows(t, 422) // nobody is logged in as somebody else
		h.stranger().get(thiefs).shows(t, 422)
		if victim.cookie != "" {
			t.Error("the victim is logged in as the thief")
		}
	})
	t.Run("another login's code", func(t *testing.T) {
		one, two := h.stranger(), &person{house: h, from: "127.0.3.2"}
		first, err := url.Parse(ask(one))
		must(t, err)
		second, err := url.Parse(ask(two))
		must(t, err)
		query := second.Query()
		query.Set("code", first.Query().Get("code")) // its verifier and nonce are others
		two.get("/login/return?"+query.Encode()).shows(t, 403)
		if two.cookie != "" {
			t.Error("a code was taken that is another login's")
		}
	})
	t.Run("another provider's answer", func(t *testing.T) {
		p := &person{house: h, from: "127.0.3.3"}
		back, err := url.Parse(ask(p))
		must(t, err)
		query := back.Query()
		if query.Get("iss") != h.outside.Issuer {
			t.Fatalf("the answer names %q", query.Get("iss"))
		}
		query.Set("iss", "https://evil.example")
		p.get("/login/return?"+query.Encode()).shows(t, 403)
	})
	t.Run("a forged ticket, and one that is old", func(t *testing.T) {
		p := h.stranger()
		back := ask(p)
		whole := p.trip
		p.trip = whole[:len(whole)-2] + "AA"
		p.get(back).shows(t, 422)
		p.trip = whole
		h.wait(11 * time.Minute)
		p.get(back).shows(t, 422)
		h.wait(-11 * time.Minute)
	})
	t.Run("a ticket is no half of a login", func(t *testing.T) {
		p := h.stranger()
		p.post("/login/provider").leaves(t)
		p.half = p.trip
		p.post("/login/second", "code", "123456").shows(t, 401)
	})
	t.Run("what the login began ends with it", func(t *testing.T) {
		p := h.loggedIn(kari.id, "to link")
		back := h.visitor().logIn(p.post("/account/identity").leaves(t), "new-at-entra")
		p.post("/logout").leads(t, "/login?done=logout")
		p.cookie = ""
		p.get(back).shows(t, 422)
		other := h.loggedIn(kari.id, "another")
		other.trip = p.trip
		other.get(back).shows(t, 422)
	})
	t.Run("words of the provider are shown nowhere", func(t *testing.T) {
		p := &person{house: h, from: "127.0.3.4"}
		away, err := url.Parse(p.post("/login/provider").leaves(t))
		must(t, err)
		got := p.get("/login/return?" + url.Values{"state": {away.Query().Get("state")}, "error": {"access_denied"}, "error_description": {"RAW <script>"}, "iss": {h.outside.Issuer}}.Encode())
		got.shows(t, 422, "ikke fullført", `action="/login/provider"`)
		if strings.Contains(got.body+h.said.String(), "RAW") {
			t.Error("it is shown")
		}
	})
	t.Run("next is local", func(t *testing.T) {
		for _, next := range []string{"//evil.example", `/\evil.example`, "https://evil.example", "/" + strings.Repeat("x", 300) + "\n"} {
			p := h.stranger()
			p.get(h.visitor().logIn(p.post("/login/provider", "next", next).leaves(t), "kari-at-entra")).leads(t, "/")
		}
	})
	t.Run("what others in a network make up keeps nobody out there, and is taken once", func(t *testing.T) {
		p, junk := &person{house: h, from: "127.0.3.1"}, &person{house: h, from: "127.0.3.1"}
		for range 4 {
			junk.get("/login/return?"+url.Values{"state": {"made up"}, "code": {"guess"}, "iss": {h.outside.Issuer}}.Encode()).shows(t, 422)
			for _, iss := range []string{h.outside.Issuer, "https://evil.example"} {
				away, err := url.Parse(junk.post("/login/provider").leaves(t))
				must(t, err)
				kept, again := junk.trip, "/login/return?"+url.Values{"state": {away.Query().Get("state")}, "code": {"guess"}, "iss": {iss}}.Encode()
				junk.get(again).shows(t, 403)
				junk.trip = kept
				junk.get(again).shows(t, 422)
			}
		}
		p.get(ask(p)).leads(t, "/")
		p = &person{house: h, from: "127.0.3.1"}
		p.post("/login", "email", "x@example.no", "password", secret).shows(t, 422, "hører ikke sammen")
	})
}

// An account is linked by whoever has shown that it is theirs.
func TestLinking(t *testing.T) {
	h := openAt(t, certified(), skogen, havet)
	kari := h.invited("kari@example.no", "once")
	kari.get("/link/once").shows(t, 200, "Link Entra")

	t.Run("by a one-time link, in place of the password", func(t *testing.T) {
		must(t, h.store.SetPassword(t.Context(), kari.id, "$argon2id$old", consent.LoginID{}))
		must(t, h.store.AddLink(t.Context(), &consent.Link{ID: consent.LinkID(consent.HashOf([]byte("once"))), Account: kari.id, Expires: h.clock().Add(time.Hour)}))
		kari.get("/link/once").shows(t, 200, "stops working")
		back := h.visitor().logIn(kari.post("/link/once/provider").leaves(t), "kari-at-entra")
		kari.get(back).leads(t, "/?done=identity_linked")
		kari.get("/").shows(t, 200, "Skogen kommune")
		if hashOf(t, h, kari.id) != "" {
			t.Error("the old password still works")
		}
		h.stranger().post("/link/once/provider").shows(t, 404)
	})
	t.Run("the only way to log in stays", func(t *testing.T) {
		kari.get("/account").shows(t, 200, "Choose a password before", "Logging in with Entra alone protects")
		kari.agrees("/account/identity/remove").shows(t, 409)
		kari.post("/account/password", "password", secret, "again", secret).leads(t, "/account?done=password")
		kari.agrees("/account/identity/remove").leads(t, "/account?done=identity_removed")
		p := h.stranger()
		p.get(h.visitor().logIn(p.post("/login/provider").leaves(t), "kari-at-entra")).shows(t, 403)
	})
	t.Run("on the page of the account, when it is sure who it is", func(t *testing.T) {
		must(t, h.store.TouchLogin(t.Context(), loginOf(kari), h.clock(), h.clock().Add(-11*time.Minute)))
		kari.post("/account/identity").shows(t, 401, `action="/confirm"`)
		kari.post("/confirm", "password", secret, "next", "/account").leads(t, "/account")
		back := h.visitor().logIn(kari.post("/account/identity").leaves(t), "kari-at-entra")
		kari.get(back).leads(t, "/account?done=identity_linked")
		kari.get("/account").shows(t, 200, "Remove the link")
	})
	t.Run("what is another account's", func(t *testing.T) {
		ola := h.member("ola@example.no", consent.RoleEditor, skogen)
		ola.get(h.visitor().logIn(ola.post("/account/identity").leaves(t), "kari-at-entra")).shows(t, 409, "allerede koblet")
		identity, err := h.store.Identity(t.Context(), h.outside.Issuer, "kari-at-entra")
		must(t, err)
		if identity.Account != kari.id {
			t.Error("the identity was taken over")
		}
	})
	t.Run("an administrator removes it", func(t *testing.T) {
		boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
		boss.get(kari.of(skogen)).shows(t, 200, "Innlogging med Entra")
		boss.agrees(kari.of(skogen)+"/identity").leads(t, "/organisations/skogen/people?done=identity_removed")
		kari.get("/").leads(t, "/login?next=%2F")
		acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen})
		must(t, err)
		if acts[0].Action != "member.identity.remove" || acts[0].Account != boss.id {
			t.Errorf("the trail tells %+v", acts[0])
		}
	})
	if all := h.actions(); !slices.Contains(all, "identity.link") || !slices.Contains(all, "identity.unlink") {
		t.Errorf("the trail tells %v", all)
	}
}

func loginOf(p *person) consent.LoginID { return consent.LoginID(consent.HashOf([]byte(p.cookie))) }

// Who logs in at the provider proves themselves there before what weighs.
func TestConfirmAtProvider(t *testing.T) {
	h := openAt(t, certified(), skogen, havet)
	kari := h.joins("kari@example.no", "kari-at-entra", consent.RoleAdministrator)
	invite := func() answer {
		return kari.post("/organisations/skogen/people", "email", "ny@example.no", "role", "editor")
	}
	invite().shows(t, 200)
	h.later(11 * time.Minute)
	page := invite()
	page.shows(t, 401, `action="/confirm/provider"`, "Bekreft med Entra")
	if strings.Contains(page.body, `type="password"`) {
		t.Error("a password is asked for that is not there")
	}
	browser, held := h.visitor(), hidden(t, page.body, "held")
	away := kari.post("/confirm/provider", "next", "/organisations/skogen/people", "held", held).leaves(t)
	if !strings.Contains(away, "prompt=login") || !strings.Contains(away, "max_age=0") {
		t.Errorf("nothing makes the provider ask: %s", away)
	}
	back := kari.get(browser.logIn(away, "kari-at-entra"))
	back.shows(t, 200, `action="/organisations/skogen/people"`)
	kari.post("/organisations/skogen/people", "resumed", hidden(t, back.body, "resumed")).shows(t, 200, "ny@example.no")
	invite().shows(t, 200)

	t.Run("as nobody else", func(t *testing.T) {
		h.later(11 * time.Minute)
		must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "ola-at-entra", Account: 1, Added: h.clock()}))
		for _, other := range []string{"nobody-here", "ola-at-entra"} {
			kari.get(h.visitor().logIn(kari.post("/confirm/provider", "next", "/").leaves(t), other)).shows(t, 403, `action="/confirm/provider"`)
		}
		invite().shows(t, 401)
	})
	// The address is the browser's to change: what comes back counts.
	lazily := strings.NewReplacer("&prompt=login", "", "&max_age=0", "")
	t.Run("not by being logged in there already", func(t *testing.T) {
		away := kari.post("/confirm/provider", "next", "/").leaves(t)
		kari.get(browser.logIn(lazily.Replace(away), "")).shows(t, 403, "nettopp har vist")
		invite().shows(t, 401)
	})
	t.Run("nor by logging in anew without being asked", func(t *testing.T) {
		kari.get(browser.logIn(kari.post("/login/provider").leaves(t), "")).leads(t, "/")
		kari.get("/").shows(t, 200)
		invite().shows(t, 401)
	})
}

// The second factor is asked for as with passwords, unless the provider sees to it.
func TestProviderAndSecondFactor(t *testing.T) {
	for _, theirs := range []bool{false, true} {
		h := openAt(t, certified(func(o *admin.Outside) { o.Factor = theirs }), skogen, havet)
		kari := h.joins("kari@example.no", "kari-at-entra", consent.RoleEditor)
		must(t, h.store.SetNeedsFactor(t.Context(), skogen, true))
		status := map[bool]int{false: 403, true: 200}[theirs]
		kari.get("/sites/skogen").shows(t, status)
		h.loggedIn(kari.id, "with a password").get("/sites/skogen").shows(t, 403)

		must(t, h.store.SetApp(t.Context(), kari.id, make([]byte, 60), 1))
		must(t, h.store.SetCodes(t.Context(), kari.id, []consent.CodeID{consent.CodeID(consent.HashOf([]byte("recovery code of account 2: aaaabbbbccccdddd")))}))
		p := h.stranger()
		got := p.get(h.visitor().logIn(p.post("/login/provider", "next", "/sites/skogen").leaves(t), "kari-at-entra"))
		if theirs {
			got.leads(t, "/sites/skogen")
			continue
		}
		got.shows(t, 200, `action="/login/second"`)
		if p.cookie != "" {
			t.Fatal("half a login is a whole one")
		}
		half := p.half
		p.post("/login/second", "code", "aaaa-bbbb-cccc-dddd", "next", "/sites/skogen").leads(t, "/sites/skogen")
		p.get("/sites/skogen").shows(t, 200)
		must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "other", Account: kari.id, Added: h.clock()}))
		late := h.stranger()
		late.half = half
		late.post("/login/second", "code", "aaaa-bbbb-cccc-dddd").shows(t, 401)
	}
}

// Without an answer from the provider the password still works.
func TestProviderIsDown(t *testing.T) {
	h := open(t)
	kari := h.invited("kari@example.no", "once")
	kari.post("/link/once", "password", secret, "again", secret)
	h.stranger().post("/login/provider", "next", "/account", "held", "the-key").
		shows(t, 503, "svarer ikke", `action="/login"`, `name="next" value="/account"`, `name="held" value="the-key"`)
	h.stranger().post("/login", "email", "kari@example.no", "password", secret).leads(t, "/")
	kari.post("/account/identity").shows(t, 503, "does not answer", `href="/account"`)
	must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "k", Account: kari.id, Added: storagetest.Morning}))
	h.wait(11 * time.Minute)
	kari.post("/account/identity/remove").shows(t, 401, `action="/confirm/provider"`, `action="/confirm"`)
	kari.post("/confirm/provider", "next", "/account").shows(t, 503, `type="password"`)
	kari.post("/confirm", "password", secret, "next", "/account").leads(t, "/account")
}

// Where no provider is set up nothing is said of one.
func TestNoProvider(t *testing.T) {
	h := openAt(t, func(*house) *admin.Outside { return nil }, skogen, havet)
	kari := h.invited("kari@example.no", "once")
	for _, path := range []string{"/login", "/link/once"} {
		if got := h.stranger().get(path); strings.Contains(got.body, "rovider") {
			t.Errorf("%s speaks of a provider:\n%s", path, got.body)
		}
	}
	kari.post("/link/once", "password", secret, "again", secret)
	for _, path := range []string{"/login/provider", "/confirm/provider", "/account/identity", "/account/identity/remove"} {
		kari.post(path).shows(t, 404)
	}
	kari.get("/login/return?code=x&state=y").shows(t, 404)
}
