package admin

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// sisterSite is another Site of the Organisation, with its draft.
type sisterSite struct {
	consent.SiteEntry
	draft *consent.Draft
	name  string // what a person calls it
}

// sisters gives the other Sites of the Organisation. Whoever may edit one of them may
// edit each: roles are those in an Organisation.
func (r *request) sisters() ([]sisterSite, error) {
	all, err := r.Store.Sites(r.ctx)
	if err != nil {
		return nil, err
	}
	var found []sisterSite
	names := map[string]int{}
	for _, site := range all {
		if site.Organisation != r.site.Organisation {
			continue
		}
		name := r.siteName(&site)
		if names[name]++; site.Key == r.site.Key {
			continue
		}
		draft, err := r.Store.Draft(r.ctx, site.Key)
		if err != nil {
			return nil, err
		}
		found = append(found, sisterSite{site, draft, name})
	}
	for i := range found {
		if names[found[i].name] > 1 { // they are told apart by their short names
			found[i].name += " (" + string(found[i].Key) + ")"
		}
	}
	return found, nil
}

// hasSisters says whether there are any.
func (r *request) hasSisters() (bool, error) {
	all, err := r.Store.Sites(r.ctx)
	return slices.ContainsFunc(all, func(site consent.SiteEntry) bool {
		return site.Organisation == r.site.Organisation && site.Key != r.site.Key
	}), err
}

// siteName is what a person calls a Site.
func (r *request) siteName(site *consent.SiteEntry) string {
	if name := r.in(site.Name).Text; name != "" {
		return brief(name)
	}
	return brief(string(site.Key))
}

// pageShared is how many services of other Sites a page lists.
const pageShared = 100

// sharedPage lists the services of the other Sites.
type sharedPage struct {
	Search string
	Rows   []sharedRow
	More   int
	Sites  int // other Sites there are
	Faults []string
}

// sharedRow is a service of another Site.
type sharedRow struct {
	Value    string
	Name     web.Wording
	Provider string
	Site     string
	Cookies  int
	Chosen   bool
	Here     string             // address of the same service on this Site, "" when it is not here
	Key      consent.ServiceKey // of that
}

func (r *request) sharedGet() error { return r.showShared(http.StatusOK, nil) }

func (r *request) showShared(status int, faults []string) error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	sisters, err := r.sisters()
	if err != nil {
		return err
	}
	shown := sharedPage{Search: firstCharacters(strings.TrimSpace(r.c.Query("q"))), Sites: len(sisters), Faults: faults}
	shown.Rows, shown.More = r.sharedRows(draft, sisters, shown.Search)
	for _, value := range r.form["service"] {
		for i := range shown.Rows {
			shown.Rows[i].Chosen = shown.Rows[i].Chosen || shown.Rows[i].Value == value
		}
	}
	r.c.Status(status)
	return r.show(page{name: "shared.html", title: "shared_title", trail: r.inventoryTrail(), data: shown})
}

// sharedRows lists services of the other Sites, and says how many are not listed. What can
// be copied comes first.
func (r *request) sharedRows(draft *consent.Draft, sisters []sisterSite, search string) (rows []sharedRow, more int) {
	words := strings.Fields(strings.ToLower(search))
	addresses, here := addressNames(draft.Services, serviceKey), newServiceIndex(draft.Services)
	for _, site := range sisters {
		for i := range site.draft.Services {
			s := &site.draft.Services[i]
			if !holdsAll(s, words) {
				continue
			}
			row := sharedRow{
				Value: string(site.Key) + "/" + string(s.Key), Name: briefly(r.in(s.Name), string(s.Key)), Provider: brief(s.Provider.Name),
				Site: site.name, Cookies: len(s.Cookies),
			}
			if at := here.find(s); at >= 0 {
				row.Here, row.Key = r.sitePath("/services/"+addresses[at]+"/sites"), draft.Services[at].Key
			}
			rows = append(rows, row)
		}
	}
	slices.SortStableFunc(rows, func(a, b sharedRow) int { return cmp.Compare(min(len(a.Here), 1), min(len(b.Here), 1)) })
	more = max(0, len(rows)-pageShared)
	return rows[:len(rows)-more], more
}

// sharedPost copies the chosen services into this Site's draft: all of them, or none.
func (r *request) sharedPost() error {
	sisters, err := r.sisters()
	if err != nil {
		return err
	}
	var chosen []*consent.Service
	for _, value := range r.form["service"] {
		s := serviceOf(sisters, value)
		if s == nil {
			return errNoPage()
		}
		chosen = append(chosen, s)
	}
	if len(chosen) == 0 {
		return r.showShared(http.StatusUnprocessableEntity, []string{r.say("shared_none_chosen")})
	}
	r.tells(func(act *consent.Act) { act.Object = strings.Join(r.form["service"], ", ") })
	var faults []string
	err = r.changeDraft(func(d *consent.Draft) error {
		refused := r.copyInto(d, chosen)
		faults = make([]string, 0, len(refused))
		for _, each := range refused {
			faults = append(faults, r.serviceName(each.service)+": "+each.why)
		}
		if len(faults) > 0 {
			return errNotSaved
		}
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return r.showShared(http.StatusUnprocessableEntity, faults)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/inventory"), "service_copied")
}

// notCopied is a service that cannot be copied, and why.
type notCopied struct {
	service *consent.Service
	taken   bool // its key is
	why     string
}

// copyInto puts services of other Sites into a draft. Of a draft with one that cannot be
// there nothing is saved.
func (r *request) copyInto(d *consent.Draft, chosen []*consent.Service) (refused []notCopied) {
	for _, s := range chosen {
		not := notCopied{service: s, taken: d.Service(s.Key) != nil}
		if not.taken {
			not.why = r.say("service_key_taken")
		} else {
			not.why = r.putService(d, adopt(s, nil, d.Site.Languages))
		}
		if not.why != "" {
			refused = append(refused, not)
		}
	}
	return refused
}

// serviceOf gives the service that a value of a form names: site/service.
func serviceOf(sisters []sisterSite, value string) *consent.Service {
	site, key, _ := strings.Cut(value, "/")
	for i := range sisters {
		if string(sisters[i].Key) == site {
			return sisters[i].draft.Service(consent.ServiceKey(key))
		}
	}
	return nil
}
