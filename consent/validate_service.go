package consent

import (
	"regexp"
	"strconv"
)

// MostEntries is how many services and cookies an inventory may have in all: far more
// than people look through, and no more than can be checked while somebody waits.
const MostEntries = 30_000

// TooManyEntries is the fault of an inventory that has more than MostEntries, for those
// who count them before they read them.
func TooManyEntries(entries int) Problem {
	return Problem{
		Path: "services", Severity: Fault, Code: "too_many", Message: "There are " + strconv.Itoa(entries) + " services and cookies.",
		Repair: "Keep " + strconv.Itoa(MostEntries) + " at most, or make a second site.",
	}
}

func (v *review) services() {
	entries := len(v.draft.Services)
	for i := range v.draft.Services {
		entries += len(v.draft.Services[i].Cookies)
	}
	if entries > MostEntries {
		v.problems = append(v.problems, TooManyEntries(entries))
		return
	}
	keys, duplicate := names(v.draft.Services, func(s *Service) string { return string(s.Key) })
	for i := range v.draft.Services {
		s := &v.draft.Services[i]
		path := "services." + keys[i]
		v.key(path+".key", string(s.Key))
		if duplicate[i] {
			v.fault(path+".key", "duplicate", "The service "+shorten(string(s.Key))+" stands twice.", "Remove one of them, or give it a key of its own.")
		}
		v.service(path, s)
	}
}

func (v *review) service(path string, s *Service) {
	v.text(path+".name", s.Name, maxName)
	v.text(path+".purpose", s.Purpose, maxPurpose)
	v.revision(path, s.PurposeRevision)
	v.optionalText(path+".warning", s.Warning)
	v.categoryOf(path+".category", s.Category)
	v.provider(path+".provider", &s.Provider)
	for i := range s.Recipients {
		v.provider(at(path+".recipients", i), &s.Recipients[i])
	}
	if len(s.DataCategories) == 0 { // I2
		v.fault(path+".data_categories", "no_data_category", "The kinds of personal data are not stated.",
			"List them, such as the address on the internet and the pages that were visited.")
	}
	for i, kind := range s.DataCategories {
		v.text(at(path+".data_categories", i), kind, maxName)
	}
	v.kept(path, s)
	for i, host := range s.Hosts {
		if !validHost(host) {
			v.fault(at(path+".hosts", i), "malformed_host", quoted(host)+" is not a host.", "Write the name only, in lower case, such as www.example.com.")
		}
	}
	v.youTube(path, s)
	v.neverOn(path+".never_on", s)
	if s.Link != "" {
		v.address(path+".link", s.Link)
	}
	v.basis(path, s)
	v.notes(path, s.Notes)
	v.cookies(path, s)
}

// notes may be as long as somebody needs, and have several lines.
func (v *review) notes(path string, notes []string) {
	for i, note := range notes {
		if HidesInComment(note) {
			v.hidden(at(path+".notes", i))
		}
	}
}

// pagePath is the path of an address as browsers write it: without what follows
// "?" or "#", everything but ASCII escaped.
var pagePath = regexp.MustCompile(`^(/[A-Za-z0-9._~!$&'()*+,;=:@%-]*)+$`)

func (v *review) neverOn(path string, s *Service) {
	seen := map[string]bool{}
	for i, page := range s.NeverOn {
		switch {
		case !pagePath.MatchString(page) || len(page) > maxName:
			v.fault(at(path, i), "malformed_path", quoted(page)+" is not the beginning of a path.",
				"Write it as browsers show it after the host, such as /min-side/ or /s%C3%B8k.")
		case seen[page]:
			v.fault(at(path, i), "duplicate", "The path "+page+" is listed twice.", "Remove one of them.")
		}
		seen[page] = true
	}
	if len(s.NeverOn) > 0 && len(s.Refs()) == 0 {
		v.fault(path, "nothing_to_hold_back", "Nothing in the service is held back anywhere, so no page can be excepted.", "Remove never_on.")
	}
}

// kept checks how long, where and how the provider keeps data, where that is known.
func (v *review) kept(path string, s *Service) {
	if s.Retention != "" && (!s.Retention.Valid() || s.Retention == Session) {
		v.fault(path+".retention", "retention", "Data cannot be kept for "+quoted(string(s.Retention))+".",
			`Write how long, such as "21 days", or leave it out until the provider has answered.`)
	}
	for i, code := range s.Locations {
		v.country(at(path+".storage_locations", i), code)
	}
	v.optionalText(path+".security", s.Security)
}

// basis holds the ground, the place of asking and the cookies together. Nothing
// but consent lets a service store what is not strictly necessary (C3).
func (v *review) basis(path string, s *Service) {
	needsConsent := len(s.Refs()) > 0
	switch {
	case s.Basis == BasisSwitchedOff:
		v.switchedOff(path, s)
		return
	case needsConsent && s.Basis != BasisConsent:
		v.fault(path+".legal_basis", "basis_not_consent", "The service does more than what is strictly necessary, and that rests on consent alone (ekomloven § 3-15).",
			"Write legal_basis: consent. Legitimate interest cannot take its place.")
	case !needsConsent && s.Basis == BasisConsent:
		v.fault(path+".legal_basis", "nothing_to_consent", "Everything in the service is necessary, so there is nothing to consent to.",
			"Write legal_basis: necessary, or give the cookie that is not necessary its category.")
	case !needsConsent:
		oneOf(v, path+".legal_basis", s.Basis, BasisConsent, BasisNecessary, BasisSwitchedOff)
	}
	switch {
	case s.Ask != AskBanner && s.Ask != AskInPlace && s.Ask != AskNever:
		oneOf(v, path+".ask", s.Ask, AskBanner, AskInPlace, AskNever)
	case needsConsent && s.Ask == AskNever:
		v.fault(path+".ask", "never_asked", "The service needs consent and is never asked for, so it could never run.",
			"Write ask: banner or ask: in place, or legal_basis: switched off when it is gone.")
	case !needsConsent && s.Ask != AskNever:
		v.fault(path+".ask", "nothing_to_ask", "Nothing in the service needs consent, so there is nothing to ask for.", "Write ask: never.")
	}
}

// switchedOff faults a service that is said to be gone and is not.
func (v *review) switchedOff(path string, s *Service) {
	if s.Ask != AskNever {
		v.fault(path+".ask", "nothing_to_ask", "The service is switched off, so there is nothing to ask for.", "Write ask: never.")
	}
	for i := range s.Cookies {
		if c := &s.Cookies[i]; c.Status == StatusActive || c.Status == StatusVerify {
			v.fault(path+".legal_basis", "not_switched_off", "The service is switched off, yet the cookie "+quoted(c.Pattern.Name)+" is expected.",
				"Give its cookies the status residual or obsolete, or write legal_basis: consent.")
			return
		}
	}
}
