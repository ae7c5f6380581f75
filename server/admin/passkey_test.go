package admin_test

import (
	"context"
	"encoding/json"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/cdproto/webauthn"
	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// withAuthenticator gives the browser a device that makes passkeys.
func withAuthenticator(ctx context.Context, t *testing.T) webauthn.AuthenticatorID {
	t.Helper()
	_, err := chromedp.Call(ctx, webauthn.Enable, webauthn.EnableParams{})
	must(t, err)
	made, err := chromedp.Call(ctx, webauthn.AddVirtualAuthenticator, webauthn.AddVirtualAuthenticatorParams{
		Options: &webauthn.VirtualAuthenticatorOptions{
			Protocol: webauthn.AuthenticatorProtocolCtap2, Transport: webauthn.AuthenticatorTransportInternal,
			HasResidentKey: true, HasUserVerification: true, IsUserVerified: true, AutomaticPresenceSimulation: true,
		},
	})
	must(t, err)
	return made.AuthenticatorID
}

// press submits a form, and waits for the page that it leads to.
func press(ctx context.Context, t *testing.T, form string) string {
	t.Helper()
	var path string
	eval(ctx, t, `(window.before = true)`, nil)
	must(t, chromedp.Do(ctx, chromedp.Click(form+" button")))
	arrives(ctx, t, `!window.before`)
	eval(ctx, t, `location.pathname`, &path)
	return path
}

func TestPasskeys(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	must(t, err)
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	ctx := kari.chromium()
	withAuthenticator(ctx, t)
	var whole consent.Passkey // before it seemed copied
	open := func(path string) { must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+path))) }

	t.Run("one is made, with recovery codes", func(t *testing.T) {
		open("/account/passkey")
		must(t, chromedp.Do(ctx, chromedp.SendKeys("#name", `<b>Telefon</b>`)))
		if at := press(ctx, t, "form[data-passkey]"); at != "/account/passkey" {
			t.Fatal("led to " + at)
		}
		var codes string
		eval(ctx, t, `document.getElementById('codes')?.textContent`, &codes)
		if len(strings.Fields(codes)) != 10 {
			t.Fatalf("got codes %q", codes)
		}
		kari.get("/account/factors").shows(t, 200, "&lt;b&gt;Telefon&lt;/b&gt;")
	})
	t.Run("it confirms", func(t *testing.T) {
		h.wait(11 * time.Minute)
		open("/account/passkey")
		if at := press(ctx, t, "form[data-passkey=get]"); at != "/account/passkey" {
			t.Fatal("led to " + at)
		}
		kari.get("/account/passkey").shows(t, 200, `data-passkey="create"`)
	})
	t.Run("it logs in without a password", func(t *testing.T) {
		open("/account")
		if at := press(ctx, t, `form[action="/logout"]`); at != "/login" {
			t.Fatal("led to " + at)
		}
		open("/login?next=%2Fsites%2Fskogen")
		if at := press(ctx, t, "form[data-passkey]"); at != "/sites/skogen" {
			t.Fatal("led to " + at)
		}
	})
	t.Run("it is the second factor of a password", func(t *testing.T) {
		open("/account")
		press(ctx, t, `form[action="/logout"]`)
		h.loggedIn(kari.id, "once more").post("/account/password", "password", secret, "again", secret).leads(t, "/account?done=password")
		open("/login")
		must(t, chromedp.Do(ctx, chromedp.SendKeys("#email", kari.email)))
		must(t, chromedp.Do(ctx, chromedp.SendKeys("#password", secret)))
		press(ctx, t, "form.or")
		eval(ctx, t, `(() => { if (!window.axe) { `+string(axe)+` } return true })()`, nil)
		var faults []string
		eval(ctx, t, `axe.run(document, { resultTypes: ['violations'] }).then((r) => r.violations.map((v) => v.id + v.nodes.map((n) => n.html)))`, &faults)
		for _, fault := range faults {
			t.Error(fault)
		}
		if at := press(ctx, t, "form[data-passkey]"); at != "/" {
			t.Fatal("led to " + at)
		}
	})
	t.Run("an answer is taken once, and for what it was asked", func(t *testing.T) {
		open("/account")
		press(ctx, t, `form[action="/logout"]`)
		open("/login")
		// The form is kept from being sent, so that the test has what it holds.
		var sent struct{ Ticket, Credential string }
		eval(ctx, t, `new Promise((done) => {
			HTMLFormElement.prototype.submit = function () { done({ Ticket: this.elements.ticket.value, Credential: this.elements.credential.value }) }
			document.querySelector('form[data-passkey] button').click() })`, &sent)
		h.stranger().post("/confirm", "ticket", sent.Ticket, "credential", sent.Credential).shows(t, 401)
		half := &person{house: h}
		half.post("/login", "email", "kari@example.no", "password", secret).shows(t, 200)
		half.post("/login/second", "ticket", sent.Ticket, "credential", sent.Credential).shows(t, 422)
		half.post("/login/second", "code", "ABCD-EFGH").shows(t, 422, "Skriv en annen gjenopprettingskode.")
		broken := strings.Replace(sent.Credential, `"signature":"`, `"signature":"AAAA`, 1)
		h.stranger().post("/login", "ticket", sent.Ticket, "credential", broken).shows(t, 422)
		h.stranger().post("/login", "ticket", sent.Ticket, "credential", sent.Credential).leads(t, "/")
		h.stranger().post("/login", "ticket", sent.Ticket, "credential", sent.Credential).shows(t, 422)
		h.restart() // which has forgotten what was used, and refuses it nevertheless
		h.stranger().post("/login", "ticket", sent.Ticket, "credential", sent.Credential).shows(t, 422, "startet på nytt")
		half.post("/login/second", "code", "000000").shows(t, 401)
		factors, err := h.store.Factors(t.Context(), kari.id)
		must(t, err)
		if factors.Passkeys[0].Copied {
			t.Error("an old answer has marked the passkey as copied")
		}
		for _, junk := range []string{"x", "{}", "null", `{"id":"AAAA","rawId":"AAAA","type":"public-key","response":{}}`, strings.Repeat("[", 10_000)} {
			h.stranger().post("/login", "ticket", sent.Ticket, "credential", junk).shows(t, 422)
		}
		h.wait(time.Hour) // the junk has slowed the network
		open("/login")
		eval(ctx, t, `new Promise((done) => {
			HTMLFormElement.prototype.submit = function () { done({ Ticket: this.elements.ticket.value, Credential: this.elements.credential.value }) }
			document.querySelector('form[data-passkey] button').click() })`, &sent)
		h.wait(16 * time.Minute)
		h.stranger().post("/login", "ticket", sent.Ticket, "credential", sent.Credential).shows(t, 422) // too late
	})
	t.Run("one that was copied is refused", func(t *testing.T) {
		factors, err := h.store.Factors(t.Context(), kari.id)
		must(t, err)
		ahead := factors.Passkeys[0]
		whole = ahead
		var credential map[string]any
		must(t, json.Unmarshal(ahead.Credential, &credential))
		credential["authenticator"].(map[string]any)["signCount"] = 1_000_000
		ahead.Credential, err = json.Marshal(credential)
		must(t, err)
		must(t, h.store.UsePasskey(t.Context(), &ahead))
		open("/login")
		if at := press(ctx, t, "form[data-passkey]"); at != "/login" {
			t.Fatal("led to " + at)
		}
		factors, err = h.store.Factors(t.Context(), kari.id)
		must(t, err)
		if !factors.Passkeys[0].Copied {
			t.Error("it is not marked")
		}
	})
	t.Run("a closed account's is refused", func(t *testing.T) {
		h.member("per@example.no", consent.RoleAdministrator, skogen) // the last one is not closed
		must(t, h.store.UsePasskey(t.Context(), &whole))
		open("/login")
		if at := press(ctx, t, "form[data-passkey]"); at != "/" {
			t.Fatal("led to " + at)
		}
		must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.Bokmaal, Closed: true}))
		open("/login")
		if at := press(ctx, t, "form[data-passkey]"); at != "/login" {
			t.Fatal("led to " + at)
		}
	})
}

// A device that does not ask who holds it makes no passkey here.
func TestPasskeyAsksWhoHoldsIt(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	ctx := kari.chromium()
	id := withAuthenticator(ctx, t)
	_, err := chromedp.Call(ctx, webauthn.SetUserVerified, webauthn.SetUserVerifiedParams{AuthenticatorID: id, IsUserVerified: false})
	must(t, err)
	must(t, chromedp.Do(ctx, chromedp.Navigate(h.url+"/account/passkey")))
	must(t, chromedp.Do(ctx, chromedp.Click("form[data-passkey] button"), chromedp.WaitVisible("[data-failed]")))
	if factors, err := h.store.Factors(t.Context(), kari.id); err != nil || factors.Any() {
		t.Error("a passkey was taken")
	}
}
