package main_test

import (
	"io"
	"net"
	"net/http"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/examples/gjerdrum"
)

// TestScriptFaults shows that a page whose consent script does not come, or
// comes broken, works, and that nothing optional runs there.
func TestScriptFaults(t *testing.T) {
	f := newFaulty(t)
	script := fetch(t, f.Script)
	half := script[:len(script)/2]
	faults := []struct {
		name   string
		broken fault
	}{
		{"500", answering(http.StatusInternalServerError, "text/plain", "broken")},
		{"404", answering(http.StatusNotFound, "text/javascript", script)},
		{"HTML", answering(http.StatusOK, "text/html; charset=utf-8", "<!doctype html><title>Logg inn på nettet</title>")},
		{"garbage", answering(http.StatusOK, "text/javascript", strings.Repeat("\x00\xff}{\x1f\x8b", 500))},
		{"empty", answering(http.StatusOK, "text/javascript", "")},
		{"half a script", answering(http.StatusOK, "text/javascript; charset=utf-8", half)},
		{"connection lost midway", func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/javascript; charset=utf-8")
			w.Header().Set("Content-Length", strconv.Itoa(len(script)))
			_, _ = io.WriteString(w, half)
			panic(http.ErrAbortHandler)
		}},
		{"connection lost at once", func(http.ResponseWriter, *http.Request) { panic(http.ErrAbortHandler) }},
	}
	inEveryEngine(t, func(t *testing.T, p *tab) {
		for _, each := range faults {
			t.Run(each.name, func(t *testing.T) {
				f.proxy.set(scriptPath, each.broken)
				f.worksWithout(t, p)
			})
		}
		t.Run("nobody answers", func(t *testing.T) {
			f.proxy.down()
			defer f.proxy.up(t)
			f.worksWithout(t, p)
		})
		t.Run("an answer that never comes", func(t *testing.T) { f.waitsInVain(t, p) })
		// The same browser asks as soon as the script is there: what was tested
		// is the fault, and no fault is remembered.
		f.proxy.set(scriptPath, nil)
		p.visit(f.Page + "/")
		p.await("the question", deep("[data-samtykke=accept]"))
	})
}

// worksWithout looks at pages without our script, and goes on from there.
func (f *faulty) worksWithout(t *testing.T, p *tab) {
	t.Helper()
	f.forgetRequests(t)
	for _, path := range []string{"/", "/video", "/billetter", "/skjema"} {
		p.visit(f.Page + path)
		f.standsAlone(t, p)
	}
	p.next(func() { p.press(`nav a[href="/sok"]`) })
	if at := p.text(`location.pathname`); at != "/sok" {
		t.Errorf("a link leads to %s", at)
	}
	f.untouched(t)
}

// standsAlone checks one page: its content is there and nothing has woken.
func (f *faulty) standsAlone(t *testing.T, p *tab) {
	t.Helper()
	if !p.truth(`document.querySelector('h1').getBoundingClientRect().height > 0 && getComputedStyle(document.body).visibility === 'visible'`) {
		t.Error("the page does not show")
	}
	if p.truth(`window.samtykke || document.querySelector('#samtykke')`) {
		t.Error("half a banner stands in the page")
	}
	if p.truth(`document.querySelector('iframe[src], script[data-category]:not([type^="text/"])')`) {
		t.Error("something gated has woken")
	}
	for name := range p.cookies() {
		for _, row := range gjerdrum.Rows {
			if row.Cookie == name && (row.Action == gjerdrum.Consent || row.Action == gjerdrum.Placeholder) {
				t.Errorf("%s is stored", name)
			}
		}
	}
}

// untouched says that no third party was asked, as those themselves tell.
func (f *faulty) untouched(t *testing.T) {
	t.Helper()
	if hits := f.requests(t); len(hits) > 0 {
		t.Errorf("third parties were asked: %+v", hits)
	}
}

// waitsInVain has the script's request taken and never answered. A script that
// stands first and blocks holds the page up for as long as the browser waits:
// nothing gated may leave meanwhile, although the browser reads ahead, and the
// page is whole once the connection is gone.
func (f *faulty) waitsInVain(t *testing.T, p *tab) {
	broken, release := hanging()
	defer release()
	f.proxy.set(scriptPath, broken)
	f.forgetRequests(t)
	asked, styled := f.proxy.heard.count(scriptPath), f.municipal.count("/static/style.css")
	visited := make(chan error, 1)
	go func() { visited <- p.browser.visit(p.ctx, f.Page+"/video?fresh") }()
	f.proxy.heard.await(t, scriptPath, asked)
	if _, is := p.browser.(*webkit); !is {
		// It has read the head at least, and would have asked for what is in it.
		f.municipal.await(t, "/static/style.css", styled)
	}
	f.untouched(t)
	select {
	case err := <-visited:
		t.Fatalf("the page did not wait: %v", err)
	default:
	}
	release()
	if err := <-visited; err != nil {
		t.Fatal(err)
	}
	f.standsAlone(t, p)
	f.untouched(t)
}

// TestDeadScriptAddress has a script tag to a port where nobody ever was.
func TestDeadScriptAddress(t *testing.T) {
	listener := listenLocal(t, "127.0.0.1:0")
	_, port, _ := net.SplitHostPort(listener.Addr().String())
	dead := "http://samtykke.localhost:" + strconv.Itoa(freePort(t)) + "/gjerdrum.js"
	serveOn(t, listener, gjerdrum.New(gjerdrum.Options{Script: dead, Port: port, Obsolete: true}))
	f := &faulty{world: &world{Page: "http://" + gjerdrum.Municipality + ":" + port}}
	inEveryEngine(t, func(t *testing.T, p *tab) { f.worksWithout(t, p) })
}
