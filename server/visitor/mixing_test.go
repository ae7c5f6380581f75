package visitor_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// TestSitesDoNotMix lets connections ask for one site after another, each in
// its own order: what is given and stored is always the site's own. Without
// fiber.Config.Immutable the names that the server keeps change under its hands.
func TestSitesDoNotMix(t *testing.T) {
	const sites, lanes, rounds = 8, 12, 10
	w := start(t, quietly)
	keys := make([]consent.SiteKey, sites)
	bundles := map[consent.SiteKey]consent.BundleID{}
	for s := range sites {
		keys[s] = consent.SiteKey(strings.Repeat(string(rune('a'+s)), 3+s*4))
		_, bundles[keys[s]] = w.publish(keys[s])
	}
	var all sync.WaitGroup
	for lane := range lanes {
		c := w.dial(t, fmt.Sprintf("127.0.0.%d", lane+1))
		all.Go(func() {
			for i := range rounds * sites {
				key := keys[(i*(2*lane+1)+lane)%sites] // an odd step visits every site
				n := lane<<10 | i
				script := c.do(request{method: http.MethodGet, path: "/" + string(key) + ".js"})
				if !strings.HasPrefix(script.body, "/* main of "+string(key)+",") {
					t.Errorf("%s got %.40q", key, script.body)
				}
				body := strings.Replace(w.acceptAll(n), string(w.bundle), string(bundles[key]), 1)
				receipt := c.do(post(string(key), body))
				if receipt.StatusCode != http.StatusCreated || !strings.Contains(receipt.body, `"site":"`+string(key)+`"`) ||
					!strings.Contains(receipt.body, decisionID(n)) {
					t.Errorf("%s got %d %s", key, receipt.StatusCode, receipt.body)
				}
			}
		})
	}
	all.Wait()
	for key, bundle := range bundles {
		found := w.stored(key)
		if len(found) != lanes*rounds {
			t.Errorf("%s stored %d", key, len(found))
		}
		for _, entry := range found {
			if entry.Site != key || entry.Bundle != bundle || entry.Language != "nb" || entry.Layer != consent.LayerFirst ||
				entry.Method != consent.AcceptAll || len(entry.Choice.Categories) != 1 || !entry.Choice.Categories["statistics"] {
				t.Errorf("%s stored %+v", key, entry)
			}
		}
	}
}
