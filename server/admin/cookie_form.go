package admin

import (
	"net/url"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

var (
	matches  = []string{string(consent.MatchExact), string(consent.MatchPrefix), string(consent.MatchRegex)}
	storages = []string{
		string(consent.KindCookie), string(consent.KindLocal), string(consent.KindSession),
		string(consent.KindIndexedDB), string(consent.KindCache), string(consent.KindPixel),
	}
	parties  = []string{string(consent.FirstParty), string(consent.ThirdParty)}
	statuses = []string{string(consent.StatusActive), string(consent.StatusVerify), string(consent.StatusObsolete), string(consent.StatusResidual)}
	grounds  = []string{"", string(consent.ExemptRequested), string(consent.ExemptTransmission)}
)

// cookieFields makes the form of a cookie of a service.
func cookieFields(b *builder) {
	b.section("cookie_part_name")
	b.field("pattern.name", "cookie_name", aLine)
	b.choices("pattern.match", "cookie_match", matches, func(v string) string { return b.say("cookie_match_" + v) })
	b.field("pattern.any_case", "cookie_any_case", aCheck)
	b.field("pattern.aliases", "cookie_aliases", lines)
	b.field("pattern.declared", "cookie_declared", aLine)
	b.section("cookie_part_what")
	b.texts("purpose", "cookie_purpose", area, true)
	b.choices("category", "cookie_category", append([]string{""}, categoryKeys(b.draft)...), func(v string) string {
		if v == "" {
			return b.say("cookie_category_service")
		}
		return b.categoryWords(v)
	})
	b.choices("status", "cookie_status", statuses, func(v string) string { return consent.Status(v).Words(b.lang) })
	b.choices("kind", "cookie_kind", storages, func(v string) string { return consent.StorageKind(v).Words(b.lang) })
	b.choices("party", "cookie_party", parties, func(v string) string { return consent.PartyKind(v).Words(b.lang) })
	b.field("http_only", "cookie_http_only", aCheck)
	b.field("set_by", "cookie_set_by", aLine)
	b.section("cookie_part_lifetime")
	b.lifetime("lifetime.declared", "cookie_lifetime_declared")
	b.lifetime("lifetime.vendor", "cookie_lifetime_vendor")
	b.lifetime("lifetime.observed", "cookie_lifetime_observed")
	b.section("cookie_part_necessary")
	b.choices("exemption.ground", "exemption_ground", grounds, func(v string) string {
		if v == "" {
			return b.say("exemption_none")
		}
		return consent.Exempt(v).Words(b.lang)
	})
	signed := b.values.Get("exemption.ground") != ""
	b.texts("exemption.reason", "exemption_reason", area, signed)
	b.texts("exemption.when", "exemption_when", area, false)
	b.field("exemption.reviewer", "exemption_reviewer", aLine)
	b.field("exemption.reviewed", "exemption_reviewed", aLine)
	b.section("cookie_part_notes")
	b.field("reason", "cookie_reason", aLong)
	b.field("notes", "service_notes", lines)
}

// cookieValues gives a cookie as its form holds it.
func (r *request) cookieValues(c *consent.Cookie) url.Values {
	v := url.Values{}
	v.Set("pattern.name", c.Pattern.Name)
	v.Set("pattern.match", string(c.Pattern.Match))
	setCheck(v, "pattern.any_case", c.Pattern.AnyCase)
	v.Set("pattern.aliases", strings.Join(c.Pattern.Aliases, "\n"))
	v.Set("pattern.declared", c.Pattern.Declared)
	setText(v, "purpose", c.Purpose)
	v.Set("category", string(c.Category))
	v.Set("status", string(c.Status))
	v.Set("kind", string(c.Kind))
	v.Set("party", string(c.Party))
	setCheck(v, "http_only", c.HTTPOnly)
	v.Set("set_by", c.SetBy)
	v.Set("lifetime.declared", r.lifetimeField(c.Lifetime.Declared))
	v.Set("lifetime.vendor", r.lifetimeField(c.Lifetime.Vendor))
	v.Set("lifetime.observed", r.lifetimeField(c.Lifetime.Observed))
	if e := c.Exemption; e != nil {
		v.Set("exemption.ground", string(e.Ground))
		setText(v, "exemption.reason", e.Reason)
		setText(v, "exemption.when", e.When)
		v.Set("exemption.reviewer", e.Reviewer)
		v.Set("exemption.reviewed", e.Reviewed)
	}
	v.Set("reason", c.Reason)
	v.Set("notes", strings.Join(c.Notes, "\n"))
	return v
}

func setCheck(v url.Values, name string, on bool) {
	if on {
		v.Set(name, "on")
	}
}

// readCookie puts what the form says into a cookie.
func (rd *reader) readCookie(s *consent.Service, c *consent.Cookie) {
	c.Pattern = consent.Pattern{
		Name: rd.field("pattern.name"), Match: consent.MatchType(rd.choice("pattern.match", matches)), AnyCase: rd.form.Get("pattern.any_case") != "",
		Aliases: rd.lines("pattern.aliases"), Declared: rd.field("pattern.declared"),
	}
	if c.Pattern.Name == "" {
		rd.wrong["pattern.name"] = rd.say("cookie_no_name")
	}
	c.Purpose = rd.text("purpose", c.Purpose)
	c.Category, c.Status = consent.CategoryKey(rd.field("category")), consent.Status(rd.choice("status", statuses))
	c.Kind, c.Party = consent.StorageKind(rd.choice("kind", storages)), consent.PartyKind(rd.choice("party", parties))
	c.HTTPOnly, c.SetBy = rd.form.Get("http_only") != "", rd.field("set_by")
	c.Lifetime = consent.Lifetimes{
		Declared: rd.lifetime("lifetime.declared"), Vendor: rd.lifetime("lifetime.vendor"), Observed: rd.lifetime("lifetime.observed"),
	}
	rd.readExemption(s, c)
	c.Reason, c.Notes = rd.field("reason"), rd.lines("notes")
}

// readExemption reads why a cookie is necessary. What is necessary is not saved
// without the reason.
func (rd *reader) readExemption(s *consent.Service, c *consent.Cookie) {
	var was consent.Exemption
	if c.Exemption != nil {
		was = *c.Exemption
	}
	e := consent.Exemption{
		Ground: consent.Exempt(rd.choice("exemption.ground", grounds)), Reason: rd.text("exemption.reason", was.Reason),
		When: rd.text("exemption.when", was.When), Reviewer: rd.field("exemption.reviewer"), Reviewed: rd.signed("exemption.reviewed", was.Reviewed),
	}
	empty := e.Ground == "" && len(e.Reason) == 0 && len(e.When) == 0 && e.Reviewer == "" && e.Reviewed == ""
	if c.Exemption = &e; empty {
		c.Exemption = nil
	}
	if e.StaleBy(&was, rd.signatures(rd.draft.Site.Key).Of(s.Key, c.Pattern.Name), rd.today()) {
		for _, name := range []string{"exemption.reviewer", "exemption.reviewed"} {
			rd.wrong[name] = rd.say("cookie_stale")
		}
	}
	if c.CategoryIn(s) != consent.Necessary {
		return
	}
	first := firstLanguage(rd.draft)
	for name, written := range map[string]string{
		"exemption.ground": string(e.Ground), "exemption.reason." + string(first): e.Reason[first],
		"exemption.reviewer": e.Reviewer, "exemption.reviewed": e.Reviewed,
	} {
		if written == "" {
			rd.wrong[name] = rd.say("cookie_unsigned")
		}
	}
}
