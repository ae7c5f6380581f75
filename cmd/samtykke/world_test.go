package main_test

import (
	"bufio"
	"encoding/json"
	"io"
	"net/http"
	"net/url"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"
)

// world is a running demo: the program as anyone starts it, the replica of a
// municipal site and its third parties, all on free loopback ports.
type world struct {
	Page      string `json:"page"`      // the replica's front page
	Script    string `json:"script"`    // the address of the script tag
	Cookies   string `json:"cookies"`   // the declaration
	Decisions string `json:"decisions"` // where decisions are posted
	Data      string `json:"data"`      // the folder with the database

	cmd *exec.Cmd
}

// startWorld starts a demo and returns when it is ready.
func startWorld(args ...string) (*world, error) {
	path, err := watched()
	if err != nil {
		return nil, err
	}
	cmd := exec.Command(path, append([]string{"demo", "--json", "--no-pictures", "--listen", "127.0.0.1:0"}, args...)...)
	cmd.Stderr = os.Stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return nil, err
	}
	if err := cmd.Start(); err != nil {
		return nil, err
	}
	w := &world{cmd: cmd}
	line, err := bufio.NewReader(stdout).ReadBytes('\n')
	if err == nil {
		err = json.Unmarshal(line, w)
	}
	if err != nil {
		w.stop()
		return nil, err
	}
	w.Page = strings.TrimSuffix(w.Page, "/")
	return w, nil
}

// stop interrupts the demo and waits for its end.
func (w *world) stop() {
	_ = w.cmd.Process.Signal(os.Interrupt)
	_ = w.cmd.Wait()
}

// newWorld starts a demo for one test.
func newWorld(t testing.TB, args ...string) *world {
	t.Helper()
	w, err := startWorld(args...)
	if err != nil {
		t.Fatalf("demo does not start: %v", err)
	}
	t.Cleanup(w.stop)
	return w
}

var (
	oneWorld = sync.OnceValues(func() (*world, error) { return sharedWorld() })
	askAll   = sync.OnceValues(func() (*world, error) { return sharedWorld("--ask-all") })
)

func sharedWorld(args ...string) (*world, error) {
	w, err := startWorld(args...)
	if err == nil {
		stopLater(w.stop)
	}
	return w, err
}

// demo gives the demo that most tests share, with an empty request log. It
// asks one question in the banner; services in place ask for themselves.
func demo(t testing.TB) *world {
	t.Helper()
	return shareWorld(t, oneWorld)
}

// demoAskAll gives the shared demo that asks for every category in the banner.
func demoAskAll(t testing.TB) *world {
	t.Helper()
	return shareWorld(t, askAll)
}

func shareWorld(t testing.TB, get func() (*world, error)) *world {
	t.Helper()
	w, err := get()
	if err != nil {
		t.Fatalf("demo does not start: %v", err)
	}
	w.forgetRequests(t)
	return w
}

// hit is what a third party was asked for.
type hit struct {
	Host  string
	Path  string
	Count int
}

// requests gives every request that third parties have received since the last
// reset: proof at the network, from the side of those who must not be asked.
func (w *world) requests(t testing.TB) []hit {
	t.Helper()
	var answer struct{ Requests []hit }
	w.get(t, w.Page+"/_demo/requests", &answer)
	return answer.Requests
}

// asked gives how often a third party was asked for anything.
func (w *world) asked(t testing.TB, host string) int {
	t.Helper()
	n := 0
	for _, h := range w.requests(t) {
		if h.Host == host {
			n += h.Count
		}
	}
	return n
}

func (w *world) forgetRequests(t testing.TB) {
	t.Helper()
	response, err := localClient.Post(loopback(w.Page+"/_demo/reset"), "", nil)
	if err != nil {
		t.Fatal(err)
	}
	_ = response.Body.Close()
}

// localClient speaks to *.localhost without asking any resolver.
var localClient = &http.Client{Timeout: patience, Transport: hostKeeper{}}

// hostKeeper sends a request for name.localhost to loopback with its Host kept.
type hostKeeper struct{}

func (hostKeeper) RoundTrip(r *http.Request) (*http.Response, error) {
	clone := r.Clone(r.Context())
	clone.Host = r.URL.Host
	if strings.HasSuffix(clone.URL.Hostname(), ".localhost") {
		clone.URL.Host = "127.0.0.1:" + clone.URL.Port()
	}
	return http.DefaultTransport.RoundTrip(clone)
}

// loopback checks that an address of ours is one, and returns it.
func loopback(address string) string {
	u, err := url.Parse(address)
	if err != nil || (u.Hostname() != "127.0.0.1" && !strings.HasSuffix(u.Hostname(), "localhost")) {
		panic("not a loopback address: " + address)
	}
	return address
}

func (w *world) get(t testing.TB, address string, out any) {
	t.Helper()
	response, err := localClient.Get(loopback(address))
	if err != nil {
		t.Fatal(err)
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil || response.StatusCode != http.StatusOK {
		t.Fatalf("%s: %s %v %s", address, response.Status, err, body)
	}
	if err := json.Unmarshal(body, out); err != nil {
		t.Fatalf("%s: %v: %s", address, err, body)
	}
}

// record is one decision as `samtykke log list --json` prints it.
type record struct {
	ID       string `json:"id"`
	Method   string `json:"method"`
	Layer    string `json:"layer"`
	State    string `json:"state"`
	Language string `json:"language"`
	Previous string `json:"previous"`
	Notice   int    `json:"notice"`
	Time     string `json:"time"`
	Choice   struct {
		Categories map[string]bool `json:"categories"`
		Services   map[string]bool `json:"services"`
	} `json:"choice"`
	GPC bool `json:"gpc"`
}

// samtykke runs a verb of the program on the world's data.
func (w *world) samtykke(t testing.TB, args ...string) string {
	t.Helper()
	var said strings.Builder
	cmd := exec.Command(program(t), append(args, "--data", w.Data)...)
	cmd.Stderr = &said
	out, err := cmd.Output()
	if err != nil {
		t.Fatalf("samtykke %v: %v: %s", args, err, &said)
	}
	return string(out)
}

// log gives every decision, oldest first.
func (w *world) log(t testing.TB) []record {
	t.Helper()
	var records []record
	lines := bufio.NewScanner(strings.NewReader(w.samtykke(t, "log", "export", "gjerdrum", "--format", "jsonl")))
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var r record
		if err := json.Unmarshal(lines.Bytes(), &r); err != nil {
			t.Fatalf("%v: %s", err, lines.Text())
		}
		records = append(records, r)
	}
	return records
}

// awaitLog waits until the log holds a number of decisions more than before
// and gives the new ones.
func (w *world) awaitLog(t testing.TB, before, more int) []record {
	t.Helper()
	end := time.Now().Add(patience)
	for {
		records := w.log(t)
		if len(records) >= before+more {
			return records[before:]
		}
		if time.Now().After(end) {
			t.Fatalf("the log has %d decisions, not %d: %+v", len(records), before+more, records)
		}
		<-time.After(100 * time.Millisecond)
	}
}
