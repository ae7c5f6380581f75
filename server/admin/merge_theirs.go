package admin

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Where two people have changed the same field, a person may keep what is stored there and
// still save the rest of what they wrote.

// theirsField names the fields in which the person keeps what is stored.
const theirsField = "theirs"

// restNames names the fields that are asked about, "" where nothing else would be saved.
func (m *merging) restNames() string {
	if m.was == nil || !m.rest {
		return ""
	}
	names := make([]string, len(m.clash))
	for i := range m.clash {
		names[i] = m.clash[i].name
	}
	return strings.Join(names, " ")
}

// theirs are the names of the fields in which the person keeps what is stored.
func (r *request) theirs() map[string]bool {
	names := map[string]bool{}
	for name := range strings.FieldsSeq(r.form.Get(theirsField)) {
		names[name] = true
	}
	return names
}

// yield has the form say what is stored by now in the fields in which the person keeps
// that, and in what belongs to these, and gives them.
func (r *request) yield(fields []mergeField) []mergeField {
	if was := r.opened(r.c.Path()); was != nil {
		unite(was, fields)
	}
	names, units := r.theirs(), map[string]bool{}
	for i := range fields {
		units[fields[i].unit] = units[fields[i].unit] || names[fields[i].name]
	}
	taken := merging{kept: slices.DeleteFunc(fields, func(f mergeField) bool { return !units[f.unit] })}
	r.form = taken.into(r.form)
	return taken.kept
}

// yieldedWords tells which fields are as they were stored, "" for none.
func (r *request) yieldedWords(fields []mergeField) string {
	if len(fields) == 0 {
		return ""
	}
	return r.say("merged_theirs", "fields", r.takenWords(fields))
}

// yieldText gives a text that was written with what is stored in the languages in which the
// person keeps that.
func (w *textsWriting) yieldText(number int, t *draftText, mine consent.Text) consent.Text {
	field := "text." + strconv.Itoa(number)
	given := consent.Text{}
	maps.Copy(given, mine)
	for _, lang := range slices.Concat(w.draft.Site.Languages, w.languagesGone(w.draft, field)) {
		if !w.theirs[textField(number, lang)] {
			continue
		}
		if given[lang] = t.Text[lang]; t.Text[lang] == "" {
			delete(given, lang)
		}
		w.yields = append(w.yields, mergeField{label: w.rowLabel(t, lang)})
	}
	if len(given) == 0 {
		return nil
	}
	return given
}
