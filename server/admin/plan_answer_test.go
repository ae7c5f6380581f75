package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// follows says whether texts stand on a page in this order.
func (a answer) follows(t *testing.T, texts ...string) {
	t.Helper()
	rest := a.body
	for i, text := range texts {
		_, after, found := strings.Cut(rest, text)
		if !found {
			t.Fatalf("the page has no %q after %q:\n%s", text, texts[:i], a.body)
		}
		rest = after
	}
}

// Whoever approves meets the checks and the changes first, and the banner of the very
// draft that waits. The link shows no other.
func TestTheAnswerComesAfterWhatItIsAbout(t *testing.T) {
	h, kari, ola, per := pair(t)
	kari.proposes(t)
	sum := h.draftHash(t).String()
	link := "/sites/skogen/preview?draft=" + sum
	const checks, changes = `id="problems"`, "Legger til informasjonskapselen."
	ola.get("/sites/skogen/publish").follows(t, `href="#answer"`, checks, changes, `id="answer"`, `href="`+link+`"`, `action="/sites/skogen/publish/approve"`, "Send tilbake")
	kari.get("/sites/skogen/publish").follows(t, checks, changes, `href="`+link+`"`, "Trekk forslaget")
	for _, role := range []consent.AccountRole{consent.RoleViewer, consent.RoleEditor} {
		page := h.member(string(role)+"@example.no", role, skogen).get("/sites/skogen/publish")
		page.follows(t, checks, changes, `href="`+link+`"`, "Du kan se over kladden, men ikke svare på forslaget.")
		if strings.Contains(page.body, `action="/sites/skogen/publish`) || strings.Contains(page.body, `href="#answer"`) {
			t.Errorf("a %s is offered an answer", role)
		}
	}

	shown := ola.get(link)
	shown.shows(t, http.StatusOK, "<iframe", "Kontrollsum for kladden:", "<code>"+sum+"</code>", "/preview?draft="+sum+"&amp;lang=en")
	ola.framed(link).shows(t, http.StatusOK)
	per.edits(t, rounder)
	shown = ola.get(link)
	shown.shows(t, http.StatusOK, "Kladden er en annen nå enn den du kom fra.")
	if strings.Contains(shown.body, "<iframe") {
		t.Error("another draft is shown than the one that the link is about")
	}
	ola.get("/sites/skogen/preview/frame?draft="+sum).shows(t, http.StatusConflict, "Kladden er en annen nå")
	ola.get("/sites/skogen/preview").shows(t, http.StatusOK, "<iframe")
}

// Where a name could be two people, their addresses tell them apart; who is somebody
// elsewhere is told to nobody.
func TestNamesThatCouldBeTwoPeople(t *testing.T) {
	h, kari, ola, per := pair(t)
	called := func(p *person, name string) { must(t, h.store.SetProfile(t.Context(), p.id, name, consent.Bokmaal)) }
	called(h.member("kari@havet.no", consent.RoleEditor, havet), "Kari")
	called(per, "0LA")
	kari.proposes(t)
	page := ola.get("/sites/skogen/publish")
	page.shows(t, 200, "Kari foreslo", "Dette kan godkjennes av: 0LA (Per@example.no), Ola (Ola@example.no).")
	per.get("/organisations/skogen/settings").shows(t, 200, "Ingen kan bekrefte dette nå.")
	called(h.member("kari2@example.no", consent.RoleViewer, skogen), "Kári")
	kari.get("/sites/skogen/publish").shows(t, 200, "Kari (Kari@example.no) foreslo")
	ola.get("/sites/skogen").shows(t, 200, "Kari (Kari@example.no) foreslo")
	kari.get("/sites/skogen").shows(t, 200, "Kari (Kari@example.no) foreslo", "0LA (Per@example.no), Ola (Ola@example.no).")
}
