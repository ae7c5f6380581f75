package admin

import (
	"cmp"
	"errors"
	"net/http"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// textsPost saves the texts of one page. What somebody else has changed meanwhile
// is shown beside what was written, and nothing is saved then.
func (r *request) textsPost() error {
	var answer func() error
	var merged merging
	var yields []mergeField
	kept := ""
	err := r.changeDraft(func(draft *consent.Draft) error {
		shown := textsPage{Languages: draft.Site.Languages, Query: r.textsQuery(), MayEdit: true}
		w := &textsWriting{reader: &reader{request: r, draft: draft, wrong: map[string]string{}}, shown: &shown, was: r.opened(r.c.Path())}
		if err := w.read(); err != nil {
			return err
		}
		merged, yields, kept = merging{was: w.was, kept: w.kept}, w.yields, r.languagesTold("languages_kept", r.languagesWritten(draft))
		if shown.Conflict {
			answer = func() error { return r.showTexts(http.StatusConflict, &shown) }
			return errNotSaved
		}
		was, err := r.draft()
		if err != nil {
			return err
		}
		w.refused(problemsByPath(draft))
		if w.refuseStale(r.signatures(r.site.Key).StaleBy(was, draft, r.today())); len(shown.Wrong) > 0 {
			answer = func() error { return r.showTexts(http.StatusUnprocessableEntity, &shown) }
			return errNotSaved
		}
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return answer()
	}
	if err != nil {
		return err
	}
	query := r.textsQuery()
	return r.redirectTold(r.sitePath("/texts"+query.address(max(1, query.Page))), "saved", r.mergedWords(&merged), r.yieldedWords(yields), kept)
}

// textsWriting puts the texts of the form into the draft, and into the rows in which they
// are shown again.
type textsWriting struct {
	*reader
	shown   *textsPage
	was     *opened
	who     *changers
	written []draftText
	kept    []mergeField // what of others is taken over
	clash   []mergeField // what both have changed, as the rows are numbered now
	yields  []mergeField // where the person keeps what is stored
	rest    bool         // the person has changed something alone
	theirs  map[string]bool
	stored  []mergeField // the fields of the rows, as the draft had them
}

func (w *textsWriting) read() error {
	w.who, w.theirs = w.changers(w.was), w.request.theirs()
	known := map[string]*draftText{}
	texts := w.textsOf(w.draft)
	for i := range texts {
		known[texts[i].Path] = &texts[i]
	}
	for number := range pageTexts { // before any name is written
		if t := known[w.form.Get("path."+strconv.Itoa(number))]; t != nil {
			t.group = w.textGroup(w.draft, &t.DraftText)
		}
	}
	for number := range pageTexts {
		path := w.form.Get("path." + strconv.Itoa(number))
		if path == "" {
			continue
		}
		if err := w.readOne(number, path, known[path]); err != nil {
			return err
		}
	}
	w.shown.Own = w.shown.Conflict && !w.who.others
	all := merging{was: w.was, clash: w.clash, rest: w.rest}
	w.shown.Kept, w.shown.Opened, w.shown.Rest = w.takenWords(w.kept), w.openedText(w.c.Path(), w.stored), all.restNames()
	return nil
}

// readOne reads the text with a number in the form, nil for one that there is no more.
func (w *textsWriting) readOne(number int, path string, t *draftText) error {
	there, at := t != nil, strconv.Itoa(number)
	if !there {
		t = &draftText{DraftText: consent.DraftText{Path: path}, group: w.say("texts_removed"), label: brief(path)}
	}
	mine, was := w.yieldText(number, t, w.text("text."+at, t.Text)), w.form.Get("was."+at)
	if there && hashOfText(mine) == was {
		mine = t.Text // not touched: what somebody else wrote stays
	}
	row := w.textRow(w.draft, t, len(w.written), nil)
	w.stored = append(w.stored, row.fields()...)
	row.Gone = !there
	if row.Gone || row.Was != was && hashOfText(mine) != row.Was {
		var err error
		if mine, err = w.meet(&row, number, t, mine); err != nil {
			return err
		}
	}
	for i := range row.Row.Inputs {
		in := &row.Row.Inputs[i]
		in.Value = mine[in.Lang]
	}
	for _, lang := range w.languagesGone(w.draft, "text."+at) {
		if mine[lang] != "" || t.Text[lang] != "" {
			row.Row.Inputs = append(row.Row.Inputs, w.goneInput("text."+strconv.Itoa(len(w.written)), row.Row.Inputs[0].Kind, mine[lang], lang))
			w.stored = append(w.stored, mergeField{name: textField(len(w.written), lang), theirs: t.Text[lang]})
		}
	}
	if hashOfText(mine) != hashOfText(t.Text) {
		row.Changed = true
		w.rest = w.rest || row.Theirs == nil
		if !row.Gone {
			t.Set(mine)
		}
	}
	w.shown.add(row)
	w.written = append(w.written, *t)
	return nil
}

// meet puts a text that was written together with what somebody else has made of it, and
// notes in its row what both have changed.
func (w *textsWriting) meet(row *textRow, number int, t *draftText, mine consent.Text) (consent.Text, error) {
	path, _, inList := strings.Cut(t.Path, ".data_categories.")
	languages := slices.Concat(w.draft.Site.Languages, w.languagesGone(w.draft, "text."+strconv.Itoa(number)))
	fields := make([]mergeField, len(languages))
	for i, lang := range languages {
		fields[i] = mergeField{name: textField(number, lang), label: w.languageLabel(lang), unit: string(lang), mine: mine[lang], theirs: t.Text[lang]}
		if inList {
			fields[i].unit = path // another text may stand at its place by now
		}
	}
	was := w.was
	if row.Gone {
		was = nil // all that was written is shown
	}
	m := merge(was, fields)
	texts := consent.Text{}
	for lang, text := range mine {
		texts[lang] = text
	}
	for _, f := range m.kept {
		lang := langOf(f.name)
		if texts[lang] = f.theirs; f.theirs == "" {
			delete(texts, lang)
		}
		f.label = w.rowLabel(t, lang)
		w.kept = append(w.kept, f)
	}
	if m.settled() {
		return texts, nil
	}
	w.shown.Conflict, w.rest = true, w.rest || m.rest
	for _, f := range m.clash {
		if f.name = textField(len(w.written), langOf(f.name)); !row.Gone {
			w.clash = append(w.clash, f)
		}
	}
	var err error
	row.Theirs, err = w.conflict(m, w.who, func(field string) string {
		if inList {
			return path + ".data_categories"
		}
		return path + "." + string(langOf(field))
	}, func(_ *mergeField, value string) string { return cmp.Or(value, w.say("inventory_empty")) })
	return texts, err
}

// rowLabel names a text in a language, to who does not see its row.
func (w *textsWriting) rowLabel(t *draftText, lang consent.Language) string {
	return t.group + ", " + t.label + " (" + w.languageLabel(lang) + ")"
}

func langOf(field string) consent.Language {
	return consent.Language(field[strings.LastIndexByte(field, '.')+1:])
}

// refused marks what may not be saved. What was there before may stay.
func (w *textsWriting) refused(problems map[string]consent.Problems) {
	for number := range w.written {
		t, row := &w.written[number], &w.shown.Rows[number]
		if !row.Changed {
			continue
		}
		for i := range row.Row.Inputs {
			in := &row.Row.Inputs[i]
			for _, p := range problems[t.Path+"."+string(in.Lang)] {
				if line := w.problemText(&p); p.Refused() {
					in.Wrong = append(in.Wrong, line)
					w.shown.Wrong = append(w.shown.Wrong, wrongLink{in.Name, t.label + ", " + in.Label, line.Text})
				}
			}
		}
	}
}

// refuseStale refuses the texts below which a signature would stand that is another's:
// this page has no place for a new one.
func (w *textsWriting) refuseStale(stale consent.Problems) {
	for number := range w.written {
		t, row := &w.written[number], &w.shown.Rows[number]
		cookie, _, _ := strings.Cut(t.Path, ".exemption.")
		ofThis := func(p consent.Problem) bool { return p.Path == cookie+".exemption.reviewed" }
		if !row.Changed || cookie == t.Path || !slices.ContainsFunc(stale, ofThis) {
			continue
		}
		in := &row.Row.Inputs[0]
		line := problemLine{Code: "stale_signature", Text: w.say("texts_stale"), Severe: true}
		in.Wrong = append(in.Wrong, line)
		w.shown.Wrong = append(w.shown.Wrong, wrongLink{in.Name, t.label + ", " + in.Label, line.Text})
	}
}

// fields gives the fields of a row as it is stored.
func (t *textRow) fields() []mergeField {
	fields := make([]mergeField, len(t.Row.Inputs))
	for i := range t.Row.Inputs {
		fields[i] = mergeField{name: t.Row.Inputs[i].Name, theirs: t.Row.Inputs[i].Value}
	}
	return fields
}

// fields gives those of all rows.
func (p *textsPage) fields() []mergeField {
	var all []mergeField
	for i := range p.Rows {
		all = slices.Concat(all, p.Rows[i].fields())
	}
	return all
}

// showTexts shows the form again with what was written.
func (r *request) showTexts(status int, shown *textsPage) error {
	shown.Again, shown.Here = true, shown.Query.address(max(1, shown.Query.Page))
	r.c.Status(status)
	return r.show(page{name: "texts.html", title: "texts_title", data: *shown})
}
