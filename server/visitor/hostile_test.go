package visitor_test

import (
	"bytes"
	"compress/gzip"
	"fmt"
	"math/rand/v2"
	"net/http"
	"strings"
	"sync"
	"testing"
	"time"
)

// TestHostilePosts sends 100,000 malformed, oversized, compressed, foreign,
// replayed and random bodies, with a few valid ones among them. Each gets the
// 4xx that fits, none a 5xx, and what is stored is exactly the valid ones, once.
func TestHostilePosts(t *testing.T) {
	const clients, each = 32, 3125
	seed := uint64(time.Now().UnixNano()) // a new one each time, printed to be repeated
	t.Logf("seed %d", seed)
	w := start(t, quietly)
	var all sync.WaitGroup
	valid := make([]map[string]bool, clients)
	for n := range clients {
		valid[n] = map[string]bool{}
		all.Go(func() {
			a := &attacker{world: w, rand: rand.New(rand.NewPCG(seed, uint64(n))), number: n, stored: valid[n]}
			a.run(t, each)
		})
	}
	all.Wait()
	want := map[string]bool{}
	for _, ids := range valid {
		for id := range ids {
			want[id] = true
		}
	}
	found := w.stored("gjerdrum")
	for _, entry := range found {
		if !want[entry.ID.String()] {
			t.Errorf("%s was stored, and should not have been or twice", entry.ID)
		}
		delete(want, entry.ID.String())
	}
	if len(want) > 0 || len(found) == 0 {
		t.Errorf("%d valid decisions are missing of %d", len(want), len(want)+len(found))
	}
}

// attacker sends one client's share over connections that stay open.
type attacker struct {
	*world
	rand   *rand.Rand
	number int
	count  int
	stored map[string]bool // ids of valid Decisions that were acknowledged
	last   string          // the last valid body
}

// volley is how many requests are sent before the first answer is read.
const volley = 50

func (a *attacker) run(t *testing.T, shots int) {
	t.Helper()
	from := fmt.Sprintf("127.0.%d.1", a.number)
	c := a.dial(t, from)
	for shots > 0 {
		var sent []request
		var want []int
		var text strings.Builder
		for shots > 0 && len(sent) < volley {
			r, status := a.shot()
			shots--
			sent, want = append(sent, r), append(want, status)
			text.WriteString(r.raw())
			if status == http.StatusRequestEntityTooLarge {
				break // the server closes: what comes after would be lost
			}
		}
		c.write(text.String())
		for i, r := range sent {
			got, err := glance(c.read)
			switch tooLarge := want[i] == http.StatusRequestEntityTooLarge; {
			case err != nil && !tooLarge: // a reset may overtake the answer to a body that nobody reads
				t.Errorf("no answer to %q: %v", r.body, err)
			case err == nil && got.status != want[i]:
				t.Errorf("status %d instead of %d for %v %.300q", got.status, want[i], r.header, r.body)
			case err == nil && want[i] != http.StatusCreated && got.reason == "":
				t.Errorf("status %d without a reason", got.status)
			case err == nil && got.closed != tooLarge:
				t.Errorf("status %d and the connection closed: %v", got.status, got.closed)
			}
			if t.Failed() {
				return
			}
			if want[i] == http.StatusRequestEntityTooLarge {
				_ = c.conn.Close()
				c = a.dial(t, from)
			}
		}
	}
}

// body makes a valid body with a fresh id.
func (a *attacker) body() (body, id string) {
	a.count++
	n := a.number<<16 | a.count
	return a.acceptAll(n), decisionID(n)
}

// shot makes one request and the status it deserves.
func (a *attacker) shot() (request, int) {
	body, id := a.body()
	r := post("gjerdrum", body)
	if a.last == "" || a.rand.IntN(64) == 0 {
		a.stored[id], a.last = true, body
		return r, http.StatusCreated
	}
	switch a.rand.IntN(16) {
	case 0, 1: // replayed
		r.body = a.last
		return r, http.StatusCreated
	case 2: // replayed with another answer
		r.body = strings.Replace(strings.Replace(a.last, "true", "false", 1), "accept_all", "reject_all", 1)
		return r, http.StatusConflict
	case 3: // oversized
		r.body = strings.Repeat(body, 8192/len(body)+1+a.rand.IntN(20))
		return r, http.StatusRequestEntityTooLarge
	case 4: // compressed
		r.header = append(r.header, "Content-Encoding: "+a.pick("gzip", "gzip, gzip", "br", "identity", "deflate", "x"))
		r.body = squeezed
		return r, http.StatusUnsupportedMediaType
	case 5: // foreign
		r.header[0] = "Origin: " + a.pick("https://evil.example", "null", "https://www.gjerdrum.kommune.no.evil.example",
			"http://www.gjerdrum.kommune.no", "https://www.gjerdrum.kommune.no:8443", "https://www-gjerdrum.kommune.no", "*", "file://")
		return r, http.StatusForbidden
	case 6: // another type
		r.header[1] = "Content-Type: " + a.pick("multipart/form-data; boundary=x", "application/x-www-form-urlencoded", "text/html", "image/png", "/")
		return r, http.StatusUnsupportedMediaType
	case 7: // another site
		r.path = "/" + a.pick("nowhere", "GJERDRUM", "gjerdrum%00", "-", strings.Repeat("a", 41), "..%2fgjerdrum") + "/decisions"
		return r, http.StatusNotFound
	case 8: // a name that the notice does not have
		r.body = a.unknown(body)
		return r, http.StatusUnprocessableEntity
	case 9: // random bytes
		r.body = a.noise(1 + a.rand.IntN(600))
		return r, http.StatusBadRequest
	case 10: // cut off
		r.body = body[:a.rand.IntN(len(body))]
		return r, http.StatusBadRequest
	default:
		r.body = a.spoil(body)
		return r, http.StatusBadRequest
	}
}

