package admin_test

import (
	"testing"

	"github.com/samtykke/samtykke/server/admin"
)

// notPages are routes that answer with something else than a page.
var notPages = map[string]bool{
	"/sites/:site/export/:file": true,
}

// morePages are pages in a state that their route alone does not show.
var morePages = []string{
	"/sites/nowhere", "/account?done=saved",
	"/sites/skogen/inventory?q=filmviseren&problems=on", "/sites/skogen/texts?missing=on&page=2", "/sites/skogen/categories/necessary",
	"/sites/skogen/services/odd", "/sites/skogen/services/film/cookies/" + admin.AddressName("_film"),
}

// fixtures fills Skogen with what pages show.
func fixtures(t *testing.T, h *house) {
	t.Helper()
	inventoryFixtures(t, h)
}
