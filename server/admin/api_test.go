package admin_test

import (
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"maps"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/storage/storagetest"
)

const (
	apiSite  = api.Base + "/sites/skogen"
	apiDraft = apiSite + "/draft"
)

// acts gives what stands in Skogen's trail, the newest first, as far as it was done
// with a key.
func (g *program) trail() []consent.ActEntry {
	g.t.Helper()
	all, err := g.store.Acts(g.t.Context(), consent.TrailQuery{Organisation: skogen})
	must(g.t, err)
	return slices.DeleteFunc(all, func(a consent.ActEntry) bool { return !strings.HasPrefix(a.Action, "api.") })
}

// changed gives the draft with a change to a field, and the tag of the draft.
func (g *program) changed(change func(draft map[string]any)) (body, tag string) {
	g.t.Helper()
	got := g.get(apiDraft)
	draft := read[map[string]any](g.t, got)
	change(draft)
	text, err := json.Marshal(draft)
	must(g.t, err)
	return string(text), got.header.Get("ETag")
}

// A draft that was got can be put back, changed, and not by two at once.
func TestAPIDraft(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	inside := func(draft map[string]any, name string) map[string]any { return draft[name].(map[string]any) }
	unchanged, first := g.changed(func(map[string]any) {})
	if got := read[api.Saved](t, g.call(http.MethodPut, apiDraft, unchanged, "If-Match", first)); got.Changed {
		t.Fatal("a draft that was put back as it was is another one")
	}
	if got := g.get(apiDraft, "If-None-Match", `"0", W/`+first); got.status != http.StatusNotModified {
		t.Errorf("a draft that the program has is answered with %d", got.status)
	}
	const hostile = "<script>alert(1)</script>\u202e =1+1 😀"
	body, tag := g.changed(func(d map[string]any) { inside(inside(d, "site"), "name")["nb"] = hostile })
	got := g.call(http.MethodPut, apiDraft, body, "If-Match", tag)
	told := got.problem(t, http.StatusUnprocessableEntity, "faults") // a hidden character is refused
	if len(told.Faults) != 1 || told.Faults[0].Code != "hidden_character" || told.Faults[0].Path != "site.name.nb" {
		t.Errorf("got %+v", told.Faults)
	}
	visible := strings.ReplaceAll(hostile, "\u202e", "")
	body, tag = g.changed(func(d map[string]any) { inside(inside(d, "site"), "name")["nb"] = visible })
	got = g.call(http.MethodPut, apiDraft, body, "If-Match", tag)
	if saved := read[api.Saved](t, got); !saved.Changed || got.header.Get("ETag") == tag {
		t.Fatalf("got %+v", saved)
	}
	kept := g.get(apiDraft)
	if now := read[map[string]any](t, kept); kept.header.Get("ETag") != got.header.Get("ETag") || inside(inside(now, "site"), "name")["nb"] != visible {
		t.Errorf("got %v, %s", inside(now, "site")["name"], kept.header.Get("ETag"))
	}
	acts := g.trail()
	if len(acts) != 1 || acts[0].Action != "api.draft.save" || acts[0].Account != g.key.Maker || acts[0].Object != "key="+string(g.key.ID) || acts[0].Site != "skogen" {
		t.Errorf("got %+v", acts)
	}

	for name, each := range map[string]struct {
		match, code string
		status      int
	}{
		"an earlier state":    {first, "draft_changed", http.StatusPreconditionFailed},
		"a weak tag":          {"W/" + kept.header.Get("ETag"), "draft_changed", http.StatusPreconditionFailed},
		"any state":           {"*", "draft_changed", http.StatusPreconditionFailed},
		"nothing said":        {"", "match_needed", http.StatusPreconditionRequired},
		"something malformed": {`"1" 😀`, "draft_changed", http.StatusPreconditionFailed},
	} {
		headers := []string{"If-Match", each.match}
		if each.match == "" {
			headers = nil
		}
		t.Log(name)
		g.call(http.MethodPut, apiDraft, unchanged, headers...).problem(t, each.status, each.code)
		g.call(http.MethodPost, apiSite+"/publish", "{}", headers...).problem(t, each.status, each.code)
	}
	if len(g.trail()) != 1 {
		t.Error("what was refused stands in the trail as done")
	}
}

