package visitor_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// TestSitesDoNotMix lets many sites be asked at the same time over connections
// that share the server's memory: what is given and stored is always the site's
// own. Without fiber.Config.Immutable the stored names change under our hands.
func TestSitesDoNotMix(t *testing.T) {
	const sites, rounds = 8, 60
	w := start(t, quietly)
	var all sync.WaitGroup
	bundles := map[consent.SiteKey]consent.BundleID{}
	for s := range sites {
		key := consent.SiteKey(strings.Repeat(string(rune('a'+s)), 3+s*4))
		_, bundle := w.publish(key)
		bundles[key] = bundle
		for lane := range 3 {
			c := w.dial(t, fmt.Sprintf("127.0.%d.%d", s, lane+1))
			all.Go(func() {
				for round := range rounds {
					n := s<<12 | lane<<10 | round
					script := c.do(request{method: http.MethodGet, path: "/" + string(key) + ".js"})
					if !strings.HasPrefix(script.body, "/* main of "+string(key)+",") {
						t.Errorf("%s got %.40q", key, script.body)
					}
					body := strings.Replace(w.acceptAll(n), string(w.bundle), string(bundle), 1)
					receipt := c.do(post(string(key), body))
					if receipt.StatusCode != http.StatusCreated || !strings.Contains(receipt.body, `"site":"`+string(key)+`"`) ||
						!strings.Contains(receipt.body, decisionID(n)) {
						t.Errorf("%s got %d %s", key, receipt.StatusCode, receipt.body)
					}
				}
			})
		}
	}
	all.Wait()
	for key, bundle := range bundles {
		found := w.stored(key)
		if len(found) != 3*rounds {
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
