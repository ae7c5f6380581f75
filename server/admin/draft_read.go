package admin

import (
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// reader reads the fields of a form about a part of the draft, and gathers what
// cannot be read.
type reader struct {
	*request
	draft *consent.Draft
	wrong map[string]string // by field
}

// text gives a text with what the form says in the languages that it has. Somebody else may
// have added one to the site meanwhile, of which the form knows nothing, or removed one in
// which something was written.
func (rd *reader) text(name string, was consent.Text) consent.Text {
	text := maps.Clone(was)
	if text == nil {
		text = consent.Text{}
	}
	for _, lang := range rd.languagesOf(name) {
		if written := rd.field(name + "." + string(lang)); written != "" {
			text[lang] = written
		} else {
			delete(text, lang)
		}
	}
	if len(text) == 0 {
		return nil
	}
	return text
}

// lines gives the lines of a field, without empty ones.
func (rd *reader) lines(name string) []string {
	var lines []string
	for line := range strings.SplitSeq(rd.form.Get(name), "\n") {
		if line = strings.TrimSpace(line); line != "" {
			lines = append(lines, line)
		}
	}
	return lines
}

// languagesOf gives the languages in which the form has a text, in the site's order.
func (rd *reader) languagesOf(name string) []consent.Language {
	var all []consent.Language
	for _, lang := range slices.Concat(rd.draft.Site.Languages, consent.Languages()) {
		if rd.form.Has(name+"."+string(lang)) && !slices.Contains(all, lang) {
			all = append(all, lang)
		}
	}
	return all
}

// textLines gives a list of texts whose languages are fields of their own, with a
// line for each text.
func (rd *reader) textLines(name string, was []consent.Text) []consent.Text {
	var texts []consent.Text
	languages := rd.languagesOf(name)
	for _, lang := range languages {
		for i, line := range strings.Split(strings.TrimRight(rd.form.Get(name+"."+string(lang)), " \n"), "\n") {
			if line = strings.TrimSpace(line); line == "" {
				continue
			}
			for len(texts) <= i {
				texts = append(texts, consent.Text{})
			}
			texts[i][lang] = line
		}
	}
	full := texts[:0]
	for i, text := range texts {
		if len(text) == 0 {
			continue
		}
		if len(was) == len(texts) { // languages that the form does not have
			for lang, other := range was[i] {
				if !slices.Contains(languages, lang) {
					text[lang] = other
				}
			}
		}
		full = append(full, text)
	}
	return full
}

// firstLanguage is the language that a site answers in when nothing else is asked.
func firstLanguage(d *consent.Draft) consent.Language {
	for _, lang := range d.Site.Languages {
		return lang
	}
	return consent.Bokmaal
}

// choice gives one of the possibilities of a select.
func (rd *reader) choice(name string, possible []string) string {
	chosen := rd.field(name)
	if !slices.Contains(possible, chosen) {
		rd.wrong[name] = rd.say("inventory_fault_unknown_value")
	}
	return chosen
}

// date reads a date.
func (rd *reader) date(name string) string {
	written := rd.field(name)
	if _, err := time.Parse(time.DateOnly, written); err != nil && written != "" {
		rd.wrong[name] = rd.say("inventory_fault_malformed_date")
	}
	return written
}

// signed reads the day on which somebody signed something, or checked it: none that has
// not come, unless it is there already.
func (rd *reader) signed(name string, was ...string) string {
	written := rd.date(name)
	if consent.SignedAhead(written, rd.today()) && !slices.Contains(was, written) {
		rd.wrong[name] = rd.say("inventory_fault_future_day")
	}
	return written
}

// lifetime reads a lifetime as people write it.
func (rd *reader) lifetime(name string) consent.Lifetime {
	written := rd.field(name)
	if written == "" {
		return ""
	}
	lifetime, err := consent.ParseLifetime(written)
	if err != nil {
		rd.wrong[name] = rd.unclear(written)
		return ""
	}
	return lifetime
}

// number reads a whole number, 0 for nothing.
func (rd *reader) number(name string) int {
	written := rd.field(name)
	if written == "" {
		return 0
	}
	n, err := strconv.Atoi(written)
	if err != nil || n < 0 {
		rd.wrong[name] = rd.say("inventory_number_unclear")
	}
	return n
}

// countries reads countries by name or code, set apart by commas.
func (rd *reader) countries(name string) []string {
	var codes []string
	for written := range strings.SplitSeq(strings.ReplaceAll(rd.form.Get(name), "\n", ","), ",") {
		if written = strings.TrimSpace(written); written != "" {
			codes = append(codes, countryCode(written))
		}
	}
	return codes
}

// country reads one country.
func (rd *reader) country(name string) string {
	if written := rd.field(name); written != "" {
		return countryCode(written)
	}
	return ""
}

// countryCodes are the codes of countries by their names in lower case.
var countryCodes = func() map[string]string {
	codes := map[string]string{}
	for a := 'A'; a <= 'Z'; a++ {
		for b := 'A'; b <= 'Z'; b++ {
			code := string([]rune{a, b})
			for _, lang := range consent.PageLanguages {
				if name := consent.CountryName(code, lang); name != code {
					codes[strings.ToLower(name)] = code
				}
			}
		}
	}
	return codes
}()

// countryCode gives the code of a country that is written by name or code.
func countryCode(written string) string {
	if code := countryCodes[strings.ToLower(written)]; code != "" {
		return code
	}
	if len(written) == 2 {
		return strings.ToUpper(written)
	}
	return written
}

// countryNames gives countries as a field shows them.
func (r *request) countryNames(codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = consent.CountryName(code, r.lang)
	}
	return strings.Join(names, ", ")
}
