package notify

import (
	"encoding/json"
	"maps"
	"os"
	"regexp"
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

// Every language has every text, with the same places in it, and every text that
// the code asks for is there.
func TestWords(t *testing.T) {
	first := wordsIn(consent.Bokmaal)
	for _, lang := range []consent.Language{consent.Nynorsk, consent.English} {
		other := wordsIn(lang)
		if a, b := slices.Sorted(maps.Keys(first)), slices.Sorted(maps.Keys(other)); !slices.Equal(a, b) {
			t.Errorf("%s: %v is not %v", lang, b, a)
		}
		for key, text := range first {
			a, b := placeholder.FindAllString(text, -1), placeholder.FindAllString(other[key], -1)
			slices.Sort(a)
			slices.Sort(b)
			if other[key] == "" || !slices.Equal(a, b) {
				t.Errorf("%s: %s has %v, not %v", lang, key, b, a)
			}
		}
	}
	for _, each := range kinds {
		for _, part := range []string{"_subject", "_intro", "_repair"} {
			if first[string(each)+part] == "" {
				t.Errorf("there is no %s%s", each, part)
			}
		}
	}
	for _, file := range []string{"nb", "nn", "en"} {
		text, err := os.ReadFile("text/" + file + ".json")
		if err != nil || !json.Valid(text) {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// Numbers are written as people write them.
func TestGrouped(t *testing.T) {
	for lang, want := range map[consent.Language]string{consent.Bokmaal: "1\u202f234\u202f567", consent.Nynorsk: "1\u202f234\u202f567", consent.English: "1,234,567"} {
		if got := wordsIn(lang).grouped(1234567); got != want {
			t.Errorf("%s: %q", lang, got)
		}
	}
}
