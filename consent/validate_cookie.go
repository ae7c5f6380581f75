package consent

import (
	"slices"
	"strings"
)

// longTracker is the longest life of a measuring cookie that is accepted as
// good practice (CNIL 2020-091).
const longTracker Lifetime = "P13M"

func (v *review) cookies(path string, s *Service) {
	keys, duplicate := names(s.Cookies, func(c *Cookie) string { return c.Pattern.Name })
	for i := range s.Cookies {
		c := &s.Cookies[i]
		cookiePath := path + ".cookies." + keys[i]
		if duplicate[i] && c.Pattern.Name != "" {
			v.fault(cookiePath+".pattern.name", "duplicate", "The cookie "+quoted(c.Pattern.Name)+" stands twice in this service.", "Remove one of them.")
		}
		v.cookie(cookiePath, s, c)
	}
}

func (v *review) cookie(path string, s *Service, c *Cookie) {
	v.pattern(path+".pattern", c)
	oneOf(v, path+".kind", c.Kind, KindCookie, KindLocal, KindSession, KindIndexedDB, KindCache, KindPixel)
	oneOf(v, path+".party", c.Party, FirstParty, ThirdParty)
	oneOf(v, path+".status", c.Status, StatusActive, StatusVerify, StatusObsolete, StatusResidual)
	if c.Category != "" {
		v.categoryOf(path+".category", c.Category)
	}
	v.detail(path+".purpose", c.Purpose)
	v.line(path+".set_by", c.SetBy, maxName)
	v.line(path+".reason", c.Reason, maxPurpose)
	v.notes(path, c.Notes)
	v.exemption(path, c.CategoryIn(s), c.Exemption)
	if c.CategoryIn(s) == Necessary && measuresAudience(c.Pattern.Name) {
		v.warn(path+".exemption", "measures_audience", "A cookie of this name is known to measure an audience, and that is never strictly necessary in Norway.",
			"Give it the category statistics, or make sure that it is something else.")
	}
	v.lifetimes(path+".lifetime", c, c.CategoryIn(s) != Necessary)
}

// exemption faults a necessary cookie that is not argued and signed (I5), and
// an exemption for anything else: measuring an audience is never exempt in
// Norway (I7).
func (v *review) exemption(path string, category CategoryKey, e *Exemption) {
	switch {
	case category == Necessary && e == nil:
		v.fault(path+".exemption", "no_exemption", "The cookie is called necessary without a reason.",
			"Write exemption with ground, reason, reviewer (a role) and reviewed (a date), or give the cookie another category.")
		return
	case category != Necessary && e != nil:
		v.fault(path+".exemption", "not_exempt", "Only what is strictly necessary is exempt from consent; "+shorten(string(category))+" is not.",
			"Remove the exemption; for statistics there is none in Norway.")
		return
	case e == nil:
		return
	}
	oneOf(v, path+".exemption.ground", e.Ground, ExemptTransmission, ExemptRequested)
	v.detail(path+".exemption.reason", e.Reason)
	if v.says(e.When) {
		v.detail(path+".exemption.when", e.When)
	}
	v.required(path+".exemption.reviewer", e.Reviewer, maxName)
	v.signed(path+".exemption.reviewed", e.Reviewed)
}

// measuresAudience knows the names of common measuring tools.
func measuresAudience(name string) bool {
	name = strings.ToLower(name)
	return slices.ContainsFunc([]string{"_ga", "_gid", "_pk_id", "_pk_ses", "nmstat", "siteimproveses", "wootracker", "_hjsession", "_clck", "_clsk"},
		func(known string) bool { return strings.HasPrefix(name, known) })
}

// lifetimes faults a lifetime that is not exact or not stated (I3) and warns of
// one that outlives what was agreed to (E3) or that others contradict (I4).
func (v *review) lifetimes(path string, c *Cookie, needsConsent bool) {
	known := func(field string, l Lifetime) bool {
		if l != "" && !l.Valid() {
			v.fault(path+"."+field, "malformed_lifetime", quoted(string(l))+" is not a lifetime.", upperFirst(LifetimeRepair)+".")
		}
		return l.Valid()
	}
	vendor, observed := known("vendor", c.Lifetime.Vendor), known("observed", c.Lifetime.Observed)
	if c.Lifetime.Declared == "" {
		v.undeclared(path+".declared", c.Gone())
		return
	}
	if !known("declared", c.Lifetime.Declared) {
		return
	}
	declared := c.Lifetime.Declared
	rests := needsConsent && !c.Gone() // on a consent
	switch {
	case rests && declared.Compare(longTracker) > 0:
		v.warn(path+".declared", "long_lifetime", "The cookie lives longer than 13 months. No law has a fixed limit, but so long a time is hard to justify.", "Ask the supplier to shorten it.")
	case rests && validValidity(v.draft.Site.Validity) && declared.Compare(v.draft.Site.Validity) > 0:
		v.warn(path+".declared", "outlives_consent", "The cookie lives longer than the consent that it rests on.", "Ask the supplier to shorten it to site.validity.")
	}
	if vendor && declared.Compare(c.Lifetime.Vendor) != 0 {
		v.differs(path+".vendor", Lifetimes{Declared: declared, Vendor: c.Lifetime.Vendor}, "Find out which is right, and declare that.")
	}
	if observed && declared.Compare(c.Lifetime.Observed) < 0 {
		v.differs(path+".observed", Lifetimes{Declared: declared, Observed: c.Lifetime.Observed}, "Declare what is true, or ask the supplier to shorten it.")
	}
}

// differs warns of two lifetimes of a cookie, and says both.
func (v *review) differs(path string, l Lifetimes, repair string) {
	v.warn(path, "lifetime_differs", "The lifetimes differ. "+strings.Join(l.Words(English), " "), repair)
	v.problems[len(v.problems)-1].Lifetimes = l
}

// undeclared faults a missing lifetime of what is in use; of what is on its way
// out it is a debt.
func (v *review) undeclared(path string, gone bool) {
	const message = "No lifetime is declared."
	if gone {
		v.warn(path, "no_lifetime", message, "Remove the cookie from the inventory when it is gone, or state how long it stays.")
		return
	}
	v.fault(path, "no_lifetime", message, upperFirst(LifetimeRepair)+".")
}
