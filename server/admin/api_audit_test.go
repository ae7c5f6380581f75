package admin_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// Programs have the log audited, and learn what was found.
func TestAPIAudit(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 3)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeLog)
	const path = apiSite + "/log/audit"
	if got := read[api.Audit](t, g.get(path)); got.Waiting || got.Last != nil {
		t.Errorf("before the first one: %+v", got)
	}
	asked := g.call(http.MethodPost, path, "")
	asked.shows(t, http.StatusAccepted, `"waiting":true`)
	h.mu.Lock()
	if len(h.acts) != 1 || h.acts[0].Action != "api.log.verify" || h.acts[0].Site != "skogen" {
		t.Errorf("the trail tells %+v", h.acts)
	}
	h.mu.Unlock()
	h.audit(t, "skogen")
	if got := read[api.Audit](t, g.get(path)); got.Last == nil || !got.Last.Holds || got.Last.Records != 3 || got.Last.Leaves != 3 || len(got.Last.Faults) != 0 {
		t.Errorf("got %+v, %+v", got, got.Last)
	}
	h.mu.Lock()
	h.faults = append(h.faults, consent.LedgerFault{Site: "skogen", Origin: "the tree", Index: 1, Flaw: consent.Flaw{Code: consent.FlawRecordChanged, Why: "the leaf is another's"}})
	h.mu.Unlock()
	h.audit(t, "skogen")
	got := read[api.Audit](t, g.get(path))
	if got.Last == nil || got.Last.Holds || len(got.Last.Faults) == 0 || got.Last.Faults[0] != (api.AuditFault{Origin: "the tree", Index: 1, Code: consent.FlawRecordChanged, Why: "the leaf is another's"}) {
		t.Errorf("a log that was tampered with: %+v", got.Last)
	}
}

// A receipt is the one of the page, and taking it stands in the trail.
func TestAPIReceipt(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 1)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeLog)
	entries, err := h.store.Read(t.Context(), consent.LogQuery{Site: "skogen", Limit: 1})
	must(t, err)
	id := entries[0].ID.String()
	got := read[api.Receipt](t, g.get(apiSite+"/decisions/"+id+"/receipt"))
	if want := boss.get("/sites/skogen/log/" + id + "/receipt").body; got.Receipt != want || got.ID != id || want == "" {
		t.Errorf("got %q, the page has %q", got.Receipt, want)
	}
	found := false
	for _, act := range h.acts {
		found = found || act.Action == "api.log.receipt" && strings.HasSuffix(act.Object, id)
	}
	if !found {
		t.Errorf("the trail tells %+v", h.acts)
	}
	g.get(apiSite+"/decisions/"+strings.Replace(id, "0", "1", 1)+"/receipt").problem(t, http.StatusNotFound, "unknown_address")
	g.get(apiSite+"/decisions/x/receipt").problem(t, http.StatusNotFound, "unknown_address")
}

// Programs show that the organisation controls an address, by the rules of the page.
func TestAPIOrigins(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	const path = apiSite + "/origins"
	first := read[api.Origins](t, g.get(path)).Origins[0]
	if !first.Needed || first.Proven || first.Checked != nil || !strings.Contains(kari.get("/sites/skogen/origins").body, first.Line) {
		t.Errorf("got %+v", first)
	}
	body := `{"origin": "` + first.Origin + `"}`
	if got := read[api.Origins](t, g.call(http.MethodPost, path+"/check", body)).Origins[0]; got.Proven || got.Fault == nil || got.Checked == nil {
		t.Errorf("where nothing is to be found: %+v", got)
	}
	g.call(http.MethodPost, path+"/check", body).problem(t, http.StatusConflict, "too_soon")
	h.zone.Set(first.Record, first.Line)
	h.wait(time.Minute)
	if got := read[api.Origins](t, g.call(http.MethodPost, path+"/check", body)).Origins[0]; !got.Proven || got.Fault != nil || got.Since == nil || got.By != nil {
		t.Errorf("with the record: %+v", got)
	}
	if got := h.lastActs(t, 1); !strings.HasPrefix(got, "api.origin.check by ") {
		t.Errorf("the trail tells %q", got)
	}
	kari.get("/sites/skogen/origins").shows(t, http.StatusOK, " i DNS.")
	for _, other := range []string{"https://stranger.example", "", "http://localhost"} {
		g.call(http.MethodPost, path+"/check", `{"origin": "`+other+`"}`).faultsAt(t, "origin")
	}
	g.call(http.MethodPost, path+"/check", `{}`).faultsAt(t, "origin")
}

// A program that asks again for what it has of the trail is told that nothing came, and
// its own asking is nothing that came. What others do is.
func TestTrailIsNotSentTwice(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeAudit)
	other := h.member("kari@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeRead, consent.ScopeAudit)
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Action: "log.verify"}))
	const path = api.Base + "/trail"
	read := func(by *program) {
		must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Action: "api.trail.read", Object: "key=" + string(by.key.ID)}))
	}
	for _, query := range []string{"", "?limit=3", "?action=log.verify"} {
		first := g.get(path + query)
		tag := first.header.Get("ETag")
		if first.status != http.StatusOK || tag == "" {
			t.Fatalf("%s: %d with the tag %q", query, first.status, tag)
		}
		read(g)
		before := len(h.acts)
		for range 2 {
			if got := g.get(path+query, "If-None-Match", tag); got.status != http.StatusNotModified || got.body != "" || got.header.Get("ETag") != tag {
				t.Errorf("%s: what the program has is answered %d", query, got.status)
			}
		}
		if len(h.acts) != before {
			t.Errorf("%s: what was not sent stands in the trail as read", query)
		}
	}
	tag := g.get(path).header.Get("ETag")
	if got := g.get(path+"?limit=2", "If-None-Match", tag); got.status != http.StatusOK {
		t.Errorf("another page is answered %d", got.status)
	}
	read(other)
	if got := g.get(path, "If-None-Match", tag); got.status != http.StatusOK {
		t.Errorf("that another key has read is answered %d", got.status)
	}
	tag = g.get(path).header.Get("ETag")
	must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Organisation: skogen, Action: "log.verify"}))
	if got := g.get(path, "If-None-Match", tag); got.status != http.StatusOK || got.header.Get("ETag") == tag {
		t.Errorf("a new act is answered %d", got.status)
	}
}
