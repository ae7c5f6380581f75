package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// mostSigned is how many signatures that a file brings the page names at once.
const mostSigned = 5

// broughtSignatures gives the signed reasons that one draft has and another has not, in
// the order of the inventory: of a file of another site somebody has assessed them there.
func broughtSignatures(was, is *consent.Draft) (brought []api.SignedReason) {
	before := consent.SignaturesOf(was)
	for i := range is.Services {
		s := &is.Services[i]
		for j := range s.Cookies {
			c := &s.Cookies[j]
			e := c.Exemption
			if e == nil || e.Reviewed == "" && e.Reviewer == "" || e.SignedAs(before.Of(s.Key, c.Pattern.Name)) {
				continue
			}
			brought = append(brought, api.SignedReason{Service: s.Key, Cookie: c.Pattern.Name, Reviewer: e.Reviewer, Reviewed: e.Reviewed})
		}
	}
	return brought
}

// signedLines are signatures that a file brings, in words.
type signedLines struct {
	First []string
	Rest  []string // behind a fold; never one alone
	More  int      // not even there
	All   int
}

// Hidden is how many are not named at once.
func (s signedLines) Hidden() int { return s.All - len(s.First) }

// signedBy gives the first signatures that a file brings, and the rest for whoever asks.
func (r *request) signedBy(draft *consent.Draft, brought []api.SignedReason) signedLines {
	shown := brought
	if len(brought) > maxImportLines+1 {
		shown = brought[:maxImportLines]
	}
	lines, first := r.broughtLines(draft, shown), len(shown)
	if first > mostSigned+1 {
		first = mostSigned
	}
	return signedLines{First: lines[:first], Rest: lines[first:], More: len(brought) - len(shown), All: len(brought)}
}

// broughtLines says in words who has signed what, and when.
func (r *request) broughtLines(draft *consent.Draft, brought []api.SignedReason) []string {
	lines := make([]string, 0, len(brought))
	for _, each := range brought {
		day := brief(each.Reviewed)
		if known, err := consent.ParseDay(each.Reviewed); err == nil {
			day = known.Words(r.lang)
		}
		lines = append(lines, r.say("import_signed_line", "name", brief(each.Cookie), "service", r.serviceName(draft.Service(each.Service)),
			"who", brief(each.Reviewer), "day", day))
	}
	return lines
}
