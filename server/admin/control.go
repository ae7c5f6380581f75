package admin

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// control is one field of a form about a draft.
type control struct {
	name string // of the field. Its label is the text settings_NAME
	path string // of the problems that are about it
	kind string // how it is asked for: text, email, url, area, select, check, checks, number, lifetime or colour
	get  func(*consent.Draft) string
	set  func(*consent.Draft, string) error
	// options are the values of a select, whose words are the texts
	// settings_NAME_VALUE, or are said beside the value.
	options []option
	lang    consent.Language // of a text that is written in each language
	row     string           // what stands beside each other has the same
}

// option is one value to choose.
type option struct {
	Value, Label string
	Chosen       bool
	More         bool // folded away, because it is rarely wanted
}

// beside puts controls into one row.
func beside(row string, controls ...control) []control {
	for i := range controls {
		controls[i].row = row
	}
	return controls
}

// line asks for a line of text.
func line(name, kind, path string, at func(*consent.Draft) *string) control {
	return control{
		name: name, kind: kind, path: path,
		get: func(d *consent.Draft) string { return *at(d) },
		set: func(d *consent.Draft, value string) error { *at(d) = value; return nil },
	}
}

// texts asks for a text in each language of a site.
func texts(languages []consent.Language, name, kind, path string, at func(*consent.Draft) *consent.Text) []control {
	all := make([]control, 0, len(languages))
	for _, lang := range languages {
		all = append(all, control{
			name: name + "." + string(lang), kind: kind, path: path, lang: lang, row: name,
			get: func(d *consent.Draft) string { return (*at(d))[lang] },
			set: func(d *consent.Draft, value string) error {
				text := consent.Text{}
				for each, words := range *at(d) {
					text[each] = words
				}
				if text[lang] = value; value == "" {
					delete(text, lang)
				}
				*at(d) = text
				return nil
			},
		})
	}
	return all
}

// check asks for yes or no.
func check(name, path string, at func(*consent.Draft) *bool) control {
	return control{
		name: name, kind: "check", path: path,
		get: func(d *consent.Draft) string { return strconv.FormatBool(*at(d)) },
		set: func(d *consent.Draft, value string) error { *at(d) = value == "true"; return nil },
	}
}

// wholeNumber asks for a whole number.
func wholeNumber(name, path string, at func(*consent.Draft) *int) control {
	return control{
		name: name, kind: "number", path: path,
		get: func(d *consent.Draft) string {
			if *at(d) == 0 {
				return ""
			}
			return strconv.Itoa(*at(d))
		},
		set: func(d *consent.Draft, value string) error {
			if value == "" {
				*at(d) = 0
				return nil
			}
			n, err := strconv.Atoi(value)
			if err != nil {
				return consent.Errorf(consent.Invalid, "no_number", "%q is not a whole number.", value)
			}
			*at(d) = n
			return nil
		},
	}
}

// choose asks for one of a few values.
func choose[S ~string](name, path string, at func(*consent.Draft) *S, values ...S) control {
	options := make([]option, len(values))
	for i, value := range values {
		options[i].Value = string(value)
	}
	return control{
		name: name, kind: "select", path: path, options: options,
		get: func(d *consent.Draft) string { return string(*at(d)) },
		set: func(d *consent.Draft, value string) error {
			if !slices.Contains(values, S(value)) {
				return consent.Errorf(consent.Invalid, "no_choice", "Choose one of the values.")
			}
			*at(d) = S(value)
			return nil
		},
	}
}

// lifetime asks for a time as people write it.
func lifetime(name, path string, lang consent.Language, at func(*consent.Draft) *consent.Lifetime) control {
	return control{
		name: name, kind: "lifetime", path: path,
		get: func(d *consent.Draft) string { return at(d).Words(lang) },
		set: func(d *consent.Draft, value string) error {
			parsed, err := consent.ParseLifetime(value)
			if err != nil {
				return err
			}
			*at(d) = parsed
			return nil
		},
	}
}

