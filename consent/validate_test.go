package consent

import (
	"slices"
	"strings"
	"testing"
)

// rule is one way to break a valid draft, and what must be said of it.
type rule struct {
	name  string
	spoil func(d *Draft)
	path  string
	code  string
}

// check spoils a valid draft by each rule and wants that one problem, at its
// place, with a repair, and no other.
func check(t *testing.T, severity Severity, rules []rule) {
	t.Helper()
	for _, r := range rules {
		t.Run(r.name, func(t *testing.T) {
			d := validDraft()
			r.spoil(d)
			problems := slices.DeleteFunc(d.Validate(), func(p Problem) bool {
				return p.Path == "services.tickets.provider.name" && p.Code == "provider_unknown"
			})
			if len(problems) != 1 {
				t.Fatalf("%d problems, want one: %v", len(problems), problems)
			}
			p := problems[0]
			if p.Path != r.path || p.Code != r.code || p.Severity != severity {
				t.Errorf("got %s at %s (%s), want %s at %s (%s)", p.Code, p.Path, p.Severity, r.code, r.path, severity)
			}
			for _, sentence := range []string{p.Message, p.Repair} {
				if !strings.HasSuffix(sentence, ".") || strings.ContainsAny(sentence, "\n\r") {
					t.Errorf("%q is not a sentence", sentence)
				}
			}
		})
	}
}

