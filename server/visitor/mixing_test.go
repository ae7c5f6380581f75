package visitor_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The sizes of TestSitesDoNotMix: 100,800 requests, of which every
// twenty-first is a Decision.
const (
	mixedSites = 8
	mixedLanes = 12
	mixedEach  = 8400
)

// TestSitesDoNotMix lets connections ask for one site after another, each in
// its own order and many at a time: what is given and stored is always the
// site's own. Without fiber.Config.Immutable the names that the server keeps
// change under its hands.
func TestSitesDoNotMix(t *testing.T) {
	w := start(t, quietly)
	m := &mixture{world: w, bundles: map[consent.SiteKey]consent.BundleID{}}
	for s := range mixedSites {
		key := consent.SiteKey(strings.Repeat(string(rune('a'+s)), 3+s*4))
		_, m.bundles[key] = w.publish(key)
		m.keys = append(m.keys, key)
	}
	var all sync.WaitGroup
	for n := range mixedLanes {
		c := w.dial(t, fmt.Sprintf("127.0.0.%d", n+1))
		all.Go(func() { m.lane(t, c, n) })
	}
	all.Wait()
	total := 0
	for key, bundle := range m.bundles {
		found := w.stored(key)
		total += len(found)
		for _, entry := range found {
			if entry.Site != key || entry.Bundle != bundle || entry.Language != "nb" || entry.Layer != consent.LayerFirst ||
				entry.Method != consent.AcceptAll || len(entry.Choice.Categories) != 1 || !entry.Choice.Categories["statistics"] {
				t.Fatalf("%s stored %+v", key, entry)
			}
		}
	}
	if total != mixedLanes*mixedEach/21 {
		t.Errorf("%d stored", total)
	}
}

// mixture is a server with several sites.
type mixture struct {
	*world
	keys    []consent.SiteKey
	bundles map[consent.SiteKey]consent.BundleID
}

// asked is one request with what its answer must hold.
type asked struct {
	request
	status int
	holds  []string
}

// lane sends one connection's share, a volley at a time.
func (m *mixture) lane(t *testing.T, c *wire, n int) {
	t.Helper()
	for i := 0; i < mixedEach && !t.Failed(); i += volley {
		var sent []asked
		var text strings.Builder
		for j := range min(volley, mixedEach-i) {
			sent = append(sent, m.ask(n, i+j))
			text.WriteString(sent[j].raw())
		}
		_ = c.conn.SetDeadline(time.Now().Add(time.Minute))
		c.write(text.String())
		for _, want := range sent {
			got, ok := c.receive(want.method)
			if !ok || got.StatusCode != want.status {
				t.Errorf("%s got %v %.200s", want.path, got.Response, got.body)
				return
			}
			for _, part := range want.holds {
				if !strings.Contains(got.body, part) {
					t.Errorf("%s got %.200s", want.path, got.body)
				}
			}
		}
	}
}

// ask makes a lane's request number i. Its step through the sites is odd, so it
// visits every one.
func (m *mixture) ask(lane, i int) asked {
	key := m.keys[(i*(2*lane+1)+lane)%mixedSites]
	if i%21 > 0 {
		return asked{request{method: http.MethodGet, path: "/" + string(key) + ".js"}, http.StatusOK, []string{"/* main of " + string(key) + ","}}
	}
	number := lane<<16 | i
	body := strings.Replace(m.acceptAll(number), string(m.bundle), string(m.bundles[key]), 1)
	return asked{post(string(key), body), http.StatusCreated, []string{`"site":"` + string(key) + `"`, decisionID(number)}}
}
