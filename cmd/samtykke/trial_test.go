package main_test

import (
	"crypto/sha512"
	"encoding/base64"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"
)

// trial is a site made for the numbered cases: `samtykke serve` on a data folder
// of its own, pages that tests write, and stand-ins for third parties that count
// what they are asked for. Each case has a host of its own, so that nothing is
// left on it by another one.
type trial struct {
	installation
	file, site string // the site file, and its key
	server     *running
	script     string // address of the script tag
	port       string // of pages and third parties
	tls        *httptest.Server
	plain      *httptest.Server

	lock    sync.Mutex
	pages   map[string]page // by host and path
	seen    []request       // of third parties, oldest first
	reports []report        // of browsers
	front   front
}

// page is what a test has written for one address.
type page struct {
	html   string
	header map[string]string
	asked  int
	posted int             // of these, with a form
	hold   <-chan struct{} // when it is loaded anew, it waits for this
}

// request is what a third party was asked for.
type request struct {
	Host, Path string
	Header     http.Header
}

// oneTrial is the trial that most cases share.
var oneTrial = sync.OnceValues(func() (*trial, error) {
	dir, err := os.MkdirTemp("", "samtykke-trial")
	if err != nil {
		return nil, err
	}
	stopLater(func() { _ = os.RemoveAll(dir) })
	return &trial{installation: installation{dir}, file: trialFile, site: "trial"}, nil
})

// sharedTrial gives the shared trial, started at its first use.
func sharedTrial(t *testing.T) *trial {
	t.Helper()
	site, err := oneTrial()
	if err != nil {
		t.Fatal(err)
	}
	if site.server == nil {
		site.begin(t)
		stopLater(site.end)
	}
	return site
}

// newTrial starts a trial for one test, its site file changed by replacements,
// old and new in turn.
func newTrial(t *testing.T, replacements ...string) *trial {
	t.Helper()
	return newTrialOf(t, trialFile, "trial", replacements...)
}

// newTrialOf starts a trial of another site file.
func newTrialOf(t *testing.T, file, key string, replacements ...string) *trial {
	t.Helper()
	site := &trial{installation: installation{t.TempDir()}, file: file, site: key}
	site.begin(t, replacements...)
	t.Cleanup(site.end)
	return site
}

const trialFile = "testdata/trial.yaml"

func (s *trial) begin(t *testing.T, replacements ...string) {
	t.Helper()
	s.pages = map[string]page{}
	s.plain = httptest.NewServer(http.HandlerFunc(s.answer))
	s.tls = httptest.NewTLSServer(http.HandlerFunc(s.answer))
	s.port = portOf(s.plain.Listener)
	s.publish(t, replacements...)
	s.server = s.serve(t)
	s.script = strings.Replace(s.server.url, "127.0.0.1", "samtykke.localhost", 1) + "/" + s.site + ".js"
}

func portOf(l net.Listener) string {
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return port
}

func (s *trial) end() {
	s.server.stop(syscall.SIGKILL)
	s.plain.CloseClientConnections()
	s.plain.Close()
	s.tls.CloseClientConnections()
	s.tls.Close()
}

// publish imports the site file with replacements and shows it to visitors.
func (s *trial) publish(t *testing.T, replacements ...string) {
	t.Helper()
	text, err := os.ReadFile(s.file)
	if err != nil {
		t.Fatal(err)
	}
	for i := 0; i < len(replacements); i += 2 {
		if !strings.Contains(string(text), replacements[i]) {
			t.Fatalf("the site file does not hold %q", replacements[i])
		}
	}
	origins := []string{
		`"http://*.trial.localhost:` + s.port + `"`, `"http://127.0.0.1:` + s.port + `"`, `"http://localhost:` + s.port + `"`,
		`"https://page.localhost:` + portOf(s.tls.Listener) + `"`, `"https://intranet:` + portOf(s.tls.Listener) + `"`,
	}
	edited := strings.NewReplacer(replacements...).Replace(string(text))
	edited = strings.ReplaceAll(edited, "[ORIGINS]", "["+strings.Join(origins, ", ")+"]")
	path := filepath.Join(t.TempDir(), "trial.yaml")
	if err := os.WriteFile(path, []byte(edited), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "site", "import", path, "--data", s.data)
	must(t, "notice", "publish", "--no-pictures", s.site, "--data", s.data)
}

