package admin

import (
	"slices"

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

func (r *request) findingKnown(d *consent.Draft, c *consent.Catalogue, f *consent.Finding) *knownFinding {
	switch f.Kind {
	case consent.FoundUnknown:
		i := slices.IndexFunc(c.Entries, func(e consent.CatalogueEntry) bool { return keyOf(e.Platform) == f.Name })
		if i < 0 || d.Service(consent.ServiceKey(f.Name)) != nil {
			return nil
		}
		e := &c.Entries[i]
		return &knownFinding{brief(e.Platform), useAddress(r.sitePath("/new-service"), e.Platform, e.Platform)}
	case consent.FoundResidual, consent.FoundStuck:
		if _, declared := d.FindCookie(consent.KindCookie, f.Name); declared != nil {
			return nil
		}
		e := c.Named(f.Name)
		if e == nil {
			return nil
		}
		link := useAddress(r.sitePath("/new-service"), f.Name, e.Platform)
		addresses := addressNames(d.Services, serviceKey)
		for i := range d.Services {
			if calledIn(&d.Services[i], e.Platform) {
				link = useAddress(r.sitePath("/services/"+addresses[i]+"/new-cookie"), f.Name, e.ID())
			}
		}
		return &knownFinding{brief(e.Platform + ", " + e.Name), link}
	case consent.FoundMarkup, consent.FoundForeign: // no name of anything
	}
	return nil
}
