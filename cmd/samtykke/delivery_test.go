package main_test

import (
	"bytes"
	"encoding/json"
	"fmt"
	"net/http"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/chromedp"
)

// TestDelivery shows that a choice counts at once, whatever the server does at
// that moment, and that its record reaches the log once the server can take it.
func TestDelivery(t *testing.T) {
	f := newFaulty(t)
	inEveryEngine(t, func(t *testing.T, p *tab) {
		t.Run("500, same page", func(t *testing.T) {
			f.proxy.set(decisionsPath, answering(http.StatusInternalServerError, "text/plain", "broken"))
			before := f.chooses(t, p)
			f.proxy.set(decisionsPath, nil)
			f.arrivesOnce(t, p, before)
		})
		t.Run("nobody answers, reload", func(t *testing.T) {
			p.visit(f.Page + "/")
			before := f.choosesWhile(t, p, f.proxy.down)
			f.proxy.up(t)
			p.visit(f.Page + "/personvern")
			f.arrivesOnce(t, p, before)
		})
	})
}

// TestDeliveryLater has the faults that end another way, in Chromium.
func TestDeliveryLater(t *testing.T) {
	f := newFaulty(t)
	p := openTab(t, "chromium")
	t.Run("503 with Retry-After", func(t *testing.T) { f.waitsAsTold(t, p) })
	t.Run("hanging, second tab", func(t *testing.T) {
		broken, release := hanging()
		defer release()
		f.proxy.set(decisionsPath, broken)
		before := f.chooses(t, p)
		f.proxy.set(decisionsPath, nil)
		// The first tab waits for its answer still.
		second := anotherTab(t, p)
		second.visit(f.Page + "/personvern")
		f.arrivesOnce(t, second, before)
		release()
		f.staysOnce(t, p, before)
	})
	t.Run("refused for good", func(t *testing.T) {
		// What is refused would be refused again: it is not sent for ever.
		f.proxy.set(decisionsPath, answering(http.StatusUnprocessableEntity, "application/json", `{"code":"unknown_bundle"}`))
		f.chooses(t, p)
		f.proxy.set(decisionsPath, nil)
		p.await("the queue to be empty", emptyQueue)
	})
}

// TestDeliveryAfterTheBrowserWasClosed has the server down, the browser closed
// and opened again with the same profile.
func TestDeliveryAfterTheBrowserWasClosed(t *testing.T) {
	f := newFaulty(t)
	profile := t.TempDir()
	first := reopen(t, profile)
	first.visit(f.Page + "/")
	before := f.choosesWhile(t, first, f.proxy.down)
	if err := chromedp.Cancel(first.browser.(*chromium).ctx); err != nil {
		t.Fatal(err)
	}
	f.proxy.up(t)
	second := reopen(t, profile)
	second.visit(f.Page + "/personvern")
	f.arrivesOnce(t, second, before)
}

// reopen starts Chromium with a profile that outlives it.
func reopen(t *testing.T, profile string) *tab {
	t.Helper()
	ctx, stop, err := launchChromium(wholeChromium, profile)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(stop)
	return &tab{t: t, ctx: t.Context(), browser: &chromium{ctx: ctx, stop: stop}}
}

// anotherTab opens a second page of the same profile.
func anotherTab(t *testing.T, p *tab) *tab {
	t.Helper()
	ctx, stop := chromedp.NewContext(p.browser.(*chromium).ctx)
	t.Cleanup(stop)
	if err := chromedp.Do(ctx); err != nil {
		t.Fatal(err)
	}
	return &tab{t: t, ctx: t.Context(), browser: &chromium{ctx: ctx, stop: stop}}
}

// chooses visits the page and says yes. It gives how many decisions the log
// had before.
func (f *faulty) chooses(t *testing.T, p *tab) int {
	t.Helper()
	return f.choosesWhile(t, p, func() {})
}

