package admin_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Of people who note several services at the same moment one is heard, and the trail tells
// of each service once.
func TestManyReviewsAtTheSameMoment(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	today := consent.DayOf(h.clock())
	was := consent.Review{}
	for round := range 6 {
		due := consent.Review{Service: "film", Due: today + 1}
		must(t, h.store.SetReview(t.Context(), "skogen", due, was))
		was = consent.Review{Service: "film", Reviewed: today}
		asked := []string{"service", "film", "service", "counter", "was.counter", " ", "was.film", due.Due.String() + " "}
		if round > 0 {
			asked[5] = " " + today.String()
		}
		const people = 6
		var all [people]answer
		var everybody sync.WaitGroup
		for i := range people {
			everybody.Go(func() { all[i] = kari.post("/sites/skogen/reviews", asked...) })
		}
		everybody.Wait()
		saved := 0
		for _, got := range all {
			switch got.status {
			case http.StatusSeeOther:
				saved++
			case http.StatusConflict:
				got.shows(t, http.StatusConflict, "Ingenting ble lagret.")
			default:
				t.Errorf("got status %d", got.status)
			}
		}
		if saved != 1 {
			t.Errorf("round %d: %d were saved, want one", round, saved)
		}
		acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Action: "service.review.done"})
		must(t, err)
		if want := 2 * (round + 1); len(acts) != want {
			t.Errorf("round %d: the trail has %d acts, want %d", round, len(acts), want)
		}
	}
}
