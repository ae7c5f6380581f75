package admin

import (
	"net/url"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// input is a field of a form about a part of the draft. Its name is the path of
// what it is about, as consent.Draft.Validate has it.
type input struct {
	Name       string
	Label      string
	Hint       string
	Kind       string // line, lines, area, select or check
	Value      string
	Lang       consent.Language // of what is written in it, "" for none
	Options    []choice
	Missing    bool
	Lifetime   bool          // the script says what is made of it, while it is written
	Understood string        // what was made of it
	Wrong      []problemLine // why it is not saved
	Flaws      []problemLine // what is wrong with the draft
}

// choice is an option of a select.
type choice struct {
	Value, Text string
	Chosen      bool
}

// inputRow is one field, or one text in several languages side by side.
type inputRow struct {
	Legend string // of several
	Hint   string
	Inputs []input
}

// formSection is a part of a form with a heading of its own.
type formSection struct {
	ID          string // where links lead
	Title, Hint string
	Rows        []inputRow
	Fold        bool // closed until somebody opens it
	Open        bool // holds something that is wrong
}

// builder makes the fields of a form.
type builder struct {
	*request
	draft    *consent.Draft
	values   url.Values
	stored   url.Values // what the draft says, where a form that was sent is shown again
	sections []formSection
}

func (b *builder) section(key string) {
	b.sections = append(b.sections, formSection{ID: strings.ReplaceAll(key, "_", "-"), Title: b.say(key), Hint: b.words[key+"_hint"]})
}

// fold begins a section that few need.
func (b *builder) fold(key string, pairs ...any) {
	b.sections = append(b.sections, formSection{Title: b.say(key, pairs...), Fold: true})
}

// filled says whether a field of a language holds something, or any below a name.
func (b *builder) filled(name string) bool {
	for field := range b.values {
		if strings.HasPrefix(field, name+".") && b.values.Get(field) != "" {
			return true
		}
	}
	return false
}

func (b *builder) row(row inputRow) {
	last := &b.sections[len(b.sections)-1]
	last.Rows = append(last.Rows, row)
}

// field adds one field. Its label is the text of key, its hint that of key_hint.
func (b *builder) field(name, key, kind string) *input {
	b.row(inputRow{Inputs: []input{{Name: name, Label: b.say(key), Hint: b.words[key+"_hint"], Kind: kind, Value: b.values.Get(name)}}})
	rows := b.sections[len(b.sections)-1].Rows
	return &rows[len(rows)-1].Inputs[0]
}

// texts adds a text with a field for each language of the site.
func (b *builder) texts(name, key, kind string, needed bool) {
	row := inputRow{Legend: b.say(key), Hint: b.words[key+"_hint"]}
	languages := b.draft.Site.Languages
	some := needed || slices.ContainsFunc(languages, func(lang consent.Language) bool { return b.values.Get(name+"."+string(lang)) != "" })
	for _, lang := range languages {
		value := b.values.Get(name + "." + string(lang))
		row.Inputs = append(row.Inputs, input{
			Name: name + "." + string(lang), Label: b.languageLabel(lang), Kind: kind, Value: value, Lang: lang, Missing: some && value == "",
		})
	}
	for _, lang := range b.languagesGone(b.draft, name) {
		if at := name + "." + string(lang); b.values.Get(at) != "" || b.stored.Get(at) != "" {
			row.Inputs = append(row.Inputs, b.goneInput(name, kind, b.values.Get(at), lang))
		}
	}
	b.row(row)
}

// choices adds a select. The first of values may be "".
func (b *builder) choices(name, key string, values []string, words func(string) string) {
	in := b.field(name, key, "select")
	if in.Value != "" && !slices.Contains(values, in.Value) {
		values = append(slices.Clone(values), in.Value) // what the draft says, allowed or not
	}
	for _, value := range values {
		in.Options = append(in.Options, choice{value, brief(words(value)), value == in.Value})
	}
}

// lifetime adds a field for one, and says what was understood.
func (b *builder) lifetime(name, key string) {
	in := b.field(name, key, "line")
	in.Lifetime, in.Understood = true, b.understood(in.Value)
}

// attach puts problems to the fields that they are about, and gives those that
// are about none.
func (b *builder) attach(path string, problems consent.Problems, wrong map[string]string) []problemLine {
	fields := map[string]*input{}
	var order []string
	for s := range b.sections {
		for row := range b.sections[s].Rows {
			inputs := b.sections[s].Rows[row].Inputs
			for i := range inputs {
				fields[inputs[i].Name] = &inputs[i]
				order = append(order, inputs[i].Name)
			}
		}
	}
	for name, text := range wrong {
		if in := fields[name]; in != nil {
			in.Wrong = append(in.Wrong, problemLine{Text: text, Severe: true})
		}
	}
	var others []problemLine
	for i := range problems {
		p := &problems[i]
		line := b.problemText(p)
		in := fields[fieldOf(below(path, p), order)]
		switch {
		case in == nil:
			others = append(others, line)
		case len(in.Wrong) > 0: // said already
		case wrong != nil && p.Refused():
			in.Wrong = append(in.Wrong, line)
		default:
			in.Flaws = append(in.Flaws, line)
		}
	}
	b.unfold()
	return others
}

// unfold opens sections in which something is wrong.
func (b *builder) unfold() {
	for s := range b.sections {
		for _, row := range b.sections[s].Rows {
			for _, in := range row.Inputs {
				b.sections[s].Open = b.sections[s].Open || len(in.Wrong)+len(in.Flaws) > 0
			}
		}
	}
}

// fieldOf gives the field that a path is about: itself, the one that holds the
// whole list, the one that it lies in, or the first that lies in it.
func fieldOf(path string, fields []string) string {
	var named []string
	for part := range strings.SplitSeq(path, ".") {
		if strings.Trim(part, "0123456789") != "" {
			named = append(named, part)
		}
	}
	for _, candidate := range []string{path, strings.Join(named, ".")} {
		for at := candidate; at != ""; at = at[:max(0, strings.LastIndexByte(at, '.'))] {
			if slices.Contains(fields, at) {
				return at
			}
		}
	}
	for _, name := range fields {
		if strings.HasPrefix(name, path+".") {
			return name
		}
	}
	return ""
}
