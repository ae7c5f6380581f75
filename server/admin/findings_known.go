package admin

import (
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// mostKnown is how many names of findings are looked up in the catalogue.
const mostKnown = 50

type findingName struct {
	kind consent.FindingKind
	name string
}

// knownFinding is what the catalogue has of something that was found, and the draft
// has not.
type knownFinding struct{ Name, URL string }

// findingsKnown looks up what was found. Who may not edit is offered nothing.
func (r *request) findingsKnown(all []consent.Finding) (map[findingName]*knownFinding, error) {
	known := map[findingName]*knownFinding{}
	if len(all) == 0 || !r.may(consent.MayEdit) {
		return known, nil
	}
	c, err := r.catalogue()
	if err != nil || c == nil {
		return known, err
	}
	draft, err := r.draft()
	if err != nil {
		return nil, err
	}
	for _, f := range all {
		at := findingName{f.Kind, f.Name}
		if _, seen := known[at]; seen {
			continue
		}
		if len(known) == mostKnown {
			break
		}
		known[at] = r.findingKnown(draft, c, &f)
	}
	return known, nil
}

// findingKnown looks up one: a service that pages name, or a cookie. Pages report the
// one as category/service, and the other as service/cookie.
func (r *request) findingKnown(d *consent.Draft, c *consent.Catalogue, f *consent.Finding) *knownFinding {
	name := f.Name
	if _, after, both := strings.Cut(f.Name, "/"); both {
		name = after
	}
	switch f.Kind {
	case consent.FoundUnknown:
		i := slices.IndexFunc(c.Entries, func(e consent.CatalogueEntry) bool { return keyOf(e.Platform) == name })
		if i < 0 || d.Service(consent.ServiceKey(name)) != nil {
			return nil
		}
		e := &c.Entries[i]
		return &knownFinding{brief(e.Platform), useAddress(r.sitePath("/new-service"), e.Platform, e.Platform)}
	case consent.FoundResidual, consent.FoundStuck:
		return r.cookieKnown(d, c, name)
	case consent.FoundMarkup, consent.FoundForeign: // no name of anything
	}
	return nil
}

func (r *request) cookieKnown(d *consent.Draft, c *consent.Catalogue, name string) *knownFinding {
	if _, declared := d.FindCookie(consent.KindCookie, name); declared != nil {
		return nil
	}
	e := c.Named(name)
	if e == nil {
		return nil
	}
	link := useAddress(r.sitePath("/new-service"), name, e.Platform)
	addresses := addressNames(d.Services, serviceKey)
	for i := range d.Services {
		if calledIn(&d.Services[i], e.Platform) {
			link = useAddress(r.sitePath("/services/"+addresses[i]+"/new-cookie"), name, e.ID())
		}
	}
	return &knownFinding{brief(e.Platform + ", " + e.Name), link}
}
