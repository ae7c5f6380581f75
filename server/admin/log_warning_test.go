package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// decideEarly puts decisions into a log that are dated before their notice.
func (h *house) decideEarly(t *testing.T, key consent.SiteKey, from, to int) {
	t.Helper()
	site := h.site(t, key)
	for n := from; n < to; n++ {
		d := site.Decision(n)
		d.Time = site.Notice.Published.Add(-time.Hour)
		_, err := h.store.Append(t.Context(), d)
		must(t, err)
	}
}

// No page is calmer than the audit was: where a word says that the log holds, it also
// says what the audit warned of, in the language of the page.
func TestNoPageIsCalmerThanTheAudit(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeLog)
	h.decide(t, "skogen", 0, 2)
	h.audit(t, "skogen")
	auditor.get("/").shows(t, http.StatusOK, `<span class="dot good"></span><a href="/sites/skogen/log">Loggen stemmer</a>`)
	if got := read[api.Audit](t, g.get(apiSite+"/log/audit")); got.Last.Warnings != 0 || len(got.Last.Early) != 0 {
		t.Errorf("of a sound log is told %+v", got.Last)
	}
	h.decideEarly(t, "skogen", 2, 3)
	h.audit(t, "skogen")
	auditor.get("/").shows(t, http.StatusOK, `<span class="dot warn"></span><a href="/sites/skogen/log">Loggen stemmer, men én beslutning er datert før kunngjøringen ble publisert</a>`)
	h.decideEarly(t, "skogen", 3, 5)
	h.audit(t, "skogen")
	for _, path := range []string{"/", "/organisations/skogen", "/sites/skogen"} {
		auditor.get(path).shows(t, http.StatusOK, `<span class="dot warn"></span><a href="/sites/skogen/log">Loggen stemmer, men 3 beslutninger er datert før kunngjøringen ble publisert</a>`)
	}
	page := auditor.get("/sites/skogen/log")
	page.shows(t, http.StatusOK, "Loggen stemmer, men kontrollen 2. mars 2026", "3 beslutninger som gjelder kunngjøring 1, er datert før den ble publisert", "/help/audit-failed?site=skogen#warnings")
	if strings.Contains(page.body, `lang="en"`) || strings.Contains(page.body, "Loggen stemmer. ") {
		t.Error("the log says that it simply holds, or tells of it in English")
	}
	got := read[api.Audit](t, g.get(apiSite+"/log/audit"))
	if last := got.Last; !last.Holds || last.Warnings != 1 || len(last.Early) != 1 || last.Early[0].Decisions != 3 || last.Early[0].Notice != 1 || last.Early[0].Index != 2 {
		t.Errorf("a program is told %+v", got.Last)
	}
}

// Whatever else an audit warns of stands on the pages too, in each of their languages.
func TestEachWarningOfTheAuditIsTold(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 2)
	h.warned = consent.LedgerAudit{
		Trees:     []consent.TreeAudit{{Tree: consent.Tree{Site: "skogen", Origin: "tree-a"}, Lost: 3}},
		Breaks:    []consent.LedgerBreak{{Site: "skogen", Origin: "tree-c", Earlier: "tree-b", Leaves: 1, Cause: consent.BreakUnknown}, {Site: "skogen", Origin: "tree-e", Earlier: "tree-d", Cause: consent.BreakKeyOnly}, {Site: "havet", Origin: "tree-h", Cause: consent.BreakKeyOnly}, {Site: "skogen", Origin: "tree-g", Earlier: "tree-f", Leaves: 2000, Cause: consent.BreakNothing}},
		Unsigning: []consent.LedgerFault{{Site: "skogen", Origin: "tree-i", Index: -1, Flaw: consent.Flaw{Code: consent.FlawUnsigning}}},
	}
	h.audit(t, "skogen")
	auditor.get("/").shows(t, http.StatusOK, `<span class="dot warn"></span><a href="/sites/skogen/log">Loggen stemmer, men 5 ting må undersøkes</a>`)
	page := auditor.get("/sites/skogen/log")
	page.shows(t, http.StatusOK, "fant 5 ting", "tree-a mistet de siste 3 plassene", "tree-b brytes av etter én plass", "Av tree-d var bare nøkkelen igjen", "tree-f hadde 2\u202f000 plasser", "skal signere tree-i")
	if strings.Contains(page.body, "tree-h") {
		t.Error("the page tells of another site's log")
	}
}

// An audit that did not finish is no audit that found nothing.
func TestAnAuditThatDidNotFinishIsNotCalledSound(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 2)
	h.audit(t, "skogen")
	h.unread = consent.Errorf(consent.Unavailable, "storage_unavailable", "The disk is away.")
	h.audit(t, "skogen")
	auditor.get("/sites/skogen").shows(t, http.StatusOK, `<span class="dot bad"></span><a href="/sites/skogen/log">Den siste kontrollen av loggen ble ikke ferdig</a>`)
}

// An audit that saw nothing says nothing of what has come since.
func TestAnEmptyLogIsNotSaidToHold(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.audit(t, "skogen")
	h.decide(t, "skogen", 0, 7)
	for page, says := range map[string]string{"/sites/skogen": "Loggen var tom ved siste kontroll", "/sites/skogen/log": "Loggen var tom da den ble kontrollert 2. mars 2026"} {
		got := auditor.get(page)
		got.shows(t, http.StatusOK, `<span class="dot"></span>`, says)
		if strings.Contains(got.body, "Loggen stemmer") {
			t.Errorf("%s says that the log holds", page)
		}
	}
}
