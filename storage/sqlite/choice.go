package sqlite

import (
	"encoding/json"
	"fmt"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// normal gives a choice the one shape that it is read back in.
func normal(choice consent.Choice) consent.Choice {
	if choice.Categories == nil {
		choice.Categories = map[consent.CategoryKey]bool{}
	}
	if len(choice.Services) == 0 {
		choice.Services = nil
	}
	return choice
}

// encodeChoice gives the choice as JSON with sorted keys, so that equal choices
// have equal texts. It is on the path of every decision, so plain keys, which
// all of ours are, go without reflection; other keys go the long way to the
// same text.
func encodeChoice(choice consent.Choice) (string, error) {
	choice = normal(choice)
	text, plain := appendMap(append(make([]byte, 0, 256), `{"categories":`...), choice.Categories)
	if plain && choice.Services != nil {
		text, plain = appendMap(append(text, `,"services":`...), choice.Services)
	}
	if plain {
		return string(append(text, '}')), nil
	}
	long, err := json.Marshal(choice)
	if err != nil {
		return "", fmt.Errorf("encode the choice: %w", err)
	}
	return string(long), nil
}

// appendMap writes a map as JSON, unless a key needs escapes.
func appendMap[K ~string](text []byte, from map[K]bool) (_ []byte, plain bool) {
	var room [16]K
	keys := room[:0]
	for key := range from {
		if !isPlain(string(key)) {
			return nil, false
		}
		keys = append(keys, key)
	}
	slices.Sort(keys)
	text = append(text, '{')
	for i, key := range keys {
		if i > 0 {
			text = append(text, ',')
		}
		text = append(append(append(text, '"'), key...), '"', ':')
		if from[key] {
			text = append(text, "true"...)
		} else {
			text = append(text, "false"...)
		}
	}
	return append(text, '}'), true
}

// isPlain says that JSON has the key as it is.
func isPlain(key string) bool {
	for i := range len(key) {
		if c := key[i]; (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' && c != '/' && c != '.' {
			return false
		}
	}
	return true
}
