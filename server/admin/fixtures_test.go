package admin_test

import "testing"

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{
	"/sites/:site/figures/:chart.csv": true,
}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{
	"/sites/nowhere", "/account?done=saved",
	"/sites/skogen/figures?from=2020-01-01&to=2020-01-02", "/sites/skogen/figures?from=x&to=2026-01-01", "/sites/skogen/figures?from=2025-02-01",
	"/sites/skogen/findings?kind=stuck", "/sites/havet/findings",
}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
	figuresFixture(t, h)
}