func TestValidateOrganisationAndSite(t *testing.T) {
	check(t, Fault, []rule{
		{"organisation id", func(d *Draft) { d.Organisation.ID = "Kommunen" }, "organisation.id", "malformed_key"},
		{"organisation name", func(d *Draft) { d.Organisation.Name = " " }, "organisation.name", "missing"},
		{"number with a wrong digit", func(d *Draft) { d.Organisation.Number = "864949763" }, "organisation.number", "organisation_number"},
		{"two digits exchanged", func(d *Draft) { d.Organisation.Number = "864947962" }, "organisation.number", "organisation_number"},
		{"number with spaces", func(d *Draft) { d.Organisation.Number = "864 949 762" }, "organisation.number", "organisation_number"},
		{"number of nothing", func(d *Draft) { d.Organisation.Number = "000000000" }, "organisation.number", "organisation_number"},
		{"site key", func(d *Draft) { d.Site.Key = "../etc" }, "site.key", "malformed_key"},
		{"site key too long", func(d *Draft) { d.Site.Key = SiteKey(strings.Repeat("a", 41)) }, "site.key", "malformed_key"},
		{"unknown language", func(d *Draft) { d.Site.Languages = append(d.Site.Languages, "no") }, "site.languages.3", "unknown_language"},
		{"language twice", func(d *Draft) { d.Site.Languages = append(d.Site.Languages, Bokmaal) }, "site.languages.3", "duplicate"},
		{"no language", func(d *Draft) { d.Site.Languages = nil }, "site.languages", "no_language"},
		{"name missing in one language", func(d *Draft) { delete(d.Site.Name, Nynorsk) }, "site.name.nn", "missing_text"},
		{"name blank in one language", func(d *Draft) { d.Site.Name[English] = " \u00a0" }, "site.name.en", "missing_text"},
		{"no origin", func(d *Draft) { d.Site.Origins = nil }, "site.origins", "no_origin"},
		{"origin with a path", func(d *Draft) { d.Site.Origins[0] += "/" }, "site.origins.0", "malformed_origin"},
		{"origin without encryption", func(d *Draft) { d.Site.Origins[0] = "http://www.kommunen.example" }, "site.origins.0", "malformed_origin"},
		{"origin for all municipalities", func(d *Draft) { d.Site.Origins[0] = "https://*.kommune.no" }, "site.origins.0", "malformed_origin"},
		{"origin twice", func(d *Draft) { d.Site.Origins = append(d.Site.Origins, "https://WWW.kommunen.example:443") }, "site.origins.3", "duplicate"},
		{"privacy statement missing", func(d *Draft) { delete(d.Site.Privacy, English) }, "site.privacy_statement.en", "missing_text"},
		{"privacy statement that is script", func(d *Draft) { d.Site.Privacy[Bokmaal] = "javascript:alert(1)" }, "site.privacy_statement.nb", "malformed_address"},
		{"declaration in one language only", func(d *Draft) {
			d.Site.Declaration = Text{Bokmaal: "/kapsler", English: "/cookies"}
		}, "site.declaration.nn", "missing_text"},
		{"validity too short", func(d *Draft) { d.Site.Validity = "P5M" }, "site.validity", "validity"},
		{"validity too long", func(d *Draft) { d.Site.Validity = "P13M" }, "site.validity", "validity"},
		{"validity of a session", func(d *Draft) { d.Site.Validity = Session }, "site.validity", "validity"},
		{"retention missing", func(d *Draft) { d.Site.Retention = "" }, "site.retention", "retention"},
		{"retention shorter than validity", func(d *Draft) { d.Site.Retention = "P11M" }, "site.retention", "retention"},
		{"heading", func(d *Draft) { d.Site.Heading = 1 }, "site.heading_level", "heading_level"},
		{"answers shared by all municipalities", func(d *Draft) { d.Site.CookieDomain = "kommune.no" }, "site.cookie_domain", "public_suffix"},
		{"answers shared by an address", func(d *Draft) { d.Site.CookieDomain = "192.0.2.1" }, "site.cookie_domain", "public_suffix"},
		{"answers shared with a dot", func(d *Draft) { d.Site.CookieDomain = ".kommunen.example" }, "site.cookie_domain", "malformed_domain"},
		{"answers shared with a header", func(d *Draft) { d.Site.CookieDomain = "kommunen.example; path=/x" }, "site.cookie_domain", "malformed_domain"},
		{"answers shared below a page", func(d *Draft) { d.Site.CookieDomain = "www.kommunen.example" }, "site.cookie_domain", "foreign_origin"},
		{"accent", func(d *Draft) { d.Site.Look.Accent = "red;}body{display:none" }, "site.look.accent", "malformed_colour"},
		{"radius", func(d *Draft) { d.Site.Look.Radius = 17 }, "site.look.radius", "radius"},
		{"another country's law", func(d *Draft) { d.Site.Jurisdiction = "SE" }, "site.jurisdiction", "unknown_jurisdiction"},
		{"withdrawal by a script", func(d *Draft) {
			d.Site.Withdrawal = Text{Bokmaal: "javascript:alert(1)", Nynorsk: "/#a", English: "/#a"}
		}, "site.withdrawal_method.nb", "malformed_address"},
		{"rights in one language only", func(d *Draft) { d.Site.Rights = Text{Bokmaal: "/a", Nynorsk: "/a"} }, "site.rights.en", "missing_text"},
		{"wording in one language only", func(d *Draft) { d.Site.Wording["heading_one"] = Text{Bokmaal: "Hei", Nynorsk: "Hei"} }, "site.wording.heading_one.en", "missing_text"},
		{"wording that nothing shows", func(d *Draft) { d.Site.Wording["acept_one"] = say("Ja") }, "site.wording.acept_one", "unknown_text"},
		{"wording that hides that one may change one's mind", func(d *Draft) { d.Site.Wording["necessary"] = say("Takk.") }, "site.wording.necessary", "unknown_text"},
		{"wording that hides who asks", func(d *Draft) {
			d.Site.Wording["intro_one"] = Text{Bokmaal: "Vi liker kapsler.", Nynorsk: "{controller} spør.", English: "{controller} asks."}
		}, "site.wording.intro_one.nb", "missing_slot"},
		{"wording that hides who receives data", func(d *Draft) {
			d.Site.Wording["details"] = Text{Bokmaal: "Mer", Nynorsk: "{recipients}", English: "{recipients}"}
		}, "site.wording.details.nb", "missing_slot"},
	})
	check(t, Warning, []rule{
		{"retention for ever", func(d *Draft) { d.Site.Retention = "P11Y" }, "site.retention", "long_retention"},
		{"pale accent", func(d *Draft) { d.Site.Look.Accent = "#ffdd00" }, "site.look.accent", "weak_colour"},
		{"text in a language that is not one", func(d *Draft) { d.Site.Name["nb_NO"] = "Prøvekommunen" }, "site.name.nb_NO", "unknown_language"},
	})
}

