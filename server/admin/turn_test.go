package admin_test

import (
	"fmt"
	"net/http"
	"strings"
	"sync/atomic"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// lengthen gives a draft many services, with a note of so many bytes each.
func lengthen(d *consent.Draft, services, note int) {
	for i := range services {
		s := d.Services[0]
		s.Key, s.Notes = consent.ServiceKey(fmt.Sprintf("s%d", i)), []string{strings.Repeat("n", note)}
		d.Services = append(d.Services, s)
	}
}

// reads has somebody wait whenever a draft is read, or nobody.
func (h *house) reads(reading func(consent.SiteKey)) {
	h.mu.Lock()
	defer h.mu.Unlock()
	h.reading = reading
}

// While two people have something made of a long draft, a third is told to come back,
// whatever they want of it, on the pages and in the API; and short drafts, and pages that
// do not grow with one, are there at once.
func TestTwoHaveLongDraftsMade(t *testing.T) {
	h := open(t)
	h.admin.Impatient()
	h.edit(func(d *consent.Draft) { lengthen(d, 30, 80_000) })
	kari, ola := h.member("kari@example.no", consent.RoleViewer, skogen), h.member("ola@example.no", consent.RoleAdministrator, skogen)
	per := h.member("per@example.no", consent.RoleAdministrator, skogen, havet)
	g := per.program(t, consent.ScopeRead, consent.ScopeEdit, consent.ScopeLog)
	const file = "/sites/skogen/export/site.yaml"
	begun, goOn := make(chan struct{}), make(chan struct{})
	var held atomic.Int32
	h.reads(func(site consent.SiteKey) {
		if site == "skogen" && held.Add(1) <= 2 {
			begun <- struct{}{}
			<-goOn
		}
	})
	files := make(chan answer, 2)
	go func() { files <- kari.get(file) }()
	<-begun
	go func() { files <- ola.get(file) }()
	<-begun

	busy := func(got answer) {
		t.Helper()
		if got.status != http.StatusServiceUnavailable || got.header.Get("Retry-After") != "5" {
			t.Errorf("answered %d, Retry-After %q", got.status, got.header.Get("Retry-After"))
		}
	}
	for _, path := range []string{file, "/sites/skogen/export/inventory.csv", "/sites/skogen/preview", "/sites/skogen/preview/frame", "/sites/skogen/publish", "/sites/skogen/inventory", "/sites/skogen/notices/1"} {
		got := per.get(path)
		busy(got)
		got.shows(t, http.StatusServiceUnavailable, "Andre arbeider med lange kladder", `href="`+path+`">Prøv igjen</a>`)
	}
	sent := per.post("/sites/skogen/publish", "was", "x")
	busy(sent)
	sent.shows(t, http.StatusServiceUnavailable, "Gå tilbake, vent noen sekunder", "Det du skrev, står fortsatt i skjemaet")
	busy(per.post(importPath, "content", "service,name\n"))
	busy(per.post("/organisations/havet/sites/import", "content", strings.Repeat("#", 1<<20)))
	busy(kari.get("/sites/skogen/publish")) // who has one has no other
	for _, path := range []string{"/draft", "/services", "/draft/changes", "/draft/problems"} {
		got := g.get("/api/v1/sites/skogen" + path)
		busy(got)
		got.problem(t, http.StatusServiceUnavailable, "server_busy")
	}
	busy(g.call(http.MethodPut, "/api/v1/sites/skogen/draft", "{}", "If-Match", `"1"`, "Content-Type", "application/json"))

	per.get("/sites/havet/export/site.yaml").shows(t, http.StatusOK, "havet")
	per.get("/sites/havet/preview").shows(t, http.StatusOK)
	per.get("/sites/skogen/log").shows(t, http.StatusOK)
	for _, path := range []string{"/api/v1/sites", "/api/v1/sites/skogen/findings"} {
		if got := g.get(path); got.status != http.StatusOK {
			t.Errorf("%s is answered with %d", path, got.status)
		}
	}

	h.reads(nil)
	close(goOn)
	for range 2 {
		(<-files).shows(t, http.StatusOK, "key: s29")
	}
	per.get(file).shows(t, http.StatusOK, "key: s29")
}

// What many take out, and look at, is made once for each revision of the draft, and anew
// when that is another: so twelve exports take little more than one.
func TestFilesAndPreviewsAreMadeOnce(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead)
	h.edit(func(d *consent.Draft) { lengthen(d, 600, 300) })
	for name, look := range map[string]func() answer{
		"YAML":    func() answer { return kari.get("/sites/skogen/export/site.yaml") },
		"JSON":    func() answer { return kari.get("/sites/skogen/export/inventory.json") },
		"CSV":     func() answer { return kari.get("/sites/skogen/export/inventory.csv") },
		"preview": func() answer { return kari.get("/sites/skogen/preview/frame") },
	} {
		look().shows(t, http.StatusOK)
		h.edit(func(d *consent.Draft) { d.Services[0].Notes = append(d.Services[0].Notes, name) })
		var first answer
		once := allocated(func() { first = look() })
		again := allocated(func() {
			for range 12 {
				if got := look(); got.body != first.body {
					t.Errorf("%s: the same revision is another file", name)
				}
			}
		})
		t.Logf("%s: once %.0f kB, twelve times again %.0f kB", name, once/1e3, again/1e3)
		if again > 6*once {
			t.Errorf("%s: once takes %.0f kB, and twelve times again %.0f kB", name, once/1e3, again/1e3)
		}
	}
	h.draftsRead()
	for range 3 {
		if got := g.get("/api/v1/sites/skogen/draft"); got.status != http.StatusOK {
			t.Errorf("answered %d", got.status)
		}
	}
	if read := h.draftsRead(); read != 1 {
		t.Errorf("three programs have the draft read %d times", read)
	}
}
