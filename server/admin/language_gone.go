package admin

import (
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// languagesGone gives the languages in which a form that was sent has a text, and which the
// site has no more. What is written in them is kept. Also an empty field counts: another may
// have written there before the language went.
func (r *request) languagesGone(d *consent.Draft, name string) []consent.Language {
	var all []consent.Language
	for _, lang := range consent.Languages() {
		if !slices.Contains(d.Site.Languages, lang) && r.form.Has(name+"."+string(lang)) {
			all = append(all, lang)
		}
	}
	return all
}

// languagesWritten gives those of all fields of the form that say something, in the order
// of the list.
func (r *request) languagesWritten(d *consent.Draft) []consent.Language {
	return r.languagesWhere(d, func(name string) bool { return r.field(name) != "" })
}

func (r *request) languagesWhere(d *consent.Draft, is func(field string) bool) []consent.Language {
	var all []consent.Language
	for _, lang := range consent.Languages() {
		in := func(name string) bool { return langOf(name) == lang && is(name) }
		if !slices.Contains(d.Site.Languages, lang) && slices.ContainsFunc(slices.Collect(maps.Keys(r.form)), in) {
			all = append(all, lang)
		}
	}
	return all
}

// languagesTold says a sentence of languages, "" of none; that of key_one of one.
func (r *request) languagesTold(key string, all []consent.Language) string {
	switch len(all) {
	case 0:
		return ""
	case 1:
		key += "_one"
	}
	names := make([]string, len(all))
	for i, lang := range all {
		names[i] = r.language(lang)
	}
	return capitalised(r.say(key, "languages", r.sentence(names)))
}

// goneInput is the field of a text in such a language.
func (r *request) goneInput(name, kind, value string, lang consent.Language) input {
	return input{Name: name + "." + string(lang), Label: r.languageLabel(lang), Kind: kind, Value: value, Lang: lang, Hint: r.say("language_gone")}
}

// allControls gives the controls of a part of the settings, also those in the languages
// that others have removed since the form that was sent was opened, where it or the draft
// says something.
func (r *request) allControls(part settingsPart, draft *consent.Draft) []control {
	wider := *draft
	wider.Site.Languages = slices.Concat(draft.Site.Languages, r.languagesWhere(draft, r.form.Has))
	idle := func(c control) bool {
		gone := c.lang != "" && !slices.Contains(draft.Site.Languages, c.lang)
		return gone && (!r.form.Has(c.name) || r.value(c) == "" && c.get(draft) == "")
	}
	return slices.DeleteFunc(part.controls(r, &wider), idle)
}
