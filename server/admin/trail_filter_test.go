package admin_test

import (
	"fmt"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/web"
)

var actOption = regexp.MustCompile(`<option value="([a-z._]+)">([^<]+)</option>`)

// An auditor chooses what was done, once for each, by its area and in words; whatever a
// trail may tell of is found by one of them.
func TestEveryActIsChosenOnce(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for _, lang := range web.AdminLanguages {
		must(t, h.store.SetProfile(t.Context(), auditor.id, "Kari", lang))
		_, rest, _ := strings.Cut(auditor.get("/organisations/skogen/trail").body, `<select id="action"`)
		list, _, _ := strings.Cut(rest, "</select>")
		if n := strings.Count(list, "<optgroup label="); n != 9 || strings.Contains(list, `label=""`) || strings.Contains(list, "\"></optgroup>") {
			t.Errorf("%s: there are %d areas", lang, n)
		}
		var found, labels []string
		for _, option := range actOption.FindAllStringSubmatch(list, -1) {
			if option[1] == option[2] || slices.Contains(labels, option[2]) {
				t.Errorf("%s: %s is called %q, as another or in codes", lang, option[1], option[2])
			}
			labels = append(labels, option[2])
			found = append(found, consent.OnEveryWay(option[1])...)
		}
		for _, action := range admin.Actions() {
			if !slices.Contains(found, action) {
				t.Errorf("%s: %s is found by nothing", lang, action)
			}
		}
	}
}

// What was done is found on whichever way, on one of them, and at one site, on the page, in
// the file and through the API.
func TestTrailIsFilteredByWayAndSite(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for n, act := range []consent.Act{
		{Account: auditor.id, Site: "skogen", Action: "draft.import"},
		{Account: auditor.id, Site: "skogen", Action: "api.draft.import"},
		{Site: "skogen", Action: "draft.import"},
		{Site: "gone", Action: "draft.import"},
		{Action: "log.expired"},
		{Site: "skogen", Action: "publish.propose", Object: fmt.Sprintf("person=%d", auditor.id)},
	} {
		act.Time, act.Organisation, act.Reason = h.clock(), skogen, fmt.Sprintf("act-%d.", n)
		must(t, h.store.RecordAct(t.Context(), act))
	}
	g := auditor.program(t, consent.ScopeAudit)
	const path = "/organisations/skogen/trail"
	for query, want := range map[string]string{
		"action=draft.import":                                       "0123",
		"action=draft.import&by=key":                                "1",
		"action=api.draft.import":                                   "1",
		"action=draft.import&by=command":                            "23",
		"action=draft.import&by=command&site=gone":                  "3",
		"by=program":                                                "4",
		"by=person&site=skogen":                                     "0",
		fmt.Sprintf("by=command&site=skogen&person=%d", auditor.id): "5",
	} {
		page := auditor.get(path + "?" + query)
		page.shows(t, http.StatusOK)
		var file strings.Builder
		for _, row := range auditor.post(path+"/export", strings.FieldsFunc(query, func(c rune) bool { return c == '=' || c == '&' })...).taken(t)[1:] {
			file.WriteString(row[10])
		}
		said := fmt.Sprint(read[api.Acts](t, g.get(api.Base+"/trail?"+strings.Replace(query, "person=", "account=", 1))).Acts)
		for n := range 6 {
			act, wanted := fmt.Sprintf("act-%d.", n), strings.Contains(want, strconv.Itoa(n))
			if strings.Contains(page.body, act) != wanted || strings.Contains(file.String(), act) != wanted || strings.Contains(said, act) != wanted {
				t.Errorf("%s: act %d is shown %t, in the file %t, and read %t, want %t", query, n, strings.Contains(page.body, act), strings.Contains(file.String(), act), strings.Contains(said, act), wanted)
			}
		}
	}
	auditor.get(path+"?by=command&site=gone").shows(t, http.StatusOK, `<option value="command" selected>Kommando på serveren</option>`, `<option value="gone" selected>gone</option>`,
		`<input type="hidden" name="by" value="command">`, `<input type="hidden" name="site" value="gone">`)
	const taken = "by=command site=gone action=draft.import"
	at := slices.IndexFunc(h.acts, func(a consent.Act) bool { return a.Object == taken })
	if at < 0 {
		t.Fatalf("what is taken out is told as %+v", h.acts)
	}
	must(t, h.store.RecordAct(t.Context(), h.acts[at]))
	auditor.get(path+"?action=trail.export").shows(t, http.StatusOK, "Måte: Kommando på serveren, Nettsted: gone, Handling: Importerte en fil til kladden")
}

// A way, a site or an action that there is not is refused, and stands in no trail.
func TestTrailTakesNoWayThatThereIsNot(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.ScopeAudit)
	for _, field := range []string{"by", "site", "action"} {
		for _, value := range []string{"Nobody", "log.erased%20everything", "api.%2e%2e"} {
			auditor.get("/organisations/skogen/trail?"+field+"="+value).shows(t, http.StatusUnprocessableEntity, `id="`+field+`-wrong"`, `<a href="#`+field+`">`)
			got := g.get(api.Base + "/trail?" + field + "=" + value)
			got.faultsAt(t, field)
			if !strings.Contains(got.body, `"code":"bad_choice"`) {
				t.Errorf("a program is told %s", got.body)
			}
		}
	}
	g.get(api.Base+"/trail?action=log.earse").faultsAt(t, "action")
	g.get(api.Base+"/trail/export?action=log.earse").faultsAt(t, "action")
	read[api.Acts](t, g.get(api.Base+"/trail?action=api.log.read"))
	if strings.Contains(fmt.Sprint(h.acts), "Nobody") {
		t.Errorf("the trail is told %+v", h.acts)
	}
}
