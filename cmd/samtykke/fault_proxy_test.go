package main_test

import (
	"bytes"
	"encoding/json"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// faulty is Samtykke behind a proxy that can be told to fail, with a replica of
// the municipality whose script tag points to the proxy.
type faulty struct {
	*world
	proxy *faultProxy
	// municipal hears of each request that the municipality itself gets.
	municipal *heard
}

// newFaulty imports and publishes the example for the replica's port, as an
// administrator would, and serves it.
func newFaulty(t *testing.T) *faulty {
	t.Helper()
	f := &faulty{proxy: newFaultProxy(t), municipal: &heard{}}
	listener := listenLocal(t, "127.0.0.1:0")
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	replica := gjerdrum.New(gjerdrum.Options{Script: f.proxy.origin + "/gjerdrum.js", Port: port, Obsolete: true})
	serveOn(t, listener, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if strings.HasPrefix(r.Host, gjerdrum.Municipality) {
			f.municipal.hear(r.URL.Path)
		}
		replica.ServeHTTP(w, r)
	}))
	i := installation{t.TempDir()}
	draft := exampleSite(t)
	gjerdrum.ForDemo(draft, port)
	text, err := config.FormatSite(draft)
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(i.data, "site.yaml")
	if err := os.WriteFile(file, text, 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "site", "import", file, "--data", i.data)
	must(t, "notice", "publish", "--no-pictures", "gjerdrum", "--data", i.data)
	f.proxy.target(t, i.start(t).url)
	f.world = &world{
		Page: "http://" + gjerdrum.Municipality + ":" + port, Data: i.data,
		Script: f.proxy.origin + "/gjerdrum.js", Decisions: f.proxy.origin + "/gjerdrum/decisions",
	}
	return f
}

// fault answers a request in place of Samtykke.
type fault func(w http.ResponseWriter, r *http.Request)

// faultProxy passes requests on to Samtykke, but for paths with a fault.
type faultProxy struct {
	origin  string // as pages see it
	address string

	mu     sync.Mutex
	server *http.Server
	pass   http.Handler
	faults map[string]fault
	posts  []delivery
	heard  heard
}

// delivery is one answered post of a decision.
type delivery struct {
	status int
	body   []byte
	answer []byte
}

const (
	scriptPath    = "/gjerdrum.js"
	decisionsPath = "/gjerdrum/decisions"
)

func newFaultProxy(t *testing.T) *faultProxy {
	t.Helper()
	listener := listenLocal(t, "127.0.0.1:0")
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	p := &faultProxy{
		origin: "http://samtykke.localhost:" + port, address: listener.Addr().String(), faults: map[string]fault{},
	}
	p.serve(listener)
	t.Cleanup(p.down)
	return p
}

func (p *faultProxy) target(t *testing.T, address string) {
	t.Helper()
	to, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.pass = httputil.NewSingleHostReverseProxy(to)
}

// ServeHTTP hears every request, and answers it with its fault or from Samtykke.
func (p *faultProxy) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	p.heard.hear(r.URL.Path)
	p.mu.Lock()
	broken, pass := p.faults[r.URL.Path], p.pass
	p.mu.Unlock()
	if broken != nil {
		broken(w, r)
		return
	}
	if r.URL.Path != decisionsPath || r.Method != http.MethodPost {
		pass.ServeHTTP(w, r)
		return
	}
	body, _ := io.ReadAll(r.Body)
	r.Body = io.NopCloser(bytes.NewReader(body))
	answer := httptest.NewRecorder()
	pass.ServeHTTP(answer, r)
	p.mu.Lock()
	p.posts = append(p.posts, delivery{answer.Code, body, answer.Body.Bytes()})
	p.mu.Unlock()
	for name, values := range answer.Header() {
		w.Header()[name] = values
	}
	w.WriteHeader(answer.Code)
	_, _ = w.Write(answer.Body.Bytes())
}

// set gives a path a fault; nil mends it.
func (p *faultProxy) set(path string, broken fault) {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.faults[path] = broken
}

// delivered gives the posts that have reached Samtykke.
func (p *faultProxy) delivered() []delivery {
	p.mu.Lock()
	defer p.mu.Unlock()
	return append([]delivery(nil), p.posts...)
}

func (p *faultProxy) serve(listener net.Listener) {
	server := &http.Server{Handler: p}
	p.mu.Lock()
	p.server = server
	p.mu.Unlock()
	go func() { _ = server.Serve(listener) }()
}

// down ends every connection and the listener: nobody answers at the address.
func (p *faultProxy) down() {
	p.mu.Lock()
	defer p.mu.Unlock()
	_ = p.server.Close()
}

// up listens at the same address again.
func (p *faultProxy) up(t *testing.T) {
	t.Helper()
	p.serve(listenLocal(t, p.address))
}

// heard counts requests by path and wakes those who wait for one.
type heard struct {
	mu     sync.Mutex
	counts map[string]int
	change chan struct{}
}

func (h *heard) hear(path string) {
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.counts == nil {
		h.counts = map[string]int{}
	}
	h.counts[path]++
	if h.change != nil {
		close(h.change)
		h.change = nil
	}
}

// await returns when a path has been asked for more often than before.
func (h *heard) await(t *testing.T, path string, before int) {
	t.Helper()
	late := time.After(patience)
	for {
		h.mu.Lock()
		if h.change == nil {
			h.change = make(chan struct{})
		}
		enough, change := h.counts[path] > before, h.change
		h.mu.Unlock()
		if enough {
			return
		}
		select {
		case <-change:
		case <-late:
			t.Fatalf("%s was never asked for", path)
		}
	}
}

func (h *heard) count(path string) int {
	h.mu.Lock()
	defer h.mu.Unlock()
	return h.counts[path]
}

func listenLocal(t *testing.T, address string) net.Listener {
	t.Helper()
	listener, err := net.Listen("tcp", address)
	if err != nil {
		t.Fatal(err)
	}
	return listener
}

func serveOn(t *testing.T, listener net.Listener, handler http.Handler) {
	t.Helper()
	server := &http.Server{Handler: handler}
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(func() { _ = server.Close() })
}

// answering gives a fault that answers with this.
func answering(status int, kind, body string) fault {
	return func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", kind)
		w.Header().Set("Content-Length", strconv.Itoa(len(body)))
		w.WriteHeader(status)
		_, _ = io.WriteString(w, body)
	}
}

// hanging takes the request and never answers; release ends all such
// connections without an answer.
func hanging() (broken fault, release func()) {
	done := make(chan struct{})
	return func(w http.ResponseWriter, r *http.Request) {
		select {
		case <-done:
		case <-r.Context().Done():
		}
		panic(http.ErrAbortHandler)
	}, sync.OnceFunc(func() { close(done) })
}

// receiptOf gives the fields of a receipt.
func receiptOf(t *testing.T, answer []byte) map[string]any {
	t.Helper()
	fields := map[string]any{}
	if err := json.Unmarshal(answer, &fields); err != nil {
		t.Fatalf("%v: %s", err, answer)
	}
	return fields
}