// Everything that is wrong with a site file is told at once, and nothing is saved.
func TestAPIDraftFaults(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	whole, tag := g.changed(func(map[string]any) {})
	body, _ := g.changed(func(d map[string]any) {
		site := d["site"].(map[string]any)
		site["key"], site["retention"], site["unknown"] = "havet", "P9Y", "\x00<script>"
		d["organisation"].(map[string]any)["id"] = "skogen"
		d["contacts"] = []any{}
	})
	told := g.call(http.MethodPut, apiDraft, body, "If-Match", tag).problem(t, http.StatusUnprocessableEntity, "faults")
	found := map[string]string{}
	for _, fault := range told.Faults {
		found[fault.Code] = fault.Path
	}
	want := map[string]string{"other_site": "site.key", "keeping": "site", "unknown_field": "site.unknown"}
	for code, path := range want {
		if found[code] != path {
			t.Errorf("%s is told of %q, want %q", code, found[code], path)
		}
	}
	if len(told.Faults) < len(want)+1 {
		t.Errorf("only %v is told", slices.Sorted(maps.Keys(found)))
	}
	body, _ = g.changed(func(d map[string]any) { d["organisation"].(map[string]any)["id"] = "havet" })
	told = g.call(http.MethodPut, apiDraft, body, "If-Match", tag).problem(t, http.StatusUnprocessableEntity, "faults")
	if told.Faults[len(told.Faults)-1].Code != "other_organisation" {
		t.Errorf("got %+v", told.Faults)
	}
	body, _ = g.changed(func(d map[string]any) { d["services"] = slices.Repeat([]any{map[string]any{}}, 1000) })
	told = g.call(http.MethodPut, apiDraft, body, "If-Match", tag).problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1000 || !strings.Contains(told.Detail, "The first 1000 faults are told; there are ") {
		t.Errorf("%d faults are told: %s", len(told.Faults), told.Detail)
	}
	for _, each := range []struct {
		body, code string
		status     int
		headers    []string
	}{
		{"site: {key: skogen}", "malformed", http.StatusBadRequest, nil},
		{`{"site":`, "malformed", http.StatusBadRequest, nil},
		{strings.Repeat("[", 100_000), "malformed", http.StatusBadRequest, nil},
		{`"text"`, "faults", http.StatusUnprocessableEntity, nil},
		{"{}", "faults", http.StatusUnprocessableEntity, nil},
		{whole, "unknown_type", http.StatusUnsupportedMediaType, []string{"Content-Type", "application/x-www-form-urlencoded"}},
		{whole, "unknown_type", http.StatusUnsupportedMediaType, []string{"Content-Encoding", "gzip"}},
		{`{"site": {"name": {"nb": "` + strings.Repeat("x", 2<<20) + `"}}}`, "too_large", http.StatusUnprocessableEntity, nil},
	} {
		got := g.call(http.MethodPut, apiDraft, each.body, append([]string{"If-Match", tag}, each.headers...)...)
		if each.status == http.StatusUnprocessableEntity && each.code != "faults" {
			if got.status != each.status {
				t.Errorf("%.40q gets %d", each.body, got.status)
			}
			continue
		}
		got.problem(t, each.status, each.code)
	}
	g.announce(apiDraft, 5<<20).problem(t, http.StatusRequestEntityTooLarge, "too_large")
	if again := g.get(apiDraft); again.header.Get("ETag") != tag || again.body != whole && read[map[string]any](t, again) == nil {
		t.Error("something was saved")
	}
	if len(g.trail()) != 0 {
		t.Error("what was refused stands in the trail as done")
	}
}

