package consent

import (
	"cmp"
	"encoding/json"
	"slices"
)

// ChangesLeft is what an Act changed and does not tell field by field, of one kind. So
// whoever reads a trail sees which kinds of change there were, and where.
type ChangesLeft struct {
	Kind   string   `json:"kind"`           // a field, such as "hosts"; "services", "categories" or "cookies" that came or went; or OtherChanges
	Fields int      `json:"fields"`         // how many
	Parts  []string `json:"parts"`          // of what: such as "services.counter" with its cookies, or "site"; none when that says nothing
	More   int      `json:"more,omitempty"` // of how many parts more
}

// OtherChanges is the kind of those that decide little, such as names and texts.
const OtherChanges = "other"

// maxActParts is how long the parts in a rest are together, as JSON. Every kind is named
// however little room there is.
const maxActParts = 2000

// restOf sums up lines. They come in the order of byWeight: so each kind has a part named
// before any has two.
func restOf(lines []*line) []ChangesLeft {
	if len(lines) == 0 {
		return nil
	}
	kinds := map[string]*ChangesLeft{}
	weights := map[string]int{}
	seen := map[[2]string]bool{}
	size := 0
	for _, l := range lines {
		kind := l.kindName()
		rest := kinds[kind]
		if rest == nil {
			rest = &ChangesLeft{Kind: kind, Parts: []string{}}
			kinds[kind], weights[kind] = rest, l.kind
		}
		rest.Fields += l.fields
		if l.part == "" || seen[[2]string{kind, l.part}] {
			continue
		}
		seen[[2]string{kind, l.part}] = true
		part := cutBefore(OnOneLine(l.part), maxActField)
		text, _ := json.Marshal(part) // of a text, it never fails
		if size+len(text) > maxActParts {
			rest.More++
			continue
		}
		size += len(text)
		rest.Parts = append(rest.Parts, part)
	}
	all := make([]ChangesLeft, 0, len(kinds))
	for _, rest := range kinds {
		all = append(all, *rest)
	}
	slices.SortFunc(all, func(a, b ChangesLeft) int {
		return cmp.Or(cmp.Compare(weights[a.Kind], weights[b.Kind]), cmp.Compare(a.Kind, b.Kind))
	})
	return all
}

// kindName names the kind of change that a line is.
func (l *line) kindName() string {
	if l.kind == len(weighty) {
		return OtherChanges
	}
	if weighty[l.kind] != itself {
		return weighty[l.kind]
	}
	thing, _ := l.Place()
	if len(thing) > 2 {
		return thing[2]
	}
	return thing[0]
}
