package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// Whatever an audit finds is told on the page of the log in the person's language, and
// no page tells anyone to change the database: that is for those who run the server.
func TestEachFaultOfTheAuditIsToldInWords(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 2)
	for _, lang := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.English} {
		auditor.speaks(t, lang)
		words, _ := web.AdminWordsIn(lang)
		for codes := range slices.Chunk(consent.FlawCodes, 5) {
			h.mu.Lock()
			h.faults = nil
			for _, code := range codes {
				if code != consent.FlawUnsigning { // which is a warning, with words of its own
					h.faults = append(h.faults, consent.LedgerFault{
						Site: "skogen", Origin: "the tree", Index: 3, Flaw: consent.Flaw{Code: code, N: 4711, Of: 5000, Name: "<b>2026-03-01", Why: "stop the server (DELETE FROM daily)"},
					})
				}
			}
			h.mu.Unlock()
			h.audit(t, "skogen")
			page := auditor.get("/sites/skogen/log")
			for _, code := range codes {
				said := words["flaw_"+string(code)]
				if code == consent.FlawUnsigning {
					continue
				}
				start, _, _ := strings.Cut(strings.ReplaceAll(said, "'", "&#39;"), "{")
				if said == "" || !strings.Contains(page.body, ": "+start) {
					t.Errorf("in %s the page does not say %q of %s", lang, start, code)
				}
			}
			for _, never := range []string{"DELETE", "stop the server", `lang="en"><li>`, "flaw_", "{n}", "{of}", "{name}", "<b>2026"} {
				if strings.Contains(page.body, never) {
					t.Errorf("in %s the page of %v has %q", lang, codes, never)
				}
			}
		}
	}
}

// A day that the counts differ on is written as the person writes days.
func TestTheDayOfAFaultIsWrittenInWords(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 2)
	h.faults = []consent.LedgerFault{{Site: "skogen", Index: -1, Flaw: consent.Flaw{Code: consent.FlawDailyChanged, N: 2, Name: "2026-03-01", Why: "x"}}}
	h.audit(t, "skogen")
	auditor.get("/sites/skogen/log").shows(t, http.StatusOK, "<li>Tellingen som tallene lages av, er en annen enn loggen viser, først for 1. mars 2026.", "Ingen beslutning er det.", "si fra til dem som drifter serveren")
}

// A trail that does not hold says so in the person's language, with what to do and
// where to read more, and blames nobody.
func TestAFaultOfTheTrailIsToldInWords(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	h.broken = []consent.TrailAudit{
		{Organisation: skogen, Year: 2026, Acts: 4711, Fault: consent.Flaw{Code: consent.FlawActChanged, N: 1234, Why: "Act 1234 is not what it was when it was stored."}},
		{Organisation: skogen, Fault: consent.Flaw{Code: consent.FlawTrailGone, N: 7, Name: "2025", Why: "The trail of 2025 is gone."}},
	}
	const path = "/organisations/skogen/trail"
	page := kari.get(path)
	page.shows(t, http.StatusOK, "Sporet er ikke som det ble skrevet.", "<li>2026: Linje 1\u202f234 er ikke slik den var da den ble skrevet.</li>", "<li>Sporet for 2025 er borte.",
		"Ikke endre eller slett noe.", "si fra til dem som drifter serveren", `href="/help/audit-failed#trail"`)
	for _, never := range []string{"Noen har endret", "Act 1234", `<ul lang="en">`} {
		if strings.Contains(page.body, never) {
			t.Errorf("the page has %q", never)
		}
	}
	kari.speaks(t, consent.English)
	kari.get(path).shows(t, http.StatusOK, "<li>2026: Line 1,234 is not as it was when it was written.</li>")
}
