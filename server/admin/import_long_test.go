package admin_test

import (
	"fmt"
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
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	lines := func(format string) func(n int) string {
		return func(n int) string {
			var all strings.Builder
			for i := range n {
				fmt.Fprintf(&all, format, i)
			}
			return all.String()
		}
	}
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
		"cookies of a service":   {"site:\n  key: skogen\nservices:\n  - key: s\n    cookies:\n", lines("      - {pattern: {name: c%d}}\n"), 1000},
	} {
		read := func(n int) float64 {
			return allocated(func() { g.reads(each.head+each.lines(n), "check", "yes") })
		}
		read(10)
		one, two := read(each.n), read(2*each.n)
		const most = 20e3 // bytes for a line more; what is wrong with it is told once
		if two > 3*one || two-one > most*float64(each.n) {
			t.Errorf("%s: %d take %.0f kB, twice as many %.0f kB", name, each.n, one/1e3, two/1e3)
		}
	}
}
