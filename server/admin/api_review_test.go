package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Services are listed that are to be looked at again, what is due first on top. Who has
// looked at one says so, and the trail tells of what changes something.
func TestAPIReviews(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	const path, counter, film = apiSite + "/reviews", apiSite + "/reviews/counter", apiSite + "/reviews/film"
	today, draft := consent.DayOf(h.clock()), g.get(apiDraft).header.Get("ETag")
	list := func(query string) string {
		t.Helper()
		var keys []string
		for _, review := range read[api.Reviews](t, g.get(path+query)).Reviews {
			keys = append(keys, string(review.Service))
		}
		return strings.Join(keys, " ")
	}
	put := func(of string, due string) answer {
		t.Helper()
		return g.call(http.MethodPut, of, `{"due": "`+due+`"}`, "If-Match", g.get(of).header.Get("ETag"))
	}
	if due, all := list(""), list("?state=all"); due != "" || all != "counter film" {
		t.Errorf("got %q of %q", due, all)
	}
	g.get(path+"?state=late").faultsAt(t, "state")
	first := g.get(counter).header.Get("ETag")
	for _, wrong := range []string{"soon", "2027-02-30", "1969-01-01", "9999-12-31"} {
		put(counter, wrong).faultsAt(t, "due")
	}
	g.call(http.MethodPut, counter, `{}`, "If-Match", first).faultsAt(t, "due")
	g.call(http.MethodPut, counter, `{"due": ""}`).problem(t, http.StatusPreconditionRequired, "match_needed")
	read[api.Review](t, put(counter, "")) // it has none
	if len(g.trail()) != 0 {
		t.Error("what changes nothing stands in the trail")
	}

	read[api.Review](t, put(counter, (today+30).String()))
	g.wantLast("api.service.review.date", "counter "+(today+30).String())
	put(film, (today-1).String()).faultsAt(t, "due")
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "film", Due: today - 1}, consent.Review{}))
	got := put(film, (today - 1).String()) // what it is already
	if said := read[api.Review](t, got); !said.Now || !said.Own || *said.Due != (today-1).String() || said.Reviewed != nil || got.header.Get("ETag") != g.get(film).header.Get("ETag") {
		t.Errorf("got %+v", said)
	}
	if due := list(""); due != "film counter" {
		t.Errorf("got %q", due)
	}
	g.call(http.MethodPost, counter+"/done", "", "If-Match", first).problem(t, http.StatusPreconditionFailed, "changed")
	read[api.Review](t, put(counter, (today+31).String()))
	if due, all := list(""), list("?state=all"); due != "film" || all != "film counter" {
		t.Errorf("got %q of %q", due, all)
	}

	// Whoever says twice in a day that they have looked at it says it once.
	acts := len(g.trail())
	said := read[api.Review](t, g.seen(film+"/done", film, ""))
	next := today.AddMonths(12).String()
	if said.Now || said.Own || *said.Due != next || *said.Reviewed != today.String() {
		t.Errorf("got %+v", said)
	}
	g.wantLast("api.service.review.done", "film "+next)
	read[api.Review](t, g.seen(film+"/done", film, ""))
	if got := len(g.trail()); got != acts+1 {
		t.Errorf("%d acts are told, want %d", got, acts+1)
	}
	kari.get("/sites/skogen/services/film").shows(t, 200, "Sist gjennomgått", `type="date" value=""`)
	h.member("per@example.no", consent.RoleAuditor, skogen).get("/organisations/skogen/trail").shows(t, 200, "Gjennomgikk en tjeneste med en API-nøkkel", "film "+next)
	h.wait(24 * time.Hour)
	read[api.Review](t, g.seen(film+"/done", film, ""))
	if got := len(g.trail()); got != acts+2 {
		t.Errorf("%d acts are told, want %d", got, acts+2)
	}
	read[api.Review](t, put(film, (today+400).String()))
	read[api.Review](t, put(film, "")) // the interval gives it again
	g.wantLast("api.service.review.date", "film "+(today+1).AddMonths(12).String())

	// A program chooses how often, by what it has seen.
	const interval = apiSite + "/review-interval"
	seen := g.get(interval).header.Get("ETag")
	if said := read[api.ReviewInterval](t, g.get(interval)); said.Months != 12 {
		t.Errorf("every %d months", said.Months)
	}
	for _, wrong := range []string{`{"months": 4}`, `{"months": 0}`} {
		g.call(http.MethodPut, interval, wrong, "If-Match", seen).faultsAt(t, "months")
	}
	g.call(http.MethodPut, interval, `{"months": 3}`).problem(t, http.StatusPreconditionRequired, "match_needed")
	read[api.ReviewInterval](t, g.call(http.MethodPut, interval, `{"months": 3}`, "If-Match", seen))
	g.wantLast("api.site.review", "")
	g.call(http.MethodPut, interval, `{"months": 6}`, "If-Match", seen).problem(t, http.StatusPreconditionFailed, "changed")
	if said := read[api.Review](t, g.get(film)); *said.Due != (today+1).AddMonths(3).String() || *said.Published != today.String() {
		t.Errorf("got %+v", said)
	}
	if g.get(apiDraft).header.Get("ETag") != draft {
		t.Error("the draft is another")
	}
	g.get(path+"/none").problem(t, http.StatusNotFound, "unknown_address")
	g.seen(path+"/none/done", counter, "").problem(t, http.StatusNotFound, "unknown_address")
}