func TestValidateConsentLog(t *testing.T) {
	kept := func(k LogKeeping) func(*Draft) { return func(d *Draft) { d.Site.ConsentLog = &k } }
	check(t, Fault, []rule{
		{"kept nowhere", kept(LogKeeping{Processor: "Skydrift AS"}), "site.consent_log.countries", "missing"},
		{"country that is none", kept(LogKeeping{Countries: []string{"NO", "EU"}}), "site.consent_log.countries.1", "unknown_country"},
		{"abroad without basis", kept(LogKeeping{Countries: []string{"NO", "US"}}), "site.consent_log.transfer", "no_transfer_basis"},
		{"abroad with a basis for elsewhere", kept(LogKeeping{
			Countries: []string{"US"}, Transfer: &Transfer{Country: "CH", Basis: TransferAdequacy, Checked: "2026-11-01"},
		}), "site.consent_log.transfer", "no_transfer_basis"},
		{"transfer within the EEA", kept(LogKeeping{
			Countries: []string{"NO"}, Transfer: &Transfer{Country: "SE", Basis: TransferSCC, Checked: "2026-11-01"},
		}), "site.consent_log.transfer.country", "unknown_country"},
		{"transfer never checked", kept(LogKeeping{
			Countries: []string{"US"}, Transfer: &Transfer{Country: "US", Basis: TransferSCC},
		}), "site.consent_log.transfer.checked", "malformed_date"},
		{"blank processor", kept(LogKeeping{Processor: " ", Countries: []string{"NO"}}), "site.consent_log.processor", "missing"},
		{"processor of itself", kept(LogKeeping{Processor: "prøvekommunen", Countries: []string{"NO"}}), "site.consent_log.processor", "own_processor"},
		{"measures in one language only", kept(LogKeeping{
			Countries: []string{"NO"}, Security: Text{Bokmaal: "x", English: "x"},
		}), "site.consent_log.security.nn", "missing_text"},
	})
	for name, k := range map[string]LogKeeping{
		"by itself":        {Countries: []string{"NO"}},
		"by a processor":   {Processor: "Skydrift AS", Countries: []string{"NO", "IE"}, Security: say("To har tilgang.")},
		"with a transfer":  {Countries: []string{"CH"}, Transfer: &Transfer{Country: "CH", Basis: TransferAdequacy, Checked: "2026-11-01"}},
		"read from abroad": {Processor: "Skydrift AS", Countries: []string{"NO"}, Transfer: &Transfer{Country: "US", Basis: TransferSCC, Checked: "2026-11-01"}},
	} {
		d := validDraft()
		d.Site.ConsentLog = &k
		if faults := d.Validate().Faults(); len(faults) > 0 {
			t.Errorf("%s: %v", name, faults)
		}
	}
}

func TestValidateContacts(t *testing.T) {
	check(t, Fault, []rule{
		{"controller without a name", func(d *Draft) { delete(d.Contacts.Controller.Name, Bokmaal) }, "contacts.controller.name.nb", "missing_text"},
		{"data protection officer out of reach", func(d *Draft) { d.Contacts.DPO.Email = "" }, "contacts.data_protection_officer", "no_channel"},
		{"authority out of reach", func(d *Draft) { d.Contacts.Authority = Contact{Name: say("Datatilsynet")} }, "contacts.supervisory_authority", "no_channel"},
		{"e-mail", func(d *Draft) { d.Contacts.DPO.Email = "ombud(at)kommunen.example" }, "contacts.data_protection_officer.email", "malformed_email"},
		{"e-mail with headers", func(d *Draft) { d.Contacts.DPO.Email = "a@b.example?bcc=c@d.example" }, "contacts.data_protection_officer.email", "malformed_email"},
		{"telephone", func(d *Draft) { d.Contacts.Controller.Phone = "ring oss" }, "contacts.controller.phone", "malformed_phone"},
		{"address on two lines", func(d *Draft) { d.Contacts.Authority.Address = "Postboks 458\n0105 Oslo" }, "contacts.supervisory_authority.address", "hidden_character"},
		{"web address", func(d *Draft) { d.Contacts.Authority.URL = "data:text/html,x" }, "contacts.supervisory_authority.url", "malformed_address"},
	})
}

