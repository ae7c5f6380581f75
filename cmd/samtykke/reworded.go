package main

import (
	"github.com/samtykke/samtykke/consent"
)

// reworded is a purpose whose words have changed, and whose revision went up by
// itself: software cannot tell new words from a new meaning.
type reworded struct {
	Place    string `json:"place"` // "category statistics"
	Revision int    `json:"purpose_revision"`
}

// findReworded gives the purposes by which alone somebody would be asked again,
// with the revision to write so that nobody is.
func findReworded(before, draft, settled *consent.Draft, asks consent.Asked) []reworded {
	found := []reworded{}
	kept := *settled
	kept.Categories = append([]consent.Category{}, settled.Categories...)
	kept.Services = append([]consent.Service{}, settled.Services...)
	for i := range kept.Categories {
		now := &kept.Categories[i]
		if old := before.Category(now.Key); old != nil && draft.Categories[i].PurposeRevision == 0 && now.PurposeRevision > max(old.PurposeRevision, 1) {
			now.PurposeRevision = max(old.PurposeRevision, 1)
			found = append(found, reworded{"category " + string(now.Key), now.PurposeRevision})
		}
	}
	for i := range kept.Services {
		now := &kept.Services[i]
		if old := before.Service(now.Key); old != nil && draft.Services[i].PurposeRevision == 0 && now.PurposeRevision > max(old.PurposeRevision, 1) {
			now.PurposeRevision = max(old.PurposeRevision, 1)
			found = append(found, reworded{"service " + string(now.Key), now.PurposeRevision})
		}
	}
	if len(consent.CompareAsks(before, &kept).Again) == len(asks.Again) {
		return []reworded{} // other things ask again, whatever is written
	}
	return found
}

// sayReworded tells how answers are kept when a purpose means what it meant.
func sayReworded(t *terminal, found []reworded) {
	if len(found) == 0 {
		return
	}
	t.say("\nA purpose is worded anew. If it means what it meant, the answers can be kept: write")
	for _, each := range found {
		t.say("    purpose_revision: %d    under %s", each.Revision, each.Place)
	}
	t.say("in the site file, import it again, and nobody is asked for that reason.")
}
