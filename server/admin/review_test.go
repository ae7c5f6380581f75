package admin_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// A service gets a day by which it is to be looked at. That is beside the draft: the
// notice that would be published is the same.
func TestReview(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const service = "/sites/skogen/services/counter"
	today := consent.DayOf(h.clock())
	revision := func() consent.DraftRevision {
		_, n, err := h.store.DraftAt(t.Context(), "skogen")
		must(t, err)
		return n
	}
	before := revision()
	kari.get(service).shows(t, 200, "Ikke gjennomgått ennå. Første gang publisert 2. mars 2026.", "Gjennomgås hver 12. måned, neste gang innen 2. mars 2027.", `type="date" value=""`)
	kari.post(service+"/review", "due", "soon").shows(t, 422)
	kari.post(service+"/review", "due", (today+31).String()).leads(t, service+"?done=review")
	if got := kari.get("/sites/skogen/inventory?review=on"); strings.Contains(got.body, service) {
		t.Error("what has more than a month left is to be looked at")
	}
	h.wait(24 * time.Hour)
	kari = h.loggedIn(kari.id, "again") // the login has ended
	kari.get("/sites/skogen/inventory?review=on").shows(t, 200, service+`"`, "gjennomgås innen 30 dager")
	kari.get("/sites/skogen").shows(t, 200, "Én tjeneste bør gjennomgås")
	kari.post(service+"/review", "due", (today-1).String()).shows(t, 422, "Dagen er over.")
	kari.post(service+"/review", "due", "2020-01-01").shows(t, 422, "Dagen er over.")
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "counter", Due: today - 1}, consent.Review{Due: today + 31}))
	kari.post(service+"/review", "due", (today-1).String()).leads(t, service+"?done=review")
	kari.get("/sites/skogen/inventory").shows(t, 200, "2 dager over datoen")
	kari.post(service+"/reviewed").leads(t, service+"?done=review")
	next := (today + 1).AddMonths(12)
	kari.get(service).shows(t, 200, "Sist gjennomgått 3. mars 2026.", "Gjennomgås hver 12. måned, neste gang innen 3. mars 2027.", `type="date" value=""`)
	if body := kari.get("/sites/skogen").body + kari.get("/sites/skogen/inventory").body; strings.Contains(body, "bør gjennomgås") || strings.Contains(body, "over datoen") {
		t.Error("it is still to be looked at")
	}
	kari.post(service+"/review", "due", "").leads(t, service+"?done=review")
	kari.get(service).shows(t, 200, "neste gang innen 3. mars 2027.")
	kari.post("/sites/skogen/services/none/reviewed").shows(t, 404)
	if revision() != before {
		t.Error("the draft is another")
	}
	h.member("per@example.no", consent.RoleAuditor, skogen).get("/organisations/skogen/trail").shows(t, 200, "Gjennomgikk en tjeneste", "Satte dato for gjennomgang", "counter "+next.String())
}