func (a *attacker) unknown(body string) string {
	return a.swap(body, [][2]string{
		{`"statistics":true`, `"statistics":true,"nobody":true`},
		{`"statistics":true`, `"__proto__":true`},
		{`"statistics":true`, ``},
		{`"statistics":true`, `"statistics":false`}, // accept_all that denies
		{`{"statistics":true}`, `{"statistics":true},"services":{"statistics/nobody":true}`},
		{`"language":"nb"`, `"language":"xx"`},
		{string(a.bundle), "AAAAAAAAAAA"},
	})
}

// spoil makes a body malformed in one of many ways.
func (a *attacker) spoil(body string) string {
	return a.swap(body, [][2]string{
		{`{"id"`, `{"ID"`},
		{`{"id"`, `[{"id"`},
		{`{"id"`, `{"id":"x","id"`},
		{`"gpc":false,`, ``},
		{`"gpc"`, `"GPC"`},
		{`"layer":"first"`, `"layer":"first","layer":"first"`},
		{`"layer":"first"`, `"layer":"nowhere"`},
		{`"layer":"first"`, `"layer":null`},
		{`"method":"accept_all"`, `"method":"expiry"`},
		{`"method":"accept_all"`, `"method":["accept_all"]`},
		{`"method":"accept_all",`, ``},
		{`"statistics":true`, `"statistics":true,"statistics":true`},
		{`"statistics":true`, `"statistics":null`},
		{`"statistics":true`, `"statistics":1`},
		{`"statistics":true`, `"statistics":"true"`},
		{`"statistics":true`, `"stat` + "\xff" + `istics":true`},
		{`"statistics":true`, `"\ud800":true`},
		{`"choice":{`, `"choice":{"more":{},`},
		{`"choice":{`, `"choice":{"services":null,`},
		{`"time":`, `"time":1.5e`},
		{`"time":`, `"time":99999999999999999999`},
		{`"gpc":false`, `"gpc":"yes"`},
		{`"gpc":false`, `"gpc":null`},
		{`"time":`, `"previous":"","time":`},
		{`"time":`, `"previous":"` + strings.Repeat("0", 36) + `","time":`},
		{`"time":`, `"ip":"127.0.0.1","time":`},
		{`"time":`, `"deep":` + strings.Repeat("[", 3000) + `,"time":`},
		{`"bundle":"`, `"bundle":"../`},
		{`"bundle":"`, `"bundle":"` + strings.Repeat("A", 100)},
		{`"token":"`, `"token":"A`},
		{`-7000-`, `-4000-`},
		{`}`, `}}}`},
		{`}`, `}} {`},
		{`"id":"0195f3a0`, `"id":"0195F3A0`},
	})
}

// swap replaces once by one of the pairs, one that fits.
func (a *attacker) swap(body string, pairs [][2]string) string {
	for {
		pair := pairs[a.rand.IntN(len(pairs))]
		if changed := strings.Replace(body, pair[0], pair[1], 1); changed != body {
			return changed
		}
	}
}

func (a *attacker) pick(from ...string) string { return from[a.rand.IntN(len(from))] }

func (a *attacker) noise(length int) string {
	alphabet := a.pick("{}[]\",:truefalsn0123456789 \\u", "\x00\xff\xfe{}\"", "abcdefghijklmnopqrstuvwxyz")
	var text strings.Builder
	for range length {
		text.WriteByte(alphabet[a.rand.IntN(len(alphabet))])
	}
	return text.String()
}

// squeezed is a compressed body.
var squeezed = func() string {
	var out bytes.Buffer
	zip := gzip.NewWriter(&out)
	_, _ = zip.Write([]byte(`{"id":"0195f3a0-0000-7000-8000-000000000000"}`))
	_ = zip.Close()
	return out.String()
}()
