package admin_test

import (
	"encoding/json"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/rights"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// aRequestJSON is a request as a program reads it.
type aRequestJSON struct {
	ID, Site, Kind, Channel, Received, Due    string
	Receipt, Case, Answered, Outcome, Refusal *string
	Others                                    []string
	Left                                      *int `json:"days_left"`
	Overdue, Extended                         bool
	Events                                    []struct {
		Step, Time, Day               string
		Due, Ground, Outcome, Refusal *string
	}
	Done []struct {
		Action, Time, By, Object, Place string
		Account                         *int64
	}
}

// asked enters an open request.
func (h *house) asked(t *testing.T, site consent.SiteKey, id consent.RequestID, receipts ...consent.DecisionID) {
	t.Helper()
	made, err := consent.Receive(
		consent.Request{ID: id, Site: site, Kind: consent.RequestAccess, Channel: consent.ChannelLetter}, consent.DayOf(storagetest.Morning)-3, storagetest.Morning,
	)
	must(t, err)
	if len(receipts) > 0 {
		made.Receipt, made.Others = receipts[0], receipts[1:]
	}
	must(t, h.store.AddRequest(t.Context(), made))
}

// post sends a value as JSON.
func (g *program) post(path string, value any) answer {
	g.t.Helper()
	body, err := json.Marshal(value)
	must(g.t, err)
	return g.call(http.MethodPost, path, string(body))
}

// faultsAt fails unless exactly the fields are told to be wrong.
func (a answer) faultsAt(t *testing.T, fields ...string) {
	t.Helper()
	var named []string
	for _, fault := range a.problem(t, http.StatusUnprocessableEntity, "faults").Faults {
		named = append(named, fault.Path)
		if fault.Message == "" || fault.Repair == "" {
			t.Errorf("got %+v", fault)
		}
	}
	if !slices.Equal(named, fields) {
		t.Errorf("told of %v, want %v", named, fields)
	}
}

// A request is entered, extended and closed as the pages do it. Nothing of the
// person stays but receipts.
// Whoever enters requests, and may not read the log, learns no more receipts than they had.
func TestRequestsTellNoReceiptsToThoseWithoutTheLog(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	asks := map[string]any{"kind": "access", "channel": "email", "receipt": h.decide(t, "skogen", 0, 2)[0].ID.String()}
	for want, scopes := range map[int][]consent.Scope{0: {consent.ScopeRequests}, 1: {consent.ScopeRequests, consent.ScopeLog}} {
		made := read[aRequestJSON](t, boss.program(t, scopes...).post(apiSite+"/requests", asks))
		if made.Receipt == nil || len(made.Others) != want {
			t.Errorf("a key with %v gets %+v", scopes, made)
		}
	}
}

func TestAPIRequests(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	const path = apiSite + "/requests"
	entries := h.decide(t, "skogen", 0, 2)
	theirs := h.decide(t, "havet", 50, 51)
	token := token(7)
	last := h.decideAs(t, "skogen", 80, token)
	asks := map[string]any{"kind": "erasure", "channel": "email", "received": "2026-02-20", "case": "2026/1234", "receipt": entries[0].ID.String()}
	got := g.post(path, asks)
	made := read[aRequestJSON](t, got)
	if got.status != http.StatusCreated || got.header.Get("Location") != path+"/"+made.ID || made.Receipt == nil || *made.Receipt != entries[0].ID.String() ||
		made.Due != "2026-03-20" || len(made.Others) != 1 || made.Others[0] != entries[1].ID.String() || made.Overdue || len(made.Events) != 1 {
		t.Fatalf("got %d, %+v", got.status, made)
	}
	shown := read[aRequestJSON](t, g.post(path, map[string]any{"kind": "access", "channel": "phone", "token": token}))
	if shown.Receipt == nil || *shown.Receipt != last.ID.String() {
		t.Errorf("the token leads to %+v", shown.Receipt)
	}
	if again := read[aRequestJSON](t, g.get(got.header.Get("Location"))); again.ID != made.ID {
		t.Errorf("got %+v", again)
	}
	with := func(field string, value any) map[string]any {
		changed := map[string]any{}
		for k, v := range asks {
			changed[k] = v
		}
		changed[field] = value
		return changed
	}
	const hostile = "<script>alert(1)</script>\u202e\x00 =1+1 😀"
	for _, field := range []string{"kind", "channel", "received", "case", "receipt"} {
		for _, text := range []string{hostile, strings.Repeat("ø", 50_000)} {
			g.post(path, with(field, text)).faultsAt(t, field)
		}
	}
	g.post(path, map[string]any{"kind": "access", "channel": "letter", "token": hostile}).faultsAt(t, "token")
	g.post(path, with("received", "2099-01-01")).faultsAt(t, "received")
	g.post(path, with("receipt", theirs[0].ID.String())).faultsAt(t, "receipt")
	for _, body := range []any{with("name", "Kari Nordmann"), []string{}, with("case", 7), "text"} {
		g.post(path, body).problem(t, http.StatusBadRequest, "malformed")
	}
	g.call(http.MethodPost, path, `{"kind":"access","channel":"letter"} {}`).problem(t, http.StatusBadRequest, "malformed")
	for body, want := range map[string]string{ // it reads two ways
		`{"kind":"access","channel":"letter","kind":"erasure"}`:      "duplicate_field at kind",
		`{"kind":"access","channel":"letter","Kind":"erasure"}`:      "unknown_field at Kind",
		`{"KIND":"access","channel":"letter"}`:                       "unknown_field at KIND",
		`{"kind":"access","channel":"letter","chanel":"letter"}`:     "unknown_field at chanel",
		`{"kind":"access","\u006bind":"erasure","channel":"letter"}`: "duplicate_field at kind",
	} {
		told := g.call(http.MethodPost, path, body).problem(t, http.StatusBadRequest, "malformed")
		if len(told.Faults) != 1 || told.Faults[0].Code+" at "+told.Faults[0].Path != want {
			t.Errorf("%s: got %+v, want %s", body, told.Faults, want)
		}
	}

	one := path + "/" + made.ID
	g.post(one+"/extend", map[string]any{"ground": hostile}).faultsAt(t, "ground")
	g.post(one+"/extend", map[string]any{"ground": "number", "on": hostile}).faultsAt(t, "on")
	if longer := read[aRequestJSON](t, g.post(one+"/extend", map[string]any{"ground": "number"})); !longer.Extended || longer.Due != "2026-05-20" {
		t.Errorf("got %+v", longer)
	}
	g.post(one+"/extend", map[string]any{"ground": "number"}).problem(t, http.StatusConflict, "conflict")
	g.post(one+"/close", map[string]any{"outcome": "refused"}).faultsAt(t, "refusal")
	g.post(one+"/close", map[string]any{"outcome": "refused", "refusal": "rights_of_others"}).faultsAt(t, "refusal")
	g.post(one+"/close", map[string]any{"outcome": hostile}).faultsAt(t, "outcome")
	refused := func(code string) {
		t.Helper()
		got := g.post(one+"/close", map[string]any{"outcome": "granted"})
		got.faultsAt(t, "outcome")
		if !strings.Contains(got.body, code) {
			t.Errorf("want %s: %s", code, got.body)
		}
	}
	done, all := apiSite+"/decisions/"+entries[0].ID.String(), map[string]any{"ground": "claim", "reason": "Sak 2026/1", "all": true}
	refused("not_erased")
	g.post(done+"/freeze", all)
	refused("erasure_frozen")
	g.post(done+"/release", map[string]any{"reason": "Sak 2026/1", "all": true})
	all["ground"] = "withdrawn"
	g.post(done+"/erase", all)
	if done := read[aRequestJSON](t, g.post(one+"/close", map[string]any{"outcome": "granted"})); done.Answered == nil || done.Left != nil {
		t.Errorf("got %+v", done)
	}
	g.post(one+"/close", map[string]any{"outcome": "granted"}).problem(t, http.StatusConflict, "conflict")
	if left := read[struct{ Requests []aRequestJSON }](t, g.get(path)); len(left.Requests) != 1 || left.Requests[0].ID != shown.ID {
		t.Errorf("got %+v", left)
	}
	if all := read[struct{ Requests []aRequestJSON }](t, g.get(path+"?state=all")); len(all.Requests) != 2 {
		t.Errorf("got %+v", all)
	}
	g.get(path+"?state=closed").faultsAt(t, "state")

	other := consent.NewRequestID(storagetest.Morning, [10]byte{9})
	h.asked(t, "havet", other)
	for _, each := range []string{"", "/extend", "/close"} {
		foreign, none := path+"/"+other.String()+each, path+"/"+aRequest.String()+each
		send := func(path string) answer { return g.post(path, map[string]any{}) }
		if each == "" {
			send = func(path string) answer { return g.get(path) }
		}
		if got := send(foreign); got.status != http.StatusNotFound || got.body != send(none).body {
			t.Errorf("%s: another's request is told from none: %s", each, got.body)
		}
	}
	var told []string
	for _, act := range g.trail() {
		if strings.HasPrefix(act.Action, "api.request.") {
			told = append(told, act.Action+" "+act.Object)
		}
	}
	key, today := "key="+string(g.key.ID), consent.DayOf(h.clock()).String()
	want := []string{"api.request.close " + key + " " + made.ID + " outcome=granted day=" + today, "api.request.extend " + key + " " + made.ID + " ground=number day=" + today, "api.request.add " + key + " " + shown.ID, "api.request.add " + key + " " + made.ID}
	if !slices.Equal(told, want) {
		t.Errorf("the trail says %q", told)
	}
}

// Erasing, freezing and releasing take a ground and a reason, which the trail keeps
// with the key, and touch nothing of another site.
func TestAPIErasure(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeErase)
	entries := h.decide(t, "skogen", 0, 6)
	theirs := h.decide(t, "havet", 50, 52)
	path := func(id consent.DecisionID, what string) string {
		return apiSite + "/decisions/" + id.String() + "/" + what
	}
	said := func(ground, reason string, all bool) map[string]any {
		return map[string]any{"ground": ground, "reason": reason, "all": all}
	}
	const reason = "Sak 2026/1 <script>alert(1)</script> 😀"
	first := entries[0].ID
	for _, what := range []string{"erase", "freeze"} {
		g.post(path(first, what), said("", "", false)).faultsAt(t, "ground", "reason")
		g.post(path(first, what), said(reason, strings.Repeat("ø", rights.MaxReason+1), false)).faultsAt(t, "ground", "reason")
		g.post(path(first, what), said(reason, reason+"\u202e", false)).faultsAt(t, "ground", "reason")
		g.post(path(first, what), map[string]any{"ground": "unlawful", "reason": reason, "All": true, "every": true}).problem(t, http.StatusBadRequest, "malformed")
	}
	g.post(path(first, "release"), map[string]any{"reason": ""}).faultsAt(t, "reason")
	if len(g.trail()) != 0 {
		t.Errorf("what was refused stands in the trail: %+v", g.trail())
	}
	count := func(got answer, want int) {
		t.Helper()
		if done := read[api.Done](t, got); done.Decisions != want {
			t.Errorf("%d decisions were changed, want %d", done.Decisions, want)
		}
	}
	count(g.post(path(first, "freeze"), said("claim", reason, true)), 2)
	g.post(path(first, "freeze"), said("accuracy", reason, false)).problem(t, http.StatusConflict, "conflict")
	g.post(path(first, "erase"), said("unlawful", reason, false)).problem(t, http.StatusConflict, "conflict")
	count(g.post(path(first, "release"), map[string]any{"reason": reason}), 1)
	g.post(path(first, "release"), map[string]any{"reason": reason}).problem(t, http.StatusConflict, "conflict")
	count(g.post(path(first, "erase"), said("unlawful", reason, false)), 1)
	g.post(path(first, "erase"), said("unlawful", reason, false)).problem(t, http.StatusNotFound, "unknown_address")
	count(g.post(path(entries[3].ID, "erase"), said("not_needed", reason, true)), 2)
	for _, what := range []string{"erase", "freeze", "release"} {
		body := said("unlawful", reason, true)
		if what == "release" {
			delete(body, "ground")
		}
		foreign, none := g.post(path(theirs[0].ID, what), body), g.post(path(storagetest.ID(999), what), body)
		if foreign.status != http.StatusNotFound || foreign.body != none.body {
			t.Errorf("%s: another's decision is told from none: %s", what, foreign.body)
		}
	}
	for site, want := range map[consent.SiteKey]int{"skogen": 3, "havet": 2} {
		left, err := h.store.Read(t.Context(), consent.LogQuery{Site: site, Limit: 100})
		must(t, err)
		if len(left) != want || site == "havet" && (left[0].Frozen || left[1].Frozen) {
			t.Errorf("%s has %d decisions left, want %d", site, len(left), want)
		}
	}
	key := "key=" + string(g.key.ID) + " "
	want := []string{"api.log.erase " + key + entries[3].ID.String() + " all ground=not_needed", "api.log.erase " + key + first.String() + " ground=unlawful", "api.log.release " + key + first.String(), "api.log.freeze " + key + first.String() + " all"}
	var told []string
	for _, act := range g.trail() {
		told = append(told, act.Action+" "+act.Object)
		if act.Reason != reason || act.Account != g.key.Maker || act.Site != "skogen" {
			t.Errorf("got %+v", act)
		}
	}
	if !slices.Equal(told, want) {
		t.Errorf("the trail says %q, want %q", told, want)
	}
}

