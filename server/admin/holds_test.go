package admin_test

import (
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A search finds words whatever the size of their letters, each wherever it stands, and
// nothing that has only a part of what is asked for.
func TestSearchesFindWords(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	h.edit(func(d *consent.Draft) {
		d.Services[1].Purpose = consent.Text{consent.Bokmaal: "Åpner ÆRLIGE filmer fra ørsta.", consent.English: "Says why <b>."}
	})
	texts := func(shown answer) bool {
		return strings.Contains(shown.body, `value="services.film.purpose"`)
	}
	services := func(shown answer) bool { return strings.Contains(shown.body, `href="/sites/skogen/services/film"`) }
	for _, at := range []struct {
		path  string
		found func(answer) bool
	}{{"/sites/skogen/texts?q=", texts}, {"/sites/skogen/inventory?q=", services}} {
		for words, want := range map[string]bool{
			"Åpner": true, "åpner": true, "ÅPNER": true, "ærlige": true, "Ørsta": true, "ørsta filmviseren ÅP": true, "<B>": true, "rsta.": true,
			"åpnere": false, "apner": false, "ørsta finnesikke": false, "filmerfra": false, "\xff": false,
		} {
			if got := at.found(kari.get(at.path + url.QueryEscape(words))); got != want {
				t.Errorf("%s%s finds it: %v, want %v", at.path, words, got, want)
			}
		}
	}
	if found := kari.get("/sites/skogen/texts?q=" + url.QueryEscape("tjeneste filmviseren FORMÅL")); !texts(found) {
		t.Error("a text is not found by its name and what it belongs to")
	}
}
