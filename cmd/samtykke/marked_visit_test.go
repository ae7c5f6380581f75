package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"
)

// markedVisit sends requests full of marks and keeps what is answered.
type markedVisit struct {
	*testing.T
	server       string
	bundle       string
	kept, erased post // two visitors' decisions
	answers      bytes.Buffer
	sent         int
	address      string // a fixed one; otherwise each request has its own
	routes       []string
}

func newMarkedVisit(t *testing.T, server string) *markedVisit {
	bundle := exampleBundle(t)
	return &markedVisit{
		T: t, server: server, bundle: bundle, kept: newPost(bundle, "accept_all", true), erased: newPost(bundle, "accept_all", true),
		routes: strings.Fields(`/.well-known/gpc.json /samtykke.d.ts /:site.js /:site/panel.:lang.:bundle.js
			/:site/place.:lang.:bundle.js /:site/rest.:lang.:bundle.js /:site/mine.:lang.:bundle.js /:site/:bundle.js /:site/decisions /:site/findings
			/:site/shown /:site/answer /:site/me /:site/me/frozen /:site/me.html /:site/receipts/:id.svg /:site/receipts/:id
			/:site/log/checkpoint /:site/log/keys /:site/log/consistency/:from /:site/log/:shard/checkpoint
			/:site/log/:shard/keys /:site/log/:shard/consistency/:from /witness/add-checkpoint /:site/cookies
			/:site/cookies.json /:site/cookies.csv /:site/notices/:number/cookies other`),
	}
}

// send sends a request with marks in all that it says of the visitor, and wants
// one of the statuses. Headers come as name and value in turn.
func (v *markedVisit) send(method, path, body string, want []int, headers ...string) {
	v.Helper()
	request, err := http.NewRequestWithContext(v.Context(), method, v.server+path+"?q=mrk7f3a91query&id=mrk7f3a91", strings.NewReader(body))
	if err != nil {
		v.Fatal(err)
	}
	v.sent++
	from := v.address
	if from == "" {
		from = []string{fmt.Sprintf("203.0.113.%d", v.sent%256), fmt.Sprintf("2001:db8:7f3a:%x::1", 0x9000+v.sent)}[v.sent%2]
	}
	all := []string{
		"User-Agent", "mrk7f3a91agent", "Referer", exampleOrigin + "/mrk7f3a91?mrk7f3a91", "Cookie", "session=mrk7f3a91cookie",
		"X-Forwarded-For", "mrk7f3a91, 203.0.113.9, " + from, "X-Real-Ip", from, "Forwarded", "for=" + from, "From", "mrk7f3a91@example.no",
		"Accept-Language", "nb, x-mrk7f3a91;q=0.5", "X-Request-Id", "mrk7f3a91", "Sec-Ch-Ua", "mrk7f3a91", "X-Forwarded-Host", "mrk7f3a91.example",
		"Origin", exampleOrigin, "Content-Type", "text/plain;charset=utf-8",
	}
	for pair := range slices.Chunk(append(all, headers...), 2) {
		request.Header.Set(pair[0], pair[1])
	}
	response, err := http.DefaultTransport.RoundTrip(request)
	if err != nil {
		v.Fatal(err)
	}
	defer response.Body.Close()
	said, err := io.ReadAll(response.Body)
	if err != nil || !slices.Contains(want, response.StatusCode) {
		v.Errorf("%s %s: %s, want %v: %v %.200s", method, path, response.Status, want, err, said)
	}
	fmt.Fprintln(&v.answers, method, response.Status, response.Header, string(said))
}

// decide posts a decision.
func (v *markedVisit) decide(p post, want ...int) {
	v.Helper()
	body, err := json.Marshal(p)
	if err != nil {
		v.Fatal(err)
	}
	v.send(http.MethodPost, "/gjerdrum/decisions", string(body), want)
}

// finding reports a name of the page's markup.
func (v *markedVisit) finding() {
	v.Helper()
	v.send(http.MethodPost, "/gjerdrum/findings", `{"bundle":"`+v.bundle+`","findings":[{"kind":"unknown","name":"marketing/tube"}]}`, []int{204})
}

// everything sends every kind of request.
func (v *markedVisit) everything() {
	v.Helper()
	v.decide(v.kept, 201)
	v.decide(v.erased, 201)
	v.reads()
	v.rights()
	v.faults()
	v.flood()
}

// reads gets every page, as a person and as a program.
func (v *markedVisit) reads() {
	year := time.Now().UTC().Format("2006")
	paths := strings.Fields(strings.NewReplacer("BUNDLE", v.bundle, "YEAR", year, "ID", v.kept.ID).Replace(`
		/.well-known/gpc.json /samtykke.d.ts /verify.html /gjerdrum.js /gjerdrum/panel.nb.BUNDLE.js /gjerdrum/rest.nb.BUNDLE.js
		/gjerdrum/place.nb.BUNDLE.js
		/gjerdrum/mine.nb.BUNDLE.js /gjerdrum/BUNDLE.js /gjerdrum/me.html /gjerdrum/receipts/ID.svg /gjerdrum/cookies
		/gjerdrum/cookies.json /gjerdrum/cookies.csv /gjerdrum/notices/1/cookies /gjerdrum/notices/1/cookies.json
		/gjerdrum/log/checkpoint /gjerdrum/log/keys /gjerdrum/log/consistency/1 /gjerdrum/log/YEAR/checkpoint /gjerdrum/log/YEAR/keys
		/gjerdrum/log/YEAR/consistency/1
		/ /mrk7f3a91 /mrk7f3a91.js /mrk7f3a91/cookies /gjerdrum/mrk7f3a91.js /gjerdrum/mrk7f3a91 /gjerdrum/notices/mrk7f3a91/cookies
		/gjerdrum/receipts/mrk7f3a91 /gjerdrum/receipts/mrk7f3a91.svg /gjerdrum/log/mrk7f3a91/checkpoint /gjerdrum/log/consistency/mrk7f3a91
		/gjerdrum/panel.mrk7f3a91.BUNDLE.js /gjerdrum/me /gjerdrum/receipts/ID`))
	for _, path := range paths {
		for _, accept := range []string{"text/html", "*/*"} {
			v.send(http.MethodGet, path, "", []int{200, 302, 307, 308, 400, 401, 404, 422}, "Accept", accept)
		}
		v.send(http.MethodPatch, path, "mrk7f3a91", []int{404, 405})
	}
}