// The trail is given page by page, each act once, and only that of the organisation.
func TestAPITrail(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeAudit)
	const hostile = "<script>alert(1)</script>\u202e😀"
	act := func(organisation consent.OrganisationID, n int) {
		t.Helper()
		must(t, h.store.RecordAct(t.Context(), consent.Act{
			Time: h.clock(), Account: consent.AccountID(n % 2), Organisation: organisation, Site: consent.SiteKey(organisation), Action: "log.export", Object: "no " + strconv.Itoa(n), Reason: hostile,
		}))
	}
	for n := range 11 {
		act(skogen, n)
		act(havet, n)
	}
	seen, after, pages := map[string]int{}, "", 0
	for more := true; more; pages++ {
		got := read[api.Acts](t, g.get(api.Base+"/trail?action=log.export&limit=4"+after))
		for _, a := range got.Acts {
			seen[a.Object]++
			if a.Site != "skogen" || a.Reason != hostile || (a.Account == nil) != (a.Person == nil) {
				t.Errorf("got %+v", a)
			}
		}
		if more = got.Next != nil; more {
			after = "&after=" + *got.Next
		}
		act(skogen, 100+pages)
	}
	for n := range 11 {
		if seen["no "+strconv.Itoa(n)] != 1 {
			t.Errorf("act %d is given %d times", n, seen["no "+strconv.Itoa(n)])
		}
	}
	if len(seen) != 11 || pages != 3 {
		t.Errorf("got %d acts on %d pages", len(seen), pages)
	}
	for query, want := range map[string]int{"site=skogen": 14, "site=havet": 0, "account=1": 6, "account=99": 0, "action=log.erase": 0, "to=2026-03-01": 0, "from=2026-03-03": 0, "from=2026-03-02&to=2026-03-02": 14} {
		if !strings.Contains(query, "action=") {
			query += "&action=log.export"
		}
		if got := read[api.Acts](t, g.get(api.Base+"/trail?limit=500&"+query)); len(got.Acts) != want {
			t.Errorf("%s gives %d, want %d", query, len(got.Acts), want)
		}
	}
	g.get(api.Base+"/trail?account=x&limit=0&after=1").faultsAt(t, "account", "limit", "after")
	g.get(api.Base+"/trail?action=%3Cscript%3E").faultsAt(t, "action")
	g.get(api.Base+"/trail?action=nothing.known").faultsAt(t, "action")
	for _, id := range []string{"0", "-1", "%2B1", "01", "1.0", "%201", "1x", "9223372036854775808"} {
		g.get(api.Base+"/trail?account="+id).faultsAt(t, "account")
	}
	g.get(api.Base+"/trail?from=x&to=2026-02-30").faultsAt(t, "from", "to")
	g.get(api.Base+"/trail?from=2026-03-02&to=2026-03-01").faultsAt(t, "to")
	g.get(api.Base+"/trail?account=-1&limit=501&after=02026.1").faultsAt(t, "account", "limit", "after")
}

