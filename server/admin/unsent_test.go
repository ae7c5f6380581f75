package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// interrupted has a person's login end while they write on a page, and log in again by
// another way than the page that said so.
func (h *house) interrupted(p *person, pairs ...string) {
	h.t.Helper()
	p.post("/login", "email", p.email, "password", secret).leads(h.t, "/")
	form := csrfOf(h.t, p)
	h.wait(time.Hour)
	p.late(form, "/account", pairs...).shows(h.t, http.StatusUnauthorized, "er tatt vare på")
	p.post("/login", "email", p.email, "password", secret).leads(h.t, "/")
}

// writes has something wait that a person wrote before the login that they have, and gives
// its key.
func (p *person) writes() string {
	p.t.Helper()
	return hidden(p.t, p.stale("/account", "name", "Kari N.", "language", "nb").body, "resumed")
}

// stale sends a form that a person opened before the login that they have.
func (p *person) stale(path string, pairs ...string) answer {
	p.t.Helper()
	_, author, _ := strings.Cut(csrfOf(p.t, p), ".")
	return p.late("of another login."+author, path, pairs...)
}

const unsentNote = `<p class="note unsent">`

// silent fails when a page says that something waits.
func (a answer) silent(t *testing.T, why string) {
	t.Helper()
	if strings.Contains(a.body, unsentNote) {
		t.Errorf("a page says that something is not sent, %s", why)
	}
}

// What is kept is told of and offered to whoever wrote it, however they log in.
func TestUnsentIsTold(t *testing.T) {
	h := open(t)
	kari, ola, per := h.owner("kari@example.no"), h.owner("ola@example.no"), h.owner("per@example.no")
	kari.get("/").silent(t, "before anything is written")
	h.interrupted(per, "name", "Written by Per", "language", "en")
	h.interrupted(kari, "name", "Written by Kari", "language", "en")
	kari.get("/help").shows(t, http.StatusOK, unsentNote, "Your account", `href="/unsent"`)
	ola.post("/login", "email", ola.email, "password", secret).leads(t, "/")
	ola.get("/").silent(t, "which another wrote")
	ola.get("/unsent").shows(t, http.StatusOK, "is sent or discarded")
	per.post("/login", "email", per.email, "password", secret).leads(t, "/")
	if n := strings.Count(per.get("/unsent").body, `name="resumed"`); n != 1 {
		t.Errorf("%d forms are offered to Per, who wrote one", n)
	}
	h.stranger().get("/login").silent(t, "to a stranger")

	list := kari.get("/unsent")
	list.shows(t, http.StatusOK, `action="/account"`, "Your account", `name="resumed"`)
	list.silent(t, "where it lists it")
	if h.nameOf(kari) != "Kari" {
		t.Error("looking at the list has sent it")
	}
	kari.post("/account", "resumed", hidden(t, list.body, "resumed")).leads(t, "/account?done=saved")
	if h.nameOf(kari) != "Written by Kari" {
		t.Error("what was kept is not sent from the list")
	}
	kari.get("/").silent(t, "which is sent")

	t.Run("until nobody keeps it any more", func(t *testing.T) {
		h.interrupted(kari, "name", "Too late", "language", "nb")
		h.wait(11 * time.Hour)
		kari.post("/login", "email", kari.email, "password", secret)
		kari.get("/").shows(t, http.StatusOK, unsentNote)
		h.wait(61 * time.Minute)
		kari.post("/login", "email", kari.email, "password", secret)
		kari.get("/").silent(t, "which is kept no more")
	})
}

// Two tabs hold two forms, and one that is loaded anew holds one.
func TestUnsentOfTwoTabs(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	must(t, h.store.ChangeAccount(t.Context(), &consent.Account{ID: kari.id, Email: kari.email, Name: "Kari", Language: consent.Bokmaal, Operator: true}))
	kari.post("/login", "email", kari.email, "password", secret).leads(t, "/")
	form := csrfOf(t, kari)
	h.wait(time.Hour)
	kari.late(form, "/account", "name", "Kari B.", "language", "nb")
	kari.late(form, "/account", "name", "Kari B.", "language", "nb")
	second := kari.late(form, "/organisations/new", "name", "Fjellet", "number", "864949762", "id", "fjellet")
	kari.again(second).silent(t, "beside what it offers")
	kari.get("/").shows(t, http.StatusOK, "2 skjemaer som du skrev i")
	list := kari.get("/unsent").body
	if n := strings.Count(list, `name="resumed"`); n != 2 {
		t.Errorf("%d forms are offered, not 2", n)
	}
	if strings.Index(list, `action="/organisations/new"`) > strings.Index(list, `action="/account"`) {
		t.Error("the newest form does not stand first")
	}

	t.Run("what is sent by another way waits no more", func(t *testing.T) {
		kari.post("/account", "name", "Kari C.", "language", "nb").leads(t, "/account?done=saved")
		kari.get("/unsent").shows(t, http.StatusOK, `action="/account"`) // it says something else
		kari.post("/account", "name", "Kari B.", "language", "nb").leads(t, "/account?done=saved")
		if strings.Contains(kari.get("/unsent").body, `action="/account"`) {
			t.Error("what was sent from its page is offered once more")
		}
	})
	t.Run("nor does what the page that answered has taken up", func(t *testing.T) {
		key := hidden(t, kari.get("/unsent").body, "resumed")
		kari.post("/organisations/new", "resumed", key).silent(t, "which it shows")
		kari.get("/").silent(t, "which is sent")
		h.interrupted(kari, "name", "https://not.example", "language", "nb")
		key = hidden(t, kari.get("/unsent").body, "resumed")
		refused := kari.post("/account", "resumed", key)
		refused.shows(t, http.StatusUnprocessableEntity, "https://not.example")
		refused.silent(t, "which it shows")
		kari.get("/").shows(t, http.StatusOK, unsentNote) // who leaves that page finds it
		kari.post("/account", "name", "Kari D.", "language", "nb").leads(t, "/account?done=saved")
		kari.get("/").silent(t, "which is mended and sent")
	})
}

