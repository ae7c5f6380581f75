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
	kari.get(service).shows(t, 200, "Ikke gjennomgått ennå.", `value="`+today.AddMonths(12).String()+`"`)
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
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "counter", Due: today - 1}))
	kari.post(service+"/review", "due", (today-1).String()).leads(t, service+"?done=review")
	kari.get("/sites/skogen/inventory").shows(t, 200, "2 dager over datoen")
	kari.post(service+"/reviewed").leads(t, service+"?done=review")
	next := (today + 1).AddMonths(12)
	kari.get(service).shows(t, 200, `value="`+next.String()+`"`, "Sist gjennomgått")
	if body := kari.get("/sites/skogen").body + kari.get("/sites/skogen/inventory").body; strings.Contains(body, "bør gjennomgås") || strings.Contains(body, "over datoen") {
		t.Error("it is still to be looked at")
	}
	kari.post(service+"/review", "due", "").leads(t, service+"?done=review")
	kari.get(service).shows(t, 200, "Ingen dato er satt")
	kari.post("/sites/skogen/services/none/reviewed").shows(t, 404)
	if revision() != before {
		t.Error("the draft is another")
	}
	h.member("per@example.no", consent.RoleAuditor, skogen).get("/organisations/skogen/trail").shows(t, 200, "Gjennomgikk en tjeneste", "Satte dato for gjennomgang", "counter "+next.String())
}