// choosesWhile says yes once the page is there and the fault has begun, and
// sees that the yes counts at once.
func (f *faulty) choosesWhile(t *testing.T, p *tab, begin func()) int {
	t.Helper()
	before := len(f.log(t))
	f.forgetRequests(t)
	p.visit(f.Page + "/personvern")
	p.eval(`document.cookie = 'samtykke-gjerdrum=; path=/; max-age=0'`, nil)
	p.visit(f.Page + "/")
	begin()
	p.press("[data-samtykke=accept]")
	p.await("the statistics to start", `document.cookie.includes('nmstat=')`)
	if f.asked(t, "siteimprove.localhost") == 0 {
		t.Error("the gate has not opened")
	}
	if p.shown() {
		t.Error("the banner asks still")
	}
	if n := len(f.log(t)); n != before {
		t.Errorf("the log has %d decisions more", n-before)
	}
	return before
}

const emptyQueue = `Object.keys(JSON.parse(localStorage.getItem('samtykke-gjerdrum')).queue).length === 0`

// arrivesOnce waits for the record, and compares it with the receipt.
func (f *faulty) arrivesOnce(t *testing.T, p *tab, before int) {
	t.Helper()
	one := f.awaitLog(t, before, 1)
	if len(one) != 1 || one[0].Method != "accept_all" || !one[0].Choice.Categories["statistics"] {
		t.Fatalf("the log has %+v", one)
	}
	p.await("the queue to be empty", emptyQueue)
	f.staysOnce(t, p, before)
	f.matchesReceipt(t, one[0].ID)
}

// staysOnce gives the page every occasion to send again.
func (f *faulty) staysOnce(t *testing.T, p *tab, before int) {
	t.Helper()
	for _, path := range []string{"/", "/personvern"} {
		p.visit(f.Page + path)
		p.await("the banner to have started", `window.samtykke?.get().answered`)
	}
	if records := f.log(t); len(records) != before+1 {
		t.Errorf("%d decisions in place of one: %+v", len(records)-before, records[before:])
	}
}

// matchesReceipt compares every field of each receipt with the row of the log.
func (f *faulty) matchesReceipt(t *testing.T, id string) {
	t.Helper()
	var row map[string]any
	for line := range strings.Lines(f.samtykke(t, "log", "export", "gjerdrum", "--format", "jsonl")) {
		if strings.Contains(line, `"id":"`+id+`"`) {
			read(t, line, &row)
		}
	}
	var bodies [][]byte
	for _, post := range f.proxy.delivered() {
		if !bytes.Contains(post.body, []byte(id)) {
			continue
		}
		bodies = append(bodies, post.body)
		if post.status != http.StatusCreated {
			t.Errorf("status %d: %s", post.status, post.answer)
			continue
		}
		for field, value := range receiptOf(t, post.answer) {
			if field == "log" { // where it stands in the ledger; ledger_test.go proves it
				continue
			}
			if fmt.Sprint(row[field]) != fmt.Sprint(value) {
				t.Errorf("%s is %v in the receipt, %v in the log", field, value, row[field])
			}
		}
	}
	if len(bodies) == 0 {
		t.Error("no receipt was seen")
	}
	for _, body := range bodies {
		if !bytes.Equal(body, bodies[0]) {
			t.Error("the same record was sent with other bytes")
		}
	}
}

// waitsAsTold has a full server, which says when to come back.
func (f *faulty) waitsAsTold(t *testing.T, p *tab) {
	var mu sync.Mutex
	var attempts []time.Time
	note := func() int {
		mu.Lock()
		defer mu.Unlock()
		attempts = append(attempts, time.Now())
		return len(attempts)
	}
	const wait = 3 * time.Second
	f.proxy.set(decisionsPath, func(w http.ResponseWriter, r *http.Request) {
		if note() > 1 {
			f.proxy.set(decisionsPath, nil)
			f.proxy.ServeHTTP(w, r)
			return
		}
		w.Header().Set("Retry-After", "3")
		w.Header().Set("Access-Control-Allow-Origin", r.Header.Get("Origin"))
		w.Header().Set("Access-Control-Expose-Headers", "Retry-After")
		w.WriteHeader(http.StatusServiceUnavailable)
		_ = json.NewEncoder(w).Encode(map[string]string{"code": "full"})
	})
	before := f.chooses(t, p)
	f.awaitLog(t, before, 1)
	mu.Lock()
	if len(attempts) < 2 || attempts[1].Sub(attempts[0]) < wait || !slices.IsSortedFunc(attempts, time.Time.Compare) {
		t.Errorf("tried at %v, told to wait %s", attempts, wait)
	}
	mu.Unlock()
	f.arrivesOnce(t, p, before)
}
