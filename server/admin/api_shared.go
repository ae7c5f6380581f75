package admin

import (
	"context"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// sharing does for programs what the pages do with services that several sites have, in
// English.
type sharing struct{ *Admin }

func (s sharing) request(ctx context.Context, site *consent.SiteEntry) (*request, []sisterSite, error) {
	r := &request{Admin: s.Admin, ctx: ctx, site: site}
	r.speak(consent.English)
	sisters, err := r.sisters()
	return r, sisters, err
}

// Others lists services of the other sites.
func (s sharing) Others(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, search string) (*api.Shared, error) {
	r, sisters, err := s.request(ctx, site)
	if err != nil {
		return nil, err
	}
	rows, more := r.sharedRows(draft, sisters, search)
	list := &api.Shared{Services: make([]api.SharedService, len(rows)), More: more}
	for i, row := range rows {
		list.Services[i] = api.SharedService{Service: row.Value, Site: row.Site, Name: row.Name.Text, Provider: row.Provider, Cookies: row.Cookies, Here: row.Key}
	}
	return list, nil
}

// whyNot is a fault for which something cannot be on a site.
func whyNot(path, code, why string) consent.Problem {
	return consent.Problem{Path: path, Severity: consent.Fault, Code: code, Message: why, Repair: "Leave it out, or correct this first."}
}

// noSuch is the fault of what no other site of the organisation has. What is another
// organisation's is told from it by nothing.
func noSuch(path string) consent.Problem {
	return whyNot(path, "bad_choice", "No other site of the organisation has this.")
}

// Copy puts services of other sites into a draft.
func (s sharing) Copy(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, names []string) (faults consent.Problems, err error) {
	r, sisters, err := s.request(ctx, site)
	if err != nil {
		return nil, err
	}
	places, chosen := map[*consent.Service]string{}, []*consent.Service(nil)
	for i, name := range names {
		path := "services." + strconv.Itoa(i)
		theirs := serviceOf(sisters, name)
		if theirs == nil {
			faults = append(faults, noSuch(path))
			continue
		}
		places[theirs], chosen = path, append(chosen, theirs)
	}
	if len(names) == 0 {
		faults = append(faults, whyNot("services", "missing", "No service is named."))
	}
	if len(faults) > 0 {
		return faults, nil
	}
	for _, not := range r.copyInto(draft, chosen) {
		code := "not_shared"
		if not.taken {
			code = "service_taken"
		}
		faults = append(faults, whyNot(places[not.service], code, not.why))
	}
	return faults, nil
}

// Elsewhere compares a service with those of the other sites.
func (s sharing) Elsewhere(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, own *consent.Service) (*api.Elsewhere, error) {
	r, sisters, err := s.request(ctx, site)
	if err != nil {
		return nil, err
	}
	found := &api.Elsewhere{Sites: make([]api.ElsewhereSite, len(sisters))}
	for i := range sisters {
		row := r.elsewhereSite(draft, own, &sisters[i])
		said := api.ElsewhereSite{Site: row.Key, Name: row.Name, Service: row.From, Seen: row.Was, Same: row.Same, Differences: make([]api.SharedDifferent, len(row.Differences)), More: row.More}
		for j, each := range row.Differences {
			said.Differences[j] = api.SharedDifferent{Field: each.Label, Here: each.Here, There: each.There}
		}
		found.Sites[i] = said
	}
	return found, nil
}

// Take puts the version of another site in the place of one's own.
func (s sharing) Take(ctx context.Context, site *consent.SiteEntry, draft *consent.Draft, own *consent.Service, from api.Taking) (consent.Problems, error) {
	r, sisters, err := s.request(ctx, site)
	if err != nil {
		return nil, err
	}
	theirs := serviceOf(sisters, from.Service)
	if theirs == nil || !sameService(own, theirs) {
		return consent.Problems{noSuch("service")}, nil
	}
	if hashOf(theirs) != from.Seen {
		return nil, consent.Errorf(consent.Conflict, "changed", "Somebody has changed the service there meanwhile. Get it again, and take over that.")
	}
	if why := r.putService(draft, adopt(theirs, own, draft.Site.Languages)); why != "" {
		return consent.Problems{whyNot("service", "not_shared", why)}, nil
	}
	return nil, nil
}

// Send saves a service in the drafts of other sites.
func (s sharing) Send(ctx context.Context, site *consent.SiteEntry, own *consent.Service, to []api.SendingTo) (faults consent.Problems, err error) {
	r, sisters, err := s.request(ctx, site)
	if err != nil {
		return nil, err
	}
	seen, places := map[consent.SiteKey]string{}, map[consent.SiteKey]string{}
	var chosen []*sisterSite
	for i, each := range to {
		path := "to." + strconv.Itoa(i) + ".site"
		found, err := chosenSisters(sisters, []string{string(each.Site)})
		if err != nil || places[each.Site] != "" {
			faults = append(faults, noSuch(path))
			continue
		}
		seen[each.Site], places[each.Site], chosen = each.Seen, path, append(chosen, found...)
	}
	if len(to) == 0 {
		faults = append(faults, whyNot("to", "missing", "No site is named."))
	}
	if len(faults) > 0 {
		return faults, nil
	}
	refused, err := r.send(own, chosen, func(site consent.SiteKey) string { return seen[site] })
	for _, not := range refused {
		if not.changed {
			return nil, consent.Errorf(consent.Conflict, "changed", "Somebody has changed the service on %s meanwhile. Nothing was sent: get it again.", not.to.Key)
		}
		faults = append(faults, whyNot(places[not.to.Key], "not_shared", not.why))
	}
	return faults, err
}
