package help

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// The articles for programs name everything there is. They come after the others, which
// are not only those that have some of the words, unless somebody asks for them.
func TestArticlesForProgramsComeLast(t *testing.T) {
	for _, c := range []struct {
		lang  consent.Language
		query string
	}{
		{consent.Bokmaal, "ukjent språk"},
		{consent.Bokmaal, "to ganger samme navn"},
		{consent.Bokmaal, "feltet mangler verdi"},
		{consent.Nynorsk, "ukjent språk"},
		{consent.Nynorsk, "feltet manglar verdi"},
		{consent.English, "unknown language"},
		{consent.English, "the field lacks a value"},
		{consent.English, "too many requests"},
	} {
		hits := book(t).Search(c.lang, c.query)
		if len(hits) == 0 || isForPrograms(&hits[0]) || hits[0].Some {
			t.Errorf("%s: %q finds %v, want another article first, among those that are found", c.lang, c.query, hits)
		}
		behind := false
		for i := range hits {
			if !hits[i].Some && !isForPrograms(&hits[i]) && behind {
				t.Errorf("%s: %q finds %s after what is for programs", c.lang, c.query, hits[i].Name)
			}
			behind = behind || isForPrograms(&hits[i])
		}
	}
	for query, want := range map[string]string{"plan_waits": "api", "idempotency key": "api", "unknown_category": "api-faults"} {
		if found := first(t, consent.English, query, 1); !slices.Equal(found, []string{want}) {
			t.Errorf("%q finds %v, want %s first", query, found, want)
		}
	}
}

func isForPrograms(hit *Hit) bool { return slices.Contains(forPrograms, hit.Name) }
