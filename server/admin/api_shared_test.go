package admin_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// matched sends a value with the tag of the draft as it is.
func (g *program) matched(path string, value any) answer {
	g.t.Helper()
	body, err := json.Marshal(value)
	must(g.t, err)
	return g.call(http.MethodPost, path, string(body), "If-Match", g.get(apiDraft).header.Get("ETag"))
}

// Services of the organisation's other sites are copied by programs as on the page: all
// that are named, or none, and those of another organisation do not exist.
func TestAPICopiesServices(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiSite + "/shared"
	if none := read[api.Shared](t, g.get(path)); len(none.Services) != 0 || none.More != 0 {
		t.Errorf("got %+v", none)
	}
	h.sister("stranda", matomo)
	h.sister("heia", func(d *consent.Draft) {
		matomo(d)
		d.Services[2].Key, d.Services[2].Category = "annen", "egen"
		d.Categories = append(d.Categories, consent.Category{Key: "egen", Name: consent.Text{consent.Bokmaal: "Egen"}})
	})
	var listed []string
	for _, s := range read[api.Shared](t, g.get(path+"?search=matomo")).Services {
		listed = append(listed, s.Service+"="+string(s.Here))
	}
	if strings.Join(listed, " ") != "heia/annen= stranda/matomo=" {
		t.Errorf("got %q", listed)
	}
	for _, s := range read[api.Shared](t, g.get(path)).Services {
		if s.Service == "stranda/counter" && (s.Here != "counter" || s.Site != "The place stranda" || s.Cookies == 0) {
			t.Errorf("got %+v", s)
		}
	}
	before := fmt.Sprint(h.draft())
	refused := func(code, path string, services ...string) string {
		t.Helper()
		told := g.matched(apiSite+"/shared", api.Copying{Services: append([]string{}, services...)}).problem(t, http.StatusUnprocessableEntity, "faults")
		if len(told.Faults) != 1 || told.Faults[0].Code != code || told.Faults[0].Path != path {
			t.Errorf("%q: got %+v", services, told.Faults)
		}
		return told.Faults[0].Message + told.Faults[0].Repair
	}
	refused("missing", "services")
	refused("not_shared", "services.1", "stranda/matomo", "heia/annen")
	refused("service_taken", "services.0", "stranda/counter")
	if refused("bad_choice", "services.0", "havet/counter") != refused("bad_choice", "services.0", "nowhere/counter") {
		t.Error("another organisation's site is told from one that does not exist")
	}
	if fmt.Sprint(h.draft()) != before || len(g.trail()) != 0 {
		t.Fatal("something was copied, or is told of")
	}
	old := g.get(apiDraft).header.Get("ETag")
	if done := read[api.Saved](t, g.matched(path, api.Copying{Services: []string{"stranda/matomo"}})); !done.Changed {
		t.Errorf("got %+v", done)
	}
	g.wantLast("api.draft.service.copy", "stranda/matomo")
	if s := h.draft().Service("matomo"); s == nil || s.Notes != nil || s.Cookies[0].Lifetime != (consent.Lifetimes{Declared: "P13M", Vendor: "P13M"}) {
		t.Errorf("got %+v", s)
	}
	g.call(http.MethodPost, path, `{"services": ["stranda/film"]}`, "If-Match", old).problem(t, http.StatusPreconditionFailed, "draft_changed")
	g.post(path, api.Copying{}).problem(t, http.StatusPreconditionRequired, "match_needed")
}

// One version takes the place of the other, here or there, unless somebody has changed
// it since it was seen. What is sent reaches all drafts or none.
func TestAPIPassesServicesOn(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeRead, consent.ScopeEdit)
	h.edit(matomo)
	for _, site := range []consent.SiteKey{"stranda", "heia"} {
		h.sister(site, func(d *consent.Draft) {
			matomo(d)
			d.Services[2].Cookies[0].Lifetime.Declared = "P2Y"
		})
	}
	h.sister("bygda", func(*consent.Draft) {})
	const path = apiSite + "/services/matomo"
	seen := func() map[consent.SiteKey]api.ElsewhereSite {
		t.Helper()
		sites := map[consent.SiteKey]api.ElsewhereSite{}
		for _, each := range read[api.Elsewhere](t, g.get(path+"/sites")).Sites {
			sites[each.Site] = each
		}
		return sites
	}
	now := seen()
	if one := now["heia"]; len(now) != 3 || one.Service != "heia/matomo" || one.Same || len(one.Differences) != 1 || one.Differences[0] != (api.SharedDifferent{Field: "_pk_id: Stated", Here: "13 months", There: "2 years"}) || now["bygda"].Service != "" || now["bygda"].Seen == "" {
		t.Errorf("got %+v", now)
	}
	taking := api.Taking{Service: "heia/matomo", Seen: now["heia"].Seen}
	g.matched(path+"/take", api.Taking{Service: taking.Service, Seen: now["bygda"].Seen}).problem(t, http.StatusConflict, "changed")
	for _, other := range []string{"havet/counter", "nowhere/counter", "heia/film"} {
		g.matched(path+"/take", api.Taking{Service: other, Seen: "x"}).faultsAt(t, "service")
	}
	read[api.Saved](t, g.matched(path+"/take", taking))
	if s := h.draft().Service("matomo"); s.Cookies[0].Lifetime.Declared != "P2Y" || s.NeverOn == nil || s.PurposeRevision != 7 {
		t.Errorf("got %+v", s)
	}
	g.wantLast("api.draft.service.take", "heia/matomo")

	h.edit(func(d *consent.Draft) { d.Service("matomo").Link = "https://ny.example/" })
	now = seen()
	h.sister("heia", func(d *consent.Draft) {
		matomo(d)
		d.Services[2].Link = "https://deres.example/"
	})
	to := func(sites ...consent.SiteKey) (all api.Sending) {
		all.To = []api.SendingTo{}
		for _, site := range sites {
			all.To = append(all.To, api.SendingTo{Site: site, Seen: now[site].Seen})
		}
		return all
	}
	acts := len(g.trail())
	g.matched(path+"/send", to("bygda", "heia")).problem(t, http.StatusConflict, "changed")
	g.matched(path+"/send", to("bygda", "havet")).faultsAt(t, "to.1.site")
	g.matched(path+"/send", to("bygda", "nowhere")).faultsAt(t, "to.1.site")
	g.matched(path+"/send", to()).faultsAt(t, "to")
	if h.draftOf("bygda").Service("matomo") != nil || h.draftOf("heia").Service("matomo").Link != "https://deres.example/" || len(g.trail()) != acts {
		t.Error("something was sent, or is told of")
	}
	sent := read[api.Elsewhere](t, g.matched(path+"/send", to("bygda", "stranda")))
	for _, each := range sent.Sites {
		if each.Same != (each.Site != "heia") {
			t.Errorf("after sending: %+v", each)
		}
	}
	for _, site := range []consent.SiteKey{"bygda", "stranda"} {
		if s := h.draftOf(site).Service("matomo"); s == nil || s.Link != "https://ny.example/" {
			t.Errorf("%s has %+v", site, s)
		}
		wantAct(t, h, site, "api.draft.service.send", "key="+string(g.key.ID)+" skogen/matomo")
	}
	if len(g.trail()) != acts+2 {
		t.Errorf("the trail says %+v", g.trail())
	}
	g.get(apiSite+"/services/none/sites").problem(t, http.StatusNotFound, "unknown_address")
}