// lineList asks for a list, one entry a line.
func lineList(name, path string, at func(*consent.Draft) *[]string) control {
	return control{
		name: name, kind: "area", path: path,
		get: func(d *consent.Draft) string { return strings.Join(*at(d), "\n") },
		set: func(d *consent.Draft, value string) error {
			*at(d) = strings.Fields(value)
			return nil
		},
	}
}

// shown is a control as a page shows it.
type shown struct {
	Name, ID, Kind, Label, Hint string
	Value                       string
	Faults                      []problemLine
	Theirs                      string // what somebody else has saved meanwhile
	Differs                     bool
	Lang                        consent.Language
	LangName                    string
	Options                     []option
	Begins, Ends                bool // a row
}

// longest is how much one field may hold, in bytes. Validation says what is
// sensible; this keeps a draft from growing without end.
const longest = 20_000

// usual is how many of many boxes are not folded away.
const usual = 4

// apply writes what a form says into a draft. It gives what could not be read, by
// the name of the field.
func (r *request) apply(controls []control, draft *consent.Draft) map[string]string {
	faults := map[string]string{}
	for _, c := range controls {
		value := r.value(c)
		var own *consent.Error
		if len(value) > longest {
			faults[c.name] = r.say("form_long")
			continue
		}
		if c.kind == "url" && value != "" && value != c.get(draft) { // what is there already may stay
			full, err := consent.ReadAddress(value)
			if err != nil {
				faults[c.name] = r.say("problem_malformed_address", "value", brief(value)) + " " + r.say("problem_malformed_address_repair")
				continue
			}
			value = full
		}
		if err := c.set(draft, value); errors.As(err, &own) {
			faults[c.name] = r.errorText(own).Text
		}
	}
	return faults
}

// value gives what a form says of a control.
func (r *request) value(c control) string {
	switch c.kind {
	case "checks":
		return strings.Join(r.form[c.name], " ")
	case "check":
		return strconv.FormatBool(r.form.Get(c.name) != "")
	}
	return r.field(c.name)
}

// controls gives the controls as a page shows them: with what value gives for each, and
// what is wrong.
func (r *request) controls(controls []control, value func(control) string, faults map[string]string, problems consent.Problems) []shown {
	all := make([]shown, len(controls))
	row := "" // of the one before
	for i, c := range controls {
		base, _, _ := strings.Cut(c.name, ".")
		s := shown{
			Name: c.name, ID: controlID(c), Kind: c.kind, Label: r.say("settings_" + base), Hint: r.words["settings_"+base+"_hint"],
			Value: value(c), Lang: c.lang,
		}
		if c.lang != "" {
			s.LangName = r.languageLabel(c.lang)
		}
		for j, o := range c.options {
			if o.Label == "" {
				o.Label = r.say("settings_" + base + "_" + o.Value)
			}
			o.Chosen = o.Value == s.Value
			if c.kind == "checks" {
				o.Chosen = slices.Contains(strings.Fields(s.Value), o.Value)
				o.More = j >= usual && !o.Chosen
			}
			s.Options = append(s.Options, o)
		}
		if fault := faults[c.name]; fault != "" {
			s.Faults = append(s.Faults, problemLine{Text: fault, Severe: true})
		}
		for _, p := range problems {
			if p.Severity == consent.Fault && controlOf(controls, p.Path) == i {
				s.Faults = append(s.Faults, r.problemText(&p))
			}
		}
		s.Begins, s.Ends = c.row != "" && c.row != row, c.row != "" && !slices.ContainsFunc(controls[i+1:], func(later control) bool { return later.row == c.row })
		row = c.row
		all[i] = s
	}
	return all
}

// aboutControl says whether a problem's path is about a control.
func aboutControl(path string, c control) bool {
	if c.lang != "" {
		return path == c.path+"."+string(c.lang)
	}
	return path == c.path || strings.HasPrefix(path, c.path+".") || strings.HasPrefix(path, c.path+"[")
}
