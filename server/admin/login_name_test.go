package admin_test

import (
	"net/http"
	"regexp"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A person names their own logins, to know them again. A name that is too long or hides
// something is not kept and comes back in its field; another's login is nowhere.
func TestLoginsAreNamed(t *testing.T) {
	h := open(t)
	kari, other := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("other@example.no", consent.RoleEditor, skogen)
	naming := func(p *person) string {
		found := regexp.MustCompile(`/account/logins/\w+/name`).FindString(p.get("/account").body)
		if found == "" {
			t.Fatal("no login can be named")
		}
		return found
	}
	path := naming(kari)
	kari.post(path, "name", "Pulten på <b>jobb").leads(t, "/account?done=saved")
	kari.get("/account").shows(t, http.StatusOK, `value="Pulten på &lt;b&gt;jobb"`)
	kari.post(path, "name", strings.Repeat("å", 61)).shows(t, http.StatusUnprocessableEntity, "høyst 60 tegn", strings.Repeat("å", 61))
	for _, hidden := range []string{"\u202e", "\u200b", "\x00", "\n"} {
		kari.post(path, "name", "Pult"+hidden+"en").shows(t, http.StatusUnprocessableEntity, "et tegn som ingen ser")
	}
	other.post(path, "name", "Min").shows(t, http.StatusNotFound)
	other.post(naming(other), "name", "").leads(t, "/account?done=saved")
	login, err := h.store.Logins(t.Context(), kari.id)
	must(t, err)
	if len(login) != 1 || login[0].Name != "Pulten på <b>jobb" {
		t.Errorf("got %+v", login)
	}
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Account: kari.id, Action: "login.name", Limit: 9})
	must(t, err)
	if len(acts) != 1 {
		t.Errorf("the trail tells of %d names, want 1", len(acts))
	}
}

// A person ends all their other logins at once, and goes on with this one; a colleague's
// go on, too, and there is nothing to press where there is no other.
func TestOtherLoginsAreEndedAtOnce(t *testing.T) {
	h := open(t)
	kari, other := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("other@example.no", consent.RoleEditor, skogen)
	const button = `action="/account/logins/end"`
	if strings.Contains(kari.get("/account").body, button) {
		t.Error("others can be ended where there are none")
	}
	phone, office := h.loggedIn(kari.id, "the phone"), h.loggedIn(kari.id, "the office")
	kari.get("/account").shows(t, http.StatusOK, button)
	kari.post("/account/logins/end").leads(t, "/account?done=logins_ended")
	kari.get("/account?done=logins_ended").shows(t, http.StatusOK, "De andre innloggingene er avsluttet.")
	for _, ended := range []*person{phone, office} {
		ended.get("/account").leads(t, "/login?next=%2Faccount")
	}
	other.get("/account").shows(t, http.StatusOK)
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Account: kari.id, Action: "login.others", Limit: 9})
	must(t, err)
	if len(acts) != 1 {
		t.Errorf("the trail tells of %d times, want 1", len(acts))
	}
}
