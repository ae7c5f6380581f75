package main_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// The longest that each engine keeps a cookie, whatever its writer wanted.
const longestKept = 400 * 24 * time.Hour

// TestInventoryRows follows one visitor through everything that the replica
// has, and then looks at each of the inventory's 29 rows: stored when it may
// be and not before, for as long as its vendor says, and gone when it must be.
func TestInventoryRows(t *testing.T) {
	inEveryEngine(t, func(t *testing.T, p *tab) {
		j := newJourney(t, demo(t), p)
		j.beforeConsent()
		j.refuse()
		j.accept()
		j.openPlaces()
		j.withdraw()
		for i, row := range gjerdrum.Rows {
			t.Run(fmt.Sprintf("%02d %s %s", i+1, row.Service, row.Pattern), func(t *testing.T) { j.check(t, row) })
		}
	})
}

// check holds what was seen of one row against what must be.
func (j *journey) check(t *testing.T, row gjerdrum.Row) {
	if row.Action == gjerdrum.Planted {
		for _, s := range j.steps {
			if s.has(row) {
				t.Errorf("left over at %q", s.name)
			}
		}
		return // when it is written and removed is TestResidualRows
	}
	if why := j.impossible(t, row); why != "" {
		t.Log(why)
		return
	}
	begins := slices.IndexFunc(j.steps, func(s step) bool { return s.name == stepOf(row) })
	if begins < 0 {
		t.Fatalf("no step %q", stepOf(row))
	}
	for _, s := range j.steps[:begins] {
		if s.has(row) {
			t.Errorf("stored at %q already, before %q", s.name, stepOf(row))
		}
	}
	first := j.steps[begins]
	if !first.has(row) {
		t.Fatalf("not stored at %q, which has %v", first.name, first.jar)
	}
	first.checkAge(t, row, j.p.browser)
	j.checkEnd(t, row)
}

// checkEnd looks at what withdrawal and refusal leave.
func (j *journey) checkEnd(t *testing.T, row gjerdrum.Row) {
	end := j.steps[len(j.steps)-1]
	switch {
	case j.necessary(row):
		if row.Action == gjerdrum.Use && !j.at("refused").has(row) {
			t.Error("necessary, and gone after a refusal")
		}
		if !end.has(row) {
			t.Error("necessary, and gone after withdrawal")
		}
	case row.Host != gjerdrum.Municipality || row.HTTPOnly:
		if !strings.Contains(j.told, row.Pattern) {
			t.Errorf("out of the page's reach, and not named to the visitor: %q", j.told)
		}
	case end.has(row):
		t.Error("still there after withdrawal")
	}
}

// stepOf names the step of the journey at which a row appears.
func stepOf(row gjerdrum.Row) string {
	return fmt.Sprintf("%s %s", row.Action, row.Page+row.Press)
}

// step is the cookie store after one step of the journey.
type step struct {
	name       string
	begun, end time.Time
	jar        []kept
}

func (s step) find(row gjerdrum.Row) (kept, bool) {
	for _, cookie := range s.jar {
		if cookie.Name == row.Cookie && cookie.Host == row.Host && cookie.Path == row.Path {
			return cookie, true
		}
	}
	return kept{}, false
}

func (s step) has(row gjerdrum.Row) bool {
	_, has := s.find(row)
	return has
}

// checkAge compares what the engine keeps with what the vendor writes.
func (s step) checkAge(t *testing.T, row gjerdrum.Row, b browser) {
	t.Helper()
	cookie, _ := s.find(row)
	if cookie.HTTPOnly != row.HTTPOnly {
		t.Errorf("HttpOnly is %v", cookie.HTTPOnly)
	}
	if row.Age == 0 {
		if !cookie.Expires.IsZero() {
			t.Errorf("a session cookie that expires %s", cookie.Expires)
		}
		return
	}
	age := min(row.Age, longestKept)
	if _, is := b.(*webkit); is {
		age = row.Age // WebKit keeps what the vendor writes
	}
	from, to := s.begun.Add(age-time.Minute), s.end.Add(age+time.Minute)
	if cookie.Expires.Before(from) || cookie.Expires.After(to) {
		t.Errorf("expires %s, not about %s after it was written", cookie.Expires, age)
	}
	if row.Age > age {
		t.Logf("the vendor writes %s, the engine keeps it for %s at most", row.Age, age)
	}
}

// impossible says why a row cannot show in this engine, by what was observed:
// its stand-in was asked and answered with the cookie, and never got it back.
func (j *journey) impossible(t *testing.T, row gjerdrum.Row) string {
	if _, is := j.p.browser.(*webkit); !is || row.Host == gjerdrum.Municipality {
		return ""
	}
	if !j.asked[row.Host] {
		t.Errorf("%s was not asked", row.Host)
	}
	if row.Answer != "" && !slices.Contains(j.answered(t, row), row.Cookie) {
		t.Errorf("%s%s does not write it", row.Host, row.Answer)
	}
	if slices.Contains(j.sent, row.Host+" "+row.Cookie) {
		t.Error("WebKit has kept a third party's cookie")
	}
	for _, s := range j.steps {
		if s.has(row) {
			t.Errorf("WebKit has it at %q", s.name)
		}
	}
	return "WebKit blocks third parties' cookies: the stand-in was asked, wrote it, and never got it back"
}

// necessary says that the inventory exempts the row from consent.
func (j *journey) necessary(row gjerdrum.Row) bool {
	service := j.site.Service(row.Service)
	for i := range service.Cookies {
		if cookie := &service.Cookies[i]; cookie.Pattern.Name == row.Pattern {
			return cookie.CategoryIn(service) == consent.Necessary
		}
	}
	panic("the site file has no " + row.Pattern)
}

func exampleSite(t testing.TB) *consent.Draft {
	t.Helper()
	site, _, err := config.ParseSite(gjerdrum.Site())
	if err != nil {
		t.Fatal(err)
	}
	return site
}