func TestValidateCategories(t *testing.T) {
	check(t, Fault, []rule{
		{"key", func(d *Draft) {
			d.Categories = append(d.Categories, Category{Key: "a/b", Name: say("X"), Purpose: say("X")})
		}, "categories.a/b.key", "malformed_key"},
		{"twice", func(d *Draft) { d.Categories = append(d.Categories, d.Categories[2]) }, "categories.4.key", "duplicate"},
		{"name", func(d *Draft) { delete(d.Categories[2].Name, English) }, "categories.statistics.name.en", "missing_text"},
		{"purpose", func(d *Draft) { d.Categories[2].Purpose[Nynorsk] = "" }, "categories.statistics.purpose.nn", "missing_text"},
		{"purpose too long", func(d *Draft) { d.Categories[2].Purpose[Nynorsk] = strings.Repeat("å", 1001) }, "categories.statistics.purpose.nn", "too_long"},
		{"name turned around", func(d *Draft) { d.Categories[2].Name[Bokmaal] = "abc\u202edef" }, "categories.statistics.name.nb", "hidden_character"},
		{"revision", func(d *Draft) { d.Categories[2].PurposeRevision = -1 }, "categories.statistics.purpose_revision", "purpose_revision"},
	})
	d := validDraft()
	d.Categories = nil
	if !slices.ContainsFunc(d.Validate(), func(p Problem) bool { return p.Code == "no_category" }) {
		t.Error("a draft without categories passes")
	}
}

func TestValidateServices(t *testing.T) {
	check(t, Fault, []rule{
		{"too many", func(d *Draft) { d.Services = make([]Service, 30_001) }, "services", "too_many"},
		{"too many cookies", func(d *Draft) { d.Services[0].Cookies = make([]Cookie, 30_000) }, "services", "too_many"},
		{"key", func(d *Draft) { find(d, "video").Key = "Video" }, "services.Video.key", "malformed_key"},
		{"no key", func(d *Draft) { find(d, "video").Key = "" }, "services.2.key", "malformed_key"},
		{"twice", func(d *Draft) { d.Services = append(d.Services, formService()) }, "services.5.key", "duplicate"},
		{"name", func(d *Draft) { delete(find(d, "video").Name, Nynorsk) }, "services.video.name.nn", "missing_text"},
		{"purpose", func(d *Draft) { delete(find(d, "video").Purpose, English) }, "services.video.purpose.en", "missing_text"},
		{"warning in one language only", func(d *Draft) { find(d, "video").Warning = Text{Bokmaal: "x", English: "x"} }, "services.video.warning.nn", "missing_text"},
		{"category that is not there", func(d *Draft) { find(d, "counter").Category = "measuring" }, "services.counter.category", "unknown_category"},
		{"no category", func(d *Draft) {
			s := find(d, "counter")
			s.Category, s.Cookies[0].Category = "", Statistics
		}, "services.counter.category", "missing"},
		{"null byte in a note", func(d *Draft) { find(d, "counter").Notes = []string{"two\nlines", "a\x00b"} }, "services.counter.notes.1", "hidden_character"},
		{"name of nothing to be seen", func(d *Draft) { find(d, "counter").Name[Bokmaal] = "\u00ad\u2060" }, "services.counter.name.nb", "hidden_character"},
		{"company of nothing to be seen", func(d *Draft) { find(d, "counter").Provider.Name = "\u200b" }, "services.counter.provider.name", "hidden_character"},
		{"cookie of nothing to be seen", func(d *Draft) {
			find(d, "counter").Cookies[0].Kind, find(d, "counter").Cookies[0].Pattern.Name = KindLocal, "\u200b"
		}, "services.counter.cookies.\u200b.pattern.name", "malformed_name"},
		{"turned note of a cookie", func(d *Draft) { find(d, "counter").Cookies[0].Notes = []string{"\u202e"} }, "services.counter.cookies.nmstat.notes.0", "hidden_character"},
		{"path of a page", func(d *Draft) { find(d, "counter").NeverOn = []string{"/a/", "min-side"} }, "services.counter.never_on.1", "malformed_path"},
		{"path with a question", func(d *Draft) { find(d, "counter").NeverOn = []string{"/a?b"} }, "services.counter.never_on.0", "malformed_path"},
		{"path twice", func(d *Draft) { find(d, "counter").NeverOn = []string{"/a/", "/a/"} }, "services.counter.never_on.1", "duplicate"},
		{"host", func(d *Draft) { find(d, "counter").Hosts[1] = "https://counter.example/x" }, "services.counter.hosts.1", "malformed_host"},
		{"link", func(d *Draft) { find(d, "video").Link = "//evil.example" }, "services.video.link", "malformed_address"},
		{"consent to what is necessary", func(d *Draft) { find(d, "forms").Basis = BasisConsent }, "services.forms.legal_basis", "nothing_to_consent"},
		{"unknown place to ask", func(d *Draft) { find(d, "counter").Ask = "dialog" }, "services.counter.ask", "unknown_value"},
		{"never asked", func(d *Draft) { find(d, "counter").Ask = AskNever }, "services.counter.ask", "never_asked"},
		{"asked for nothing in place", func(d *Draft) { find(d, "forms").Ask = AskInPlace }, "services.forms.ask", "nothing_to_ask"},
		{"asked for nothing in the banner", func(d *Draft) { find(d, "forms").Ask = AskBanner }, "services.forms.ask", "nothing_to_ask"},
		{"asked for though switched off", func(d *Draft) { find(d, "old-login").Ask = AskBanner }, "services.old-login.ask", "nothing_to_ask"},
		{"switched off and active", func(d *Draft) { find(d, "old-login").Cookies[0].Status = StatusActive }, "services.old-login.legal_basis", "not_switched_off"},
	})
}

