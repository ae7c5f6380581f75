package main_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Services are listed when their time comes, and a review sets the next one.
func TestReviewsOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	today := consent.DayOf(time.Now())
	do := func(args ...string) string {
		t.Helper()
		return must(t, append(append([]string{"review"}, args...), "--data", i.data)...)
	}
	i.refused(t, 1, "There are: siteimprove-analytics", "review", "done", "gjerdrum", "x")
	i.refused(t, 1, "The sites are: gjerdrum.", "review", "list", "havet")
	i.refused(t, 2, "is no day", "review", "date", "gjerdrum", "youtube", "soon")
	if said := do("list"); said != "No service is to be looked at now.\n" {
		t.Errorf("got %s", said)
	}
	i.refused(t, 1, "The day 2020-01-01 is over.", "review", "date", "gjerdrum", "youtube", "2020-01-01")
	store := i.open(t)
	if err := store.SetReview(t.Context(), "gjerdrum", consent.Review{Service: "youtube", Due: today - 3}); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	do("date", "gjerdrum", "youtube", (today - 3).String()) // what it is already
	do("date", "gjerdrum", "skjema", (today + 30).String())
	do("date", "gjerdrum", "minside", (today + 31).String())
	list := do("list")
	if !strings.Contains(list, "3 days late") || !strings.Contains(list, "in 30 days") || strings.Contains(list, "minside") || strings.Index(list, "youtube") > strings.Index(list, "skjema") {
		t.Errorf("got %s", list)
	}
	if all := do("list", "gjerdrum", "--all", "--json"); strings.Count(all, "\n") != len(i.draft(t).Services) || strings.Count(all, `"pressing":true`) != 2 {
		t.Errorf("got %s", all)
	}
	var done struct{ Due string }
	read(t, do("done", "gjerdrum", "youtube", "--json"), &done)
	if done.Due != today.AddMonths(12).String() {
		t.Errorf("due again on %s", done.Due)
	}
	if said := do("date", "gjerdrum", "skjema", "none"); !strings.Contains(said, "No day is set for skjema") {
		t.Errorf("got %s", said)
	}
	if said := do("list"); said != "No service is to be looked at now.\n" {
		t.Errorf("got %s", said)
	}
	want := []string{
		"service.review.date youtube " + (today - 3).String(), "service.review.date skjema " + (today + 30).String(), "service.review.date minside " + (today + 31).String(),
		"service.review.done youtube " + done.Due, "service.review.date skjema",
	}
	if got := i.told(t, "gjerdrum", "service"); !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}
