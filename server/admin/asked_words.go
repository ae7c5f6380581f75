package admin

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// askedWords say what visitors who have answered will notice.
type askedWords struct {
	Again, First, NoMore []string // names of what is asked
	OlderThan            string   // answers that are older end
}

// Nobody says that nobody is asked anything by what changes.
func (a askedWords) Nobody() bool { return len(a.Again) == 0 && len(a.First) == 0 && a.OlderThan == "" }

// askedWords names what is asked. Before is nil when nothing was published.
func (r *request) askedWords(before, after *consent.Draft, asked consent.Asked) askedWords {
	words := askedWords{Again: r.unitNames(after, asked.Again), First: r.unitNames(after, asked.First)}
	if before != nil {
		words.NoMore = r.unitNames(before, asked.NoMore)
	}
	if asked.OlderThan != "" {
		words.OlderThan = asked.OlderThan.Words(r.lang)
	}
	return words
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
