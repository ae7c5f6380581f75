package main_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/input"
	"github.com/chromedp/chromedp"
)

// ear is a server that notes what it is asked for.
type ear struct {
	*httptest.Server
	mu  sync.Mutex
	all []string
}

// hear starts a server that notes each request before it answers.
func hear(t *testing.T, answer http.Handler) *ear {
	t.Helper()
	h := &ear{}
	h.Server = httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		h.mu.Lock()
		h.all = append(h.all, r.Method+" "+r.URL.RequestURI())
		h.mu.Unlock()
		answer.ServeHTTP(w, r)
	}))
	t.Cleanup(h.Close)
	return h
}

func (h *ear) requests() []string {
	h.mu.Lock()
	defer h.mu.Unlock()
	return slices.Clone(h.all)
}

// overheard puts a proxy before what is shown, and has the address lead there:
// what the proxy did not hear was not asked.
func (r *replayed) overheard(t *testing.T) *ear {
	t.Helper()
	own, err := url.Parse(r.Address)
	if err != nil {
		t.Fatal(err)
	}
	origin := &url.URL{Scheme: own.Scheme, Host: own.Host}
	h := hear(t, &httputil.ReverseProxy{Rewrite: func(p *httputil.ProxyRequest) { p.SetURL(origin) }})
	r.Address = strings.Replace(r.Address, origin.String(), h.URL, 1)
	return h
}

// inFrame gives the page in the sandboxed frame, which is a process of its own.
// Mouse and keys belong to the page around it.
func (p *tab) inFrame() *tab {
	p.t.Helper()
	// The frame is of this page: others share the browser.
	p.await("the frame", `document.querySelector('iframe')`)
	around := p.devtools()
	for end := time.Now().Add(patience); time.Now().Before(end); <-time.After(20 * time.Millisecond) {
		all, err := chromedp.Targets(around.ctx)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, each := range all {
			if each.Type != "iframe" || each.BrowserContextID != chromedp.FromContext(around.ctx).BrowserContextID {
				continue
			}
			ctx, stop := chromedp.NewContext(around.ctx, chromedp.WithTargetID(each.TargetID))
			p.t.Cleanup(stop)
			if err := chromedp.Do(ctx); err != nil {
				p.t.Fatal(err)
			}
			return &tab{t: p.t, ctx: p.ctx, browser: &chromium{ctx: ctx, stop: stop}}
		}
	}
	p.t.Fatal("there is no frame")
	return nil
}

// pressIn clicks the middle of what stands in the frame with the mouse. The frame
// is a process of its own, and the browser learns late where it lies: so the mouse
// aims first, as a person does, until the element knows.
func (p *tab) pressIn(frame *tab, selector string) {
	p.t.Helper()
	frame.await("an element to press", deep(selector)+`?.getBoundingClientRect().width > 0`)
	for end := time.Now().Add(patience); ; <-time.After(20 * time.Millisecond) {
		x, y := p.aim(frame, selector)
		if err := chromedp.Do(p.devtools().ctx, chromedp.MouseEvent(input.DispatchMouseEventTypeMouseMoved, x, y)); err != nil {
			p.t.Fatalf("aim at %s: %v", selector, err)
		}
		if frame.truth(deep(selector) + `.matches(':hover')`) {
			if err := p.browser.click(p.ctx, x, y); err != nil {
				p.t.Fatalf("press %s: %v", selector, err)
			}
			return
		}
		if time.Now().After(end) {
			p.t.Fatalf("the mouse never comes to lie on %s in the frame", selector)
		}
	}
}

// aim gives where on the page the middle of an element in the frame lies.
func (p *tab) aim(frame *tab, selector string) (x, y float64) {
	p.t.Helper()
	type point struct{ X, Y float64 }
	var corner, inside point
	p.eval(`new Promise((resolve) => {
		const frame = document.querySelector('iframe')
		frame.scrollIntoView({ block: 'center', behavior: 'instant' })
		requestAnimationFrame(() => requestAnimationFrame(() => {
			const { x, y } = frame.getBoundingClientRect()
			resolve({ X: x + frame.clientLeft, Y: y + frame.clientTop })
		}))
	})`, &corner)
	frame.eval(`new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => {
		const { x, y, width, height } = `+deep(selector)+`.getBoundingClientRect()
		resolve({ X: x + width / 2, Y: y + height / 2 })
	})))`, &inside)
	return corner.X + inside.X, corner.Y + inside.Y
}
