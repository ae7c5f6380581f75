package main

import (
	"github.com/samtykke/samtykke/consent"
)

// asked is what publishing means for visitors who have answered already. Units
// are named as in markup: "statistics", or "marketing/youtube" for one in place.
type asked struct {
	Again  []string `json:"asked_again"`
	First  []string `json:"asked_first"`
	NoMore []string `json:"asked_no_more"`
	// OlderThan is the validity, when it became shorter: older answers end.
	OlderThan consent.Lifetime `json:"asked_again_older_than,omitempty"`
}

// compareAsks compares ask checksums. A nil before means that nothing was
// published.
func compareAsks(before, after *consent.Draft) asked {
	was := map[string]string{}
	if before != nil {
		for _, unit := range before.Asks() {
			was[unitName(unit)] = unit.Checksum
		}
	}
	result := asked{Again: []string{}, First: []string{}, NoMore: []string{}}
	if before != nil && after.Site.Validity.Compare(before.Site.Validity) < 0 {
		result.OlderThan = after.Site.Validity
	}
	for _, unit := range after.Asks() {
		name := unitName(unit)
		checksum, known := was[name]
		switch {
		case !known:
			result.First = append(result.First, name)
		case checksum != unit.Checksum:
			result.Again = append(result.Again, name)
		}
		delete(was, name)
	}
	result.NoMore = append(result.NoMore, sortedKeys(was)...)
	return result
}

func unitName(unit consent.AskUnit) string {
	if unit.Service == "" {
		return string(unit.Category)
	}
	return string(unit.Category) + "/" + string(unit.Service)
}

// say tells what visitors will notice. Before the first notice nobody has
// answered anything.
func (a asked) say(t *terminal, first bool) {
	switch {
	case first && len(a.First) == 0:
		t.say("Visitors are asked nothing: no service needs consent.")
	case first:
		t.say("Visitors are asked about: %s.", join(a.First))
		return
	case len(a.Again) > 0:
		t.say("Asked again, because what was agreed to changes: %s.", join(a.Again))
	case a.OlderThan == "":
		t.say("Nobody is asked again about what they have answered.")
	}
	if a.OlderThan != "" {
		t.say("Answers older than %s end, and are asked for again.", a.OlderThan.Words(consent.English))
	}
	if len(a.First) > 0 {
		t.say("Asked for the first time: %s.", join(a.First))
	}
	if len(a.NoMore) > 0 {
		t.say("No longer asked: %s.", join(a.NoMore))
	}
}
