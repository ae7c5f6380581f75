package admin_test

import (
	"net/http"
	"net/url"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// count gives how many decisions the site has.
func (h *house) count(t *testing.T, site consent.SiteKey) int {
	t.Helper()
	entries, err := h.store.Read(t.Context(), consent.LogQuery{Site: site, Limit: 1000})
	must(t, err)
	return len(entries)
}

// An erasure needs a ground and a reason, and leaves a stub that the page tells of.
func TestErase(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	entries := h.decide(t, "skogen", 0, 6)
	h.decide(t, "havet", 0, 2)
	path := func(n int) string { return "/sites/skogen/log/" + entries[n].ID.String() }
	kari.get(path(0)+"/erase").shows(t, http.StatusOK, "blir borte for godt", `name="ground"`, `name="reason"`)
	const hostile = `<script>alert(1)</script>😀`
	for _, each := range [][]string{
		{"reason", "Sak 2026/1"},
		{"ground", "unlawful"},
		{"ground", "because", "reason", hostile},
		{"ground", "unlawful", "reason", strings.Repeat("😀", 501)},
		{"ground", "unlawful", "reason", " \x00 "},
		{"ground", "unlawful", "reason", "\u3164\u2800"},
		{"ground", "unlawful", "reason", hostile + "\u202e"},
	} {
		got := kari.post(path(0)+"/erase", each...)
		got.shows(t, http.StatusUnprocessableEntity, `role="alert"`, "-wrong\"")
		if strings.Contains(got.body, "<script>alert") {
			t.Error("what was written is not shown as text")
		}
	}
	if h.count(t, "skogen") != 6 {
		t.Fatal("something was erased without a ground or a reason")
	}
	kari.post(path(0)+"/erase", "ground", "unlawful", "reason", hostile).leads(t, path(0)+"?done=log_erase")
	kari.get("/organisations/skogen/trail").shows(t, http.StatusOK, ": opplysningene skulle ikke vært lagret (d)")
	page := kari.get(path(0) + "?done=log_erase")
	page.shows(t, http.StatusOK, "Slettet 2. mars 2026", "Det som er igjen", entries[0].ID.String(), "Slettet.",
		"<dt>Slettet av</dt><dd>oss som har nettstedet</dd>", "<dt>Grunnlag</dt><dd>opplysningene skulle ikke vært lagret (d)</dd>")
	if strings.Contains(page.body, "Godtok alle") {
		t.Error("the page of what is erased tells what it was")
	}
	for _, more := range []string{"/receipt", "/record", "/erase"} {
		if got := kari.get(path(0) + more); got.status != http.StatusNotFound {
			t.Errorf("%s of what is erased answers %d", more, got.status)
		}
	}
	for _, all := range []string{"", "yes"} { // another administrator, who had the page open
		kari.post(path(0)+"/erase", "ground", "child", "reason", "Sak 2026/7", "all", all).shows(t, http.StatusConflict, "andre har slettet beslutningen før deg", "Det som er igjen", "<dd>opplysningene skulle ikke vært lagret (d)</dd>")
	}
	if told := kari.get("/organisations/skogen/trail").body; strings.Contains(told, "Sak 2026/7") {
		t.Error("the trail names who found nothing to erase as who erased it")
	}
	kari.get("/sites/skogen/log?receipt="+entries[0].ID.String()).leads(t, path(0))
	if strings.Contains(kari.get("/sites/skogen/log").body, entries[0].ID.String()) {
		t.Error("what is erased stands in the log")
	}
	kari.post(path(2)+"/erase", "ground", "withdrawn", "reason", "Sak 2026/1", "all", "yes").leads(t, path(2)+"?done=log_erase")
	if h.count(t, "skogen") != 3 || h.count(t, "havet") != 2 {
		t.Errorf("%d and %d are left", h.count(t, "skogen"), h.count(t, "havet"))
	}
	_, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{ID: entries[5].ID, Actor: consent.ActorVisitor, Time: h.clock()})
	must(t, err)
	kari.get(path(5)).shows(t, http.StatusOK, "<dt>Slettet av</dt><dd>den besøkende", "<dt>Grunnlag</dt><dd>ikke oppgitt")
}

