package main_test

import (
	"database/sql"
	"path/filepath"
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
	i.refused(t, 1, "The day 9999-12-31 is more than 5 years ahead.", "review", "date", "gjerdrum", "youtube", "9999-12-31")
	store := i.open(t)
	notice, err := consent.InForce(t.Context(), store, "gjerdrum")
	if err != nil {
		t.Fatal(err)
	}
	published := consent.DayOf(notice.Published) // the day before, when it is midnight
	if err := store.SetReview(t.Context(), "gjerdrum", consent.Review{Service: "youtube", Due: today - 3}, consent.Review{}); err != nil {
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
	if said, next := do("date", "gjerdrum", "skjema", "none"), published.AddMonths(12).String(); said != "skjema is to be looked at every 12 months, next by "+next+".\n" {
		t.Errorf("got %s", said)
	}
	if said := do("list"); said != "No service is to be looked at now.\n" {
		t.Errorf("got %s", said)
	}
	settings := func(args ...string) string {
		t.Helper()
		return must(t, append([]string{"site", "settings", "gjerdrum", "--data", i.data}, args...)...)
	}
	if said := settings(); !strings.Contains(said, "review_months") || !strings.Contains(said, "(3, 6, 12)") {
		t.Errorf("the settings have no interval: %s", said)
	}
	before := i.draft(t).Hash()
	i.refused(t, 2, "review_months is 3, 6 or 12", "site", "settings", "gjerdrum", "review_months=4")
	i.refused(t, 2, "is changed by itself", "site", "settings", "gjerdrum", "review_months=3", "placement=bottom")
	settings("review_months=3")
	settings("review_months=3")
	if said, next := do("list", "gjerdrum", "--all"), published.AddMonths(3).String(); strings.Count(said, next+"  every 3 months") != len(i.draft(t).Services)-1 {
		t.Errorf("got %s", said)
	}
	if i.draft(t).Hash() != before {
		t.Error("the draft is another")
	}
	if got := i.told(t, "gjerdrum", "site.review"); !slices.Equal(got, []string{"site.review"}) {
		t.Errorf("the trail has %q", got)
	}
	want := []string{
		"service.review.date youtube " + (today - 3).String(), "service.review.date skjema " + (today + 30).String(), "service.review.date minside " + (today + 31).String(),
		"service.review.done youtube " + done.Due, "service.review.date skjema " + published.AddMonths(12).String(),
	}
	if got := i.told(t, "gjerdrum", "service"); !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// Several services are noted as reviewed by one command, or all that are due: every one of
// them, or none when one is not there.
func TestManyReviewsOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	today := consent.DayOf(time.Now())
	done := func(args ...string) string {
		t.Helper()
		return must(t, append(append([]string{"review", "done", "gjerdrum"}, args...), "--data", i.data)...)
	}
	i.refused(t, 2, "name services, or give --due", "review", "done", "gjerdrum")
	i.refused(t, 2, "both at once cannot be", "review", "done", "gjerdrum", "youtube", "--due")
	i.refused(t, 1, "There are: siteimprove-analytics", "review", "done", "gjerdrum", "youtube", "x")
	if got := i.told(t, "gjerdrum", "service.review"); len(got) != 0 {
		t.Fatalf("what was refused stands in the trail: %q", got)
	}
	if said := done("--due"); said != "No service is to be looked at now.\n" {
		t.Errorf("got %s", said)
	}
	if said := done("youtube", "skjema", "--json"); strings.Count(said, "\n") != 2 || !strings.Contains(said, `"service":"skjema"`) {
		t.Errorf("got %s", said)
	}
	must(t, "review", "date", "gjerdrum", "minside", today.String(), "--data", i.data)
	if said := done("--due"); !strings.HasPrefix(said, "minside is to be looked at every 12 months") || strings.Count(said, "\n") != 1 {
		t.Errorf("got %s", said)
	}
	next := " " + today.AddMonths(12).String()
	if got, want := i.told(t, "gjerdrum", "service.review.done"), []string{"service.review.done youtube" + next, "service.review.done skjema" + next, "service.review.done minside" + next}; !slices.Equal(got, want) {
		t.Errorf("the trail has %q, want %q", got, want)
	}
}

// When one of several cannot be stored, or somebody else has changed it by then, none is
// noted, and the trail tells of none: also of those that are due.
func TestManyReviewsFailTogether(t *testing.T) {
	for name, when := range map[string]struct{ trigger, said string }{
		"a fault":             {"BEFORE UPDATE ON review WHEN EXISTS (SELECT 1 FROM review WHERE reviewed > 0) BEGIN SELECT RAISE(ABORT, 'no more'); END", "A review is of a service"},
		"somebody else's day": {"AFTER UPDATE ON review WHEN NEW.reviewed > 0 BEGIN UPDATE review SET due = due + 9 WHERE reviewed = 0; END", "Somebody else has changed the review meanwhile."},
	} {
		t.Run(name, func(t *testing.T) {
			i := newInstallation(t)
			today := consent.DayOf(time.Now()).String()
			for _, service := range []string{"youtube", "skjema"} {
				must(t, "review", "date", "gjerdrum", service, today, "--data", i.data)
			}
			i.ruins(t, "CREATE TRIGGER meanwhile "+when.trigger)
			before := must(t, "review", "list", "gjerdrum", "--all", "--data", i.data)
			for _, args := range [][]string{{"youtube", "skjema"}, {"--due"}} {
				i.refused(t, 1, when.said, append([]string{"review", "done", "gjerdrum"}, args...)...)
				if after := must(t, "review", "list", "gjerdrum", "--all", "--data", i.data); after != before {
					t.Errorf("%v: some are noted: %.300s", args, after)
				}
				if got := i.told(t, "gjerdrum", "service.review.done"); len(got) != 0 {
					t.Errorf("%v: the trail has %q", args, got)
				}
			}
			i.ruins(t, "DROP TRIGGER meanwhile")
			if said := must(t, "review", "done", "gjerdrum", "youtube", "skjema", "youtube", "--data", i.data); strings.Count(said, "\n") != 2 {
				t.Errorf("got %s", said)
			}
		})
	}
}

// ruins changes the database behind the program's back.
func (i *installation) ruins(t *testing.T, statement string) {
	t.Helper()
	db, err := sql.Open("sqlite3", filepath.Join(i.data, "samtykke.db"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = db.Close() }()
	if _, err := db.ExecContext(t.Context(), statement); err != nil {
		t.Fatal(err)
	}
}