// A draft is published once, with a comment in the trail, as the page does it.
func TestAPIPublish(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.Scopes...)
	publish := func(body string) answer {
		t.Helper()
		return g.call(http.MethodPost, apiSite+"/publish", body, "If-Match", g.get(apiDraft).header.Get("ETag"))
	}
	before := read[api.Notices](t, g.get(apiSite+"/notices"))
	body, tag := g.changed(func(d map[string]any) {
		d["services"].([]any)[0].(map[string]any)["name"].(map[string]any)["nb"] = "Nytt navn"
	})
	g.call(http.MethodPut, apiDraft, body, "If-Match", tag).shows(t, http.StatusOK)
	told := publish(`{"comment": "`+strings.Repeat("😀", 2001)+`"}`).problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1 || told.Faults[0].Path != "comment" {
		t.Errorf("got %+v", told)
	}
	publish(`[]`).problem(t, http.StatusBadRequest, "malformed")
	if told := publish(`{"comment": "Sak \u202e1/6202"}`).problem(t, http.StatusUnprocessableEntity, "faults"); len(told.Faults) != 1 || told.Faults[0].Code != "hidden_character" {
		t.Errorf("got %+v", told)
	}
	const comment = "Sak 2026/1 <script> \\u00ad"
	got := publish(`{"comment": "` + comment + `"}`)
	made := read[api.Published](t, got)
	if got.status != http.StatusCreated || !made.Fresh || int(made.Notice.Number) != len(before.Notices)+1 || got.header.Get("Location") != fmt.Sprintf("%s/notices/%d", apiSite, made.Notice.Number) {
		t.Fatalf("got %d, %+v", got.status, made)
	}
	acts := g.trail()
	if acts[0].Action != "api.notice.publish" || acts[0].Reason != "Sak 2026/1 <script> \u00ad" || !strings.HasPrefix(acts[0].Object, "key="+string(g.key.ID)+" draft=") || !strings.HasSuffix(acts[0].Object, " notice="+strconv.Itoa(int(made.Notice.Number))) {
		t.Errorf("got %+v", acts[0])
	}
	notice := g.get(got.header.Get("Location"))
	if notice.status != http.StatusOK || consent.HashOf([]byte(notice.body)).String() != made.Notice.Hash || notice.header.Get("ETag") != `"`+made.Notice.Hash+`"` {
		t.Errorf("the notice (%d) is not what its hash is of", notice.status)
	}
	if got := g.get(got.header.Get("Location"), "If-None-Match", notice.header.Get("ETag")); got.status != http.StatusNotModified {
		t.Errorf("a notice that the program has is answered with %d", got.status)
	}
	if again := read[api.Published](t, publish(`{}`)); again.Fresh || again.Notice.Hash != made.Notice.Hash {
		t.Errorf("got %+v", again)
	}
	faulty := storagetest.Draft("skogen")
	entry, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	faulty.Organisation, faulty.Site.Privacy = entry.Organisation, nil
	must(t, h.store.SaveDraft(t.Context(), faulty, h.clock()))
	if told := publish(`{}`).problem(t, http.StatusUnprocessableEntity, "faults"); len(told.Faults) == 0 || !strings.HasPrefix(told.Faults[0].Path, "site.privacy_statement") {
		t.Errorf("got %+v", told)
	}
	if after := read[api.Notices](t, g.get(apiSite+"/notices")); len(after.Notices) != len(before.Notices)+1 {
		t.Errorf("%d notices are there", len(after.Notices))
	}
}

