package consent

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
		if refs := d.bannerRefs(category.Key); len(refs) > 0 {
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

// bannerRefs gives the services that the banner asks for with a category.
func (d *Draft) bannerRefs(category CategoryKey) []ServiceRef {
	var refs []ServiceRef
	for i := range d.Services {
		if s := &d.Services[i]; s.Ask == AskBanner {
			for _, ref := range s.Refs() {
				if of, _ := ref.Split(); of == category {
					refs = append(refs, ref)
				}
			}
		}
	}
	return refs
}
