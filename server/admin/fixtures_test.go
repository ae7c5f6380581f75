package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{
	"/sites/:site/log/:decision/receipt": true, "/sites/:site/log/:decision/record": true,
	"/sites/:site/figures/:chart.csv":                true,
	"/sites/:site/export/:file":                      true,
	"/sites/:site/preview/frame":                     true,
	"/sites/:site/lifetime":                          true,
	"/sites/:site/notices/:notice/shown/frame":       true,
	"/sites/:site/notices/:notice/notice.json":       true,
	"/sites/:site/notices/:notice/pictures/:picture": true,
	"/frames/:secret/:again/:file":                   true,
}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{
	"/sites/nowhere", "/account?done=saved", "/organisations/skogen/people/1", "/people/1", "/people/2", "/invitation/offered",
	"/sites/skogen/log?category=statistics&method=save", "/sites/skogen/log?from=x&to=2026-01-01&receipt=x", "/sites/skogen/log/" + storagetest.ID(3).String(),
	"/sites/skogen/log/" + storagetest.ID(2).String(), "/sites/skogen/log/export?from=x", "/sites/havet/log", "/sites/havet/requests",
	"/sites/skogen/figures?from=2020-01-01&to=2020-01-02", "/sites/skogen/figures?from=x&to=2026-01-01", "/sites/skogen/figures?from=2025-02-01",
	"/sites/skogen/findings?kind=stuck", "/sites/havet/findings",
	"/sites/skogen/inventory?q=filmviseren&problems=on", "/sites/skogen/inventory?review=on", "/sites/skogen/reviews?all=on", "/sites/skogen/texts?missing=on&page=2", "/sites/skogen/categories/necessary",
	"/sites/skogen/services/odd", "/sites/skogen/services/film/cookies/" + admin.AddressName("_film"),
	"/sites/faulty/publish", "/sites/faulty/figures", "/sites/faulty/findings", "/sites/havet/figures", "/sites/havet/publish", "/sites/havet", "/sites/faulty/preview", "/sites/faulty/notices", "/sites/skogen/notices/2", "/sites/skogen/notices/2/shown?width=narrow&state=panel",
	"/sites/skogen/new-service?catalogue=count&use=Counter", "/sites/skogen/services/counter/new-cookie?catalogue=_", "/organisations/havet/catalogue",
	"/sites/skogen/settings/contacts", "/sites/skogen/settings/keeping", "/sites/skogen/settings/look", "/sites/skogen/settings/manner", "/sites/skogen/settings/review", "/sites/faulty/settings/contacts", "/sites/faulty/settings/look",
	"/help?q=gjenoppretting", "/sites/skogen/preview?lang=en&state=answered&width=narrow",
}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
	must(t, h.store.RecordAct(t.Context(), consent.Act{
		Time: h.clock(), Account: 1, Organisation: skogen, Site: "skogen", Action: "draft.settings.save", Object: "look", Reason: "<script>alert(1)</script> \u202e",
	}))
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 99, Action: "login.fail"}))
	ola := h.invited("ola@example.no", "once") // account 2
	must(t, h.store.AddInvitation(t.Context(), &consent.Invitation{
		ID: consent.InvitationID(consent.HashOf([]byte("offered"))), Organisation: skogen, Email: "per@example.no",
		Role: consent.RoleAuditor, Maker: 1, Expires: h.clock().Add(consent.LinkLasts),
	}))
	must(t, h.store.SetApp(t.Context(), ola.id, make([]byte, 60), 1))
	must(t, h.store.AddPasskey(t.Context(), &consent.Passkey{
		ID: make([]byte, 16), Account: 1, Name: "<script>\u202eTelefon", Credential: []byte(`{"id":"AAAAAAAAAAAAAAAAAAAAAA=="}`), Added: h.clock(), Copied: true,
	}))
	must(t, h.store.SetCodes(t.Context(), 1, []consent.CodeID{{1}, {2}}))
	must(t, h.store.SetIdentity(t.Context(), &consent.Identity{Issuer: h.outside.Issuer, Subject: "ola", Account: ola.id, Added: h.clock()}))
	for i, lasts := range []time.Duration{time.Minute, 90 * 24 * time.Hour} {
		must(t, h.store.AddAPIKey(t.Context(), &consent.APIKey{
			ID: consent.APIKeyID([]string{"0123456789ab", "ba9876543210"}[i]), Hash: consent.Hash{byte(i + 1)}, Organisation: skogen, Maker: consent.AccountID(i + 1),
			Name: "<script>\u202eDatavarehus og et navn som er langt nok til at det brytes", Scopes: consent.Scopes, Created: h.clock().Add(-time.Hour), Expires: h.clock().Add(lasts - time.Minute),
		}))
	}
	h.logged(t)
	h.faults = []consent.LedgerFault{{Site: "skogen", Origin: "localhost/consent/skogen/2026", Index: 3, Flaw: consent.Flaw{Code: consent.FlawRecordChanged}}}
	h.audit(t, "skogen")
	h.audit(t, "havet")
	must(t, h.store.SetRecipients(t.Context(), &consent.Recipients{
		Organisation: skogen, Language: consent.Nynorsk, Addresses: []string{"it@skogen.example", strings.Repeat("x", 200) + "@skogen.example"},
	}))
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "counter", Due: consent.DayOf(h.clock()) - 9}, consent.Review{}))
	figuresFixture(t, h)
	publishingFixtures(t, h)
	inventoryFixtures(t, h)
	planFixtures(t, h, ola.id)
	catalogueFixtures(t, h)
}

// planFixtures have a proposal wait at Havet, and one sent back at Skogen.
func planFixtures(t *testing.T, h *house, by consent.AccountID) {
	t.Helper()
	h.two(t, havet, true)
	for _, site := range []consent.SiteKey{"havet", "skogen"} {
		draft, revision, err := h.store.DraftAt(t.Context(), site)
		must(t, err)
		draft.Site.Look.Radius = 9
		must(t, h.store.ReplaceDraft(t.Context(), draft, revision, h.clock()))
		plan := &consent.Plan{
			Site: site, State: consent.PlanProposed, Revision: revision + 1, Proposer: by, Proposed: h.clock(),
			Comment: "<script>alert(1)</script> " + strings.Repeat("x", 200), Due: h.clock().Add(time.Hour),
		}
		must(t, h.store.SetPlan(t.Context(), plan, 0))
		if site == "skogen" {
			plan.State, plan.Decider, plan.Decided, plan.Reason = consent.PlanReturned, 1, h.clock(), "\u202e"+plan.Comment
			must(t, h.store.MovePlan(t.Context(), plan, consent.PlanProposed))
		}
	}
}

// notFine are the pages that tell what is wrong.
var notFine = map[string]int{
	"/login/return": http.StatusUnprocessableEntity,
	"/link/none":    http.StatusNotFound, "/sites/nowhere": http.StatusNotFound, "/invitation/none": http.StatusNotFound,
	"/organisations/skogen/people/999": http.StatusNotFound, "/people/999": http.StatusNotFound,
	"/sites/skogen/log?from=x&to=2026-01-01&receipt=x": http.StatusUnprocessableEntity,
	"/sites/skogen/figures?from=x&to=2026-01-01":       http.StatusUnprocessableEntity,
}
