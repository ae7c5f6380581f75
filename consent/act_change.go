package consent

import (
	"bytes"
	"cmp"
	"encoding/json"
	"fmt"
	"iter"
	"reflect"
	"slices"
	"strings"

	"github.com/gowebpki/jcs"
)

// FieldChange is one field that an Act changed. Field is its path as the site file
// names it, without a language. What was or is nothing is "".
type FieldChange struct {
	Field string `json:"field"`
	Was   string `json:"was"`
	Is    string `json:"is"`
}

// What an Act tells of its changes: so many fields, each so long at most, in bytes, and
// all together.
const (
	mostActChanges = 10
	maxActField    = 160
	maxActValue    = 120
	maxActChanges  = 1000
)

// Changing tells an Act all that it changes, once. What decides most is told first, and
// what is too much is summed up, by kind and part; a hash is kept of the whole.
func (a *Act) Changing(changes ...FieldChange) error {
	if len(changes) == 0 {
		return nil
	}
	all := make([]FieldChange, 0, len(changes))
	for _, c := range changes {
		if c.Was != c.Is || c.Was == Untold {
			all = append(all, c)
		}
	}
	a.Changes, a.More, a.Rest, a.ChangesHash = nil, len(all), nil, Hash{}
	if len(all) == 0 {
		return nil
	}
	var err error
	if a.ChangesHash, err = ChangesHash(all); err != nil {
		return err
	}
	a.tell(all)
	return nil
}

// tell tells as much of its changes as there is room for, and sums up the rest.
func (a *Act) tell(all []FieldChange) {
	size, parts := 0, map[string]bool{}
	var left []*line
	for l := range byWeight(linesOf(all), parts) {
		if len(a.Changes) < mostActChanges && size+min(len(l.Field), maxActField) <= maxActChanges {
			if told := l.told(); size+told.size() <= maxActChanges { // a long one keeps no shorter one out
				size += told.size()
				a.Changes = append(a.Changes, told)
				a.More -= l.fields
				parts[l.part] = true
				continue
			}
		}
		left = append(left, l)
	}
	a.Rest = restOf(left)
}

// ChangesHash gives the hash that an Act keeps of all that it changed: the SHA-256 of
// these changes as canonical JSON (RFC 8785), whole and in the order of their fields.
// So whoever has what was before and after can show what is not told.
func ChangesHash(changes []FieldChange) (Hash, error) {
	sorted := slices.Clone(changes)
	slices.SortFunc(sorted, func(a, b FieldChange) int {
		return cmp.Or(cmp.Compare(a.Field, b.Field), cmp.Compare(a.Was, b.Was), cmp.Compare(a.Is, b.Is))
	})
	loose, err := json.Marshal(sorted)
	if err != nil {
		return Hash{}, err
	}
	canonical, err := jcs.Transform(loose)
	if err != nil {
		return Hash{}, fmt.Errorf("write what an act changed: %w", err)
	}
	return HashOf(canonical), nil
}

// told gives the change as a trail holds it.
func (c *FieldChange) told() FieldChange {
	was, is := toldApart(c.Was, c.Is)
	return FieldChange{cutBefore(OnOneLine(c.Field), maxActField), was, is}
}

func (c *FieldChange) size() int { return len(c.Field) + len(c.Was) + len(c.Is) }

// DraftChanges says which fields differ between two Drafts. Of a thing that came or went
// its name is told, and what decides most of it; of a list each member that did.
func DraftChanges(before, after *Draft) ([]FieldChange, error) {
	before, after = unlike(before, after)
	found, err := Differences(before, after)
	if err != nil {
		return nil, err
	}
	changes := make([]FieldChange, 0, len(found))
	for i := range found {
		changes = append(changes, changesAt(found[i].Path, found[i].Old, found[i].New)...)
	}
	return append(changes, noteChanges(before, after)...), nil
}

