package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

// mostSigned is how many signatures that a file brings the page names.
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

// broughtLines says in words who has signed what, and when.
func (r *request) broughtLines(draft *consent.Draft, brought []api.SignedReason) []string {
	lines := make([]string, 0, mostSigned)
	for _, each := range brought[:min(len(brought), mostSigned)] {
		day := brief(each.Reviewed)
		if known, err := consent.ParseDay(each.Reviewed); err == nil {
			day = known.Words(r.lang)
		}
		lines = append(lines, r.say("import_signed_line", "name", brief(each.Cookie), "service", r.serviceName(draft.Service(each.Service)),
			"who", brief(each.Reviewer), "day", day))
	}
	return lines
}