func TestValidateProviders(t *testing.T) {
	check(t, Fault, []rule{
		{"no name and nothing said", func(d *Draft) { find(d, "tickets").Provider.Missing = nil }, "services.tickets.provider.name", "no_provider"},
		{"gap confessed in one language only", func(d *Draft) { delete(find(d, "tickets").Provider.Missing, English) }, "services.tickets.provider.missing.en", "missing_text"},
		{"no country", func(d *Draft) { find(d, "counter").Provider.Country = nil }, "services.counter.provider.country", "missing"},
		{"data kept for the session", func(d *Draft) { find(d, "counter").Retention = Session }, "services.counter.retention", "retention"},
		{"data kept for some time", func(d *Draft) { find(d, "counter").Retention = "a while" }, "services.counter.retention", "retention"},
		{"data stored nowhere", func(d *Draft) { find(d, "counter").Locations = []string{"NO", "EU"} }, "services.counter.storage_locations.1", "unknown_country"},
		{"unknown country", func(d *Draft) { find(d, "counter").Provider.Country[0] = "UK" }, "services.counter.provider.country.0", "unknown_country"},
		{"contact out of reach", func(d *Draft) { find(d, "forms").Provider.Contact = &Channels{} }, "services.forms.provider.contact", "no_channel"},
		{"contact by script", func(d *Draft) { find(d, "forms").Provider.Contact = &Channels{URL: "javascript:alert(1)"} }, "services.forms.provider.contact.url", "malformed_address"},
		{"measures in one language only", func(d *Draft) { find(d, "forms").Security = Text{Bokmaal: "x", English: "x"} }, "services.forms.security.nn", "missing_text"},
		{"no role", func(d *Draft) { find(d, "counter").Provider.Role = "" }, "services.counter.provider.role", "missing"},
		{"American provider without basis", func(d *Draft) { find(d, "video").Provider.Transfer = nil }, "services.video.provider.transfer", "no_transfer_basis"},
		{"American recipient without basis", func(d *Draft) {
			r := &find(d, "tickets").Recipients[0]
			r.Country, r.Transfer = []string{"IE", "US"}, nil
		}, "services.tickets.recipients.0.transfer", "no_transfer_basis"},
		{"second country without basis", func(d *Draft) { find(d, "video").Provider.Country = []string{"US", "IN"} }, "services.video.provider.transfer", "no_transfer_basis"},
		{"British provider without basis", func(d *Draft) { find(d, "counter").Provider.Country[0] = "GB" }, "services.counter.provider.transfer", "no_transfer_basis"},
		{"transfer within the EEA", func(d *Draft) { find(d, "tickets").Recipients[0].Transfer.Country = "SE" }, "services.tickets.recipients.0.transfer.country", "unknown_country"},
		{"transfer basis", func(d *Draft) { find(d, "video").Provider.Transfer.Basis = "none" }, "services.video.provider.transfer.basis", "unknown_value"},
		{"transfer never checked", func(d *Draft) { find(d, "video").Provider.Transfer.Checked = "" }, "services.video.provider.transfer.checked", "malformed_date"},
		{"policy", func(d *Draft) { find(d, "counter").Provider.Policy = "JavaScript:alert(1)" }, "services.counter.provider.policy", "malformed_address"},
	})
	check(t, Warning, []rule{
		{"adequacy of a country without it", func(d *Draft) { find(d, "tickets").Recipients[0].Transfer.Country = "IN" }, "services.tickets.recipients.0.transfer.basis", "adequacy_unknown"},
	})
	for _, country := range []string{"NO", "IS", "LI", "SE", "DK", "IE", "GR"} {
		d := validDraft()
		find(d, "counter").Provider.Country[0] = country
		if faults := d.Validate().Faults(); len(faults) > 0 {
			t.Errorf("%s is in the EEA: %v", country, faults)
		}
	}
}

