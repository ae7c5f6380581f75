package admin_test

import (
	"fmt"
	"html"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// What pages report is shown with what to do about it, whatever its name says.
func TestFindings(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	must(t, h.store.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: consent.MidnightOf(h.clock()), Shown: 1}}))
	kari.get("/sites/skogen/findings").shows(t, 200, "Banneret har ikke funnet noe uventet.")
	figuresFixture(t, h)
	got := kari.get("/sites/skogen/findings")
	got.shows(t, 200, "2. mars 2026", "1. mars 2026", "Informasjonskapsler står her når dagen er over, og antallet er omtrentlig.", "statistics/hotjar", ">telles når dagen er over<", ">færre enn 5<", ">5–19<", "Informasjonskapsel som ikke lot seg fjerne",
		"Legg tjenesten inn i inventaret", `href="/sites/skogen/inventory"`, "&lt;script&gt;alert(1)&lt;/script&gt;[U&#43;202E]&#34;&#39;=HYPERLINK(1)🙂")
	for _, bad := range []string{"<script>alert", "\u202e", hostileName} {
		if strings.Contains(got.body, bad) {
			t.Errorf("the page holds %q", bad)
		}
	}
	if strings.Index(got.body, "statistics/hotjar") > strings.Index(got.body, "counter/_counter") {
		t.Error("the older day comes first")
	}
	only := kari.get("/sites/skogen/findings?kind=stuck")
	only.shows(t, 200, "film/_film")
	if strings.Contains(only.body, "statistics/hotjar") {
		t.Error("another kind is shown, too")
	}
	kari.get("/sites/skogen/findings?kind=%3Cscript%3E").shows(t, 200, "statistics/hotjar")
	kari.get("/sites/skogen").shows(t, 200, "4 funn på sidene", `href="/sites/skogen/findings"`)
}

// Nobody finds one person's withdrawal on the page: it is told when the day is over, and
// neither when nor how few times it was. What was counted is in no word of the page.
func TestFindingsOfFewTellNoNumber(t *testing.T) {
	h := open(t)
	must(t, h.store.AddFindings(t.Context(), []consent.Finding{
		{Site: "skogen", Day: consent.MidnightOf(h.clock()), Kind: consent.FoundStuck, Name: "film/_film", Count: 1, Last: h.clock()},
		{Site: "skogen", Day: consent.MidnightOf(h.clock()), Kind: consent.FoundResidual, Name: "counter/_counter", Count: 3, Last: h.clock()},
	}))
	clock := consent.InNorway(h.clock()).Format("15.04")
	page := func(who string) answer {
		return h.member(who, consent.RoleViewer, skogen).get("/sites/skogen/findings")
	}
	if got := page("a@example.no"); strings.Contains(got.body, "_film") || strings.Contains(got.body, "_counter") {
		t.Error("the day goes on, and the page tells of a withdrawal")
	}
	h.wait(24 * time.Hour)
	got := page("b@example.no")
	got.shows(t, 200, "film/_film", "counter/_counter")
	if n := strings.Count(got.body, ">færre enn 5<"); n != 2 {
		t.Errorf("%d of 2 are told to be few", n)
	}
	if strings.Contains(got.body, clock) || strings.Contains(got.body, ">1</td>") || strings.Contains(got.body, ">3</td>") {
		t.Error("the page has the minute or the number")
	}
}