// A service that nobody gave a day comes up by itself: so long after its first notice, or
// after somebody looked at it, as the settings of the site say. What has never been in a
// notice does not, and that the time has come is no alarm.
func TestReviewInterval(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleEditor, skogen)
	const service, settings = "/sites/skogen/services/film", "/sites/skogen/settings/review"
	again := func() *person {
		boss = h.loggedIn(boss.id, "again "+h.clock().String())
		return boss
	}
	due := func(site string) string {
		t.Helper()
		got := boss.get("/sites/" + site + "/inventory?review=on").body
		var keys []string
		for _, key := range []string{"counter", "film", "fresh"} {
			if strings.Contains(got, "/sites/"+site+"/services/"+key+`"`) {
				keys = append(keys, key)
			}
		}
		return strings.Join(keys, " ")
	}
	draft, revision, err := h.store.DraftAt(t.Context(), "skogen")
	must(t, err)
	fresh := draft.Services[0]
	fresh.Key = "fresh"
	draft.Services = append(draft.Services, fresh)
	must(t, h.store.ReplaceDraft(t.Context(), draft, revision, h.clock()))
	boss.post("/sites/skogen/services/counter/reviewed").leads(t, "/sites/skogen/services/counter?done=review")

	h.wait(80 * 24 * time.Hour)
	again().post(settings, "was", "12", "months", "4").shows(t, 422, "Velg en av verdiene.")
	if got := due("skogen"); got != "" {
		t.Fatalf("due long before a year is over: %s", got)
	}
	boss.get(settings).shows(t, 200, `<option value="12" selected>hvert år (standard)</option>`)
	boss.post(settings, "was", "12", "months", "3").leads(t, settings+"?done=review_interval")
	boss.post(settings, "was", "12", "months", "6").shows(t, 409, `href="#review-months"`, "<strong>hvert kvartal</strong>", `<option value="6" selected>`)
	boss.get(settings).shows(t, 200, `<option value="3" selected>hvert kvartal</option>`)
	if got := due("skogen"); got != "counter film" {
		t.Errorf("due are %q", got)
	}
	boss.get("/sites/skogen").shows(t, 200, "2 tjenester bør gjennomgås")
	boss.get(service).shows(t, 200, "Første gang publisert 2. mars 2026.", "Gjennomgås hver 3. måned, neste gang innen 2. juni 2026.", "gjennomgås innen 12 dager")
	boss.get("/sites/skogen/services/fresh").shows(t, 200, "Den er ikke publisert ennå, og kommer opp til gjennomgang hver 3. måned")

	h.wait(80 * 24 * time.Hour)
	if body := again().get("/sites/skogen/inventory?review=on").body; strings.Contains(body, "over datoen") || strings.Count(body, "bør gjennomgås") != 2 {
		t.Error("that the interval is over is an alarm")
	}
	boss.get(service).shows(t, 200, "og skulle vært gjennomgått innen 2. juni 2026.")
	boss.post(service+"/reviewed").leads(t, service+"?done=review")
	if got := due("skogen"); got != "counter" {
		t.Errorf("due are %q", got)
	}

	viewer := h.member("vidar@example.no", consent.RoleViewer, skogen)
	viewer.get(settings).shows(t, 200, "hvert kvartal")
	viewer.post(settings, "was", "3", "months", "12").shows(t, 403)
	h.member("per@example.no", consent.RoleAuditor, skogen).get("/organisations/skogen/trail").shows(t, 200, "Endret hvor ofte tjenester skal gjennomgås", "åneder mellom gjennomgangene")
}

// Many services are noted as reviewed with one press, unless somebody has changed one of
// them meanwhile; the trail tells of each.
func TestManyReviewsAtOnce(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const path = "/sites/skogen/reviews"
	kari.get("/sites/skogen/inventory").shows(t, 200, `href="`+path+`"`)
	kari.get(path).shows(t, 200, "Ingen tjenester bør gjennomgås nå.")
	all := kari.get(path + "?all=on")
	if all.shows(t, 200, `value="counter"`, `value="film"`, "Aldri"); strings.Contains(all.body, " checked") {
		t.Error("a service is ticked before somebody did that")
	}
	if got := kari.get(path + "?all=on&ticked=on"); strings.Count(got.body, " checked") != 2 {
		t.Error("not all are ticked")
	}
	reviewed := func() string {
		t.Helper()
		all, err := consent.ReviewsOf(t.Context(), h.store, "skogen")
		must(t, err)
		var keys []string
		for _, each := range all.In(h.draft()) {
			if each.Reviewed != 0 {
				keys = append(keys, string(each.Service))
			}
		}
		return strings.Join(keys, " ")
	}
	both := []string{"service", "counter", "service", "film", "was.counter", " ", "was.film", " "}
	kari.post(path).shows(t, 422, "Kryss av minst én tjeneste.")
	kari.post(path, append(both, "service", "none")...).shows(t, 404)
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "film", Due: consent.DayOf(h.clock()) + 9}, consent.Review{}))
	kari.post(path, both...).shows(t, 409, "Ingenting ble lagret.", `value="film" checked`)
	if got := reviewed(); got != "" {
		t.Fatalf("what was refused is noted of %s", got)
	}
	both[7] = (consent.DayOf(h.clock()) + 9).String() + " "
	kari.post(path, both...).leads(t, "/sites/skogen/inventory?done=reviews")
	if got := reviewed(); got != "counter film" {
		t.Errorf("noted of %q", got)
	}
	next := consent.DayOf(h.clock()).AddMonths(12).String()
	h.member("per@example.no", consent.RoleAuditor, skogen).get("/organisations/skogen/trail").shows(t, 200, "counter "+next, "film "+next)
}
