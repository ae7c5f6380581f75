package consent

import (
	"cmp"
	"encoding/json"
	"maps"
	"reflect"
	"slices"
)

// Difference is one place where two Drafts differ. Path names services, categories
// and cookies by their keys, and fields as the site file does.
type Difference struct {
	Change Change   `json:"change"`
	Path   []string `json:"path"`
	Old    any      `json:"old,omitempty"`
	New    any      `json:"new,omitempty"`
}

// Change is what happens at a place.
type Change string

// The kinds of change.
const (
	Appeared Change = "new"
	Vanished Change = "gone"
	Altered  Change = "changed"
)

// Differences compares what two Drafts publish. Notes are never published and
// the order of things with keys means nothing in law, so neither counts.
func Differences(before, after *Draft) ([]Difference, error) {
	before, after = withoutSame(before, after)
	was, err := draftTree(before)
	if err != nil {
		return nil, err
	}
	is, err := draftTree(after)
	if err != nil {
		return nil, err
	}
	return compareTrees(nil, was, is), nil
}

// withoutSame gives two Drafts without the services that are the same in both: of long
// inventories most are, and to make trees of them takes longest. Where a key stands twice
// a list is compared as a whole, and nothing is left out.
func withoutSame(before, after *Draft) (was, is *Draft) {
	old, now := before.servicesByKey(), after.servicesByKey()
	if !uniqueKeys(before, old) || !uniqueKeys(after, now) {
		return before, after
	}
	same := map[ServiceKey]bool{}
	for key, a := range old {
		if b := now[key]; b != nil && sameSaid(reflect.ValueOf(a).Elem(), reflect.ValueOf(b).Elem()) {
			same[key] = true
		}
	}
	isSame := func(s Service) bool { return same[s.Key] }
	was, is = new(*before), new(*after)
	was.Services = slices.DeleteFunc(slices.Clone(before.Services), isSame)
	is.Services = slices.DeleteFunc(slices.Clone(after.Services), isSame)
	return was, is
}

// uniqueKeys says whether each service has a key of its own.
func uniqueKeys(draft *Draft, found map[ServiceKey]*Service) bool {
	return len(found) == len(draft.Services) && found[""] == nil
}

// draftTree gives a draft as maps: lists of things with keys become maps by key. Services
// and categories are there also when there are none, so that the first ones are each told.
func draftTree(draft *Draft) (any, error) {
	text, err := json.Marshal(draft)
	if err != nil {
		return nil, err
	}
	var loose any
	if err := json.Unmarshal(text, &loose); err != nil {
		return nil, err
	}
	tree, _ := keyed(loose).(map[string]any)
	for _, list := range []string{"services", "categories"} {
		if tree[list] == nil {
			tree[list] = map[string]any{}
		}
	}
	return tree, nil
}

func keyed(value any) any {
	switch value := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, item := range value {
			if made := keyed(item); key != "notes" && !emptyValue(made) {
				out[key] = made
			}
		}
		return out
	case []any:
		out := map[string]any{}
		for _, item := range value {
			key := keyOf(item)
			if _, twice := out[key]; key == "" || twice {
				return value
			}
			out[key] = keyed(item)
		}
		return out
	default:
		return value
	}
}

func emptyValue(value any) bool {
	if value == nil {
		return true
	}
	shape := reflect.ValueOf(value)
	return (shape.Kind() == reflect.Map || shape.Kind() == reflect.Slice) && shape.Len() == 0
}

// keyOf gives what tells an item from its siblings: a service's or category's
// key, a cookie's pattern, or the item itself.
func keyOf(item any) string {
	switch item := item.(type) {
	case string:
		return item
	case map[string]any:
		if key, ok := item["key"].(string); ok {
			return key
		}
		if pattern, ok := item["pattern"].(map[string]any); ok {
			name, _ := pattern["name"].(string)
			return name
		}
	}
	return ""
}

func compareTrees(path []string, was, is any) []Difference {
	before, tree := was.(map[string]any)
	after, both := is.(map[string]any)
	if !tree || !both {
		if reflect.DeepEqual(was, is) {
			return nil
		}
		return []Difference{{Change: Altered, Path: path, Old: was, New: is}}
	}
	var found []Difference
	for _, key := range unionOfKeys(before, after) {
		here := append(slices.Clone(path), key)
		old, had := before[key]
		now, has := after[key]
		if areCookies(here) {
			old, now, had, has = orNone(old, now), orNone(now, old), true, true
		}
		switch {
		case !had:
			found = append(found, Difference{Change: Appeared, Path: here, New: now})
		case !has:
			found = append(found, Difference{Change: Vanished, Path: here, Old: old})
		default:
			found = append(found, compareTrees(here, old, now)...)
		}
	}
	return found
}

// areCookies says whether a place is the cookies of a service. Each is told by itself, as
// services are, also the first one and the last.
func areCookies(path []string) bool {
	return len(path) == 3 && path[0] == "services" && path[2] == "cookies"
}

// orNone gives an empty list for one that only the other side has.
func orNone(list, other any) any {
	if _, isTree := other.(map[string]any); list == nil && isTree {
		return map[string]any{}
	}
	return list
}

func unionOfKeys(a, b map[string]any) []string {
	keys := slices.Collect(maps.Keys(a))
	for key := range b {
		if _, both := a[key]; !both {
			keys = append(keys, key)
		}
	}
	slices.SortFunc(keys, FieldOrder)
	return keys
}

// FieldOrder orders names of fields: languages as the pages have them, before any other.
func FieldOrder(a, b string) int {
	return cmp.Or(cmp.Compare(placeOfLanguage(a), placeOfLanguage(b)), cmp.Compare(a, b))
}

func placeOfLanguage(key string) int {
	if at := slices.Index(PageLanguages, Language(key)); at >= 0 {
		return at
	}
	return len(PageLanguages)
}
