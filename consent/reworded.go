package consent

import "slices"

// Reworded is a purpose whose words have changed, and whose revision went up by
// itself: software cannot tell new words from a new meaning.
type Reworded struct {
	Place    string      `json:"place"` // "category statistics"
	Revision int         `json:"purpose_revision"`
	Category CategoryKey `json:"-"` // of whose purpose, or
	Service  ServiceKey  `json:"-"`
}

// FindReworded gives the purposes by which alone somebody would be asked again,
// with the revision to write so that nobody is. Settled is the draft as Revise has
// made it.
func FindReworded(before, draft, settled *Draft, asks Asked) []Reworded {
	found := []Reworded{}
	kept := *settled
	kept.Categories = append([]Category{}, settled.Categories...)
	kept.Services = append([]Service{}, settled.Services...)
	for i := range kept.Categories {
		now := &kept.Categories[i]
		if old := before.Category(now.Key); old != nil && draft.Categories[i].PurposeRevision == 0 && now.PurposeRevision > max(old.PurposeRevision, 1) {
			now.PurposeRevision = max(old.PurposeRevision, 1)
			found = append(found, Reworded{Place: "category " + string(now.Key), Revision: now.PurposeRevision, Category: now.Key})
		}
	}
	earlier := before.servicesByKey()
	for i := range kept.Services {
		now := &kept.Services[i]
		if old := earlier[now.Key]; old != nil && draft.Services[i].PurposeRevision == 0 && now.PurposeRevision > max(old.PurposeRevision, 1) {
			now.PurposeRevision = max(old.PurposeRevision, 1)
			found = append(found, Reworded{Place: "service " + string(now.Key), Revision: now.PurposeRevision, Service: now.Key})
		}
	}
	again := CompareAsks(before, &kept).Again
	if len(again) == len(asks.Again) {
		return []Reworded{} // other things ask again, whatever is written
	}
	categories, services := quietParts(before, &kept, again)
	return slices.DeleteFunc(found, func(each Reworded) bool { return !categories[each.Category] && !services[each.Service] })
}

// quietParts gives the categories and services of which another revision would ask
// somebody again whom nothing else does.
func quietParts(before, kept *Draft, again []string) (categories map[CategoryKey]bool, services map[ServiceKey]bool) {
	known := map[string]bool{}
	for _, unit := range before.Asks() {
		known[unit.Name()] = true
	}
	for _, name := range again {
		delete(known, name)
	}
	categories, services = map[CategoryKey]bool{}, map[ServiceKey]bool{}
	for _, unit := range kept.Asks() {
		if !known[unit.Name()] {
			continue
		}
		if unit.Service == "" {
			categories[unit.Category] = true
		}
		for _, ref := range unit.Refs {
			_, service := ref.Split()
			services[service] = true
		}
	}
	return categories, services
}