// Each row leads to where something is done about it.
func TestFindingsLeadOn(t *testing.T) {
	h := open(t)
	draft, err := h.store.Draft(t.Context(), "skogen")
	must(t, err)
	service := draft.Services[0]
	names := map[consent.FindingKind][]string{
		consent.FoundUnknown: {"statistics/hotjar", "marketing/" + string(service.Key), "nonsense/No Key"}, consent.FoundMarkup: {"iframe/src"},
		consent.FoundStuck: {string(service.Key) + "/" + service.Cookies[0].Pattern.Name, "gone/_gone"}, consent.FoundResidual: {string(service.Key) + "/_other"},
	}
	var all []consent.Finding
	for kind, each := range names {
		for _, name := range each {
			all = append(all, consent.Finding{Site: "skogen", Day: consent.MidnightOf(h.clock()).AddDate(0, 0, -1), Kind: kind, Name: name, Count: 1, Last: h.clock()})
		}
	}
	must(t, h.store.AddFindings(t.Context(), all))
	eva := h.member("eva@example.no", consent.RoleEditor, skogen)
	path := "/sites/skogen/services/" + string(service.Key)
	got := eva.get("/sites/skogen/findings")
	_, cookie, _ := strings.Cut(got.body, path+"/cookies/")
	cookie, _, _ = strings.Cut(cookie, `"`)
	ways := []string{
		"/sites/skogen/new-service?category=statistics&amp;key=hotjar", "/sites/skogen/publish", "/sites/skogen/inventory?q=No&#43;Key", "/help/findings",
		path + "/cookies/" + cookie, "/sites/skogen/inventory?q=_gone", path,
	}
	for _, way := range ways {
		got.shows(t, 200, `<br><small><a href="`+way+`">`)
		eva.get(html.UnescapeString(way)).shows(t, 200)
	}
	eva.get(path+"/cookies/"+cookie).shows(t, 200, `value="`+service.Cookies[0].Pattern.Name+`"`)
	eva.get("/sites/skogen/new-service?category=statistics&key=hotjar").shows(t, 200, `value="hotjar"`, `<option value="statistics" selected>`)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.get("/sites/skogen/findings").shows(t, 200, `href="/sites/skogen/inventory?q=hotjar"`)
}

// What hurries most stands first on its day, however often the rest was seen.
func TestFindingsThatHurryStandFirst(t *testing.T) {
	h := open(t)
	day := consent.MidnightOf(h.clock()).AddDate(0, 0, -1)
	var all []consent.Finding
	for n, kind := range []consent.FindingKind{consent.FoundUnknown, consent.FoundMarkup, consent.FoundResidual, consent.FoundStuck} {
		all = append(all, consent.Finding{Site: "skogen", Day: day, Kind: kind, Name: "seen/" + string(kind), Count: 100 - n, Last: h.clock()})
	}
	must(t, h.store.AddFindings(t.Context(), all))
	got := h.member("kari@example.no", consent.RoleViewer, skogen).get("/sites/skogen/findings")
	last := -1
	for _, kind := range []consent.FindingKind{consent.FoundStuck, consent.FoundResidual, consent.FoundUnknown, consent.FoundMarkup} {
		at := strings.Index(got.body, "seen/"+string(kind))
		if at < last || at < 0 {
			t.Errorf("%s does not stand where its weight puts it", kind)
		}
		last = at
	}
}

// As many findings as a site may have in a day are one page.
func TestManyFindings(t *testing.T) {
	h := open(t)
	var all []consent.Finding
	for n := range 1000 {
		all = append(all, consent.Finding{Site: "skogen", Day: consent.MidnightOf(h.clock()), Kind: consent.FoundMarkup, Name: fmt.Sprint(n, strings.Repeat("\x00<&", 60)), Count: 1, Last: h.clock()})
	}
	must(t, h.store.AddFindings(t.Context(), all))
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.get("/sites/skogen/findings").shows(t, 200, "1\u202f000 navn", "Bare de nyeste 1\u202f000 funnene vises.", "[U&#43;0000]&lt;&amp;")
}

// A service that pages name is looked up in the catalogue by the name that pages
// report, which has the category before it. What the draft has is not offered.
func TestFindingOfAKnownService(t *testing.T) {
	h := open(t)
	eva := h.member("eva@example.no", consent.RoleEditor, skogen)
	eva.sendCatalogue(openRows, "en").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
	var all []consent.Finding
	for kind, names := range map[consent.FindingKind][]string{
		consent.FoundUnknown: {"statistics/google-analytics", "marketing/counter", "statistics/nobody"}, consent.FoundResidual: {"old-meter/_ga"},
	} {
		for _, name := range names {
			all = append(all, consent.Finding{Site: "skogen", Day: consent.MidnightOf(h.clock()).AddDate(0, 0, -1), Kind: kind, Name: name, Count: 1, Last: h.clock()})
		}
	}
	must(t, h.store.AddFindings(t.Context(), all))
	page := eva.get("/sites/skogen/findings")
	page.shows(t, 200, "I katalogen: <bdi>Google Analytics</bdi>", "I katalogen: <bdi>Google Analytics, _ga</bdi>")
	if got := strings.Count(page.body, "I katalogen"); got != 2 {
		t.Errorf("%d are known, want 2", got)
	}
}
