package admin_test

import (
	"net/http"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Of people who set the day of a review at the same moment one is heard, and the others see
// what that one chose.
func TestReviewsAtTheSameMoment(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	today := consent.DayOf(h.clock())
	for round := range 8 {
		state := hidden(t, kari.get(counterPage).body, "review")
		const people = 6
		var all [people]answer
		var everybody sync.WaitGroup
		for i := range people {
			everybody.Go(func() {
				all[i] = kari.post(counterPage+"/review", "review", state, "due", (today + consent.Day(10+round*people+i)).String())
			})
		}
		everybody.Wait()
		saved := 0
		for _, got := range all {
			switch got.status {
			case http.StatusSeeOther:
				saved++
			case http.StatusConflict:
			default:
				t.Errorf("got status %d", got.status)
			}
		}
		if saved != 1 {
			t.Errorf("round %d: %d were saved, want one", round, saved)
		}
	}
}

// Nobody is asked to look at a service when today's people have left.
func TestReviewFarAhead(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	last := consent.DayOf(h.clock()).AddMonths(12 * consent.ReviewYears)
	for _, due := range []string{"9999-12-31", (last + 1).String()} {
		got := kari.post(counterPage+"/review", "due", due)
		got.shows(t, 422, "Datoen er mer enn 5 år fram.", `value="`+due+`"`)
	}
	kari.post(counterPage+"/review", "due", last.String()).leads(t, counterPage+"?done=review")
	for lang, said := range map[consent.Language]string{consent.Nynorsk: "Datoen er meir enn 5 år fram.", consent.English: "The date is more than 5 years ahead."} {
		must(t, h.store.SetProfile(t.Context(), kari.id, "Kari", lang))
		kari.post(counterPage+"/review", "due", "9999-12-31").shows(t, 422, said)
	}
}

// Whoever chose another interval meanwhile is named.
func TestWhoChoseTheInterval(t *testing.T) {
	h := open(t)
	kari, ola := h.pair()
	const review = "/sites/skogen/settings/review"
	kari.post(review, "was", "12", "months", "3").leads(t, review+"?done=review_interval")
	ola.post(review, "was", "12", "months", "6").shows(t, 409, "Noen andre har endret dette i mellomtiden", "Endret av Kari Nordmann, ")
	kari.post(review, "was", "12", "months", "6").shows(t, 409, "Du har selv endret dette i mellomtiden", "Endret av deg selv, ")
}