// The page of what is erased says where in the site's own ledger its leaf is: never a
// number that all sites of the host share, which would tell one organisation how much
// the others log.
func TestErasedStandsWhereItStood(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	h.decide(t, "havet", 0, 7)
	entry := h.decide(t, "skogen", 0, 3)[1]
	path := "/sites/skogen/log/" + entry.ID.String()
	places := regexp.MustCompile(`<dt>Plass i loggen \(telles fra 0\)</dt><dd>(\d+)</dd>`)
	before := places.FindStringSubmatch(kari.get(path).body)
	_, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{ID: entry.ID, Actor: consent.ActorVisitor, Time: h.clock()})
	must(t, err)
	page := kari.get(path)
	page.shows(t, http.StatusOK, "Slettet 2. mars 2026", "/consent/skogen/2026</code>")
	after := places.FindStringSubmatch(page.body)
	if len(before) != 2 || before[1] != "1" || !slices.Equal(before, after) {
		t.Errorf("it stood at %q, and when it is erased at %q", before, after)
	}
}

// What is frozen cannot be erased before it is released, and is not frozen on another
// ground without anybody knowing.
func TestFreezeAndRelease(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAdministrator, skogen)
	entries := h.decide(t, "skogen", 0, 4)
	path := "/sites/skogen/log/" + entries[1].ID.String()
	kari.post(path+"/freeze", "ground", "curiosity", "reason", "Sak 2026/1").shows(t, http.StatusUnprocessableEntity, "Velg et grunnlag")
	for reason, says := range map[string]string{"": "Skriv hvorfor", " \n": "Skriv hvorfor", strings.Repeat("å", 501): "Skriv hvorfor", "Sak \u202e1": "Begrunnelsen har et kontrolltegn"} {
		kari.post(path+"/freeze", "ground", "asked", "reason", reason).shows(t, http.StatusUnprocessableEntity, `id="reason-wrong"`, says)
	}
	kari.post(path+"/release").shows(t, http.StatusConflict, "ikke fryst")
	kari.post(path+"/freeze", "ground", "asked", "reason", "Sak 2026/1").leads(t, path+"?done=log_freeze")
	kari.get(path).shows(t, http.StatusOK, "den besøkende har bedt om det", path+"/freeze", path+"/release", "<h3>Frys på et annet grunnlag</h3>")
	kari.get("/organisations/skogen/trail").shows(t, http.StatusOK, ": den besøkende har bedt om det")
	kari.post(path+"/freeze", "ground", "claim", "reason", "Sak 2026/2 <b>").leads(t, path+"?done=log_freeze")
	page := kari.get(path)
	page.shows(t, http.StatusOK, "opplysningene trengs for et rettskrav", path+"/release", "Begrunnelse: <bdi>Sak 2026/2 &lt;b&gt;</bdi>")
	kari.get("/organisations/skogen/trail").shows(t, http.StatusOK, "Sak 2026/2 &lt;b&gt;")
	if strings.Contains(page.body, path+"/freeze") || strings.Contains(page.body, path+"/erase") {
		t.Error("the page offers what cannot be done")
	}
	kari.post(path+"/freeze", "ground", "accuracy", "reason", "Sak 2026/1").shows(t, http.StatusConflict, "på et annet grunnlag")
	kari.post(path+"/erase", "ground", "unlawful", "reason", "Sak 2026/1").shows(t, http.StatusConflict, "Ingenting er slettet")
	kari.post("/sites/skogen/log/"+entries[0].ID.String()+"/erase", "ground", "unlawful", "reason", "Sak 2026/1", "all", "yes").shows(t, http.StatusConflict, "Ingenting er slettet")
	kari.agrees(path+"/release", "reason", "Sak 2026/3").leads(t, path+"?done=log_release")
	if strings.Contains(kari.get(path).body, "Sak 2026/2") {
		t.Error("the page tells why it was frozen when it is not any more")
	}
	kari.post(path+"/freeze", "ground", "objection", "reason", "Sak 2026/1", "all", "yes").leads(t, path+"?done=log_freeze")
	what, err := h.store.Restricted(t.Context(), "skogen", entries[0].ID)
	if err != nil || what.Reason != consent.ReasonObjection {
		t.Errorf("the other of the same visitor is frozen as %+v, %v", what, err)
	}
	if _, err := h.store.Restricted(t.Context(), "skogen", entries[2].ID); consent.KindOf(err) != consent.NotFound {
		t.Errorf("another visitor's is frozen, too: %v", err)
	}
	kari.agrees(path+"/release", "all", "yes", "reason", "Sak 2026/3").leads(t, path+"?done=log_release")
	kari.post(path+"/erase", "ground", "unlawful", "reason", "Sak 2026/1", "all", "yes").leads(t, path+"?done=log_erase")
	if n := h.count(t, "skogen"); n != 2 {
		t.Errorf("%d are left", n)
	}
}