// republish shows a changed site file, and returns when visitors get it.
func (s *trial) republish(t *testing.T, replacements ...string) {
	t.Helper()
	before := fetch(t, s.script)
	s.publish(t, replacements...)
	for end := time.Now().Add(patience); fetch(t, s.script) == before; {
		if time.Now().After(end) {
			t.Fatal("the running server never shows the new notice")
		}
		<-time.After(50 * time.Millisecond)
	}
}

// write puts a page at an address, which is that of a host and path.
func (s *trial) write(address, html string, header map[string]string) {
	s.lock.Lock()
	defer s.lock.Unlock()
	s.pages[address] = page{html: html, header: header}
}

// holdNext lets a page wait, when it is loaded anew, until the function that is
// given is called.
func (s *trial) holdNext(address string) func() {
	hold := make(chan struct{})
	s.lock.Lock()
	defer s.lock.Unlock()
	held := s.pages[address]
	held.hold = hold
	s.pages[address] = held
	return func() { close(hold) }
}

// visits is how often a page was asked for.
func (s *trial) visits(address string) int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.pages[address].asked
}

// posts is how often a page was asked for with a form.
func (s *trial) posts(address string) int {
	s.lock.Lock()
	defer s.lock.Unlock()
	return s.pages[address].posted
}

// answer is every host but Samtykke's own.
func (s *trial) answer(w http.ResponseWriter, r *http.Request) {
	host, _, _ := strings.Cut(r.Host, ":")
	if host == "front.localhost" {
		s.passOn(w, r)
		return
	}
	if r.URL.Path == violated {
		s.takeReport(host, r)
		w.WriteHeader(http.StatusNoContent)
		return
	}
	s.lock.Lock()
	found, ok := s.pages[host+r.URL.Path]
	if ok {
		found.asked++
		if r.Method == http.MethodPost {
			found.posted++
		}
		s.pages[host+r.URL.Path] = found
	}
	s.lock.Unlock()
	switch {
	case ok:
		if found.hold != nil && found.asked > 1 {
			select {
			case <-found.hold:
			case <-r.Context().Done():
			}
		}
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Cache-Control", "no-store")
		for name, value := range found.header {
			w.Header().Set(name, value)
		}
		_, _ = w.Write([]byte(found.html))
	case strings.HasSuffix(host, ".trial.localhost") || host == "intranet" || host == "localhost" || host == "127.0.0.1":
		w.WriteHeader(http.StatusNoContent) // favicons and markers
	default:
		s.lock.Lock()
		s.seen = append(s.seen, request{host, r.URL.Path, r.Header.Clone()})
		s.lock.Unlock()
		s.standIn(w, r)
	}
}

// asked gives what third parties were asked for under a folder, in order of the
// alphabet: a case keeps to a folder of its own.
func (s *trial) asked(folder string) []string {
	s.lock.Lock()
	defer s.lock.Unlock()
	paths := []string{}
	for _, one := range s.seen {
		if path, ok := strings.CutPrefix(one.Path, folder); ok {
			paths = append(paths, path)
		}
	}
	slices.Sort(paths)
	return paths
}

// header gives the header of the newest request for a path of a third party.
func (s *trial) header(path string) http.Header {
	s.lock.Lock()
	defer s.lock.Unlock()
	for _, one := range slices.Backward(s.seen) {
		if one.Path == path {
			return one.Header
		}
	}
	return nil
}

// scriptText is what the stand-in's script of a name does.
func scriptText(name string) string { return `ran("` + name + `")` }

// integrity is the hash of a stand-in's script.
func integrity(name string) string {
	hash := sha512.Sum384([]byte(scriptText(name)))
	return "sha384-" + base64.StdEncoding.EncodeToString(hash[:])
}
