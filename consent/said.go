package consent

import (
	"reflect"
	"slices"
)

// A Draft keeps texts in languages that its site has no more, for when they come back.
// Notices say nothing in them: Revise leaves them out. Notices that were made before
// that was so may hold some, and stay as they are.

// Comparing gives two Drafts as visitors meet them, to be told apart: without what either
// says in a language that its site lacks. Of a language that goes the site's list tells,
// and not each text.
func Comparing(before, after *Draft) (was, is *Draft) {
	both := slices.DeleteFunc(slices.Clone(before.Site.Languages), func(lang Language) bool {
		return !slices.Contains(after.Site.Languages, lang)
	})
	return before.saidIn(both), after.saidIn(after.Site.Languages)
}

// LanguagesGone gives the languages of the Site as it was that it has no more.
func (s *Site) LanguagesGone(was *Site) []Language {
	return slices.DeleteFunc(slices.Clone(was.Languages), func(lang Language) bool { return slices.Contains(s.Languages, lang) })
}

// Repeats says whether a Draft, settled by Revise, says what the Notice says. The error is
// Problems for faults.
func (n *Notice) Repeats(settled Draft) (bool, error) {
	if faults := settled.Validate().Faults(); len(faults) > 0 {
		return false, faults
	}
	return n.Says(&settled), nil
}

// Keeping gives the draft with what another says in languages that its site lacks, as
// drafts keep it: a copy, or the draft itself where there is nothing to keep.
func (d *Draft) Keeping(other *Draft) *Draft {
	if keepsAll(reflect.ValueOf(other).Elem(), func(lang Language) bool { return slices.Contains(d.Site.Languages, lang) }) {
		return d
	}
	again := d.Copy()
	keep := func(text *Text, from Text) {
		for lang, said := range from {
			if len(*text) > 0 && !slices.Contains(again.Site.Languages, lang) {
				(*text)[lang] = said
			}
		}
	}
	theirs := map[string]Text{}
	for _, t := range other.Texts() {
		theirs[t.Path] = t.Text
	}
	for _, t := range again.Texts() {
		if from := theirs[t.Path]; t.Kind != TextServiceData || t.Text.shares(from) {
			keep(&t.Text, from)
		}
	}
	others := other.furtherTexts()
	for i, text := range again.furtherTexts() {
		keep(text, *others[i])
	}
	return again
}

// furtherTexts gives those of the site and the contacts that are not among Texts.
func (d *Draft) furtherTexts() []*Text {
	return []*Text{
		&d.Site.Privacy, &d.Site.Withdrawal, &d.Site.Rights, &d.Site.Declaration,
		&d.Contacts.Controller.Name, &d.Contacts.DPO.Name, &d.Contacts.Authority.Name,
	}
}

// shares says whether two texts are the same in a language: at a place in a list another
// may stand by now.
func (t Text) shares(other Text) bool {
	for lang, said := range t {
		if said == other[lang] {
			return true
		}
	}
	return false
}