// rights does what a token allows, and what is counted.
func (v *markedVisit) rights() {
	mine, gone := "Bearer "+v.kept.Token, "Bearer "+v.erased.Token
	for _, path := range strings.Fields("decisions findings shown me me/frozen receipts/" + v.kept.ID) {
		v.send(http.MethodOptions, "/gjerdrum/"+path, "", []int{204}, "Access-Control-Request-Headers", "mrk7f3a91")
	}
	v.send(http.MethodPost, "/gjerdrum/shown", "", []int{204})
	v.send(http.MethodPost, "/gjerdrum/shown", "mrk7f3a91", []int{422, 400})
	v.send(http.MethodPost, "/gjerdrum/answer", `{"bundle":"`+v.bundle+`","answer":"1","granted":["mrk7f3a91"]}`, []int{403})
	v.send(http.MethodGet, "/gjerdrum/me", "", []int{200}, "Authorization", mine)
	v.send(http.MethodPut, "/gjerdrum/me/frozen", "", []int{200}, "Authorization", mine)
	v.send(http.MethodDelete, "/gjerdrum/me/frozen", "", []int{200}, "Authorization", mine)
	v.send(http.MethodPut, "/gjerdrum/me/frozen", "", []int{200}, "Authorization", gone)
	v.send(http.MethodGet, "/gjerdrum/receipts/"+v.kept.ID, "", []int{200}, "Authorization", mine)
	second := v.erased
	second.ID, second.Previous = newDecisionID(time.Now()), v.erased.ID
	v.decide(second, 201)
	v.send(http.MethodDelete, "/gjerdrum/receipts/"+second.ID, "", []int{200, 204}, "Authorization", gone)
	v.send(http.MethodDelete, "/gjerdrum/me", "", []int{200}, "Authorization", gone)
	v.send(http.MethodGet, "/gjerdrum/me", "", []int{401, 422, 400}, "Authorization", "Bearer mrk7f3a91")
	v.decide(second, 410)
}

// faults sends what is refused.
func (v *markedVisit) faults() {
	other := v.kept
	other.Language = "nb"
	v.decide(other, 409)
	body, err := json.Marshal(newPost(v.bundle, "accept_all", true))
	if err != nil {
		v.Fatal(err)
	}
	whole := string(body)
	to := "/gjerdrum/decisions"
	for _, wrong := range [][2]string{
		{`"nn"`, `"mrk7f3a91"`},
		{"accept_all", "mrk7f3a91"},
		{"first", "mrk7f3a91"},
		{"statistics", "mrk7f3a91"},
		{`"bundle"`, `"mrk7f3a91":1,"bundle"`},
		{v.bundle, "mrk7f3a91"},
		{`{"id"`, `mrk7f3a91{"id"`},
	} {
		v.send(http.MethodPost, to, strings.Replace(whole, wrong[0], wrong[1], 1), []int{400, 404, 422})
	}
	v.send(http.MethodPost, to, whole, []int{403}, "Origin", "https://mrk7f3a91.example")
	v.send(http.MethodPost, "/mrk7f3a91/decisions", whole, []int{404})
	v.send(http.MethodPost, to, strings.Repeat("mrk7f3a91", 1000), []int{413})
	v.send(http.MethodPost, to, whole, []int{415}, "Content-Type", "text/mrk7f3a91")
	v.send(http.MethodPost, to, whole, []int{415}, "Content-Encoding", "mrk7f3a91")
	v.send(http.MethodGet, "/gjerdrum.js", "", []int{431}, "X-Long", strings.Repeat("mrk7f3a91", 1000))
	v.send(http.MethodPost, "/gjerdrum/findings", `{"bundle":"`+v.bundle+`","findings":[{"kind":"residual","name":"mrk7f3a91/_ga"}]}`, []int{422})
	v.send(http.MethodPost, "/witness/add-checkpoint", "old 0\n\nmrk7f3a91\n1\nmrk7f3a91\n", []int{400, 403, 404, 422})
	conn, err := net.Dial("tcp", strings.TrimPrefix(v.server, "http://"))
	if err != nil {
		v.Fatal(err)
	}
	defer conn.Close()
	fmt.Fprintf(conn, "mrk7f3a91 /mrk7f3a91 mrk7f3a91\r\nX-Forwarded-For: 203.0.113.9\r\nmrk7f3a91\r\n\r\n")
	_ = conn.SetReadDeadline(time.Now().Add(patience))
	said, _ := io.ReadAll(conn) // whatever it says before it closes
	v.answers.Write(said)
}

// flood decides until one network has stored its part, and the site its day:
// that others still could shows that the proxy's word was taken.
func (v *markedVisit) flood() {
	again := func(want ...int) {
		p := newPost(v.bundle, "accept_all", true)
		p.Token = v.kept.Token
		v.decide(p, want...)
	}
	v.address = "203.0.113.7"
	for range 4 {
		again(201, 429)
	}
	again(429)
	v.address = ""
	again(201)
	for range 60 {
		again(201, 429, 503)
	}
	again(503)
}