// Whoever wants it no more is asked, and another cannot throw it away.
func TestUnsentIsDiscarded(t *testing.T) {
	h := open(t)
	kari, ola := h.owner("kari@example.no"), h.owner("ola@example.no")
	h.interrupted(kari, "name", "Written by Kari", "language", "en")
	key := hidden(t, kari.get("/unsent").body, "resumed")
	ola.post("/login", "email", ola.email, "password", secret)
	ola.post("/unsent/discard", "unsent", key, "agreed", "yes").leads(t, "/unsent")
	kari.get("/").shows(t, http.StatusOK, unsentNote)
	kari.agrees("/unsent/discard", "unsent", key).leads(t, "/unsent?done=unsent")
	kari.get("/unsent?done=unsent").shows(t, http.StatusOK, "It is discarded.", "is sent or discarded")
	kari.post("/account", "resumed", key).shows(t, http.StatusConflict)
	kari.post("/unsent/discard", "unsent", key).leads(t, "/unsent")
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Action: "login.discard", Limit: 9})
	must(t, err)
	if len(acts) != 1 || acts[0].Account != kari.id {
		t.Errorf("the trail tells %v", acts)
	}
}

// What is offered says what is done with what, where, in the colour that its button had,
// and the way back leads to where it was written.
func TestResumeSaysWhatItDoes(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	other := h.member("other@example.no", consent.RoleEditor, skogen)
	must(t, h.store.SetProfile(t.Context(), other.id, "Per Hansen", consent.Bokmaal))
	decision := "/sites/skogen/log/" + storagetest.ID(1).String()
	red := `<button class="danger">Fortsett`
	for _, each := range []struct {
		path, agreed, act, object, page, back string
		red                                   bool
	}{
		{decision + "/erase", "", "Slettet én eller flere beslutninger", storagetest.ID(1).String(), "Logg, Skogen kommune", decision + "/erase", true},
		{"/sites/skogen/publish", "", "Publiserte en kunngjøring", "", "Publisering, Skogen kommune", "/sites/skogen/publish", false},
		{"/sites/skogen/services/counter/remove", "", "Fjernet en tjeneste", "counter", "Inventar, Skogen kommune", "/sites/skogen/services/counter/remove", true},
		{other.of(skogen) + "/remove", "yes", "Fjernet tilgangen", "Per Hansen", "Personer, Skogen kommune", other.of(skogen), true},
		{other.of(skogen) + "/remove", "", "Fjernet tilgangen", "Per Hansen", "Personer, Skogen kommune", other.of(skogen), false}, // it is asked yet
	} {
		got := boss.stale(each.path, "reason", "Sak 2026/1", "agreed", each.agreed)
		got.shows(t, http.StatusForbidden, "Revisjonssporet vil si", each.act, each.page, `<a href="`+each.back+`">Ikke send det`)
		if each.object != "" {
			got.shows(t, http.StatusForbidden, "Det gjelder", each.object)
		}
		if strings.Contains(got.body, red) != each.red {
			t.Errorf("%s: the button is red: %v", each.path, !each.red)
		}
	}

	t.Run("and names nothing to who has no role there any more", func(t *testing.T) {
		for _, path := range []string{"/sites/havet/log/" + storagetest.ID(1).String() + "/erase", "/organisations/havet/people/2/remove", "/people/2/close"} {
			body := boss.stale(path, "reason", "Sak 2026/1").body
			if strings.Contains(body, "Det gjelder") || strings.Contains(body, "Havet") || !strings.Contains(body, "Revisjonssporet vil si") {
				t.Errorf("%s: the page says what it is about:\n%s", path, body)
			}
		}
	})
}

// A file that is asked for again is there again: its page stays when it was downloaded.
func TestResumedFileTwice(t *testing.T) {
	h := open(t)
	kari := h.owner("kari@example.no")
	must(t, h.store.SetRole(t.Context(), kari.id, skogen, consent.RoleAdministrator))
	kari.post("/login", "email", kari.email, "password", secret).leads(t, "/")
	h.logged(t)
	h.wait(11 * time.Minute)
	path := "/sites/skogen/log/export"
	asked := kari.post(path, "form", "csv")
	asked.shows(t, http.StatusUnauthorized, `name="held"`)
	offered := kari.post("/confirm", "password", secret, "next", path, "held", hidden(t, asked.body, "held"))
	offered.shows(t, http.StatusOK, "What you had pressed is not done yet.", "you can do it more than once", `<a href="`+path+`">Back to the page`)
	for range 2 {
		file := kari.post(path, "resumed", hidden(t, offered.body, "resumed"))
		if file.status != http.StatusOK || !strings.HasPrefix(file.header.Get("Content-Disposition"), "attachment") {
			t.Fatalf("the export answers %d with %q", file.status, file.header.Get("Content-Disposition"))
		}
		kari.get(path).silent(t, "which was downloaded")
	}
}
