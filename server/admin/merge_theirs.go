package admin

import (
	"maps"
	"slices"
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

// yield has the form say what is stored by now in the fields in which the person keeps
// that, and in what belongs to these, and gives them.
func (r *request) yield(fields []mergeField) []mergeField {
	if was := r.opened(r.c.Path()); was != nil {
		unite(was, fields)
	}
	names := strings.Fields(r.form.Get(theirsField))
	units := map[string]bool{}
	for i := range fields {
		units[fields[i].unit] = units[fields[i].unit] || slices.Contains(names, fields[i].name)
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
	names, given := strings.Fields(w.form.Get(theirsField)), maps.Clone(mine)
	for _, lang := range w.draft.Site.Languages {
		if !slices.Contains(names, textField(number, lang)) {
			continue
		}
		if given[lang] = t.Text[lang]; t.Text[lang] == "" {
			delete(given, lang)
		}
		w.yields = append(w.yields, mergeField{label: w.rowLabel(t, lang)})
	}
	return given
}
