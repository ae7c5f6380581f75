package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Whoever shortens how long decisions are kept is told what of those that are stored
// goes.
func TestPublishSaysWhatGoes(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 6)
	_, err := h.store.Restrict(t.Context(), "skogen", consent.Restriction{ID: storagetest.ID(2), Reason: consent.ReasonAsked, Time: h.clock()})
	must(t, err)
	h.redraft(t, func(d *consent.Draft) { d.Site.Retention = "P8M" })
	h.member("kari@example.no", consent.RoleAdministrator, skogen).get("/sites/skogen/publish").shows(t, 200, "Beslutninger blir oppbevart kortere: ", " → 8 måneder.", "Ingen er eldre enn det nå.")
	h.wait(9 * 31 * 24 * time.Hour)
	kari := h.member("later@example.no", consent.RoleAdministrator, skogen)
	kari.get("/sites/skogen/publish").shows(t, 200, "5 beslutninger er eldre enn det nå. De blir slettet for godt innen en time", "Én like gammel er fryst")
	h.redraft(t, func(d *consent.Draft) { d.Site.Retention = "P2Y" })
	if page := kari.get("/sites/skogen/publish"); strings.Contains(page.body, "oppbevart kortere") {
		t.Error("a longer time is called a shorter one")
	}
}

// How many stored decisions a shorter time takes is a number of the log as it is now: it
// tells of one who is erased, frozen or grows too old. Whoever may not read the log is
// told the same whatever is stored, by the page and by programs.
func TestWhatGoesIsCountedForThoseWhoReadTheLog(t *testing.T) {
	h := open(t)
	h.redraft(t, func(d *consent.Draft) { d.Site.Retention = "P8M" })
	roles := []consent.AccountRole{consent.RoleViewer, consent.RoleEditor, consent.RolePublisher}
	words := func(when string, count int) (all []string) {
		t.Helper()
		for _, role := range roles {
			one := h.member(when+string(role)+"@example.no", role, skogen)
			page := one.get("/sites/skogen/publish")
			page.shows(t, http.StatusOK, "De som er eldre enn det, blir slettet for godt")
			_, said, _ := strings.Cut(page.body, `id="shortened"`)
			said, _, _ = strings.Cut(said, "</div>")
			all = append(all, said, one.program(t, consent.ScopeRead).get(apiSite+"/draft/changes").body)
		}
		boss := h.member(when+"boss@example.no", consent.RoleAdministrator, skogen)
		all = append(all, boss.program(t, consent.ScopeRead).get(apiSite+"/draft/changes").body)
		if got := read[api.Changes](t, boss.program(t, consent.ScopeRead, consent.ScopeLog).get(apiSite+"/draft/changes")).Shortened; got.Gone == nil || *got.Gone != count || *got.Frozen != 0 {
			t.Errorf("%s: a key that reads the log is told %+v, want %d", when, got, count)
		}
		return all
	}
	before := words("before", 0)
	h.decide(t, "skogen", 0, 3)
	h.wait(9 * 31 * 24 * time.Hour)
	for i, said := range words("later", 3) {
		if said != before[i] {
			t.Errorf("it was said\n%.300s\nand three old decisions later\n%.300s", before[i], said)
		}
	}
	if got := strings.Join(before, ""); !strings.Contains(got, `"removed":null,"frozen":null`) {
		t.Errorf("programs are told %.300s", before[1])
	}
}
