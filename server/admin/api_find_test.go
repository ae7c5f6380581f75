package admin_test

import (
	"errors"
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// A program finds the decisions of who shows a token or a receipt, on this site alone.
// Each search stands in the trail, and the token nowhere.
func TestAPIFind(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.ScopeLog)
	const path = apiSite + "/decisions/find"
	h.decide(t, "skogen", 0, 6)
	own := token(1)
	var want []string
	for n := range 3 {
		want = append([]string{h.decideAs(t, "skogen", 100+n, own).ID.String()}, want...)
	}
	theirs := h.decideAs(t, "havet", 110, own)
	var answers []answer
	find := func(body map[string]any) answer {
		t.Helper()
		answers = append(answers, g.post(path, body))
		return answers[len(answers)-1]
	}
	found := func(body map[string]any) {
		t.Helper()
		var got []string
		for _, each := range read[api.Decisions](t, find(body)).Decisions {
			got = append(got, each.ID)
		}
		same(t, "what is found", got, want)
	}
	found(map[string]any{"token": own})
	found(map[string]any{"receipt": want[1]})
	for name, each := range map[string]struct {
		body        map[string]any
		field, code string
	}{
		"nobody's token":       {map[string]any{"token": token(2)}, "token", "unknown_token"},
		"half a token":         {map[string]any{"token": own[:29]}, "token", "malformed_token"},
		"another's receipt":    {map[string]any{"receipt": theirs.ID.String()}, "receipt", "unknown_receipt"},
		"what is no receipt":   {map[string]any{"receipt": own}, "receipt", "malformed_id"},
		"both":                 {map[string]any{"token": own, "receipt": want[0]}, "token", "one_of_two"},
		"neither":              {map[string]any{}, "token", "one_of_two"},
		"half a token, quoted": {map[string]any{"token": `"` + own + `"`}, "token", "malformed_token"},
	} {
		told := find(each.body).problem(t, http.StatusUnprocessableEntity, "faults")
		if len(told.Faults) != 1 || told.Faults[0].Path != each.field || told.Faults[0].Code != each.code {
			t.Errorf("%s: got %+v", name, told.Faults)
		}
	}
	h.mu.Lock()
	acts := h.acts
	h.mu.Unlock()
	if len(acts) != 4 { // two that were found, and two that were not
		t.Errorf("the trail says %+v", acts)
	}
	for _, act := range acts {
		if act.Action != "api.log.find" || act.Account != auditor.id || act.Site != "skogen" {
			t.Errorf("the trail says %+v", act)
		}
		answers = append(answers, answer{body: act.Object + act.Reason})
	}
	for _, each := range answers {
		if strings.Contains(each.body, own[:29]) {
			t.Errorf("the token stands in %s", each.body)
		}
	}
	if strings.Contains(h.said.String(), own[:29]) {
		t.Error("the token stands in the log of the server")
	}
	if got := g.get(path + "?token=" + own); got.status < 400 || strings.Contains(got.body, own) {
		t.Errorf("a token in an address gets %d: %s", got.status, got.body)
	}
	h.mu.Lock()
	h.unlooked = errors.New("the disk is full")
	h.mu.Unlock()
	g.post(path, map[string]any{"token": own}).problem(t, http.StatusInternalServerError, "internal")
}

