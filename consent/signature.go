package consent

import (
	"strings"
	"sync"
)

// Signatures are the signed reasons of a Draft, by service and cookie: what somebody has
// assessed, and when.
type Signatures map[ServiceKey]map[string]*Exemption

// SignaturesOf gives those of a Draft, none of nil.
func SignaturesOf(d *Draft) Signatures {
	all := Signatures{}
	if d == nil {
		return all
	}
	for i := range d.Services {
		s := &d.Services[i]
		for j := range s.Cookies {
			c := &s.Cookies[j]
			if c.Exemption == nil {
				continue
			}
			if all[s.Key] == nil {
				all[s.Key] = map[string]*Exemption{}
			}
			all[s.Key][c.Pattern.Name] = c.Exemption
		}
	}
	return all
}

// Of gives the signed reason of a cookie, or nil.
func (all Signatures) Of(service ServiceKey, cookie string) *Exemption { return all[service][cookie] }

// ValidateAfter gives what ValidateOn does, and which of the signatures of what is
// published stand below another text.
func (d *Draft) ValidateAfter(published Signatures, today Day) Problems {
	return append(d.ValidateOn(today), published.Stale(d, today)...)
}

// Stale gives the faults (code "stale_signature") of a Draft in which a signature of what
// is published stands below another text: nobody has assessed that one. As long as what
// is published differs, saving it again and again changes nothing of that. A signature of
// today, or of tomorrow in another zone, may be of today's text; 0 is no day.
func (all Signatures) Stale(d *Draft, today Day) Problems {
	return eachSignature(d, func(service ServiceKey, cookie string, e *Exemption) bool {
		return e.StaleAfter(all.Of(service, cookie), today)
	})
}

// StaleBy gives those that a change of a Draft brings: also where nothing is published,
// but what it said before was signed.
func (all Signatures) StaleBy(before, after *Draft, today Day) Problems {
	was := SignaturesOf(before)
	return eachSignature(after, func(service ServiceKey, cookie string, e *Exemption) bool {
		return e.StaleBy(was.Of(service, cookie), all.Of(service, cookie), today)
	})
}

func eachSignature(d *Draft, stale func(ServiceKey, string, *Exemption) bool) Problems {
	v := &review{draft: d}
	services := sync.OnceValue(func() []string { // of all of a draft, and hardly ever needed
		return PathNames(d.Services, func(s *Service) string { return string(s.Key) })
	})
	for i := range d.Services {
		s := &d.Services[i]
		for j := range s.Cookies {
			if c := &s.Cookies[j]; stale(s.Key, c.Pattern.Name, c.Exemption) {
				cookie := PathNames(s.Cookies, func(c *Cookie) string { return c.Pattern.Name })[j]
				v.fault("services."+services()[i]+".cookies."+cookie+".exemption.reviewed", "stale_signature",
					"What was assessed on "+quoted(c.Exemption.Reviewed)+" is another text than the one that stands here now.",
					"Have the text of now assessed, and write who did that (reviewer, a role) and the day (reviewed). Or bring back the text that was assessed.")
			}
		}
	}
	return v.problems
}

// SignedAs says whether two Exemptions have the same signature: who, and on which day.
func (e *Exemption) SignedAs(other *Exemption) bool {
	return e != nil && other != nil && e.Reviewed != "" && sameLine(e.Reviewer, other.Reviewer) && e.Reviewed == other.Reviewed
}

// StaleAfter says whether an Exemption has the signature of a former one below another
// ground, reason or circumstances. A translation that the former one lacked changes
// nothing of what was assessed.
func (e *Exemption) StaleAfter(former *Exemption, today Day) bool {
	if !e.SignedAs(former) {
		return false
	}
	if day, err := ParseDay(e.Reviewed); err == nil && today != 0 && day >= today {
		return false
	}
	return former.rewrittenBy(e)
}

// StaleBy says whether a change leaves an Exemption with the signature of another text: of
// the published one, or else of the one that it was before. Back to what is published is no
// such change.
func (e *Exemption) StaleBy(before, published *Exemption, today Day) bool {
	if e.SignedAs(before) && !before.rewrittenBy(e) {
		return false
	}
	if e.SignedAs(published) {
		return e.StaleAfter(published, today)
	}
	return e.StaleAfter(before, today)
}

// rewrittenBy says whether another ground, reason or circumstances are given.
func (e *Exemption) rewrittenBy(next *Exemption) bool {
	return next.Ground != e.Ground || rewritten(e.Reason, next.Reason) || rewritten(e.When, next.When)
}

// rewritten says whether a text says something else in a language in which it said
// something, or begins or ceases to be there at all.
func rewritten(was, is Text) bool {
	before, after := false, false
	for lang, said := range was {
		if strings.TrimSpace(said) == "" {
			continue
		}
		before = true
		if now := is[lang]; strings.TrimSpace(now) != "" && strings.Join(strings.Fields(now), " ") != strings.Join(strings.Fields(said), " ") {
			return true
		}
	}
	for _, said := range is {
		after = after || strings.TrimSpace(said) != ""
	}
	return before != after
}

// sameLine says whether two lines are the same but for space and large letters.
func sameLine(a, b string) bool {
	return strings.EqualFold(strings.Join(strings.Fields(a), " "), strings.Join(strings.Fields(b), " "))
}
