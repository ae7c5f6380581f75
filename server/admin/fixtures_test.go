package admin_test

import "testing"

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{"/sites/nowhere", "/account?done=saved"}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
}