// Page by page every decision is given once, while new ones come in; each page is
// in the trail before it is given.
func TestAPIDecisions(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeLog)
	entries := h.decide(t, "skogen", 0, 23)
	h.decide(t, "havet", 0, 2)
	const path = apiSite + "/decisions"
	seen, after, pages := map[string]int{}, "", 0
	for more := true; more; pages++ {
		got := read[api.Decisions](t, g.get(path+"?limit=5"+after))
		for _, d := range got.Decisions {
			seen[d.ID]++
		}
		if more = got.Next != nil; more {
			after = "&after=" + *got.Next
		}
		h.decide(t, "skogen", 100+pages, 101+pages)
	}
	for _, e := range entries {
		if seen[e.ID.String()] != 1 {
			t.Errorf("decision %s is given %d times", e.ID, seen[e.ID.String()])
		}
	}
	if len(seen) != len(entries) || pages != 5 {
		t.Errorf("%d decisions on %d pages, want %d on 5", len(seen), pages, len(entries))
	}
	h.wait(time.Hour)
	g.get(path+"?limit=5").shows(t, http.StatusOK)
	object := "key=" + string(g.key.ID) + " decisions="
	if len(h.acts) != 3 || h.acts[1].Object != object+strconv.Itoa(len(entries)-5) || h.acts[2].Object != object+"5" || h.acts[0].Action != "api.log.read" || h.acts[0].Object != object+"5" || h.acts[0].Account != g.key.Maker {
		t.Errorf("the trail says %+v", h.acts)
	}

	filters := map[string]func(*consent.Entry) bool{
		"method=accept_all":                     func(e *consent.Entry) bool { return e.Method == consent.AcceptAll },
		"language=en&method=save":               func(e *consent.Entry) bool { return e.Language == "en" && e.Method == consent.Save },
		"notice=1":                              func(e *consent.Entry) bool { return e.Notice == 1 },
		"from=2026-03-02&to=2026-03-02":         func(e *consent.Entry) bool { return consent.DayOf(e.Time).String() == "2026-03-02" },
		"category=" + string(consent.Marketing): func(e *consent.Entry) bool { return e.Choice.Categories[consent.Marketing] },
	}
	all, err := h.store.Read(t.Context(), consent.LogQuery{Site: "skogen", Limit: 1000})
	must(t, err)
	for filter, wanted := range filters {
		count := 0
		for i := range all {
			if wanted(&all[i]) {
				count++
			}
		}
		if got := read[api.Decisions](t, g.get(path+"?limit=500&"+filter)); len(got.Decisions) != count {
			t.Errorf("%s gives %d, want %d", filter, len(got.Decisions), count)
		}
	}
	for query, fields := range map[string]string{
		"from=x&to=2026-01-01&limit=0&after=-1": "from limit after", "to=2026-01-01&from=2026-02-01": "to", "limit=501": "limit",
		"method=" + url.QueryEscape("<script>") + "&category=A%00": "category method", "languge=nb": "languge", "notice=7": "notice", "category=measuring&language=zz": "category language", "language=se": "language", "notice=0": "notice", "after=1e9": "after", "receipt=x": "receipt",
	} {
		told := g.get(path+"?"+query).problem(t, http.StatusUnprocessableEntity, "faults")
		var named []string
		for _, fault := range told.Faults {
			named = append(named, fault.Path)
		}
		if strings.Join(named, " ") != fields {
			t.Errorf("%s: told of %v, want %s", query, named, fields)
		}
	}
}

// One decision comes with its proof, as the page has it, or with what is left.
func TestAPIDecision(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeLog)
	entries := h.decide(t, "skogen", 0, 3)
	theirs := h.decide(t, "havet", 50, 51)
	path := func(id consent.DecisionID) string { return apiSite + "/decisions/" + id.String() }
	got := read[api.Decision](t, g.get(path(entries[1].ID)))
	if got.Record == nil || got.Record.ID != entries[1].ID.String() || got.Proof == nil || !got.Proof.Holds || got.Proof.Why != nil || got.Proof.Origin == "" || got.Proof.Size == 0 {
		t.Fatalf("got %+v", got)
	}
	if len(h.acts) != 1 || h.acts[0].Action != "api.log.decision" || h.acts[0].Object != "key="+string(g.key.ID)+" "+got.ID {
		t.Errorf("the trail says %+v", h.acts)
	}
	h.disproof = errors.New("the leaf is another one")
	if got := read[api.Decision](t, g.get(path(entries[1].ID))); got.Proof.Holds || got.Proof.Why == nil || !strings.Contains(*got.Proof.Why, "the leaf is another one") {
		t.Errorf("got %+v", got.Proof)
	}
	h.disproof = nil
	_, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{ID: entries[0].ID, Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: storagetest.Morning})
	must(t, err)
	if got := read[api.Decision](t, g.get(path(entries[0].ID))); got.Record != nil || got.Proof != nil || got.Erased == nil || *got.Erased != storagetest.Morning.UTC().Format("2006-01-02T15:04:05.000Z") {
		t.Errorf("got %+v", got)
	} else if got.ErasedBy == nil || *got.ErasedBy != consent.ActorOperator || got.ErasedGround == nil || *got.ErasedGround != consent.ErasedUnlawful {
		t.Errorf("of who erased it and why it says %v and %v", got.ErasedBy, got.ErasedGround)
	}
	foreign, none := g.get(path(theirs[0].ID)), g.get(path(storagetest.ID(999)))
	if foreign.problem(t, http.StatusNotFound, "unknown_address"); foreign.body != none.body {
		t.Error("another's decision is told from none")
	}
}

