package admin_test

import (
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Whoever has ticked services finds the list again when one of them was removed meanwhile:
// with the other ticks, and told what is gone and who did that.
func TestManyReviewsOfWhatIsGone(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const path = "/sites/skogen/reviews"
	page := kari.get(path + "?all=on").body
	if !strings.Contains(page, `name="called.film" value="`) {
		t.Fatal("the form does not say what services are called")
	}
	ola.post("/sites/skogen/services/film/remove", "was", hidden(t, ola.get("/sites/skogen/services/film/remove").body, "was")).leads(t, "/sites/skogen/inventory?done=service_removed")
	both := []string{"service", "counter", "service", "film", "was.counter", " ", "was.film", " ", "called.film", "Filmen"}
	got := kari.post(path+"?all=on&ticked=on", both...)
	got.shows(t, 409, "<title>Feil: ", "Ingenting ble lagret.", "Filmen er ikke lenger blant tjenestene. Fjernet av Ola Hansen, ", `value="counter" checked`, `action="`+path+`?all=on"`)
	if strings.Contains(got.body, `value="film"`) {
		t.Error("what is gone can be ticked")
	}
	kari.post(path, both...).shows(t, 409, `value="counter" checked`) // also of what is not due
	if got := kari.post(path+"?all=on&ticked=on", "was.counter", " "); strings.Contains(got.body, " checked") {
		t.Error("what was left out is ticked")
	}
	if len(h.noted("service.review.done")) != 0 {
		t.Error("what was refused is noted")
	}
	kari.post(path, both[0], both[1], both[4], both[5]).leads(t, "/sites/skogen/inventory?done=reviews")

	const film = "/sites/skogen/services/film"
	kari.post(film+"/review", "review", " ", "called", "Filmen", "due", "2027-01-15").shows(t, 409,
		"Ingenting ble lagret, for tjenesten finnes ikke lenger.", "Filmen er ikke lenger blant tjenestene. Fjernet av Ola Hansen, ", "Datoen du valgte, 15. januar 2027, ble ikke lagret.", `action="`+path+`?all=on"`)
	kari.post(film+"/review", "review", " ", "due", "soon").shows(t, 409, "film er ikke lenger blant tjenestene.", "Datoen du valgte, soon, ble ikke lagret.")
	kari.post(film+"/reviewed", "review", " ").shows(t, 409, "film er ikke lenger blant tjenestene.")
}

// A service that is named a thousand times is noted once.
func TestManyReviewsOfOneService(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	asked := []string{"was.film", " "}
	for range 1000 {
		asked = append(asked, "service", "film")
	}
	kari.post("/sites/skogen/reviews", asked...).leads(t, "/sites/skogen/inventory?done=reviews")
	if acts := h.noted("service.review.done"); len(acts) != 1 {
		t.Errorf("the trail has %d acts, want one", len(acts))
	}
}

// noted gives the acts of the trail that did something.
func (h *house) noted(action string) []consent.ActEntry {
	h.t.Helper()
	acts, err := h.store.Acts(h.t.Context(), consent.TrailQuery{Organisation: skogen, Action: action})
	must(h.t, err)
	return acts
}

// All services that others have changed are named with who did that: five, and how many more.
func TestManyReviewsNameTheChanged(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	draft, revision, err := h.store.DraftAt(t.Context(), "skogen")
	must(t, err)
	var asked []string
	for _, key := range []consent.ServiceKey{"a", "b", "c", "d", "e", "f", "g"} {
		s := draft.Services[0]
		s.Key, s.Name = key, consent.Text{consent.Bokmaal: "Tjenesten " + string(key)}
		draft.Services = append(draft.Services, s)
		asked = append(asked, "service", string(key), "was."+string(key), " ")
	}
	must(t, h.store.ReplaceDraft(t.Context(), draft, revision, h.clock()))
	ola.post("/sites/skogen/services/b/reviewed").leads(t, "/sites/skogen/services/b?done=review")
	got := kari.post("/sites/skogen/reviews", asked...)
	got.shows(t, 409, "Gjennomgangen av Tjenesten b er endret i mellomtiden. Endret av Ola Hansen, ", `value="b" checked`, `value="a" checked`)
	if strings.Count(got.body, "er endret i mellomtiden") != 1 {
		t.Error("what is as it was is told of")
	}
	ola.post("/sites/skogen/reviews", append(asked, "was.b", consent.DayOf(h.clock()).String())...).shows(t, 409)
	for _, key := range []string{"a", "c", "d", "e", "f", "g"} {
		ola.post("/sites/skogen/services/"+key+"/reviewed").leads(t, "/sites/skogen/services/"+key+"?done=review")
	}
	got = kari.post("/sites/skogen/reviews", asked...)
	got.shows(t, 409, "2 tjenester til er endret eller fjernet.")
	if n := strings.Count(got.body, "Endret av Ola Hansen, "); n != 5 {
		t.Errorf("%d services are named, want 5", n)
	}
}

// What keeps a review from being saved stands at the top of the page and at what was pressed.
func TestReviewFaultsAreSeen(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	top := func(got answer) string {
		t.Helper()
		_, rest, _ := strings.Cut(got.body, `id="wrong">`)
		summary, _, is := strings.Cut(rest, "</div>")
		if !is || !strings.Contains(got.body, "<title>Feil: ") || !strings.Contains(got.body, "autofocus") {
			t.Fatal("the top of the page does not say that something is wrong")
		}
		return summary
	}
	state := hidden(t, kari.get(counterPage).body, "review")
	if strings.Contains(kari.get(counterPage).body, "<title>Feil") {
		t.Error("a page without a fault has one in its title")
	}
	if said := top(kari.post(counterPage+"/review", "review", state, "due", "2020-01-01")); !strings.Contains(said, `<a href="#due">Gjennomgås innen</a>: Dagen er over.`) {
		t.Errorf("got %s", said)
	}
	ola.post(counterPage+"/reviewed", "review", state).leads(t, counterPage+"?done=review")
	got := kari.post(counterPage+"/review", "review", state, "due", "2027-01-15")
	if said := top(got); !strings.Contains(said, `<a href="#due">`) || !strings.Contains(said, "Lagre en gang til") || !strings.Contains(said, "Endret av Ola Hansen, ") {
		t.Errorf("got %s", said)
	}
	got.shows(t, 409, `value="2027-01-15" aria-invalid="true"`)
	got = kari.post(counterPage+"/reviewed", "review", state)
	if said := top(got); !strings.Contains(said, `<a href="#reviewed">Gjennomgått</a>`) || !strings.Contains(said, "Velg «Gjennomgått» en gang til") || strings.Contains(said, "Lagre en gang til") || !strings.Contains(said, "Endret av Ola Hansen, ") {
		t.Errorf("got %s", said)
	}
	got.shows(t, 409, `<p class="wrong" id="reviewed-wrong">`)
	if strings.Contains(got.body, `id="due-wrong"`) {
		t.Error("the field of the date is told to be wrong")
	}
	if said := top(ola.post(counterPage+"/reviewed", "review", state)); !strings.Contains(said, "Du har selv endret") {
		t.Errorf("got %s", said)
	}
}
