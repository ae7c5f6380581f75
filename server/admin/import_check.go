package admin

import (
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

// check finds what cannot be saved in what a table changed, and tells of it at the
// lines that did.
func (t *tableImport) check(was *consent.Draft) {
	t.places = t.wordsIn(t.made.draft)
	before, after := t.problemsOf(was), t.newDraftProblems(t.made.draft)
	names := partNames(t.made.draft.Services, serviceKey)
	for _, p := range after.of[""] { // there is too much of it
		if p.Refused() && !slices.Contains(before.of[""], p) {
			t.refuse("", 0, &p)
		}
	}
	for i := range t.made.draft.Services {
		s := &t.made.draft.Services[i]
		if line := t.lines[string(s.Key)]; line > 0 {
			for _, p := range after.of[servicePath(names[i])] {
				if p.Refused() && !slices.Contains(before.of[servicePath(names[i])], p) {
					t.refuse(string(s.Key), line, &p)
				}
			}
		}
		for j, cookie := range partNames(s.Cookies, cookieName) {
			place, path := placeOf(s.Key, s.Cookies[j].Pattern.Name), cookiePath(names[i], cookie)
			if t.lines[place] > 0 {
				t.checkCookie(place, before.of[path], after.of[path])
			}
		}
	}
	byLine := func(a, b importLine) int { return a.Line - b.Line }
	slices.SortStableFunc(t.made.wrong, byLine)
	slices.SortStableFunc(t.made.warnings, byLine)
}

// checkCookie tells of what is wrong with one, and was not before.
func (t *tableImport) checkCookie(place string, before, after consent.Problems) {
	for _, p := range after {
		switch {
		case p.Refused():
			t.refuse(place, t.lines[place], &p)
		case !slices.Contains(before, p):
			t.made.warnings = append(t.made.warnings, importLine{t.lines[place], t.placed(&p)})
		}
	}
}

// refuse keeps the whole table out, or sets a row aside. A category that the draft lacks
// is told of once, however many rows name it.
func (t *tableImport) refuse(place string, line int, p *consent.Problem) {
	if p.Code == "unknown_category" {
		key, _ := strconv.Unquote(quoted.FindString(p.Message))
		told := t.told("import_no_category", "name", t.categoryWanted(brief(key)))
		told.Text += t.categoriesThere()
		t.refused[place] = told
		if !t.lacking[told.Text] {
			t.lacking[told.Text] = true
			t.made.wrong = append(t.made.wrong, importLine{line, told})
		}
		return
	}
	told := t.placed(p)
	t.refused[place] = told
	t.made.wrong = append(t.made.wrong, importLine{line, told})
}

// placed says a problem with the thing and the field that it is about: a line of a table is
// about several.
func (t *tableImport) placed(p *consent.Problem) problemLine {
	told := t.problemText(p)
	told.Text = t.places.words(p.Path) + ": " + told.Text
	return told
}
