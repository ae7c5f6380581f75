package admin

import (
	"net/http"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/web"
)

func homeRoutes() []route {
	return []route{
		{method: http.MethodGet, path: "/", who: somebody, handle: (*request).homeGet},
		{method: http.MethodGet, path: "/organisations/:organisation", may: consent.MaySee, handle: (*request).organisationGet},
	}
}

// homePage lists the organisations of a person, with their sites.
type homePage struct {
	Organisations []organisationEntry
	Operator      bool
	Email         string // the person's own, for a command
	Guide         *guide
}

// organisationEntry is an organisation in a list.
type organisationEntry struct {
	consent.Organisation
	Role   string
	Sites  []siteItem
	MayAdd bool // a site
}

// siteItem is a site in a list.
type siteItem struct {
	consent.SiteEntry
	Named web.Wording
	publishing.Awaiting
	Due  time.Time // when the draft is published, zero when that is not planned
	Late int       // requests that are overdue, for whoever may see the register
	Log  *logWord  // nil for who may not see it
}

// homeGet shows where a person may work.
func (r *request) homeGet() error {
	organisations, err := r.Store.Organisations(r.ctx)
	if err != nil {
		return err
	}
	sites, err := r.sitesOf()
	if err != nil {
		return err
	}
	shown := homePage{Operator: r.account.Operator, Email: r.account.Email}
	for _, o := range organisations {
		role := r.account.Role(o.ID)
		if role == "" {
			continue
		}
		shown.Organisations = append(shown.Organisations, organisationEntry{o, r.say("role_" + string(role)), sites[o.ID], false})
	}
	if shown.Guide = r.guideOf(shown.Organisations, len(organisations) > 0); shown.Guide != nil && shown.Guide.Step == 1 {
		return r.showOrganisationNew(http.StatusOK, &organisationForm{})
	}
	return r.show(page{name: "home.html", title: "home_title", data: shown})
}

// sitesOf gives every site, by organisation.
func (r *request) sitesOf() (map[consent.OrganisationID][]siteItem, error) {
	all, err := r.Store.Sites(r.ctx)
	if err != nil {
		return nil, err
	}
	sites := make(map[consent.OrganisationID][]siteItem)
	late, err := r.late("")
	if err != nil {
		return nil, err
	}
	waits, err := r.publisher.Awaiting(r.ctx, r.account)
	if err != nil {
		return nil, err
	}
	due, err := r.dueOf()
	if err != nil {
		return nil, err
	}
	for _, entry := range all {
		item := siteItem{SiteEntry: entry, Named: r.in(entry.Name), Awaiting: waits[entry.Key], Due: due[entry.Key]}
		if r.account.Role(entry.Organisation).May(consent.MayRead) {
			item.Late, item.Log = late[entry.Key], r.logWord(entry.Key)
		}
		sites[entry.Organisation] = append(sites[entry.Organisation], item)
	}
	return sites, nil
}

// dueOf gives when the drafts of Sites are published, of those for which that is decided.
func (r *request) dueOf() (map[consent.SiteKey]time.Time, error) {
	plans, err := r.Store.DuePlans(r.ctx, r.Clock().AddDate(100, 0, 0)) // whenever it is
	if err != nil {
		return nil, err
	}
	due := make(map[consent.SiteKey]time.Time, len(plans))
	for i := range plans {
		due[plans[i].Site] = plans[i].Due
	}
	return due, nil
}

// late counts the requests that are overdue, of one site or of all.
func (r *request) late(site consent.SiteKey) (map[consent.SiteKey]int, error) {
	requests, err := r.Store.Requests(r.ctx, consent.RequestQuery{Site: site, Open: true})
	if err != nil {
		return nil, err
	}
	counts, today := map[consent.SiteKey]int{}, consent.DayOf(r.Clock())
	for i := range requests {
		if requests[i].Overdue(today) {
			counts[requests[i].Site]++
		}
	}
	return counts, nil
}

// organisationGet shows one organisation with its sites.
func (r *request) organisationGet() error {
	sites, err := r.sitesOf()
	if err != nil {
		return err
	}
	return r.show(page{
		name: "organisation.html", title: "organisation_title", pairs: []any{"name", r.organisation.Name},
		data: organisationEntry{*r.organisation, r.say("role_" + string(r.role)), sites[r.organisation.ID], r.may(consent.MayAdminister)},
	})
}
