package main_test

import (
	"database/sql"
	"path/filepath"
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// TestResidualRows shows that what switched-off services have left is removed
// on sight in every state that a visitor can be in, and is counted as a finding.
func TestResidualRows(t *testing.T) {
	inEveryEngine(t, func(t *testing.T, p *tab) {
		j := newJourney(t, demo(t), p)
		states := []struct {
			name  string
			enter func()
		}{
			{"before a choice", func() { j.see("/video") }},
			{"refused", func() { j.see("/video"); p.press("[data-samtykke=reject]") }},
			{"accepted", func() {
				p.eval(`document.cookie = 'samtykke-gjerdrum=; path=/; max-age=0'`, nil)
				j.see("/video")
				p.press("[data-samtykke=accept]")
			}},
			{"withdrawn", func() { j.see("/video"); p.next(func() { p.press("[data-samtykke=withdraw]") }) }},
		}
		for _, state := range states {
			t.Run(state.name, func(t *testing.T) {
				state.enter()
				j.leaveOver(t)
			})
		}
	})
}

// leaveOver plants what the old logins left, as their servers did, looks at
// the next page, and expects none of it there and all of it among the findings.
func (j *journey) leaveOver(t *testing.T) {
	t.Helper()
	before := j.w.findings(t)
	j.begun = time.Now()
	j.p.eval(`fetch('/_demo/plant', { method: 'POST', redirect: 'manual' }).then(() => true)`, nil)
	// The page that is open looks for left-overs only when it is loaded.
	planted := step{name: "planted", begun: j.begun, end: time.Now(), jar: j.inPlace()}
	j.see("/informasjonskapsler")
	j.p.await("the left-overs to go", `!/G_ENABLED_IDPS|fbm_|fbsr_/.test(document.cookie)`)
	gone := step{jar: j.jar()}
	for _, row := range gjerdrum.Rows {
		if row.Action != gjerdrum.Planted {
			continue
		}
		if !planted.has(row) {
			t.Errorf("%s was not planted: %+v", row.Cookie, planted.jar)
			continue
		}
		planted.checkAge(t, row, j.p.browser)
		if gone.has(row) {
			t.Errorf("%s is still there", row.Cookie)
		}
		j.awaitFinding(t, before, string(row.Service)+"/"+row.Pattern)
	}
}

// inPlace reads the store without looking at a page of the municipality that
// would clear it: a missing file, unlike a missing page, is said without banner.
func (j *journey) inPlace() []kept { return j.p.jar(j.w.Page + "/static/-") }

// findings counts what pages have reported as left over, by name, as it is stored:
// nobody is shown how few.
func (w *world) findings(t testing.TB) map[string]int {
	t.Helper()
	db, err := sql.Open("sqlite3", "file:"+filepath.Join(w.Data, "samtykke.db")+"?mode=ro")
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	rows, err := db.QueryContext(t.Context(), "SELECT name, sum(count) FROM finding WHERE kind = 'residual' GROUP BY name")
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	counts := map[string]int{}
	for rows.Next() {
		var name string
		var count int
		if err := rows.Scan(&name, &count); err != nil {
			t.Fatal(err)
		}
		counts[name] = count
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
	return counts
}

// awaitFinding waits until a left-over has been reported once more.
func (j *journey) awaitFinding(t *testing.T, before map[string]int, name string) {
	t.Helper()
	for end := time.Now().Add(patience); ; {
		now := j.w.findings(t)
		if now[name] > before[name] {
			return
		}
		if time.Now().After(end) {
			t.Errorf("%s was not reported: %v", name, now)
			return
		}
		<-time.After(100 * time.Millisecond)
	}
}

// TestResidualRowsAreTheSwitchedOffServices keeps the two lists together.
func TestResidualRowsAreTheSwitchedOffServices(t *testing.T) {
	var residual, planted []string
	for _, service := range exampleSite(t).Services {
		for _, cookie := range service.Cookies {
			if cookie.Status == "residual" {
				residual = append(residual, string(service.Key)+"/"+cookie.Pattern.Name)
			}
		}
	}
	for _, row := range gjerdrum.Rows {
		if row.Action == gjerdrum.Planted {
			planted = append(planted, string(row.Service)+"/"+row.Pattern)
		}
	}
	if !slices.Equal(residual, planted) || len(planted) != 3 {
		t.Errorf("the site file has %v, the replica leaves %v", residual, planted)
	}
}
