package admin

import (
	"net/url"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"

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
	Own       bool   // it was the person alone, elsewhere
	Again     bool   // what was written is shown, and not what was searched for
	Kept      string // what of others the form holds now
	Rest      string // the fields in conflict, where the person may keep theirs and save the rest
	Opened    string // what its fields say in the draft
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
	Owner  string // the same, of any row
	Label  string
	Path   string
	Number int
	Was    string
	Row    inputRow
	Long   bool
	// Changed says that somebody wrote something else than there was.
	Changed bool
	Gone    bool          // somebody else has removed what it belongs to
	Theirs  *conflictView // what somebody else has saved meanwhile
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
		if len(words) > 0 { // what it belongs to is searched, too
			if i > 0 && sameOwner(&all[i-1].DraftText, &each.DraftText) {
				each.group = all[i-1].group
			} else {
				each.group = r.textGroup(draft, &each.DraftText)
			}
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
	for i, each := range found[shown.From:shown.To] {
		each.group = r.textGroup(draft, &each.DraftText)
		shown.add(r.textRow(draft, each, i, problems))
	}
	if shown.MayEdit {
		shown.Opened = r.openedText(r.c.Path(), shown.fields())
	}
	return r.show(page{name: "texts.html", title: "texts_title", data: shown})
}

// holdsAll says whether all words are found in a text, its name or what it belongs to.
func (t *draftText) holdsAll(words []string) bool {
	held := func(word string) bool {
		if holds(t.group, word) || holds(t.label, word) {
			return true
		}
		for _, text := range t.Text {
			if holds(text, word) {
				return true
			}
		}
		return false
	}
	return !slices.ContainsFunc(words, func(word string) bool { return !held(word) })
}

// holds says whether a word in small letters stands in a text, whose letters may be large.
func holds(text, word string) bool {
	first, _ := utf8.DecodeRuneInString(word)
	large := unicode.ToUpper(first)
	for at, letter := range text {
		if letter < utf8.RuneSelf && letter != first && letter != large {
			continue // most letters
		}
		if unicode.ToLower(letter) == first && beginsWith(text[at:], word) {
			return true
		}
	}
	return false
}

func beginsWith(text, word string) bool {
	for _, want := range word {
		letter, size := utf8.DecodeRuneInString(text)
		if size == 0 || unicode.ToLower(letter) != want {
			return false
		}
		text = text[size:]
	}
	return true
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
		Group: t.group, Owner: t.group, Label: t.label, Path: t.Path, Number: number, Was: hashOfText(t.Text), Long: t.long,
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
