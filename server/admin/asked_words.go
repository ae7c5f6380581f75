package admin

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// askedWords say what visitors who have answered will notice.
type askedWords struct {
	Again         []askedAgain
	First, NoMore []string // names of what is asked
	OlderThan     string   // answers that are older end
}

// askedAgain is what those who have answered are asked again about, and why.
type askedAgain struct {
	Name string
	Why  []string
}

// Nobody says that nobody is asked anything by what changes.
func (a askedWords) Nobody() bool { return len(a.Again) == 0 && len(a.First) == 0 && a.OlderThan == "" }

// askedWords names what is asked. Before is nil when nothing was published.
func (r *request) askedWords(before, after *consent.Draft, asked consent.Asked) askedWords {
	words := askedWords{First: r.unitNames(after, asked.First)}
	for i, name := range r.unitNames(after, asked.Again) {
		words.Again = append(words.Again, askedAgain{name, r.askReasons(before, after, asked.Again[i])})
	}
	if before != nil {
		words.NoMore = r.unitNames(before, asked.NoMore)
	}
	if asked.OlderThan != "" {
		words.OlderThan = asked.OlderThan.Words(r.lang)
	}
	return words
}

// askReasons says why a unit is asked again.
func (r *request) askReasons(before, after *consent.Draft, unit string) []string {
	reasons := consent.AskReasons(before, after, unit)
	said := make([]string, 0, len(reasons))
	for _, reason := range reasons {
		service := string(reason.Service)
		for _, draft := range []*consent.Draft{before, after} {
			if s := draft.Service(reason.Service); s != nil {
				service = r.serviceWords(s)
			}
		}
		said = append(said, r.say("asked_why_"+string(reason.Why), "service", service, "cookies", brief(strings.Join(reason.Cookies, ", "))))
	}
	return said
}

// unitNames gives units as people know them: by their Category, or by the Service
// whose content it is.
func (r *request) unitNames(draft *consent.Draft, units []string) []string {
	names := make([]string, len(units))
	for i, unit := range units {
		category, service, inPlace := strings.Cut(unit, "/")
		names[i] = r.categoryWords(draft, consent.CategoryKey(category))
		if s := draft.Service(consent.ServiceKey(service)); inPlace && s != nil {
			names[i] = r.say("asked_in_place", "name", r.serviceWords(s))
		}
	}
	return names
}

// sentence joins names as a person would: a, b and c.
func (r *request) sentence(names []string) string {
	if len(names) < 2 {
		return strings.Join(names, "")
	}
	last := len(names) - 1
	return strings.Join(names[:last], ", ") + " " + r.say("and") + " " + names[last]
}