func TestValidateCookies(t *testing.T) {
	cookie := func(d *Draft) *Cookie { return &find(d, "counter").Cookies[0] }
	necessary := func(d *Draft) *Cookie { return &find(d, "forms").Cookies[0] }
	const path = "services.counter.cookies.nmstat"
	check(t, Fault, []rule{
		{"twice", func(d *Draft) { s := find(d, "counter"); s.Cookies = append(s.Cookies, s.Cookies[0]) }, "services.counter.cookies.1.pattern.name", "duplicate"},
		{"no name", func(d *Draft) { cookie(d).Pattern.Name = "" }, "services.counter.cookies.0.pattern.name", "missing"},
		{"name with a star", func(d *Draft) { cookie(d).Pattern.Name = "_gat*" }, "services.counter.cookies._gat*.pattern.name", "malformed_name"},
		{"name that ends a cookie", func(d *Draft) { cookie(d).Pattern.Name = "a;b" }, "services.counter.cookies.a;b.pattern.name", "malformed_name"},
		{"alias", func(d *Draft) { cookie(d).Pattern.Aliases = []string{"ok", "not ok"} }, path + ".pattern.aliases.1", "malformed_name"},
		{"match", func(d *Draft) { cookie(d).Pattern.Match = "glob" }, path + ".pattern.match", "unknown_value"},
		{"expression that does not compile", func(d *Draft) { cookie(d).Pattern.Name, cookie(d).Pattern.Match = "a(", MatchRegex }, "services.counter.cookies.a(.pattern.name", "malformed_expression"},
		{"expression that escapes its group", func(d *Draft) { cookie(d).Pattern.Name, cookie(d).Pattern.Match = "a)|(b", MatchRegex }, "services.counter.cookies.a)|(b.pattern.name", "malformed_expression"},
		{"expression that hangs browsers", func(d *Draft) { cookie(d).Pattern.Name, cookie(d).Pattern.Match = "(a|a)*b", MatchRegex }, "services.counter.cookies.(a|a)*b.pattern.name", "malformed_expression"},
		{"expression that browsers read otherwise", func(d *Draft) { cookie(d).Pattern.Name, cookie(d).Pattern.Match = "(?i)a", MatchRegex }, "services.counter.cookies.(?i)a.pattern.name", "malformed_expression"},
		{"kind", func(d *Draft) { cookie(d).Kind = "etag" }, path + ".kind", "unknown_value"},
		{"party", func(d *Draft) { cookie(d).Party = "" }, path + ".party", "missing"},
		{"status", func(d *Draft) { cookie(d).Status = "gone" }, path + ".status", "unknown_value"},
		{"category", func(d *Draft) { cookie(d).Category = "measuring" }, path + ".category", "unknown_category"},
		{"purpose", func(d *Draft) { delete(cookie(d).Purpose, Nynorsk) }, path + ".purpose.nn", "missing_text"},
		{"statistics cookie called exempt", func(d *Draft) { cookie(d).Exemption = necessary(d).Exemption }, path + ".exemption", "not_exempt"},
	})
	check(t, Warning, []rule{
		{"residual without lifetime", func(d *Draft) { find(d, "old-login").Cookies[0].Lifetime = Lifetimes{} }, "services.old-login.cookies.fbm_.lifetime.declared", "no_lifetime"},
		{"lives two years", func(d *Draft) { cookie(d).Lifetime = Lifetimes{Declared: "P2Y"} }, path + ".lifetime.declared", "long_lifetime"},
		{"outlives the consent", func(d *Draft) {
			d.Site.Validity, find(d, "tickets").Cookies, cookie(d).Lifetime = "P6M", nil, Lifetimes{Declared: "P7M"}
		}, path + ".lifetime.declared", "outlives_consent"},
		{"measuring called necessary", func(d *Draft) { necessary(d).Pattern = Pattern{Name: "_ga", Match: MatchExact} }, "services.forms.cookies._ga.exemption", "measures_audience"},
		{"vendor says otherwise", func(d *Draft) { cookie(d).Lifetime.Vendor = "P5M" }, path + ".lifetime.vendor", "lifetime_differs"},
		{"seen to live longer", func(d *Draft) { cookie(d).Lifetime.Observed = "P7M" }, path + ".lifetime.observed", "lifetime_differs"},
	})
}

