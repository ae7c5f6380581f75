package admin_test

import (
	"encoding/csv"
	"net/http"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/samtykke/samtykke/consent"
)

// acted has acts of skogen on 2, 3 and 4 March, two minutes on each side of midnight
// in Norway.
func (h *house) acted(t *testing.T) {
	t.Helper()
	for _, at := range []time.Time{
		time.Date(2026, 3, 2, 22, 59, 0, 0, time.UTC), time.Date(2026, 3, 2, 23, 1, 0, 0, time.UTC),
		time.Date(2026, 3, 3, 22, 59, 0, 0, time.UTC), time.Date(2026, 3, 3, 23, 1, 0, 0, time.UTC),
	} {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: at, Account: 1, Organisation: skogen, Site: "skogen", Action: "site.add", Object: at.Format("02 15:04"), Reason: `=HYPERLINK("x")`}))
	}
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: time.Date(2026, 3, 3, 12, 0, 0, 0, time.UTC), Account: 1, Organisation: havet, Site: "havet", Action: "site.add", Object: "of another"}))
}

// Days are whole, and Norway's; a day that is none is said beside its field.
func TestTrailOfDays(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.acted(t)
	const path = "/organisations/skogen/trail"
	all := []string{"02 22:59", "02 23:01", "03 22:59", "03 23:01"}
	for query, want := range map[string][]string{
		"":                               all,
		"?from=2026-03-03&to=2026-03-03": {"02 23:01", "03 22:59"},
		"?from=2026-03-03":               {"02 23:01", "03 22:59", "03 23:01"},
		"?to=2026-03-02":                 {"02 22:59"},
		"?from=2027-01-01":               nil,
		"?to=2025-12-31":                 nil,
	} {
		body := auditor.get(path + query).body
		for _, each := range all {
			if strings.Contains(body, each) != slices.Contains(want, each) {
				t.Errorf("%s: what was done at %s: shown %t", query, each, !slices.Contains(want, each))
			}
		}
	}
	auditor.get(path+"?from=2026-03-03&to=2026-03-03").shows(t, http.StatusOK, `name="from" type="date" value="2026-03-03"`, `<input type="hidden" name="to" value="2026-03-03">`)
	auditor.get(path+"?from=2027-01-01").shows(t, http.StatusOK, "Filteret viser ingen linjer.")
	got := auditor.get(path + "?from=x&to=2026-02-30")
	got.shows(t, http.StatusUnprocessableEntity, `id="from-wrong"`, `id="to-wrong"`, `<a href="#from">`)
	if strings.Contains(got.body, "02 22:59") {
		t.Error("acts are shown for a day that is none")
	}
	auditor.get(path+"?from=2026-03-03&to=2026-03-02").shows(t, http.StatusUnprocessableEntity, `id="to-wrong"`)
	t.Run("the next page is of the same days", func(t *testing.T) {
		for range 110 {
			must(t, h.store.RecordAct(t.Context(), consent.Act{Time: time.Date(2026, 3, 5, 9, 0, 0, 0, time.UTC), Account: 1, Organisation: skogen, Action: "draft.settings.save"}))
		}
		_, rest, _ := strings.Cut(auditor.get(path+"?from=2026-03-03&person=1").body, `<a href="?before=`)
		next, _, found := strings.Cut(rest, `"`)
		next = strings.ReplaceAll(next, "&amp;", "&")
		if !found || !strings.Contains(next, "from=2026-03-03") || !strings.Contains(next, "person=1") {
			t.Fatalf("the next page is %q", next)
		}
		second := auditor.get(path + "?before=" + next)
		second.shows(t, http.StatusOK, "02 23:01")
		if strings.Contains(second.body, "02 22:59") {
			t.Error("the next page has other days")
		}
	})
}

// taken is a file of acts, read.
func (a answer) taken(t *testing.T) [][]string {
	t.Helper()
	if a.status != http.StatusOK || !strings.HasPrefix(a.header.Get("Content-Disposition"), "attachment") {
		t.Fatalf("got status %d, %q", a.status, a.header)
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(a.body, "\ufeff"))).ReadAll()
	must(t, err)
	return rows
}

// What the filter shows is taken out as it is shown, without formulas, and stands in
// the trail before it leaves.
func TestTrailIsTakenOut(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.acted(t)
	const path = "/organisations/skogen/trail/export"
	rows := auditor.post(path, "from", "2026-03-03", "to", "2026-03-03", "action", "site.add").taken(t)
	if len(rows) != 3 || rows[1][0] != "2026-03-03T23:59:00.000+01:00" || rows[2][8] != "02 23:01" {
		t.Fatalf("got %q", rows)
	}
	if row := strings.Join(rows[1], "|"); !strings.Contains(row, `|1|Kari Nordmann|site.add|La til et nettsted|`) || !strings.HasSuffix(row, `|skogen|'=HYPERLINK("x")|||person`) {
		t.Errorf("got the row %q", row)
	}
	last := h.acts[len(h.acts)-1]
	if last.Action != "trail.export" || last.Object != "action=site.add from=2026-03-03 to=2026-03-03" || last.Account != auditor.id || last.Organisation != skogen {
		t.Errorf("the trail is told %+v", last)
	}
	told := len(h.acts)
	auditor.post(path, "from", "x").shows(t, http.StatusUnprocessableEntity, `id="from-wrong"`)
	if len(h.acts) != told {
		t.Error("what was refused is told of as taken out")
	}
	for n := range 1100 {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: 1, Organisation: skogen, Action: "draft.settings.save", Object: "n" + strconv.Itoa(n)}))
	}
	seen := map[string]bool{}
	for _, row := range auditor.post(path, "action", "draft.settings.save").taken(t)[1:] {
		seen[row[7]] = true
	}
	if len(seen) != 1100 {
		t.Errorf("a long trail gives %d acts, want 1100", len(seen))
	}
	if body := auditor.post(path).body; strings.Contains(body, "of another") || strings.Count(body, "La til et nettsted") != 4 {
		t.Errorf("the whole trail is %s", body[:min(len(body), 2000)])
	}
	h.operator("ola@example.no").post("/trail/export").taken(t)
	h.wait(11 * time.Minute)
	auditor.post(path).shows(t, http.StatusUnauthorized, `action="/confirm"`)
}

// The trail fits a narrow window, and axe-core knows nothing against it.
func TestTrailLooksRight(t *testing.T) {
	axe, err := os.ReadFile(axeFile)
	must(t, err)
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.acted(t)
	ctx := auditor.chromium()
	for _, width := range []int64{1280, 320} {
		must(t, chromedp.Do(ctx, chromedp.EmulateViewport(width, 900)))
		auditor.looksRight(ctx, t, "/organisations/skogen/trail?from=2026-03-03", string(axe))
	}
}