// The answer to a request and the record of processing are the files of the pages, and
// taking an answer stands in the trail.
func TestAPIFilesForPeople(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeExport, consent.ScopeRead)
	own := h.decideAs(t, "skogen", 1, token(1))
	other := h.decideAs(t, "skogen", 2, token(2))
	h.asked(t, "skogen", aRequest, own.ID)
	path, page := apiSite+"/requests/"+aRequest.String()+"/answer", "/sites/skogen/requests/"+aRequest.String()+"/answer"
	alike := func(got, want answer) {
		t.Helper()
		if got.status != http.StatusOK || got.body != want.body || got.body == "" {
			t.Errorf("got %d with %.200q, the page has %.200q", got.status, got.body, want.body)
		}
		for _, name := range []string{"Content-Type", "Content-Disposition"} {
			if got.header.Get(name) != want.header.Get(name) || got.header.Get(name) == "" {
				t.Errorf("%s is %q, that of the page %q", name, got.header.Get(name), want.header.Get(name))
			}
		}
	}
	html := g.get(path + "?language=nn")
	alike(html, boss.post(page, "form", "html", "language", "nn"))
	alike(g.get(path+"?form=json&language=en"), boss.post(page, "form", "json", "language", "en"))
	if !strings.Contains(html.body, own.ID.String()) || strings.Contains(html.body, other.ID.String()) {
		t.Error("the answer is not about the decisions of the person")
	}
	h.mu.Lock()
	told := h.acts[0]
	h.mu.Unlock()
	if told.Action != "api.request.answer" || told.Object != "key="+string(g.key.ID)+" "+aRequest.String() || told.Account != boss.id {
		t.Errorf("the trail says %+v", told)
	}
	g.get(path+"?form=csv").faultsAt(t, "form")
	g.get(path+"?language=se").faultsAt(t, "language")
	nobody := consent.NewRequestID(h.clock(), [10]byte{7})
	h.asked(t, "skogen", nobody)
	g.get(apiSite+"/requests/"+nobody.String()+"/answer").problem(t, http.StatusNotFound, "unknown_address")
	boss.program(t, consent.ScopeLog, consent.ScopeRequests).get(path).problem(t, http.StatusForbidden, "scope_missing")

	for _, form := range []string{"json", "csv", "html"} {
		alike(g.get(apiSite+"/record?language=nb&form="+form), boss.get("/sites/skogen/export/record."+form))
	}
	g.get(apiSite+"/record?form=yaml").faultsAt(t, "form")
	g.get(api.Base+"/sites/havet/record").problem(t, http.StatusNotFound, "unknown_address")
}

// The trail as a file is that of the page, narrowed alike, and stands in the trail itself.
func TestAPITrailFile(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.ScopeAudit)
	for _, of := range []consent.OrganisationID{skogen, havet} {
		for _, action := range []string{"log.export", "notice.publish"} {
			must(t, h.store.RecordAct(t.Context(), consent.Act{Time: h.clock(), Account: auditor.id, Organisation: of, Site: consent.SiteKey(of), Action: action, Object: "=1+1 " + string(of)}))
		}
	}
	const path, page = api.Base + "/trail/export", "/organisations/skogen/trail/export"
	got := g.get(path + "?language=nb&action=log.export")
	if want := auditor.post(page, "action", "log.export"); got.status != http.StatusOK || got.body != want.body || got.header.Get("Content-Disposition") != want.header.Get("Content-Disposition") || got.header.Get("Content-Type") != want.header.Get("Content-Type") {
		t.Errorf("got %d\n%s\nthe page has\n%s", got.status, got.body, want.body)
	}
	whole := g.get(path).body
	if strings.Count(whole, "\n") < 3 || strings.Contains(whole, "havet") || !strings.Contains(whole, "notice.publish") || strings.Contains(got.body, "notice.publish") {
		t.Errorf("got\n%s", whole)
	}
	h.mu.Lock()
	first := h.acts[0]
	h.mu.Unlock()
	if first.Action != "api.trail.export" || first.Object != "key="+string(g.key.ID)+" action=log.export" {
		t.Errorf("the trail says %+v", first)
	}
	g.get(path+"?from=x&account=no").faultsAt(t, "account", "from")
	g.get(path+"?limit=1").faultsAt(t, "limit")
	g.get(path+"?language=se").faultsAt(t, "language")
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	boss.program(t, consent.ScopeLog, consent.ScopeExport).get(path).problem(t, http.StatusForbidden, "scope_missing")
	h.mu.Lock()
	h.unlooked = errors.New("the disk is full")
	h.mu.Unlock()
	g.get(path).problem(t, http.StatusInternalServerError, "internal")
}
