package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// What is too long before its body is answered as a problem in the API, and as a page
// elsewhere, although none of it is read.
func TestLongHead(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleAuditor, skogen)
	g := kari.program(t, consent.Scopes...)
	long := strings.Repeat("x", 17<<10)
	for _, each := range [][2]string{{http.MethodGet, apiSite + "/decisions?language=" + long}, {http.MethodPut, apiDraft + "?x=" + long}, {http.MethodGet, api.Base + "/openapi.json?" + long}} {
		got := g.call(each[0], each[1], "")
		told := got.problem(t, http.StatusRequestHeaderFieldsTooLarge, "too_large")
		if strings.Contains(got.body, "xxx") || told.Detail == "" {
			t.Errorf("%s %.40s: got %+v", each[0], each[1], told)
		}
	}
	g.call(http.MethodGet, apiSite, "", "X-Long", long).problem(t, http.StatusRequestHeaderFieldsTooLarge, "too_large")
	for _, path := range []string{"/sites/skogen/log?language=" + long, "/apix?" + long, "/?next=/api/v1/" + long} {
		got := kari.get(path)
		got.shows(t, http.StatusRequestHeaderFieldsTooLarge, "<h1>", "Adressen er for lang")
		if strings.Contains(got.body, "xxx") {
			t.Errorf("%.40s: the page repeats what was sent", path)
		}
	}
}
