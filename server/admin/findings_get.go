package admin

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"github.com/samtykke/samtykke/consent"
)

// findingsPage is what visitors' pages have reported.
type findingsPage struct {
	NotYet    *notYet
	Kinds     []findingKind
	Chosen    consent.FindingKind // "" for all
	Days      []findingDay
	Most      bool   // there may be older ones
	Inventory string // address of the inventory
	Path      string
}

// findingKind is what a kind means, and what to do about it.
type findingKind struct {
	Kind            consent.FindingKind
	Name, Text, Act string
	Names           int // different ones
}

type findingDay struct {
	Day  string
	Rows []findingRow
}

type findingRow struct {
	Kind, Class string
	Name        string // written by whoever writes the page
	Times       string
	Known       *knownFinding // in the catalogue
	Way         wayOn
}

// findingsGet shows what visitors' pages have reported.
func (r *request) findingsGet() error {
	kept, err := r.Store.Findings(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	all := consent.FindingsTold(kept, r.Clock())
	base := "/sites/" + string(r.site.Key)
	shown := findingsPage{Inventory: base + "/inventory", Path: base + "/findings", Most: len(kept) == consent.MostFindings}
	if kind := consent.FindingKind(r.c.Query("kind")); slices.Contains(consent.FindingKinds, kind) {
		shown.Chosen = kind
	}
	if len(kept) == 0 {
		if shown.NotYet, err = r.notYet("findings"); err != nil {
			return err
		}
	}
	known, err := r.findingsKnown(all)
	if err != nil {
		return err
	}
	draft, err := r.draft()
	if err != nil {
		return err
	}
	names := map[consent.FindingKind]map[string]bool{}
	for _, f := range all {
		if names[f.Kind] == nil {
			names[f.Kind] = map[string]bool{}
		}
		names[f.Kind][f.Name] = true
		if shown.Chosen == "" || shown.Chosen == f.Kind {
			shown.add(r, draft, &f, known[findingName{f.Kind, f.Name}])
		}
	}
	for _, kind := range consent.FindingKinds {
		if n := len(names[kind]); n > 0 {
			key := "findings_" + string(kind)
			shown.Kinds = append(shown.Kinds, findingKind{kind, r.say(key), r.say(key + "_text"), r.say(key + "_act"), n})
		}
	}
	return r.show(page{name: "findings.html", title: "findings_title", data: shown})
}

func (p *findingsPage) add(r *request, draft *consent.Draft, f *consent.Finding, known *knownFinding) {
	day := r.day(f.Day)
	if len(p.Days) == 0 || p.Days[len(p.Days)-1].Day != day {
		p.Days = append(p.Days, findingDay{Day: day})
	}
	last := &p.Days[len(p.Days)-1]
	class := "warn"
	if f.Kind == consent.FoundStuck {
		class = "bad"
	}
	last.Rows = append(last.Rows, findingRow{Kind: r.say("findings_" + string(f.Kind)), Class: class, Name: visible(f.Name), Times: r.say("findings_times_" + cmp.Or(string(f.Times()), "today")), Known: known, Way: r.wayFrom(draft, f)})
}

// visible writes out the marks of a text that show nothing and could make it read
// as another, such as those that turn its direction.
func visible(text string) string {
	var out strings.Builder
	for _, r := range text {
		if unicode.IsGraphic(r) && !unicode.Is(unicode.Zs, r) || r == ' ' {
			out.WriteRune(r)
		} else {
			fmt.Fprintf(&out, "[U+%04X]", r)
		}
	}
	return out.String()
}
