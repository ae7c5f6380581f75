package admin_test

import (
	"net/http"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// The catalogue of the organisation, and of no other, says what vendors claim.
func TestAPISuggestions(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeEdit)
	const path = apiSite + "/suggestions"
	if none := read[api.Suggestions](t, g.get(path)); none.Imported != nil || len(none.Suggestions) != 0 {
		t.Errorf("got %+v", none)
	}
	kari.sendCatalogue(openRows, "en").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
	must(t, h.store.SetCatalogue(t.Context(), &consent.Catalogue{Organisation: havet, Imported: h.clock(), Importer: kari.id, Language: consent.English, Entries: []consent.CatalogueEntry{{Platform: "Counter", Name: "_havet", Match: consent.MatchExact}}}))
	for query, want := range map[string]string{
		"": "_ga _gat_ _counter _count_.*_id", "?search=google": "_ga _gat_", "?search=_ga": "_ga _gat_", "?search=havet": "",
		"?service=counter": "_count_.*_id", "?search=none%00": "",
	} {
		got := read[api.Suggestions](t, g.get(path+query))
		var names []string
		for _, s := range got.Suggestions {
			names = append(names, s.Name)
		}
		if strings.Join(names, " ") != want || got.Imported == nil || got.Language != consent.English || got.More != 0 {
			t.Errorf("%s gives %q, want %q: %+v", query, names, want, got)
		}
	}
	if s := read[api.Suggestions](t, g.get(path+"?search=_ga")).Suggestions[0]; s.Platform != "Google Analytics" || s.Company != "Google" || s.Category != consent.Statistics || s.Lifetime != "P2Y" || s.Purpose != "ID used to identify users" {
		t.Errorf("got %+v", s)
	}
	g.get(path+"?service=none").problem(t, http.StatusNotFound, "unknown_address")
	g.get(path+"?search="+strings.Repeat("a", 201)).faultsAt(t, "search")
}