// The figures are those of the files of the page, small numbers hidden.
func TestAPIFigures(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeLog)
	figuresFixture(t, h)
	const hidden = "For få svar til å vises"
	for _, chart := range api.Charts {
		const days = "?from=2026-02-01&to=2026-03-02"
		file := boss.get("/sites/skogen/figures/" + chart + ".csv" + days)
		file.shows(t, http.StatusOK)
		rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(file.body, "\ufeff"))).ReadAll()
		must(t, err)
		got := read[api.Figures](t, g.get(apiSite+"/figures/"+chart+days+"&language=nb"))
		if got.Hidden || len(got.Rows) != len(rows)-1 || got.From != "2026-02-01" || got.To != "2026-03-02" {
			t.Errorf("%s: got %+v, want as many rows as %q", chart, got, rows)
			continue
		}
		for i, row := range got.Rows {
			var cells []string
			switch chart {
			case "days":
				cells = []string{*row.From, *row.To}
			default:
				cells = []string{got.Covers.From, got.Covers.To, row.Name}
			}
			for at := range got.Columns {
				switch {
				case row.Counts == nil && chart == "placeholders":
					cells = append(cells, "For få til å vises for seg")
				case row.Counts == nil:
					cells = append(cells, hidden)
				default:
					cells = append(cells, strconv.Itoa(row.Counts[at]))
				}
			}
			if !slices.Equal(cells, rows[i+1]) {
				t.Errorf("%s: got %q, want %q", chart, cells, rows[i+1])
			}
			for _, count := range row.Counts {
				if count > 0 && count < consent.Crowd {
					t.Errorf("%s: %v is about few people", chart, row)
				}
			}
		}
	}
	seldom := read[api.Figures](t, g.get(apiSite+"/figures/visits?from=2026-01-17&to=2026-01-17"))
	if len(seldom.Rows) != 4 || seldom.Rows[0].Counts[0] != 60 || seldom.Rows[3].Counts[0] != 0 {
		t.Errorf("three answers are told of: %+v", seldom)
	}
	if few := read[api.Figures](t, g.get(apiSite+"/figures/days?from=2020-01-01&to=2020-01-02")); !few.Hidden || len(few.Rows) != 0 {
		t.Errorf("got %+v", few)
	}
	told := g.get(apiSite+"/figures/days?from=x&to=2026-01-01").problem(t, http.StatusUnprocessableEntity, "faults")
	if len(told.Faults) != 1 || told.Faults[0].Path != "from" {
		t.Errorf("got %+v", told)
	}
	g.get(apiSite+"/figures/days?language=se").problem(t, http.StatusUnprocessableEntity, "faults")
}

// The log is not given when nobody can write down who got it, and faults of ours
// are told without what is inside.
func TestAPITrailFails(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeLog)
	entries := h.decide(t, "skogen", 0, 1)
	h.unlooked = errors.New("the disk is full of <secrets>")
	for _, path := range []string{"/decisions", "/decisions/" + entries[0].ID.String()} {
		got := g.get(apiSite + path)
		got.problem(t, http.StatusInternalServerError, "internal")
		if strings.Contains(got.body, "secrets") || strings.Contains(got.body, entries[0].ID.String()) {
			t.Errorf("got %s", got.body)
		}
	}
}

