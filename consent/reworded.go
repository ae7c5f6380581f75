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
	for i := range kept.Services {
		now := &kept.Services[i]
		if old := before.Service(now.Key); old != nil && draft.Services[i].PurposeRevision == 0 && now.PurposeRevision > max(old.PurposeRevision, 1) {
			now.PurposeRevision = max(old.PurposeRevision, 1)
			found = append(found, Reworded{Place: "service " + string(now.Key), Revision: now.PurposeRevision, Service: now.Key})
		}
	}
	least := len(CompareAsks(before, &kept).Again)
	if least == len(asks.Again) {
		return []Reworded{} // other things ask again, whatever is written
	}
	return slices.DeleteFunc(found, func(each Reworded) bool { return len(CompareAsks(before, each.raised(&kept)).Again) == least })
}

// raised is a Draft in which this purpose alone has a revision of its own.
func (r *Reworded) raised(kept *Draft) *Draft {
	raised := *kept
	raised.Categories, raised.Services = slices.Clone(kept.Categories), slices.Clone(kept.Services)
	if s := raised.Service(r.Service); s != nil {
		s.PurposeRevision = r.Revision + 1
	} else if c := raised.Category(r.Category); c != nil {
		c.PurposeRevision = r.Revision + 1
	}
	return &raised
}
