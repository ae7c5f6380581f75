package consent

import (
	"slices"
	"strconv"
	"strings"
)

// The bounds of a Decision's validity: consent is refreshed at suitable
// intervals, and a refusal is left in peace as long (EDPB 05/2020 para 110).
const (
	shortestValidity Lifetime = "P6M"
	longestValidity  Lifetime = "P12M"
	longRetention    Lifetime = "P10Y"
)

func (v *review) organisation() {
	o := &v.draft.Organisation
	v.key("organisation.id", string(o.ID))
	v.required("organisation.name", o.Name, maxName)
	if HidesInName(o.Name) && !strings.ContainsFunc(o.Name, isHidden) {
		v.hidden("organisation.name")
	}
	if !validOrganisationNumber(o.Number) {
		v.fault("organisation.number", "organisation_number", "The organisation number "+quoted(o.Number)+" is not a Norwegian one.",
			"Write its nine digits without spaces and check each of them.")
	}
}

// validOrganisationNumber checks the ninth digit against the other eight
// (weights 3 2 7 6 5 4 3 2, modulus 11).
func validOrganisationNumber(number string) bool {
	if len(number) != 9 || strings.Trim(number, "0123456789") != "" || number == "000000000" {
		return false
	}
	sum := 0
	for i, weight := range [...]int{3, 2, 7, 6, 5, 4, 3, 2, 1} {
		sum += weight * int(number[i]-'0')
	}
	return sum%11 == 0
}

func (v *review) site() {
	s := &v.draft.Site
	v.key("site.key", string(s.Key))
	v.siteLanguages(s.Languages)
	v.text("site.name", s.Name, maxName)
	v.origins(s.Origins)
	v.cookieDomain(s)
	v.addresses("site.privacy_statement", s.Privacy)
	if v.says(s.Declaration) {
		v.addresses("site.declaration", s.Declaration)
	}
	v.law(s)
	v.keeping(s)
	if s.ConsentLog != nil {
		v.consentLog(s.ConsentLog)
	}
	if s.Heading < 2 || s.Heading > 4 {
		v.fault("site.heading_level", "heading_level", "The banner's heading cannot be of level "+strconv.Itoa(s.Heading)+".", "Write 2, 3 or 4.")
	}
	v.look(&s.Look)
	v.wording(s.Wording)
	v.signals(&s.Signals)
	v.automatic(s)
}

// automatic checks that there is something for automatic gating to stop, and names
// what it lets through although a service waits.
func (v *review) automatic(s *Site) {
	if !s.AutomaticGating {
		return
	}
	watched := v.draft.WatchedHosts()
	if len(watched) == 0 {
		v.fault("site.automatic_gating", "nothing_to_stop", "Automatic gating has nothing to stop: no service that waits for consent has hosts.",
			"List the hosts of each such service, such as hosts: [www.youtube.com], or remove automatic_gating.")
	}
	stopped := map[string]bool{}
	for _, one := range watched {
		stopped[one.Host] = true
	}
	keys := PathNames(v.draft.Services, func(s *Service) string { return string(s.Key) })
	for i := range v.draft.Services {
		service := &v.draft.Services[i]
		for j, host := range service.Hosts {
			if !service.waits() && stopped[spelled(host)] {
				v.warn(at("services."+keys[i]+".hosts", j), "host_let_through",
					"The host "+quoted(host)+" is one of a service that waits for consent, too, and automatic gating lets it through.",
					"Write the exact hosts of each service, so that none is in both.")
			}
		}
	}
}

func (v *review) siteLanguages(languages []Language) {
	if len(languages) == 0 {
		v.fault("site.languages", "no_language", "The site has no language.", "List at least one, the default one first. "+knownLanguages())
	}
	for i, lang := range languages {
		switch {
		case !lang.Known():
			v.fault(at("site.languages", i), "unknown_language", "There is no language "+quoted(string(lang))+".", knownLanguages())
		case slices.Index(languages, lang) < i:
			v.fault(at("site.languages", i), "duplicate", "The language "+string(lang)+" is listed twice.", "Remove one of them.")
		}
	}
}

func (v *review) origins(origins []string) {
	if len(origins) == 0 {
		v.fault("site.origins", "no_origin", "The site has no origin, so no page could record a decision.",
			"List the scheme and host of every address of the site, such as https://www.example.no.")
	}
	seen := map[origin]bool{}
	for i, text := range origins {
		o, flaw := parseOrigin(text)
		switch {
		case flaw != "":
			v.fault(at("site.origins", i), "malformed_origin", "The origin "+quoted(text)+" cannot be used: "+flaw+".",
				"Write scheme, host and port only, such as https://www.example.no; http is for localhost, and \"*.\" for a domain of your own.")
		case seen[o]:
			v.fault(at("site.origins", i), "duplicate", "The origin "+shorten(text)+" is listed twice.", "Remove one of them.")
		}
		seen[o] = true
	}
}

