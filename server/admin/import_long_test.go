package admin_test

import (
	"fmt"
	"math"
	"net/http"
	"runtime"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// allocated gives how many bytes are taken while something is done.
func allocated(work func()) float64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	work()
	runtime.ReadMemStats(&after)
	return float64(after.TotalAlloc - before.TotalAlloc)
}

// A file twice as long takes twice the work, whatever is wrong with its lines.
func TestLongFileTakesNoMoreForEachLine(t *testing.T) {
	h := open(t)
	lines := func(format string) func(n int) string {
		return func(n int) string {
			var all strings.Builder
			for i := range n {
				fmt.Fprintf(&all, format, i)
			}
			return all.String()
		}
	}
	long := strings.Repeat("k", 60000)
	for name, each := range map[string]struct {
		head  string
		lines func(n int) string
		n     int
	}{
		"broken lines":           {"service,name\n", lines("a\"b,c%d\n"), 8000},
		"broken lines of a list": {openCookieHeading, lines("1,a\"b,c%d\n"), 8000},
		"unknown languages":      {"site:\n  key: skogen\n  name:\n", lines("    k%d: x\n"), 2000},
		"languages of services":  {"site:\n  key: skogen\nservices:\n  - key: s\n    name:\n", lines("      k%d: x\n"), 2000},
		"services":               {"site:\n  key: skogen\nservices:\n", lines("  - key: s%d\n"), 1000},
		"too many services":      {"site:\n  key: skogen\nservices:\n", lines("  - key: s%d\n"), 31000},
		"cookies of a service with a long key": {
			"site:\n  key: skogen\nservices:\n  - key: " + long + "\n    category: " + long + "\n    hosts: [x]\n    cookies:\n", lines("      - {pattern: {name: c%d}, exemption: {}}\n"), 1000,
		},
		"texts of a site under a long key": {"site:\n  key: skogen\n  wording:\n    ? " + long + "\n    :\n", lines("      k%d: x\n"), 500},
		"services with one long key":       {"site:\n  key: skogen\nservices:\n  - key: &a " + long + "\n", lines("  - {key: *a, notes: [k%d]}\n"), 50},
		"rows":                             {"service,name,category\n", lines("s%d,a,statistics\n"), 31000},
		"cookies of a service":             {"site:\n  key: skogen\nservices:\n  - key: s\n    cookies:\n", lines("      - {pattern: {name: c%d}}\n"), 1000},
	} {
		g := h.member(consent.HashOf([]byte(name)).String()+"@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
		// The least of some readings: what the collector takes out of pools meanwhile is made anew.
		read := func(n int) float64 {
			took := math.Inf(1)
			for range 4 {
				took = min(took, allocated(func() {
					if got := g.reads(each.head+each.lines(n), "check", "yes"); got.status == http.StatusTooManyRequests {
						t.Errorf("%s: %d are not read: %s", name, n, got.body)
					}
				}))
			}
			return took
		}
		read(10)
		one, two := read(each.n), read(2*each.n)
		const most = 20e3 // bytes for a line more; what is wrong with it is told once
		if two > 3*one || two-one > most*float64(each.n) {
			t.Errorf("%s: %d take %.0f kB, twice as many %.0f kB", name, each.n, one/1e3, two/1e3)
		}
	}
}

// An inventory that has too many services, or cookies of one, is refused by their number:
// of all that are in the file none is made.
func TestTooManyEntriesAreCountedFirst(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const n = 300_000
	for name, content := range map[string]string{
		"services":                  `{"services":[` + strings.Repeat("{},", n-1) + `{}]}`,
		"cookies":                   `{"services":[{"cookies":[` + strings.Repeat("{},", n-2) + `{}]}]}`,
		"behind what is no service": `{"services":[7,"x",` + strings.Repeat("{},", n-3) + `{}]}`,
	} {
		var got answer
		took := allocated(func() { got = kari.post(importPath, "content", content) })
		got.shows(t, http.StatusUnprocessableEntity, "for mange tjenester")
		const most = 75e6 // bytes: the form and the page; made, they would be 400 more
		if took > most {
			t.Errorf("%s: %.0f MB are taken", name, took/1e6)
		}
	}
}
