package sitefile

import (
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// elsewhere is a text in a language that a site does not come in.
type elsewhere struct {
	lang consent.Language
	text string
}

// checkLanguages faults texts (code "other_language") that are new in languages which the
// site does not come in: whoever wrote them would wait for readers in vain. What a draft
// has in a language that was taken off the site stays, for when it comes back.
func checkLanguages(was, now *consent.Draft) consent.Problems {
	kept := map[elsewhere]bool{}
	eachElsewhere(was, func(_ string, each elsewhere) { kept[each] = true })
	var found consent.Problems
	eachElsewhere(now, func(path string, each elsewhere) {
		if !kept[each] {
			found = append(found, consent.Problem{
				Path: path + "." + string(each.lang), Severity: consent.Fault, Code: "other_language",
				Message: "The site does not come in this language, so nobody would see the text.",
				Repair:  "Write it in one of the site's languages, or add the language to the site first.",
			})
		}
	})
	return found
}

func eachElsewhere(d *consent.Draft, do func(path string, each elsewhere)) {
	for _, t := range d.Texts() {
		for _, lang := range slices.Sorted(maps.Keys(t.Text)) {
			if !slices.Contains(d.Site.Languages, lang) {
				do(t.Path, elsewhere{lang, t.Text[lang]})
			}
		}
	}
}
