package consent

import (
	"iter"
	"slices"
)

// AskUnit is one thing that a visitor is asked: a Category in the banner, or a
// Service by its placeholder.
type AskUnit struct {
	// Category is what the banner asks for. For a service that is asked for in
	// place it is the first of the service's categories.
	Category CategoryKey
	// Service is set when the unit is asked for in place.
	Service ServiceKey
	// Refs are all services that a yes lets run.
	Refs []ServiceRef
	// Checksum changes when the visitor must be asked again: six characters of
	// base64url.
	Checksum string
}

// Asks gives everything that is asked, in the order in which it is shown: the
// categories of the banner, then the services that are asked for in place.
func (d *Draft) Asks() []AskUnit {
	var units []AskUnit
	for i := range d.Categories {
		category := &d.Categories[i]
		var refs []ServiceRef
		for ref := range d.bannerServices(category.Key) {
			refs = append(refs, ref)
		}
		if len(refs) > 0 {
			units = append(units, AskUnit{Category: category.Key, Refs: refs, Checksum: d.categoryChecksum(category)})
		}
	}
	for i := range d.Services {
		service := &d.Services[i]
		if refs := service.Refs(); service.Ask == AskInPlace && len(refs) > 0 {
			category, _ := refs[0].Split()
			units = append(units, AskUnit{Category: category, Service: service.Key, Refs: refs, Checksum: d.serviceChecksum(service)})
		}
	}
	return units
}

// bannerServices gives the services that the banner asks for with a category.
func (d *Draft) bannerServices(category CategoryKey) iter.Seq2[ServiceRef, *Service] {
	return func(yield func(ServiceRef, *Service) bool) {
		for i := range d.Services {
			s := &d.Services[i]
			if s.Ask != AskBanner {
				continue
			}
			if ref := Ref(category, s.Key); slices.Contains(s.Refs(), ref) && !yield(ref, s) {
				return
			}
		}
	}
}
