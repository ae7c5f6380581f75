package sqlite

import (
	"encoding/json"
	"testing"

	"pgregory.net/rapid"

	"github.com/samtykke/samtykke/consent"
)

// Both ways to write a choice must give the same text, or the same choice would
// be two.
func TestEncodeChoice(t *testing.T) {
	key := rapid.OneOf(rapid.StringMatching(`[a-z0-9-]{1,8}`), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		var choice consent.Choice
		choice.Categories = rapid.MapOf(rapid.Map(key, func(s string) consent.CategoryKey { return consent.CategoryKey(s) }), rapid.Bool()).Draw(t, "categories")
		choice.Services = rapid.MapOf(rapid.Map(key, func(s string) consent.ServiceRef { return consent.ServiceRef(s) }), rapid.Bool()).Draw(t, "services")
		got, err := encodeChoice(choice)
		if err != nil {
			t.Fatal(err)
		}
		want, err := json.Marshal(choice)
		if err != nil {
			t.Fatal(err)
		}
		if got != string(want) {
			t.Fatalf("got %s, want %s", got, want)
		}
	})
	if got, err := encodeChoice(consent.Choice{}); err != nil || got != `{"categories":{}}` {
		t.Fatalf("nothing chosen became %s (%v)", got, err)
	}
}