// Findings are told as the pages wrote them.
func TestAPIFindings(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleViewer, skogen).program(t, consent.ScopeRead)
	const hostile = "<img src=x onerror=alert(1)>\u202e/😀"
	for _, f := range []consent.Finding{
		{Site: "skogen", Kind: consent.FoundUnknown, Name: hostile}, {Site: "skogen", Kind: consent.FoundStuck, Name: "film/_film"}, {Site: "havet", Kind: consent.FoundStuck, Name: "havet/_x"},
	} {
		f.Day, f.Count, f.Last = consent.MidnightOf(h.clock()).AddDate(0, 0, -1), 2, h.clock()
		must(t, h.store.AddFindings(t.Context(), []consent.Finding{f}))
	}
	got := read[api.Findings](t, g.get(apiSite+"/findings"))
	if len(got.Findings) != 2 || got.Most || !slices.ContainsFunc(got.Findings, func(f api.Finding) bool { return f.Name == hostile && *f.Times == consent.TimesFew }) {
		t.Errorf("got %+v", got)
	}
	if got := read[api.Findings](t, g.get(apiSite+"/findings?kind=stuck")); len(got.Findings) != 1 || got.Findings[0].Name != "film/_film" {
		t.Errorf("got %+v", got)
	}
	g.get(apiSite+"/findings?kind=none").faultsAt(t, "kind")
	must(t, h.store.AddFindings(t.Context(), []consent.Finding{
		{Site: "skogen", Day: consent.MidnightOf(h.clock()), Kind: consent.FoundStuck, Name: "film/_today", Count: 1, Last: h.clock()},
		{Site: "skogen", Day: consent.MidnightOf(h.clock()), Kind: consent.FoundUnknown, Name: "a/today", Count: 71, Last: h.clock()},
	}))
	today := g.get(apiSite + "/findings")
	if got := read[api.Findings](t, today); len(got.Findings) != 3 || got.Findings[0].Name != "a/today" || got.Findings[0].Times != nil || strings.Contains(today.body, "71") {
		t.Errorf("today tells %s", today.body)
	}
	if regexp.MustCompile(`:\d|\d\d:\d\d`).MatchString(today.body) {
		t.Errorf("a number or a time of day is told: %s", today.body)
	}
}

