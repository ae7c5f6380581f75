package admin_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The first thing of a list and the last are told as one more is: in the same words, and
// under the name that it has.
func TestTheFirstOfAListIsToldAsAnotherIs(t *testing.T) {
	h := open(t)
	site, err := h.store.Site(t.Context(), "skogen")
	must(t, err)
	told := func(before, after *consent.Draft) string {
		t.Helper()
		things, _, err := admin.Machine{Store: h.store, Clock: h.clock}.Say(t.Context(), site, before, after)
		must(t, err)
		for i := range things {
			things[i].Again = "" // who had nothing to answer before is asked for the first time
		}
		text, err := json.Marshal(things)
		must(t, err)
		return string(text)
	}
	for name, set := range ofLists {
		with := func(members ...string) *consent.Draft {
			d := storagetest.Draft("skogen")
			set(&d, members)
			return &d
		}
		for what, got := range map[string][2]string{
			"first": {told(with(), with("ny_en")), told(with("_a"), with("_a", "ny_en"))},
			"last":  {told(with("ny_en"), with()), told(with("_a", "ny_en"), with("_a"))},
		} {
			if got[0] != got[1] || !strings.Contains(got[0], "ny_en") {
				t.Errorf("%s: the %s is told\n%s\nand another\n%s", name, what, got[0], got[1])
			}
		}
	}
}

// ofLists set what a draft has in each list or map of what people name.
var ofLists = map[string]func(d *consent.Draft, members []string){
	"services": func(d *consent.Draft, members []string) {
		of := d.Services[0]
		d.Services = nil
		for _, name := range members {
			of.Name = consent.Text{"nb": name, "en": name}
			of.Key = consent.ServiceKey(name)
			d.Services = append(d.Services, of)
		}
	},
	"categories": func(d *consent.Draft, members []string) {
		d.Categories = nil
		for _, name := range members {
			d.Categories = append(d.Categories, consent.Category{Key: consent.CategoryKey(name)})
		}
	},
	"cookies": func(d *consent.Draft, members []string) {
		of := d.Services[0].Cookies[0]
		d.Services[0].Cookies = nil
		for _, name := range members {
			of.Pattern.Name = name
			d.Services[0].Cookies = append(d.Services[0].Cookies, of)
		}
	},
	"signals": func(d *consent.Draft, members []string) {
		d.Site.Signals.Matomo = map[string]string{}
		for _, name := range members {
			d.Site.Signals.Matomo[name] = string(consent.Marketing)
		}
	},
	"texts of the site's own": func(d *consent.Draft, members []string) {
		d.Site.Wording = map[string]consent.Text{}
		for _, name := range members {
			d.Site.Wording[name] = consent.Text{"nb": "Ord"}
		}
	},
	"languages of a text": func(d *consent.Draft, members []string) {
		d.Services[0].Security = consent.Text{}
		for _, name := range members {
			d.Services[0].Security[map[string]consent.Language{"ny_en": "nb", "_a": "nn"}[name]] = name
		}
	},
	"hosts":         func(d *consent.Draft, members []string) { d.Services[0].Hosts = members },
	"pages without": func(d *consent.Draft, members []string) { d.Services[0].NeverOn = members },
	"places":        func(d *consent.Draft, members []string) { d.Services[0].Locations = members },
	"other names":   func(d *consent.Draft, members []string) { d.Services[0].Cookies[0].Pattern.Aliases = members },
	"origins":       func(d *consent.Draft, members []string) { d.Site.Origins = members },
}

// A page and a notice tell a service's first cookie and its last as they tell any other.
func TestTheFirstCookieIsToldOnThePages(t *testing.T) {
	h := open(t)
	cookies := storagetest.Draft("skogen").Services[0].Cookies[:1]
	cookies[0].Pattern.Name = "_hj_id"
	h.redraft(t, func(d *consent.Draft) { d.Services[0].Cookies = nil })
	h.publish(t)
	kari := h.member("kari@example.no", consent.RolePublisher, skogen)
	for _, each := range []struct {
		cookies []consent.Cookie
		notice  string
		told    string
	}{{cookies, "3", "Legger til informasjonskapselen."}, {nil, "4", "Fjerner informasjonskapselen."}} {
		h.redraft(t, func(d *consent.Draft) { d.Services[0].Cookies = each.cookies })
		kari.get("/sites/skogen/publish").shows(t, 200, "Informasjonskapselen _hj_id i ", each.told)
		h.publish(t)
		kari.get("/sites/skogen/notices/"+each.notice).shows(t, 200, "Informasjonskapselen _hj_id i ", each.told)
	}
}
