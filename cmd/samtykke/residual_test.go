package main_test

import (
	"bufio"
	"encoding/json"
	"slices"
	"strings"
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

// findings counts what pages have reported as left over, by name.
func (w *world) findings(t testing.TB) map[string]int {
	t.Helper()
	counts := map[string]int{}
	lines := bufio.NewScanner(strings.NewReader(w.samtykke(t, "findings", "gjerdrum", "--json")))
	for lines.Scan() {
		var finding struct {
			Kind, Name string
			Count      int
		}
		if err := json.Unmarshal(lines.Bytes(), &finding); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		if finding.Kind == "residual" {
			counts[finding.Name] += finding.Count
		}
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