// What a page asks of a person, the API asks of whoever made the key.
func TestAPIPermissionsAreThoseOfThePages(t *testing.T) {
	h := open(t)
	pages, operators := map[string]consent.Permission{}, map[string]bool{}
	for _, e := range h.admin.Entries() {
		if e.May != "" { // the operators' own asks for no role
			pages["api."+e.Action] = e.May
		}
		if e.Operators {
			operators[strings.TrimPrefix(e.Path, "/")] = true
		}
	}
	alike := 0
	for _, e := range h.admin.API() {
		may, there := pages[e.Action]
		if of, rest, _ := strings.Cut(strings.TrimPrefix(e.Path, api.Base+"/"), "/"); e.Scope.OfInstallation() {
			rest = strings.TrimSuffix(rest, "/audit") // what it found stands on the page itself
			if of != "installation" || !operators[rest] {
				t.Errorf("%s takes an operator, and the page %s does not", e.Path, rest)
			}
			continue
		}
		if !there || e.Action == "" {
			continue
		}
		alike++
		if e.Scope.Permission() != may {
			t.Errorf("%s takes %s, and its page %s", e.Action, e.Scope.Permission(), may)
		}
	}
	if alike < 6 {
		t.Errorf("only %d actions are those of a page", alike)
	}
}
