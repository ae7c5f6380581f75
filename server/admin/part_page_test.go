package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The page of a service is long: its parts are listed first. Whoever may not change it
// is not offered a place for one more recipient.
func TestServicePageListsItsParts(t *testing.T) {
	h := open(t)
	editor, viewer := h.member("editor@example.no", consent.RoleEditor, skogen), h.member("viewer@example.no", consent.RoleViewer, skogen)
	const page = "/sites/skogen/services/counter"
	for _, p := range []*person{editor, viewer} {
		got := p.get(page)
		got.shows(t, http.StatusOK, `<nav class="jumps"`)
		_, jumps, _ := strings.Cut(got.body, `<nav class="jumps"`)
		jumps, rest, _ := strings.Cut(jumps, "</nav>")
		for _, part := range []string{"service-part-what", "service-part-provider", "service-part-data", "service-part-pages", "service-part-notes", "cookies", "review"} {
			if !strings.Contains(jumps, `href="#`+part+`"`) || !strings.Contains(rest, `id="`+part+`"`) {
				t.Errorf("%s is not among the parts that are listed, or not there", part)
			}
		}
	}
	const more = `name="recipients.0.name"`
	editor.get(page).shows(t, http.StatusOK, more)
	if got := viewer.get(page); strings.Contains(got.body, more) {
		t.Error("a viewer is offered one more recipient")
	}
	if got := editor.get("/sites/skogen/categories/statistics"); strings.Contains(got.body, `class="jumps"`) {
		t.Error("a short page lists its parts")
	}
}

// Of a frozen decision nobody fills in a form that is refused: they are told, and led to
// the freeze.
func TestErasingWhatIsFrozenIsNotOffered(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	h.logged(t)
	path := "/sites/skogen/log/" + storagetest.ID(1).String()
	boss.get(path+"/erase").shows(t, http.StatusOK, `action="`+path+`/erase"`)
	boss.post(path+"/freeze", "ground", "claim", "reason", "Sak 2026/1").leads(t, path+"?done=log_freeze")
	got := boss.get(path + "/erase")
	got.shows(t, http.StatusOK, "er fryst, og det som er fryst, kan ikke slettes", `href="`+path+`#release"`)
	if strings.Contains(got.body, `action="`+path+`/erase"`) || strings.Contains(got.body, "blir borte for godt") {
		t.Error("the page shows the form, which is refused, or says that the decision goes")
	}
	boss.get(path).shows(t, http.StatusOK, `id="release"`)
	boss.post(path+"/erase", "ground", "unlawful", "reason", "Sak 1").shows(t, http.StatusConflict, "er fryst, og det som er fryst, kan ikke slettes")
}