// unlike gives Drafts without the services that are the same in both, but one, since a
// list that is empty is told otherwise: so it takes as long to compare them as there is
// to tell.
func unlike(before, after *Draft) (was, is *Draft) {
	old := make(map[ServiceKey]*Service, len(before.Services))
	for i := range before.Services {
		old[before.Services[i].Key] = &before.Services[i]
	}
	same, first := map[ServiceKey]bool{}, true
	for i := range after.Services {
		s := &after.Services[i]
		if old[s.Key] != nil && reflect.DeepEqual(old[s.Key], s) {
			same[s.Key], first = !first, false
		}
	}
	rest := func(d *Draft) *Draft {
		few := *d
		few.Services = nil
		for i := range d.Services {
			if !same[d.Services[i].Key] {
				few.Services = append(few.Services, d.Services[i])
			}
		}
		return &few
	}
	return rest(before), rest(after)
}

// valueTold says a value of a Draft: a text as it is, a thing by its name or kind, and
// the rest as JSON.
func valueTold(value any) string {
	switch value := value.(type) {
	case nil:
		return ""
	case string:
		return value
	case map[string]any:
		if key, _ := value["key"].(string); key != "" {
			return key
		}
		if pattern, _ := value["pattern"].(map[string]any); pattern != nil {
			name, _ := pattern["name"].(string)
			return cmp.Or(name, "*")
		}
	}
	var text bytes.Buffer
	writing := json.NewEncoder(&text)
	writing.SetEscapeHTML(false)
	if err := writing.Encode(withoutPeople(value)); err != nil {
		return "?" // it came out of JSON
	}
	return strings.TrimSpace(text.String())
}

// Untold stands for a text that is there, and is nobody's to read in a trail: it may
// name people, and nothing leaves a trail again.
const Untold = "…"

// leftUntold gives what a trail says of a text that may name people.
func leftUntold(text string) string {
	if text == "" {
		return ""
	}
	return Untold
}

// ofPeople holds for the fields of a Draft that may name people: whom to turn to, and
// notes.
func ofPeople(field string) bool {
	return field == "contacts" || field == "contact" || field == "notes"
}

// withoutPeople gives a value of a Draft without such fields.
func withoutPeople(value any) any {
	switch value := value.(type) {
	case map[string]any:
		kept := map[string]any{}
		for field, item := range value {
			if !ofPeople(field) {
				kept[field] = withoutPeople(item)
			}
		}
		return kept
	case []any:
		kept := make([]any, len(value))
		for i, item := range value {
			kept[i] = withoutPeople(item)
		}
		return kept
	}
	return value
}

// noteChanges says whose notes differ. They are never published, so Differences leaves
// them out.
func noteChanges(before, after *Draft) (changes []FieldChange) {
	differ := func(path string, was, is []string) {
		if !slices.Equal(was, is) {
			changes = append(changes, FieldChange{path + ".notes", leftUntold(strings.Join(was, " ")), leftUntold(strings.Join(is, " "))})
		}
	}
	for was, is := range bothHave(before.Services, after.Services, func(s *Service) ServiceKey { return s.Key }) {
		path := "services." + string(is.Key)
		differ(path, was.Notes, is.Notes)
		for old, now := range bothHave(was.Cookies, is.Cookies, func(c *Cookie) string { return c.Pattern.Name }) {
			differ(path+".cookies."+now.Pattern.Name, old.Notes, now.Notes)
		}
	}
	return changes
}

// bothHave gives what two lists have under one key, in the order of the second. Each is
// looked at once. Of several under one key in the first list, it is the first.
func bothHave[K comparable, T any](before, after []T, key func(*T) K) iter.Seq2[*T, *T] {
	return func(yield func(*T, *T) bool) {
		had := make(map[K]*T, len(before))
		for i := range before {
			k := key(&before[i])
			if _, twice := had[k]; !twice {
				had[k] = &before[i]
			}
		}
		for i := range after {
			if was, both := had[key(&after[i])]; both && !yield(was, &after[i]) {
				return
			}
		}
	}
}
