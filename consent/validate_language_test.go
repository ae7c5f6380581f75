package consent

import (
	"strings"
	"testing"
)

// TestFurtherLanguagesNeedWhatIsAsked: what the site says of itself and its
// services must be there in every language. What tells of single cookies may be
// lacking in those beyond PageLanguages, with one warning for each language.
func TestFurtherLanguagesNeedWhatIsAsked(t *testing.T) {
	draft := validDraft()
	draft.Site.Languages = append(draft.Site.Languages, "de")
	lent, cookies := 0, 0
	for _, problem := range draft.Validate() {
		switch {
		case problem.Code == "lent_text" && strings.Contains(problem.Message, "Deutsch (de)"):
			lent++
		case problem.Code == "missing_text" && strings.Contains(problem.Path, ".cookies."):
			cookies++
		}
	}
	if lent != 1 || cookies > 0 {
		t.Errorf("there are %d warnings of what is lent, and %d faults of single cookies", lent, cookies)
	}
	paths := map[string]bool{}
	for _, problem := range draft.Validate().Faults() {
		paths[problem.Path] = problem.Code == "missing_text"
	}
	for _, path := range []string{"site.name.de", "contacts.controller.name.de"} {
		if !paths[path] {
			t.Errorf("%s may be lacking", path)
		}
	}
	draft.Site.Languages = []Language{"de"}
	for _, problem := range draft.Validate() {
		if problem.Code == "lent_text" {
			t.Error("a site's only language borrows from another")
		}
	}
}

// TestUnknownLanguagesAreToldWhatThereIs in a sentence.
func TestUnknownLanguagesAreToldWhatThereIs(t *testing.T) {
	draft := validDraft()
	draft.Site.Languages = append(draft.Site.Languages, "xx")
	for _, problem := range draft.Validate() {
		if problem.Code == "unknown_language" {
			for _, want := range []string{"ar, ", "sma, ", " and vi."} {
				if !strings.Contains(problem.Repair, want) {
					t.Errorf("%q does not name %q", problem.Repair, want)
				}
			}
			return
		}
	}
	t.Error("nobody minds a language that there is not")
}
