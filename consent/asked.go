package consent

import (
	"maps"
	"slices"
)

// Asked is what publishing means for visitors who have answered already. Units
// are named as in markup: "statistics", or "marketing/youtube" for one in place.
type Asked struct {
	Again  []string `json:"asked_again"`
	First  []string `json:"asked_first"`
	NoMore []string `json:"asked_no_more"`
	// OlderThan is the validity, when it became shorter: older answers end.
	OlderThan Lifetime `json:"asked_again_older_than,omitempty"`
}

// CompareAsks compares ask checksums. A nil before means that nothing was
// published.
func CompareAsks(before, after *Draft) Asked {
	was := map[string]string{}
	if before != nil {
		for _, unit := range before.Asks() {
			was[unit.Name()] = unit.Checksum
		}
	}
	result := Asked{Again: []string{}, First: []string{}, NoMore: []string{}}
	if before != nil && after.Site.Validity.Compare(before.Site.Validity) < 0 {
		result.OlderThan = after.Site.Validity
	}
	for _, unit := range after.Asks() {
		name := unit.Name()
		checksum, known := was[name]
		switch {
		case !known:
			result.First = append(result.First, name)
		case checksum != unit.Checksum:
			result.Again = append(result.Again, name)
		}
		delete(was, name)
	}
	result.NoMore = append(result.NoMore, slices.Sorted(maps.Keys(was))...)
	return result
}

// Name names the unit as markup does.
func (u *AskUnit) Name() string {
	if u.Service == "" {
		return string(u.Category)
	}
	return string(Ref(u.Category, u.Service))
}
