package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

func siteRoutes() []route {
	return []route{
		{
			method: http.MethodGet, path: "/sites", scope: consent.ScopeRead, name: "listSites", summary: "The sites of the organisation",
			answers: map[int]any{http.StatusOK: Sites{}}, handle: (*request).sitesGet,
		},
		{
			method: http.MethodGet, path: "/sites/:site", scope: consent.ScopeRead, name: "getSite", summary: "One site",
			answers: map[int]any{http.StatusOK: Site{}}, handle: (*request).siteGet,
		},
	}
}

// Sites is a list.
type Sites struct {
	Sites []Site `json:"sites"`
}

// Site is a property with a banner of its own.
type Site struct {
	Key     consent.SiteKey       `json:"key"`
	Name    consent.Text          `json:"name"`
	Notice  *consent.NoticeNumber `json:"notice"  about:"in force; null while nothing is published"`
	Changed string                `json:"changed" about:"when the draft was saved last"`
}

func newSite(entry *consent.SiteEntry) Site {
	site := Site{Key: entry.Key, Name: entry.Name, Changed: stamp(entry.Changed)}
	if site.Name == nil {
		site.Name = consent.Text{}
	}
	if entry.Notice > 0 {
		site.Notice = &entry.Notice
	}
	return site
}

func (r *request) sitesGet() (*answer, error) {
	all, err := r.Store.Sites(r.ctx)
	if err != nil {
		return nil, err
	}
	own := Sites{Sites: []Site{}}
	for i := range all {
		if all[i].Organisation == r.key.Organisation {
			own.Sites = append(own.Sites, newSite(&all[i]))
		}
	}
	return &answer{body: own}, nil
}

func (r *request) siteGet() (*answer, error) { return &answer{body: newSite(r.site)}, nil }
