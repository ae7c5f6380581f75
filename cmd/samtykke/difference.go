package main

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// difference is one place where two drafts differ. Path names services,
// categories and cookies by their keys.
type difference struct {
	Change string   `json:"change"` // new, gone or changed
	Path   []string `json:"path"`
	Old    any      `json:"old,omitempty"`
	New    any      `json:"new,omitempty"`
}

// The kinds of change.
const (
	appeared = "new"
	vanished = "gone"
	altered  = "changed"
)

// differences compares what two drafts publish. Notes are never published and
// the order of things with keys means nothing in law, so neither counts.
func differences(before, after *consent.Draft) ([]difference, error) {
	was, err := tree(before)
	if err != nil {
		return nil, err
	}
	is, err := tree(after)
	if err != nil {
		return nil, err
	}
	return compare(nil, was, is), nil
}

// tree gives a draft as maps: lists of things with keys become maps by key.
func tree(draft *consent.Draft) (any, error) {
	text, err := json.Marshal(draft)
	if err != nil {
		return nil, err
	}
	var loose any
	if err := json.Unmarshal(text, &loose); err != nil {
		return nil, err
	}
	return keyed(loose), nil
}

func keyed(value any) any {
	switch value := value.(type) {
	case map[string]any:
		out := map[string]any{}
		for key, item := range value {
			if made := keyed(item); key != "notes" && !empty(made) {
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

func empty(value any) bool {
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

func compare(path []string, was, is any) []difference {
	before, tree := was.(map[string]any)
	after, both := is.(map[string]any)
	if !tree || !both {
		if reflect.DeepEqual(was, is) {
			return nil
		}
		return []difference{{Change: altered, Path: path, Old: was, New: is}}
	}
	var found []difference
	for _, key := range union(before, after) {
		here := append(slices.Clone(path), key)
		old, had := before[key]
		now, has := after[key]
		switch {
		case !had:
			found = append(found, difference{Change: appeared, Path: here, New: now})
		case !has:
			found = append(found, difference{Change: vanished, Path: here, Old: old})
		default:
			found = append(found, compare(here, old, now)...)
		}
	}
	return found
}

func union(a, b map[string]any) []string {
	keys := sortedKeys(a)
	for key := range b {
		if _, both := a[key]; !both {
			keys = append(keys, key)
		}
	}
	slices.Sort(keys)
	return keys
}

// sentence says a difference in a few words: its place, and what happens there.
func (d difference) sentence() (place, what string) {
	place, rest := d.place()
	name := strings.ReplaceAll(strings.Join(rest, " "), "_", " ")
	if name != "" {
		name += ": "
	}
	switch d.Change {
	case appeared:
		return place, name + excerpt(d.New)
	case vanished:
		return place, name + excerpt(d.Old)
	default:
		was, is := d.Old, d.New
		if old, text := was.(string); text {
			if now, text := is.(string); text {
				was, is = skipCommon(old, now)
			}
		}
		return place, name + excerpt(was) + " → " + excerpt(is)
	}
}

// skipCommon leaves out the words that two long texts begin with alike, so
// that what differs is within what is shown.
func skipCommon(old, now string) (was, is string) {
	cut := 0
	for i := 0; i < min(len(old), len(now)) && old[i] == now[i]; i++ {
		if old[i] == ' ' {
			cut = i + 1
		}
	}
	if cut <= longestExcerpt/2 {
		return old, now
	}
	return "… " + old[cut:], "… " + now[cut:]
}

// place splits a path into the thing that it is about and the field within it.
func (d difference) place() (string, []string) {
	path := d.Path
	switch {
	case len(path) >= 4 && path[0] == "services" && path[2] == "cookies":
		return "cookie " + path[3] + " of " + path[1], path[4:]
	case len(path) >= 2 && path[0] == "services":
		return "service " + path[1], path[2:]
	case len(path) >= 2 && path[0] == "categories":
		return "category " + path[1], path[2:]
	default:
		return path[0], path[1:]
	}
}

// longestExcerpt is how much of a value is shown, in characters.
const longestExcerpt = 60

// excerpt shows a value on part of a line: of what has no name, its fields.
func excerpt(value any) string {
	switch value := value.(type) {
	case string:
		return "“" + shortened(value) + "”"
	case map[string]any:
		for _, key := range []string{"en", "nb", "name"} {
			if inner, ok := value[key]; ok {
				return excerpt(inner)
			}
		}
		return "(" + shortened(strings.ReplaceAll(strings.Join(sortedKeys(value), ", "), "_", " ")) + ")"
	case []any:
		return "(" + plural(len(value), "item") + ")"
	default:
		return fmt.Sprint(value)
	}
}

func shortened(text string) string {
	if runes := []rune(text); len(runes) > longestExcerpt {
		return string(runes[:longestExcerpt-1]) + "…"
	}
	return text
}
