package main

import (
	"fmt"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// difference is one place where two drafts differ, to be said in words.
type difference consent.Difference

// sentence says a difference in a few words: its place, and what happens there.
func (d difference) sentence() (place, what string) {
	place, rest := d.place()
	name := strings.ReplaceAll(strings.Join(rest, " "), "_", " ")
	if name != "" {
		name += ": "
	}
	switch d.Change {
	case consent.Appeared:
		return place, name + excerpt(d.New)
	case consent.Vanished:
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
