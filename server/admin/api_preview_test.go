package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// A program gets what visitors would get of the draft, language by language, and nothing is
// published by that. A draft with faults makes nothing, and says which.
func TestAPIPreviewsTheDraft(t *testing.T) {
	h := open(t)
	g := h.member("kari@example.no", consent.RoleViewer, skogen).program(t, consent.ScopeRead)
	const path = apiDraft + "/preview"
	notices := func() int { return len(read[api.Notices](t, g.get(apiSite+"/notices")).Notices) }
	before := notices()
	h.edit(func(d *consent.Draft) {
		d.Service("film").Purpose = consent.Text{consent.Bokmaal: "Viser nye filmer.", consent.English: "Shows new films."}
	})
	script := g.get(path)
	script.shows(t, http.StatusOK)
	if kind := script.header.Get("Content-Type"); !strings.HasPrefix(kind, "text/javascript") || len(script.body) < 1000 {
		t.Errorf("got %s, %d bytes", kind, len(script.body))
	}
	var said []string
	for _, lang := range []string{"nb", "en"} {
		var body strings.Builder
		for _, file := range []string{"panel", "mine", "place", "rest"} {
			part := g.get(path + "?file=" + file + "&language=" + lang)
			part.shows(t, http.StatusOK)
			body.WriteString(part.body)
		}
		for _, words := range []string{"Viser nye filmer.", "Shows new films."} {
			if strings.Contains(body.String(), words) {
				said = append(said, lang+": "+words)
			}
		}
	}
	if got := strings.Join(said, " "); got != "nb: Viser nye filmer. en: Shows new films." {
		t.Errorf("got %q", got)
	}
	if got := g.get(path, "If-None-Match", script.header.Get("ETag")); got.status != http.StatusNotModified {
		t.Errorf("the same again gets %d", got.status)
	}
	g.get(path+"?file=panel", "If-None-Match", script.header.Get("ETag")).shows(t, http.StatusOK)
	g.get(path+"?language=ar").faultsAt(t, "language")
	g.get(path+"?file=main.js").faultsAt(t, "file")
	h.edit(func(d *consent.Draft) { d.Service("film").Purpose = nil })
	if told := g.get(path, "If-None-Match", script.header.Get("ETag")).problem(t, http.StatusUnprocessableEntity, "faults"); len(told.Faults) == 0 || !strings.HasPrefix(told.Faults[0].Path, "services.film.purpose") {
		t.Errorf("got %+v", told.Faults)
	}
	if after := notices(); after != before {
		t.Errorf("there are %d notices, and were %d", after, before)
	}
}