func TestValidateGivesEveryProblemAtOnce(t *testing.T) {
	problems := (&Draft{Services: []Service{{}, {Cookies: []Cookie{{}}}}}).Validate()
	codes := map[string]bool{}
	for _, p := range problems {
		codes[p.Code] = true
	}
	for _, code := range []string{"malformed_key", "organisation_number", "no_language", "no_origin", "validity", "retention", "heading_level", "malformed_colour", "no_channel", "no_category", "no_data_category", "no_provider", "no_lifetime"} {
		if !codes[code] {
			t.Errorf("%s is not among the problems of an empty draft", code)
		}
	}
}

func TestSafeAddress(t *testing.T) {
	for _, address := range []string{
		"https://example.no", "http://example.no:8080/a?b=c#d", "HTTPS://Example.NO/", "/personvern", "/personvern?lang=nn#kapsler", "mailto:post@example.no",
		"https://bodø.kommune.no/personvern", "https://[2001:db8::1]/", "https://10.0.0.1/x",
	} {
		if !safeAddress(address) {
			t.Errorf("safeAddress(%q) = false", address)
		}
	}
	for _, address := range []string{
		"", "personvern", "//evil.example", "/\\evil.example", "\\\\evil.example", "https:evil.example", "https:///evil.example", "javascript:alert(1)", "JaVaScRiPt:alert(1)",
		"java\nscript:alert(1)", "\tjavascript:alert(1)", " https://example.no", "data:text/html,<script>", "vbscript:x", "file:///etc/passwd", "blob:https://x", "about:blank",
		"https://user:pass@example.no", "https://gjerdrum.kommune.no@evil.example", "https://exa mple.no", "https://example.no\r\nX: y", "https://", "http://?x", "mailto:", "mailto:x",
		"https://\u202eexample.no", "https://example.no\x00", "https://ex%2eample.no", "https://%zz", "#x", "?x", "ftp://example.no", "tel:123", "https://0x7f.1/",
	} {
		if safeAddress(address) {
			t.Errorf("safeAddress(%q) = true", address)
		}
	}
}
