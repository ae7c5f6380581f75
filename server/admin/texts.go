package admin

import (
	"errors"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// pageTexts is how many texts a page shows, each in every language.
const pageTexts = 40

// textsPage is the texts of a draft, with a field for each language.
type textsPage struct {
	Languages []consent.Language
	Query     textsQuery
	Rows      []textRow
	Found     int
	Missing   int // texts that lack a language
	From, To  int
	Here      string
	Earlier   string
	Later     string
	MayEdit   bool
	Conflict  bool
	Wrong     []wrongLink
}

// First is the number of the first text that is shown.
func (p textsPage) First() int { return p.From + 1 }

// textsQuery is which texts are shown.
type textsQuery struct {
	Text    string
	Missing bool
	Page    int
}

// textRow is one text in each language.
type textRow struct {
	Group  string // "" when it is that of the row before
	Label  string
	Path   string
	Number int
	Was    string
	Row    inputRow
	Long   bool
	// Changed says that somebody wrote something else than there was.
	Changed bool
	Gone    bool          // somebody else has removed what it belongs to
	Theirs  []conflictRow // what somebody else has saved meanwhile
}

func (r *request) textsQuery() textsQuery {
	query := textsQuery{Text: brief(strings.TrimSpace(r.c.Query("q"))), Missing: r.c.Query("missing") != ""}
	query.Page, _ = strconv.Atoi(r.c.Query("page"))
	return query
}

// address gives the address of another page of the same search.
func (q *textsQuery) address(number int) string {
	v := url.Values{"page": {strconv.Itoa(number)}}
	if q.Text != "" {
		v.Set("q", q.Text)
	}
	if q.Missing {
		v.Set("missing", "on")
	}
	return "?" + v.Encode()
}

// textsGet shows the texts of the draft.
func (r *request) textsGet() error {
	draft, err := r.draft()
	if err != nil {
		return err
	}
	query := r.textsQuery()
	shown := textsPage{Languages: draft.Site.Languages, Query: query, MayEdit: r.may(consent.MayEdit)}
	var found []*draftText
	words := strings.Fields(strings.ToLower(query.Text))
	all := r.textsOf(draft)
	for i := range all {
		each := &all[i]
		lacking := each.lacking(draft.Site.Languages)
		if lacking {
			shown.Missing++
		}
		if (lacking || !query.Missing) && each.holdsAll(words) {
			found = append(found, each)
		}
	}
	shown.Found = len(found)
	last := max(0, (len(found)-1)/pageTexts)
	number := min(max(query.Page-1, 0), last)
	shown.From, shown.To = number*pageTexts, min((number+1)*pageTexts, len(found))
	shown.Here = query.address(number + 1)
	if number > 0 {
		shown.Earlier = query.address(number)
	}
	if number < last {
		shown.Later = query.address(number + 2)
	}
	problems := r.problemsOf(draft).byPath()
	for i := range found[shown.From:shown.To] {
		shown.add(r.textRow(draft, found[shown.From+i], i, problems))
	}
	return r.show(page{name: "texts.html", title: "texts_title", data: shown})
}

// holdsAll says whether all words are found in a text, its name or what it belongs to.
func (t *draftText) holdsAll(words []string) bool {
	held := func(word string) bool {
		if strings.Contains(strings.ToLower(t.group), word) || strings.Contains(strings.ToLower(t.label), word) {
			return true
		}
		for _, text := range t.Text {
			if strings.Contains(strings.ToLower(text), word) {
				return true
			}
		}
		return false
	}
	return !slices.ContainsFunc(words, func(word string) bool { return !held(word) })
}

// add adds a row, and says what it belongs to where that changes.
func (p *textsPage) add(row textRow) {
	for i := range slices.Backward(p.Rows) {
		if p.Rows[i].Group != "" {
			if p.Rows[i].Group == row.Group {
				row.Group = ""
			}
			break
		}
	}
	p.Rows = append(p.Rows, row)
}

func problemsByPath(d *consent.Draft) map[string]consent.Problems {
	all := map[string]consent.Problems{}
	for _, p := range d.Validate() {
		all[p.Path] = append(all[p.Path], p)
	}
	return all
}

// textRow gives a text as the page shows it. In the field names a text goes by its
// number; its path is beside it.
func (r *request) textRow(d *consent.Draft, t *draftText, number int, problems map[string]consent.Problems) textRow {
	row := textRow{
		Group: t.group, Label: t.label, Path: t.Path, Number: number, Was: hashOfText(t.Text), Long: t.long,
		Row: inputRow{Legend: t.label},
	}
	lacking := t.lacking(d.Site.Languages)
	for _, lang := range d.Site.Languages {
		in := input{
			Name: textField(number, lang), Label: r.languageLabel(lang), Kind: aLong, Value: t.Text[lang], Lang: lang,
			Missing: lacking && strings.TrimSpace(t.Text[lang]) == "",
		}
		if t.long {
			in.Kind = area
		}
		if t.Text[lang] == "" && t.fixed[lang] != "" {
			in.Understood = r.say("texts_fixed", "text", t.fixed[lang])
		}
		for _, p := range problems[t.Path+"."+string(lang)] {
			in.Flaws = append(in.Flaws, r.problemText(&p))
		}
		row.Row.Inputs = append(row.Row.Inputs, in)
	}
	return row
}

// hashOfText tells two states of a text apart: none is as one without a language.
func hashOfText(t consent.Text) string {
	if len(t) == 0 {
		t = nil
	}
	return hashOf(t)
}

func textField(number int, lang consent.Language) string {
	return "text." + strconv.Itoa(number) + "." + string(lang)
}

// textsPost saves the texts of one page. What somebody else has changed meanwhile
// is shown beside what was written, and nothing is saved then.
func (r *request) textsPost() error {
	var answer func() error
	err := r.changeDraft(func(draft *consent.Draft) error {
		shown := textsPage{Languages: draft.Site.Languages, Query: r.textsQuery(), MayEdit: true}
		rd := &reader{request: r, draft: draft, wrong: map[string]string{}}
		written := rd.writtenTexts(&shown)
		if shown.Conflict {
			answer = func() error { return r.showTexts(http.StatusConflict, &shown) }
			return errNotSaved
		}
		problems := problemsByPath(draft)
		for number, t := range written {
			row := &shown.Rows[number]
			if !row.Changed {
				continue // what was there before may stay
			}
			for i := range row.Row.Inputs {
				in := &row.Row.Inputs[i]
				for _, p := range problems[t.Path+"."+string(in.Lang)] {
					if line := r.problemText(&p); p.Refused() {
						in.Wrong = append(in.Wrong, line)
						shown.Wrong = append(shown.Wrong, wrongLink{in.Name, t.label + ", " + in.Label, line.Text})
					}
				}
			}
		}
		if len(shown.Wrong) > 0 {
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
	return r.redirect(r.sitePath("/texts"+query.address(max(1, query.Page))), "saved")
}

// writtenTexts puts the texts of the form into the draft, and into the rows in
// which they are shown again.
func (rd *reader) writtenTexts(shown *textsPage) []draftText {
	known := map[string]*draftText{}
	texts := rd.textsOf(rd.draft)
	for i := range texts {
		known[texts[i].Path] = &texts[i]
	}
	var written []draftText
	for number := range pageTexts {
		at := strconv.Itoa(number)
		path := rd.form.Get("path." + at)
		if path == "" {
			continue
		}
		t, was := known[path], rd.form.Get("was."+at)
		if t == nil {
			t = &draftText{DraftText: consent.DraftText{Path: path}, group: rd.say("texts_removed"), label: brief(path)}
		}
		mine := rd.text("text."+at, t.Text)
		if known[path] != nil && hashOfText(mine) == was {
			mine = t.Text // not touched: what somebody else wrote stays
		}
		row := rd.textRow(rd.draft, t, len(written), nil)
		if row.Gone = known[path] == nil; row.Gone || row.Was != was && hashOfText(mine) != row.Was {
			shown.Conflict = true
			row.Theirs = rd.textConflict(mine, t.Text)
		}
		for i := range row.Row.Inputs {
			in := &row.Row.Inputs[i]
			in.Value = mine[in.Lang]
		}
		if hashOfText(mine) != hashOfText(t.Text) {
			row.Changed = true
			if !row.Gone {
				t.Set(mine)
			}
		}
		shown.add(row)
		written = append(written, *t)
	}
	return written
}

// textConflict gives the languages in which two people wrote something else.
func (rd *reader) textConflict(mine, theirs consent.Text) []conflictRow {
	var rows []conflictRow
	for _, lang := range rd.draft.Site.Languages {
		if mine[lang] != theirs[lang] {
			rows = append(rows, conflictRow{rd.languageLabel(lang), mine[lang], theirs[lang]})
		}
	}
	return rows
}

// showTexts shows the form again with what was written.
func (r *request) showTexts(status int, shown *textsPage) error {
	shown.Found, shown.To, shown.Here = len(shown.Rows), len(shown.Rows), shown.Query.address(max(1, shown.Query.Page))
	r.c.Status(status)
	return r.show(page{name: "texts.html", title: "texts_title", data: *shown})
}
