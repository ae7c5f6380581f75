package consent

import (
	"maps"
	"slices"
	"strings"
)

// decisive are the fields that are told of a service, cookie or category that came or
// went, so that renaming one hides nothing of what changes with it.
var decisive = []string{
	"legal_basis", "category", "hosts", "recipients", "provider.name", "provider.country", "provider.transfer", "storage_locations",
	"lifetime.declared", "retention", "ask", "never_on", "purpose", "cookies",
}

// severally are the fields whose items are told each by itself when all of them came or
// went at once, beside the lists of addresses, words and codes.
var severally = []string{"services", "categories", "cookies", "wording"}

// changesAt says what differs at a place of two Drafts: one change, or what a thing or a
// list that came or went is made of.
func changesAt(path []string, old, now any) []FieldChange {
	items, _ := old.(map[string]any)
	if old == nil {
		items, _ = now.(map[string]any)
	}
	if items == nil || old != nil && now != nil {
		return []FieldChange{changeOf(path, old, now)}
	}
	of := func(field string, item any) []FieldChange {
		inner := append(slices.Clone(path), strings.Split(field, ".")...)
		if old == nil {
			return changesAt(inner, nil, item)
		}
		return changesAt(inner, item, nil)
	}
	if name := path[len(path)-1]; Listed(name) || slices.Contains(severally, name) || isText(items) {
		var changes []FieldChange
		for _, key := range slices.Sorted(maps.Keys(items)) {
			changes = append(changes, of(key, items[key])...)
		}
		return changes
	}
	changes := []FieldChange{changeOf(path, old, now)}
	if items["key"] == nil && items["pattern"] == nil {
		return changes
	}
	for _, field := range decisive {
		if item := within(items, field); item != nil {
			changes = append(changes, of(field, item)...)
		}
	}
	return changes
}

// isText says whether something is a text, by language.
func isText(items map[string]any) bool {
	for lang := range items {
		if !Language(lang).Known() {
			return false
		}
	}
	return len(items) > 0
}

// changeOf is one change, without what may name people.
func changeOf(path []string, old, now any) FieldChange {
	change := FieldChange{strings.Join(path, "."), valueTold(old), valueTold(now)}
	if slices.ContainsFunc(path, ofPeople) {
		change.Was, change.Is = leftUntold(change.Was), leftUntold(change.Is)
	}
	return change
}

// within gives a field of a thing, also one of its parts.
func within(thing map[string]any, field string) any {
	name, rest, deeper := strings.Cut(field, ".")
	if !deeper {
		return thing[name]
	}
	part, _ := thing[name].(map[string]any)
	return part[rest]
}
