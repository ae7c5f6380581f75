package admin_test

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{
	"/sites/:site/log/:decision/receipt": true, "/sites/:site/log/:decision/record": true,
}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{
	"/sites/nowhere", "/account?done=saved",
	"/sites/skogen/log?category=statistics&method=save", "/sites/skogen/log?from=x&to=2026-01-01&receipt=x", "/sites/skogen/log/" + storagetest.ID(3).String(),
	"/sites/skogen/log/" + storagetest.ID(2).String(), "/sites/skogen/log/export?from=x", "/sites/havet/log", "/sites/havet/requests",
}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
	h.logged(t)
	h.faults = []consent.LedgerFault{{Site: "skogen", Origin: "localhost/consent/skogen/2026", Index: 3, Why: "the leaf of index 3 is not that of its record"}}
	h.audit(t, "skogen")
	h.audit(t, "havet")
}
