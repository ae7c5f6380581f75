package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Two public files of one day do not tell what one visitor did between them: a day that
// goes on is in none, and what was given of a day is given again. What it says is what the
// figures say.
func TestPublicFilesCannotBeCompared(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	auditor.get("/sites/skogen/log/export").shows(t, http.StatusOK, "de samme som på siden Tall")
	take := func(fields ...string) string {
		t.Helper()
		got := auditor.post("/sites/skogen/log/export", append([]string{"form", "public"}, fields...)...)
		got.shows(t, http.StatusOK)
		if name := got.header.Get("Content-Disposition"); !strings.HasSuffix(name, `-public.csv"`) {
			t.Errorf("the file is called %s", name)
		}
		_, rows, _ := strings.Cut(got.body, "\n")
		return rows
	}
	site, first := h.site(t, "skogen"), h.clock()
	answer := func(n int) consent.DecisionID {
		d := site.Decision(n)
		d.Time = first.Add(time.Duration(n) * time.Second)
		entry, err := h.store.Append(t.Context(), d)
		must(t, err)
		return entry.ID
	}
	var answers []consent.DecisionID
	for n := range 60 {
		answers = append(answers, answer(n))
	}
	day := consent.DayOf(first)
	today := func() string { return take("from", day.String(), "to", day.String()) }
	if rows := take() + today(); rows != "" {
		t.Errorf("a day that goes on is given:\n%s", rows)
	}
	h.wait((day + 1).Start().Sub(h.clock()) + time.Minute)
	auditor = h.member("later@example.no", consent.RoleAuditor, skogen)
	if rows := today(); rows != "" {
		t.Errorf("a day is given that goes on in UTC:\n%s", rows)
	}
	h.wait(time.Hour)
	auditor = h.member("last@example.no", consent.RoleAuditor, skogen)
	given := today()
	if !strings.HasPrefix(given, day.String()+","+day.String()+",days,,,60\r\n") || !strings.Contains(given, ",languages,nb,yes,20\r\n") {
		t.Fatalf("a day that is over is not given:\n%s", given)
	}
	if _, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{ID: answers[0], Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: h.clock()}); err != nil {
		t.Fatal(err)
	}
	_, err := h.store.Restrict(t.Context(), "skogen", consent.Restriction{ID: answers[4], Reason: consent.ReasonAsked, Time: h.clock()})
	must(t, err)
	answer(60)
	for name, again := range map[string]string{"the same": today(), "all": take()} {
		if again != given {
			t.Errorf("%s days are given otherwise after an erasure:\n%s\nwere\n%s", name, again, given)
		}
	}
	if told := h.actsOf(skogen); strings.Contains(told, "log.export") {
		t.Errorf("an export is told twice:\n%s", told) // the looks of this house are kept apart
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if last := h.acts[len(h.acts)-1]; last.Action != "log.exported" || last.Object != "form=public decisions=60" {
		t.Errorf("the trail knows of %+v", last)
	}
}