// An auditor reads all of the log and the register, and changes nothing.
func TestAnAuditorChangesNothing(t *testing.T) {
	h := open(t)
	h.logged(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	state := func() (all []any) {
		entries, err := h.store.Read(t.Context(), consent.LogQuery{Site: "skogen", Limit: 1000})
		must(t, err)
		requests, err := h.store.Requests(t.Context(), consent.RequestQuery{})
		must(t, err)
		trees, err := h.store.Trees(t.Context(), "skogen")
		must(t, err)
		draft, err := h.store.Draft(t.Context(), "skogen")
		must(t, err)
		return []any{entries, requests, trees[0].Size, draft}
	}
	before, looked, read := state(), 0, 0
	for _, e := range h.admin.Entries() {
		if e.May == "" || !strings.Contains(e.Path, "/sites/:site/log") && !strings.Contains(e.Path, "/sites/:site/requests") {
			continue
		}
		if e.May != consent.MayRead && e.May != consent.MayAdminister {
			t.Errorf("%s %s lets in those who may %s", e.Method, e.Path, e.May)
		}
		path, got := fill(t, e.Path, skogen), answer{}
		if e.Method == http.MethodGet {
			got = auditor.get(path)
		} else {
			got = auditor.post(path, "ground", "unlawful", "reason", "x", "outcome", "granted", "kind", "access", "channel", "letter", "form", "csv", "decision", storagetest.ID(1).String())
		}
		switch {
		case e.Looks && (got.status == http.StatusOK || got.status == http.StatusSeeOther):
			looked++
		case e.Method == http.MethodGet && e.May == consent.MayRead && got.status == http.StatusOK:
			read++
		case e.May == consent.MayAdminister && got.status == http.StatusForbidden:
		default:
			t.Errorf("%s %s answers an auditor with %d", e.Method, path, got.status)
		}
	}
	if looked != 4 || read != 7 {
		t.Errorf("an auditor looked %d times and read %d pages", looked, read)
	}
	if !reflect.DeepEqual(state(), before) {
		t.Error("an auditor has changed something")
	}
}

// Texts of a site are shown as text on every page of its log.
func TestHostileNamesInTheLog(t *testing.T) {
	h := open(t)
	draft := storagetest.Draft("hatten")
	const hostile = "<script>alert(1)</script>😀{{.}}"
	draft.Organisation.ID, draft.Organisation.Name = skogen, hostile
	draft.Categories[0].Name[consent.Bokmaal] = hostile
	draft.Services[0].Name[consent.Bokmaal] = hostile + strings.Repeat("x", 50)
	site := storagetest.PublishDraft(t.Context(), t, h.store, draft)
	for n := range 3 {
		_, err := h.store.Append(t.Context(), site.Decision(n))
		must(t, err)
	}
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for _, path := range []string{"/log", "/log/" + storagetest.ID(2).String(), "/log/export", "/log?category=" + url.QueryEscape(hostile)} {
		got := auditor.get("/sites/hatten" + path)
		if strings.Contains(got.body, "<script>alert") || !strings.Contains(got.body, "&lt;script&gt;alert(1)&lt;/script&gt;") {
			t.Errorf("%s shows a name as markup, or not at all (%d)", path, got.status)
		}
	}
}