// Several services are noted as reviewed at once by what was listed, each with an act of its
// own; what is not there, or has changed since, keeps all of them from it.
func TestAPIReviewsMany(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiSite + "/reviews"
	all := path + "?state=all"
	done := func(tag string, services ...consent.ServiceKey) answer {
		t.Helper()
		return g.call(http.MethodPost, path+"/done", jsonOf(t, api.Reviewed{Services: append([]consent.ServiceKey{}, services...)}), "If-Match", tag)
	}
	seen := g.get(all).header.Get("ETag")
	g.call(http.MethodPost, path+"/done", `{"services": ["film"]}`).problem(t, http.StatusPreconditionRequired, "match_needed")
	done(seen, "film", "nowhere").faultsAt(t, "services.1")
	done(seen).faultsAt(t, "services")
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "film", Due: consent.DayOf(h.clock()) + 3}, consent.Review{}))
	done(seen, "film", "counter").problem(t, http.StatusPreconditionFailed, "changed")
	if len(g.trail()) != 0 {
		t.Fatalf("what was refused stands in the trail: %+v", g.trail())
	}
	today := consent.DayOf(h.clock()).String()
	said := read[api.Reviews](t, done(g.get(all).header.Get("ETag"), "film", "counter"))
	if len(said.Reviews) != 2 || said.Reviews[0].Service != "film" || *said.Reviews[0].Reviewed != today || *said.Reviews[1].Reviewed != today || said.Reviews[0].Own {
		t.Errorf("got %+v", said)
	}
	next := consent.DayOf(h.clock()).AddMonths(12).String()
	acts := g.trail()
	if len(acts) != 2 || acts[0].Action != "api.service.review.done" || !strings.HasSuffix(acts[0].Object, " counter "+next) || !strings.HasSuffix(acts[1].Object, " film "+next) || strings.Contains(acts[0].Object, "film") {
		t.Errorf("the trail has %+v", acts)
	}
	done(g.get(all).header.Get("ETag"), "film", "counter")
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "film", Due: consent.DayOf(h.clock())}, consent.Review{Reviewed: consent.DayOf(h.clock())}))
	read[api.Reviews](t, done(g.get(path).header.Get("ETag"), "film")) // by the list of what is due
	if got := len(g.trail()); got != 3 {
		t.Errorf("%d acts are told, want 3: what was noted today already is no news", got)
	}
}

// The list of what is due says nothing of other services: somebody may have changed one of
// those meanwhile.
func TestAPIReviewsByWhatWasSeen(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiSite + "/reviews"
	today := consent.DayOf(h.clock())
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "film", Due: today + 1}, consent.Review{}))
	due := g.get(path).header.Get("ETag")
	must(t, h.store.SetReview(t.Context(), "skogen", consent.Review{Service: "counter", Due: today + 200}, consent.Review{}))
	done := func(tag string, services ...consent.ServiceKey) answer {
		t.Helper()
		return g.call(http.MethodPost, path+"/done", jsonOf(t, api.Reviewed{Services: services}), "If-Match", tag)
	}
	if said := done(due, "film", "counter").problem(t, http.StatusPreconditionRequired, "match_needed"); !strings.Contains(said.Detail, "state=all") {
		t.Errorf("got %q", said.Detail)
	}
	if said := read[api.Review](t, g.get(path+"/counter")); *said.Due != (today + 200).String() {
		t.Errorf("a colleague's day is now %s", *said.Due)
	}
	done(due, "film", "film", "film").faultsAt(t, "services") // more than there are
	if len(g.trail()) != 0 {
		t.Fatalf("what was refused stands in the trail: %+v", g.trail())
	}
	read[api.Reviews](t, done(due, "film", "film"))
	if got := len(g.trail()); got != 1 {
		t.Errorf("%d acts are told, want one", got)
	}
	read[api.Reviews](t, done(g.get(path+"?state=all").header.Get("ETag"), "film", "counter"))
}
