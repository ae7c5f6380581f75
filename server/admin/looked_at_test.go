package admin_test

import (
	"errors"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// marked are two decisions of one visitor at times that nothing else has.
func (h *house) marked(t *testing.T) (first, second consent.Entry) {
	t.Helper()
	both := [2]consent.Entry{}
	for i := range both {
		d := h.site(t, "skogen").Decision(60 + i)
		var err error
		d.Visitor, err = consent.ParseToken(token(1))
		must(t, err)
		d.Time = h.clock().Add(-time.Duration(3+i)*time.Hour - 17*time.Minute - 43*time.Second)
		entry, err := h.store.Append(t.Context(), d)
		must(t, err)
		both[i] = entry.Entry
	}
	return both[0], both[1]
}

// tells says whether an answer to whoever knows the first decision and its visitor's
// token shows something of the log: when one was made, or that there is the second.
func (a answer) tells(first, second *consent.Entry) bool {
	oslo, _ := time.LoadLocation("Europe/Oslo")
	marks := []string{second.ID.String(), second.ID.String()[24:], "c2sp.org/tlog-proof@"}
	for _, entry := range []*consent.Entry{first, second} {
		for _, at := range []time.Time{entry.Time.UTC(), entry.Time.In(oslo)} {
			marks = append(marks, at.Format("15.04.05"), at.Format("15:04:05"), at.Format(" 15.04<"), at.Format(" 15.04 "))
		}
	}
	return slices.ContainsFunc(marks, func(mark string) bool { return strings.Contains(a.body, mark) })
}

// newest tells the last acts apart: of those who looked, and of Skogen's trail.
func (h *house) newest() (looked int, place string) {
	h.t.Helper()
	acts, err := h.store.Acts(h.t.Context(), consent.TrailQuery{Organisation: skogen, Limit: 1})
	must(h.t, err)
	if len(acts) > 0 {
		place = acts[0].Place()
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	return len(h.acts), place
}

// Whatever page or answer of the API shows something of a decision: that it was looked at
// stands in the trail, with the account, the site and what of the log it was.
func TestNothingOfADecisionIsShownUnseen(t *testing.T) {
	h := open(t)
	first, second := h.marked(t)
	h.asked(t, "skogen", aRequest, first.ID, second.ID)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	told := map[string]bool{}
	watch := func(route string, ask func() answer) {
		t.Helper()
		looked, place := h.newest()
		got := ask()
		if !got.tells(&first, &second) {
			return
		}
		told[route] = true
		lookedNow, placeNow := h.newest()
		if lookedNow == looked && placeNow == place {
			t.Errorf("%s shows something of a decision (%d), and nobody knows", route, got.status)
		}
		h.mu.Lock()
		defer h.mu.Unlock()
		for _, act := range h.acts[looked:] {
			action := strings.TrimPrefix(act.Action, "api.")
			if act.Account != boss.id || act.Site != "skogen" || !strings.HasPrefix(action, "log.") && !strings.HasPrefix(action, "request.") {
				t.Errorf("%s leaves the act %+v", route, act)
			}
		}
	}
	entries := h.admin.Entries()
	for i, e := range entries {
		if e.Everybody || e.Operators || e.Path == "/confirm" || strings.HasPrefix(e.Path, "/account") {
			continue
		}
		path := fill(t, strings.ReplaceAll(e.Path, ":decision", first.ID.String()), skogen)
		form := []string{"decision", first.ID.String(), "token", token(1), "receipt", first.ID.String(), "form", "jsonl"}
		for n, ask := range []func(p *person) answer{
			func(p *person) answer { return p.get(path) },
			func(p *person) answer {
				return p.get(path + "?lang=nb&state=first&decision=" + first.ID.String() + "&receipt=" + first.ID.String() + "&request=" + aRequest.String())
			},
			func(p *person) answer { return p.post(path) },
			func(p *person) answer { return p.post(path, form...) },
		} {
			if (e.Method == http.MethodGet) == (n < 2) {
				p := h.loggedIn(boss.id, "boss "+string(rune('a'+n))+e.Method+e.Path)
				watch(e.Method+" "+e.Path, func() answer { return ask(p) })
			}
		}
		if i%50 == 0 {
			h.wait(time.Minute)
		}
	}
	boss = h.loggedIn(boss.id, "boss, for programs")
	g := boss.program(t, consent.Scopes...)
	for _, e := range h.admin.API() {
		if e.Scope == "" || strings.HasSuffix(e.Path, "/erase") {
			continue
		}
		path := fill(t, strings.ReplaceAll(e.Path, ":decision", first.ID.String()), skogen)
		h.wait(2 * time.Hour) // each look is one of its own
		watch(e.Method+" "+e.Path, func() answer { return g.ask(e, path) })
	}
	for _, route := range []string{
		"GET /sites/:site/log", "POST /sites/:site/log/find", "POST /sites/:site/log/export", "GET /sites/:site/log/:decision",
		"GET /sites/:site/log/:decision/receipt", "GET /sites/:site/log/:decision/record", "GET /sites/:site/log/:decision/erase",
		"POST /sites/:site/log/:decision/erase", "POST /sites/:site/log/:decision/freeze", "GET /sites/:site/notices/:notice/shown",
		"GET /sites/:site/requests/:request", "POST /sites/:site/requests/:request/close", "POST /sites/:site/requests/:request/answer",
		"GET " + api.Base + "/sites/:site/decisions", "GET " + api.Base + "/sites/:site/decisions/:decision", "POST " + api.Base + "/sites/:site/decisions/find",
	} {
		if !told[route] {
			t.Errorf("%s shows nothing of a decision any more: the test does not see what it looks for", route)
		}
	}
}

// What the visitor of a decision saw is that decision, however it is come to: who looks
// stands in the trail once, and nothing is shown when that cannot be written.
func TestWhatAVisitorSawIsALook(t *testing.T) {
	h := open(t)
	entry := h.decide(t, "skogen", 0, 1)[0]
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	path, id := "/sites/skogen/notices/1/shown", entry.ID.String()
	auditor.get(path).shows(t, http.StatusOK)
	if got := actions(h); got != "" {
		t.Errorf("a notice that is nobody's leaves %q", got)
	}
	auditor.get(path+"?decision="+id).shows(t, http.StatusOK, id)
	auditor.get(path + "/frame?decision=" + id)
	auditor.get("/sites/skogen/log/"+id).shows(t, http.StatusOK, id)
	if len(h.acts) != 1 || h.acts[0].Action != "log.decision" || h.acts[0].Object != id || h.acts[0].Account != auditor.id || h.acts[0].Site != "skogen" {
		t.Errorf("the trail is told %+v", h.acts)
	}
	again := h.loggedIn(auditor.id, "again")
	again.get(path + "/frame?decision=" + id)
	if got := actions(h); got != "log.decision log.decision" {
		t.Errorf("with another login the frame alone leaves %q", got)
	}
	h.unlooked = errors.New("the disk is full")
	if got := h.loggedIn(auditor.id, "at last").get(path + "?decision=" + id); got.status != http.StatusInternalServerError || strings.Contains(got.body, id) {
		t.Errorf("it is shown, and nobody knows: %d", got.status)
	}
	h.unlooked = nil
}
