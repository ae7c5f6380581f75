package api

import (
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
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
		{
			method: http.MethodPost, path: "/sites", scope: consent.ScopeSites, action: "api.site.add", name: "addSite",
			summary: "Make a site, with a draft that says what every Norwegian public body would write the same. Nothing is published by that",
			makes:   true, body: NewSite{}, answers: map[int]any{http.StatusCreated: Site{}}, refused: ofBody, handle: (*request).sitePost,
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

// NewSite is a site that somebody asks for.
type NewSite struct {
	Name      string             `json:"name"          about:"what visitors call it"`
	Key       consent.SiteKey    `json:"key,omitempty" about:"in the addresses of the site, and never changed; made of the name when left out"`
	Origin    string             `json:"origin"        about:"where the site is, such as https://www.example.no"`
	Languages []consent.Language `json:"languages,omitempty" about:"the default one first; nb, nn and en when left out"`
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

func (r *request) sitePost() (*answer, error) {
	var said NewSite
	if err := r.read(&said); err != nil {
		return nil, err
	}
	if said.Languages == nil {
		said.Languages = organising.UsualLanguages
	}
	organisation, err := r.organisation()
	if err != nil {
		return nil, err
	}
	wanted := organising.NewSite{Organisation: *organisation, Key: said.Key, Name: strings.TrimSpace(said.Name), Origin: strings.TrimSpace(said.Origin), Languages: said.Languages}
	key, faults, err := wanted.Add(r.ctx, r.Store, r.Clock())
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was made.", faults)
	}
	made, err := r.Store.Site(r.ctx, key)
	return &answer{status: http.StatusCreated, body: newSite(&made), location: Base + "/sites/" + string(key)}, err
}