// cookieDomain faults a domain that browsers would refuse, or that a page of the site
// is not on: its answer would be lost. A public suffix belongs to many.
func (v *review) cookieDomain(s *Site) {
	const path = "site.cookie_domain"
	domain := s.CookieDomain
	if domain == "" {
		return
	}
	host, known := canonicalHost(domain)
	switch {
	case !known || host != domain:
		v.fault(path, "malformed_domain", "There is no domain "+quoted(domain)+".", "Write the name alone, in lower case, such as example.no.")
		return
	case host == "localhost" || !canHaveSubdomains(host):
		v.fault(path, "public_suffix", "Nobody owns all names under "+domain+", so browsers refuse a cookie for them.",
			"Write a domain of your own below it, or leave the field out: then each host asks for itself.")
		return
	}
	for i, text := range s.Origins {
		o, flaw := parseOrigin(text)
		within := o.host == host || strings.HasSuffix(o.host, "."+host)
		if flaw == "" && !within && !isLoopback(o.host) { // there the browser refuses it, and the host asks for itself
			v.fault(path, "foreign_origin", "The origin "+text+" is not on "+domain+": an answer there would be lost.",
				"Write a domain that every origin is on, or move "+at("site.origins", i)+" to a site of its own.")
		}
	}
}

// law checks whose law holds, and where visitors use the rights that it gives.
func (v *review) law(s *Site) {
	if s.Jurisdiction != "" && s.Jurisdiction != "NO" {
		v.fault("site.jurisdiction", "unknown_jurisdiction", "The rules here are Norway's, not those of "+quoted(s.Jurisdiction)+".", "Write NO, or leave it out.")
	}
	if v.says(s.Withdrawal) {
		v.addresses("site.withdrawal_method", s.Withdrawal)
	}
	if v.says(s.Rights) {
		v.addresses("site.rights", s.Rights)
	}
}

// keeping checks how long a Decision holds, how long it is evidence, and whether
// a refusal is.
func (v *review) keeping(s *Site) {
	if s.Refusals != "" {
		oneOf(v, "site.refusals", s.Refusals, RefusalsKeep, RefusalsCount)
	}
	if !validValidity(s.Validity) {
		v.fault("site.validity", "validity", "A decision cannot hold for "+quoted(string(s.Validity))+".",
			"Write a time from 6 to 12 months; it is the same for a yes and a no.")
	}
	switch {
	case !s.Retention.Valid() || s.Retention == Session:
		v.fault("site.retention", "retention", "Evidence cannot be kept for "+quoted(string(s.Retention))+".",
			"Write how long, such as "+quoted(UsualRetention(s.Validity).Words(English))+": as long as decisions hold, and a year more.")
	case s.Retention.Compare(s.Validity) < 0:
		v.fault("site.retention", "retention", "Evidence would be gone while the decision still holds.",
			"Keep it at least as long as site.validity.")
	case s.Retention.Compare(longRetention) > 0:
		v.warn("site.retention", "long_retention", "Evidence is kept for more than ten years.",
			"Shorten it, or be ready to say why it is needed (GDPR art. 5(1)(e)).")
	}
}

func validValidity(l Lifetime) bool {
	return l.Valid() && l.Compare(shortestValidity) >= 0 && l.Compare(longestValidity) <= 0
}

func (v *review) contacts() {
	c := &v.draft.Contacts
	v.contact("contacts.controller", &c.Controller)
	v.contact("contacts.data_protection_officer", &c.DPO)
	v.contact("contacts.supervisory_authority", &c.Authority)
}

// contact faults a block that names nobody or gives no way to reach them (H5).
func (v *review) contact(path string, c *Contact) {
	v.text(path+".name", c.Name, maxName)
	v.channels(path, c.Channels())
}

// channels faults what gives no way to reach anybody, or one that leads nowhere.
func (v *review) channels(path string, c Channels) {
	if c == (Channels{}) {
		v.fault(path, "no_channel", "There is no way to reach this contact.", "Write an e-mail address, a telephone number, a postal address or a web address.")
	}
	if c.Email != "" && !validEmail(c.Email) {
		v.fault(path+".email", "malformed_email", quoted(c.Email)+" is not an e-mail address.", "Write it plainly, such as post@example.no.")
	}
	if c.Phone != "" && !validPhone(c.Phone) {
		v.fault(path+".phone", "malformed_phone", quoted(c.Phone)+" is not a telephone number.", "Write digits and spaces, such as +47 66 10 60 00.")
	}
	v.line(path+".address", c.Address, maxName)
	if c.URL != "" {
		v.address(path+".url", c.URL)
	}
}
