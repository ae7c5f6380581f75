package help

import (
	"slices"
	"strings"
)

// forPrograms are the articles for whoever writes programs: they name everything there
// is, and would be found first by whatever somebody looks for.
var forPrograms = []string{"api", "api-faults"}

// ofPrograms are words by which somebody asks for them, folded, in any language.
var ofPrograms = strings.Fields(`api apiet koder kodar codes endpoint endpoints endepunkt token tokens tokener openapi http curl json
	programmer programs header headers webhook bearer etag`)

// programsLast puts the articles for programs behind the others, unless they are what was
// asked for.
func programsLast(found []ranked, query string) {
	if strings.Contains(query, "_") || slices.ContainsFunc(wordsOf(query), func(said string) bool { return slices.Contains(ofPrograms, said) }) {
		return
	}
	best, ours, theirs := -1, false, false // the best of the others
	for i := range found {
		hit := &found[i]
		hit.behind = hit.phrase == 0 && slices.Contains(forPrograms, hit.article.Name)
		switch {
		case hit.behind:
			theirs = theirs || !hit.some
			continue
		case best < 0 || hit.score > found[best].score:
			best = i
		}
		ours = ours || !hit.some
	}
	if theirs && !ours && best >= 0 {
		found[best].some = false
	}
}

// after orders what is not before what is.
func after(x, y bool) int {
	switch {
	case x == y:
		return 0
	case x:
		return 1
	}
	return -1
}
