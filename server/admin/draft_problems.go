package admin

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// problemLine is a problem as a person reads it.
type problemLine struct {
	Code   string // for programs
	Text   string
	Lang   consent.Language // "" for that of the page
	Severe bool             // keeps the draft from being published
}

// problemText gives a problem in the language of the person.
func (r *request) problemText(p *consent.Problem) problemLine {
	line := problemLine{Code: p.Code, Severe: p.Severity == consent.Fault}
	if line.Text = r.noneOf(p); line.Text != "" {
		return line
	}
	if line.Text = strings.ReplaceAll(r.words["inventory_fault_"+wordsCode(p)], "{value}", r.lifetimesOf(p)); line.Text == "" { // shorter, for beside a field
		said := r.sayProblem(p)
		line.Text, line.Lang = said.Text+" "+said.Repair, said.Lang
	}
	return line
}

// draftProblems are the problems of a draft, by the part that they are about.
type draftProblems struct {
	all consent.Problems
	of  map[string]consent.Problems
}

// newDraftProblems sorts the problems that a draft has today.
func (r *request) newDraftProblems(d *consent.Draft) draftProblems {
	return problemsOn(d, r.today(), r.signatures(d.Site.Key).Signatures)
}

func problemsOn(d *consent.Draft, today consent.Day, signed consent.Signatures) draftProblems {
	sorted := draftProblems{d.ValidateAfter(signed, today), map[string]consent.Problems{"": nil}}
	for _, name := range partNames(d.Categories, categoryKey) {
		sorted.of["categories."+name] = nil
	}
	for i, name := range partNames(d.Services, serviceKey) {
		path := servicePath(name)
		sorted.of[path] = nil
		for _, cookie := range partNames(d.Services[i].Cookies, cookieName) {
			sorted.of[cookiePath(name, cookie)] = nil
		}
	}
	for _, p := range sorted.all {
		owner := p.Path
		for {
			if _, known := sorted.of[owner]; known {
				break
			}
			owner = owner[:max(0, strings.LastIndexByte(owner, '.'))]
		}
		sorted.of[owner] = append(sorted.of[owner], p)
	}
	return sorted
}

func servicePath(name string) string           { return "services." + name }
func cookiePath(service, cookie string) string { return servicePath(service) + ".cookies." + cookie }

func below(path string, p *consent.Problem) string {
	return strings.TrimPrefix(strings.TrimPrefix(p.Path, path), ".")
}

// byPath gives the problems by what exactly they are about.
func (p draftProblems) byPath() map[string]consent.Problems {
	all := make(map[string]consent.Problems, len(p.of))
	for _, problems := range p.of {
		for _, one := range problems {
			all[one.Path] = append(all[one.Path], one)
		}
	}
	return all
}

// count gives how many faults and warnings a part has.
func (p draftProblems) count(path string) (faults, warnings int) {
	faults = len(p.of[path].Faults())
	return faults, len(p.of[path]) - faults
}
