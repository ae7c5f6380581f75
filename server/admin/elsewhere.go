package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// mostDifferences is how many differences of two services a page lists.
const mostDifferences = 50

// elsewherePage shows a service on the other Sites of the Organisation.
type elsewherePage struct {
	Name    string
	Base    string
	Was     string // the service here, as it was shown
	Sites   []elsewhereSite
	Changed bool     // since the page was opened: nothing is taken over
	Fault   string   // why it was not taken over
	Told    []string // what became of sending, by site
}

// elsewhereSite is another Site, which has the service or not.
type elsewhereSite struct {
	Key         consent.SiteKey
	Name        string
	URL         string // of the service there, "" when it is not there
	From        string // names the service there in a form
	Was         string // what is there, as it was shown
	Same        bool
	Differences []differenceRow // what taking over changes here
	More        int
	Chosen      bool
}

// elsewhere finds the service of a draft that is the same as s, or gives nil.
func elsewhere(d *consent.Draft, s *consent.Service) *consent.Service {
	if at := newServiceIndex(d.Services).find(s); at >= 0 {
		return &d.Services[at]
	}
	return nil
}

func (r *request) elsewhereGet() error { return r.showElsewhere(http.StatusOK, &elsewherePage{}) }

func (r *request) showElsewhere(status int, shown *elsewherePage) error {
	draft, s, err := r.namedService()
	if err != nil {
		return err
	}
	sisters, err := r.sisters()
	if err != nil {
		return err
	}
	shown.Name, shown.Base, shown.Was = r.serviceName(s), r.sitePath("/services/"+r.c.Params("service")), hashOf(s)
	for _, site := range sisters {
		shown.Sites = append(shown.Sites, r.elsewhereSite(draft, s, &site))
	}
	for _, site := range r.form["to"] {
		for i := range shown.Sites {
			shown.Sites[i].Chosen = shown.Sites[i].Chosen || string(shown.Sites[i].Key) == site
		}
	}
	r.c.Status(status)
	return r.show(page{name: "elsewhere.html", title: "elsewhere_title", pairs: []any{"name", shown.Name}, trail: r.inventoryTrail(r.serviceLink(r.c.Params("service"), s)), data: shown})
}

func (r *request) elsewhereSite(d *consent.Draft, s *consent.Service, site *sisterSite) elsewhereSite {
	row := elsewhereSite{Key: site.Key, Name: site.name, Was: gone}
	there := elsewhere(site.draft, s)
	if there == nil {
		return row
	}
	for i, address := range addressNames(site.draft.Services, serviceKey) {
		if &site.draft.Services[i] == there {
			row.URL = "/sites/" + string(site.Key) + "/services/" + address
		}
	}
	row.From, row.Was = string(site.Key)+"/"+string(there.Key), hashOf(there)
	row.Differences = r.serviceDifferences(d, s, adopt(there, s, d.Site.Languages))
	row.Same = len(row.Differences) == 0
	if len(row.Differences) > mostDifferences {
		row.More, row.Differences = len(row.Differences)-mostDifferences, row.Differences[:mostDifferences]
	}
	return row
}
