package admin_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// What a list says that somebody agreed to is what they were asked, also after the site has
// given the category another name, or asks about it no more.
func TestListNamesWhatWasAsked(t *testing.T) {
	const sold = "Salg av data"
	for name, change := range map[string]func(*consent.Draft){
		"another name": func(draft *consent.Draft) {
			for i := range draft.Categories {
				if draft.Categories[i].Key == consent.Statistics {
					draft.Categories[i].Name[consent.Bokmaal] = sold
				}
			}
		},
		"asked no more": func(draft *consent.Draft) {
			draft.Categories = slices.DeleteFunc(draft.Categories, func(c consent.Category) bool { return c.Key == consent.Statistics })
			draft.Services = slices.DeleteFunc(draft.Services, func(s consent.Service) bool { return s.Category == consent.Statistics })
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := open(t)
			auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
			own := token(1)
			d := h.site(t, "skogen").Decision(0)
			d.Choice.Categories[consent.Statistics], d.State = true, consent.StatePartlyGiven
			visitor, err := consent.ParseToken(own)
			must(t, err)
			d.Visitor = visitor
			_, err = h.store.Append(t.Context(), d)
			must(t, err)
			lists := func(t *testing.T, want string) {
				t.Helper()
				for _, page := range []answer{auditor.get("/sites/skogen/log"), auditor.post("/sites/skogen/log/find", "token", own)} {
					page.shows(t, http.StatusOK)
					_, row, _ := strings.Cut(page.body, "<tbody")
					if row, _, _ = strings.Cut(row, "</tbody>"); !strings.Contains(row, want) || strings.Contains(row, sold) {
						t.Errorf("a list does not say that the visitor agreed to %s", want)
					}
				}
			}
			draft := h.site(t, "skogen").Notice.Draft
			want := draft.Category(consent.Statistics).Name[consent.Bokmaal]
			lists(t, want)
			change(&draft)
			notice, err := consent.Freeze(draft, 2, h.clock())
			must(t, err)
			must(t, h.store.SaveNotice(t.Context(), "skogen", notice))
			lists(t, want)
		})
	}
}

// The filter says what it finds, on the log and in its export, and a list of sites begins
// with all of them and not with everybody.
func TestFiltersSayWhatTheyFind(t *testing.T) {
	h := open(t)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	for lang, label := range map[consent.Language]string{consent.Bokmaal: "Sa ja til", consent.Nynorsk: "Sa ja til", consent.English: "Said yes to"} {
		must(t, h.store.SetProfile(t.Context(), boss.id, "Boss", lang))
		for _, path := range []string{"/sites/skogen/log", "/sites/skogen/log/export"} {
			boss.get(path).shows(t, 200, `<label for="category">`+label+`</label>`)
		}
	}
	must(t, h.store.SetProfile(t.Context(), boss.id, "Boss", consent.English))
	boss.get("/organisations/skogen/trail").shows(t, 200, `<select id="person" name="person"><option value="">Everybody</option>`, `<select id="site" name="site"><option value="">All</option>`)
}