// An administrator makes a key, sees its secret once, and ends it.
func TestAPIKeys(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	sea := h.member("sea@example.no", consent.RoleAdministrator, havet)
	const keys = "/organisations/skogen/keys"
	const hostile = "<script>alert(1)</script>😀"
	boss.get(keys).shows(t, http.StatusOK, `value="read" checked`, `value="90" checked`)
	for _, each := range [][]string{
		{"name", " ", "scope", "read", "days", "30"},
		{"name", strings.Repeat("😀", 101), "scope", "read", "days", "30"},
		{"name", hostile, "days", "30"},
		{"name", hostile, "scope", "everything", "days", "30"},
		{"name", hostile, "scope", "read", "days", "31"},
		{"name", hostile, "scope", "read"},
		{"name", hostile + "\u202e", "scope", "read", "days", "30"},
	} {
		got := boss.post(keys, each...)
		got.shows(t, http.StatusUnprocessableEntity, `role="alert"`, `-wrong"`)
		if strings.Contains(got.body, "<script>alert") {
			t.Error("what was written is not shown as text")
		}
	}
	made := boss.post(keys, "name", hostile, "scope", "read", "scope", "log", "days", "365")
	made.shows(t, http.StatusOK, "&lt;script&gt;alert")
	_, after, _ := strings.Cut(made.body, `<code id="link">`)
	secret, _, _ := strings.Cut(after, "</code>")
	all, err := h.store.APIKeys(t.Context(), skogen)
	must(t, err)
	if len(all) != 1 || !strings.HasPrefix(secret, "smt_"+string(all[0].ID)+"_") || len(secret) < 60 || all[0].Hash != consent.HashOf([]byte(secret)) {
		t.Fatalf("got the secret %q of %+v", secret, all)
	}
	if key := all[0]; key.Maker != boss.id || key.Expires.Sub(key.Created) != 365*24*time.Hour || !slices.Equal(key.Scopes, []consent.Scope{consent.ScopeRead, consent.ScopeLog}) {
		t.Errorf("got %+v", key)
	}
	g := &program{house: h, t: t, secret: secret}
	g.get(apiSite).shows(t, http.StatusOK)
	g.call(http.MethodPut, apiDraft, "{}", "If-Match", `"1"`).problem(t, http.StatusForbidden, "scope_missing")
	page := boss.get(keys)
	page.shows(t, http.StatusOK, "2. mars 2026", "smt_"+string(all[0].ID)+"_…")
	if strings.Contains(page.body, secret) || strings.Contains(page.body, "<script>alert") {
		t.Error("the secret is shown a second time, or the name not as text")
	}
	revoke := keys + "/" + string(all[0].ID) + "/revoke"
	sea.post("/organisations/havet/keys/"+string(all[0].ID)+"/revoke").shows(t, http.StatusNotFound)
	g.get(apiSite).shows(t, http.StatusOK)
	boss.agrees(revoke).leads(t, keys+"?done=key_revoked")
	boss.post(revoke).shows(t, http.StatusNotFound)
	g.get(apiSite).problem(t, http.StatusUnauthorized, "unknown_key")
	acts, err := h.store.Acts(t.Context(), consent.TrailQuery{Organisation: skogen, Limit: 10})
	must(t, err)
	var told []string
	for _, act := range acts {
		told = append(told, act.Action+" "+act.Object)
		if strings.Contains(act.Object, secret) {
			t.Error("the trail has the secret")
		}
	}
	name := string(all[0].ID) + " " + hostile
	if !slices.Contains(told, "key.make "+name) || !slices.Contains(told, "key.revoke "+name) {
		t.Errorf("the trail says %q", told)
	}
}

// A category or language that only an earlier notice had is known: decisions are about it.
func TestAPIKnowsWhatEarlierNoticesHad(t *testing.T) {
	h := open(t)
	g := h.member("boss@example.no", consent.RoleAdministrator, skogen).program(t, consent.ScopeLog)
	const path = apiSite + "/decisions?"
	h.edit(func(d *consent.Draft) {
		d.Categories = slices.DeleteFunc(d.Categories, func(c consent.Category) bool { return c.Key == consent.Statistics })
		d.Site.Languages = []consent.Language{consent.Bokmaal}
	})
	for _, query := range []string{"category=statistics", "language=en", "notice=1"} {
		g.get(path+query).shows(t, http.StatusOK)
	}
	for query, field := range map[string]string{"category=statistikk": "category", "language=fr": "language", "notice=2": "notice"} {
		g.get(path+query).faultsAt(t, field)
	}
}
