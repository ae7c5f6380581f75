package consent

import (
	"slices"
	"testing"
)

func counter(d *Draft) *Service { return find(d, "counter") }

func video(d *Draft) *Service { return find(d, "video") }

// unitName gives what markup calls a unit.
func unitName(d *Draft, unit string) string {
	for _, each := range d.Asks() {
		if string(each.Service) == unit || string(each.Category) == unit && each.Service == "" {
			return each.Name()
		}
	}
	return ""
}

func TestE2MaterialChangesAskAgain(t *testing.T) {
	statistics, inPlace := []string{"statistics"}, []string{"video"}
	for _, tt := range []struct {
		what   string
		change func(d *Draft)
		asks   []string // whose checksum changes
	}{
		{"new provider", func(d *Draft) { counter(d).Provider.Name = "Woopra, Inc." }, statistics},
		{"provider becomes known", func(d *Draft) { find(d, "tickets").Provider.Name = "Billett AS" }, statistics},
		{"provider becomes a controller", func(d *Draft) { counter(d).Provider.Role = RoleController }, statistics},
		{"new recipient", func(d *Draft) {
			counter(d).Recipients = []Provider{{Name: "Google", Country: []string{"IE"}, Role: RoleController}}
		}, statistics},
		{"new transfer", func(d *Draft) { counter(d).Provider.Transfer = &Transfer{"US", TransferSCC, "2026-01-01"} }, statistics},
		{"transfer to another country", func(d *Draft) { video(d).Provider.Transfer.Country = "IN" }, inPlace},
		{"new service", func(d *Draft) { s := counterService(); s.Key = "second"; d.Services = append(d.Services, s) }, statistics},
		{"service removed", func(d *Draft) { d.Services = d.Services[1:] }, statistics},
		{"new cookie", func(d *Draft) {
			s := counter(d)
			c := s.Cookies[0]
			c.Pattern.Name = "other"
			s.Cookies = append(s.Cookies, c)
		}, statistics},
		{"wider pattern", func(d *Draft) { counter(d).Cookies[0].Pattern.Match = MatchPrefix }, statistics},
		{"other storage", func(d *Draft) { video(d).Cookies[0].Kind = KindLocal }, inPlace},
		{"third party", func(d *Draft) { counter(d).Cookies[0].Party = ThirdParty }, statistics},
		{"longer lifetime", func(d *Draft) { counter(d).Cookies[0].Lifetime.Declared = "P2Y" }, statistics},
		{"lifetime of a session becomes a day", func(d *Draft) { video(d).Cookies[0].Lifetime.Declared = "P1D" }, inPlace},
		{"cookie changes category", func(d *Draft) { video(d).Cookies[1].Category = "" }, inPlace},
		{"purpose means something else", func(d *Draft) { d.Categories[2].PurposeRevision = 2 }, statistics},
		{"purpose of a service means something else", func(d *Draft) { video(d).PurposeRevision = 2 }, inPlace},
		{"another controller", func(d *Draft) { d.Organisation.Number = "964949581" }, []string{"statistics", "video"}},

		{"nothing", func(*Draft) {}, nil},
		{"spelling of a purpose", func(d *Draft) { counter(d).Purpose[Bokmaal] += "!" }, nil},
		{"translation", func(d *Draft) { d.Categories[2].Purpose[Nynorsk] = "Tel besøk." }, nil},
		{"new language", func(d *Draft) {
			d.Site.Languages = append(d.Site.Languages, NorthernSami)
			d.Categories[2].Name[NorthernSami] = "Statistihkka"
		}, nil},
		{"service renamed", func(d *Draft) { counter(d).Name = say("Besøkstelleren") }, nil},
		{"category renamed", func(d *Draft) { d.Categories[2].Name = say("Måling") }, nil},
		{"spelling of a company", func(d *Draft) { counter(d).Provider.Name = "SiteImprove AS" }, nil},
		{"order of everything", func(d *Draft) {
			slices.Reverse(d.Services)
			slices.Reverse(d.Categories)
			for i := range d.Services {
				slices.Reverse(d.Services[i].Cookies)
			}
		}, nil},
		{"same lifetime in other words", func(d *Draft) { find(d, "tickets").Cookies[1].Lifetime.Declared = "P12M" }, nil},
		{"what vendor and scanner say", func(d *Draft) {
			counter(d).Cookies[0].Lifetime.Vendor, counter(d).Cookies[0].Lifetime.Observed = "P2Y", "P2Y"
		}, nil},
		{"alias and spelling of a cookie", func(d *Draft) {
			p := &counter(d).Cookies[0].Pattern
			p.Name, p.Aliases, p.Declared = "NmStat", []string{"nm_stat"}, "nmstat"
		}, nil},
		{"cookie settled", func(d *Draft) { find(d, "tickets").Cookies[2].Status = StatusActive }, nil},
		{"obsolete cookie removed", func(d *Draft) { s := find(d, "tickets"); s.Cookies = s.Cookies[:3] }, nil},
		{"necessary cookie changed", func(d *Draft) { find(d, "tickets").Cookies[0].Lifetime.Declared = "P1D" }, nil},
		{"necessary service changed", func(d *Draft) { find(d, "forms").Provider.Name = "Andre AS" }, nil},
		{"transfer checked again", func(d *Draft) { video(d).Provider.Transfer.Checked = "2027-01-01" }, nil},
		{"hosts, link, policy, notes", func(d *Draft) {
			s := counter(d)
			s.Hosts, s.Link, s.Provider.Policy, s.Notes, s.NeverOn = nil, "/x", "/y", []string{"z"}, []string{"/min-side/"}
		}, nil},
		{"who runs the log, where, and how it is kept", func(d *Draft) {
			d.Site.ConsentLog = &LogKeeping{
				Processor: "Skydrift AS", Countries: []string{"US"}, Security: say("To har tilgang."),
				Transfer: &Transfer{"US", TransferSCC, "2026-01-01"},
			}
		}, nil},
		{"security and contact of a provider", func(d *Draft) {
			s := counter(d)
			s.Security, s.Provider.Contact = say("Kryptert."), &Channels{Email: "post@counter.example"}
		}, nil},
		{"look and origins", func(d *Draft) { d.Site.Look.Accent, d.Site.Origins = "#000000", d.Site.Origins[:1] }, nil},
		{"placement and logo", func(d *Draft) { d.Site.Look.Placement, d.Site.Look.Logo = PlacementDialog, &Logo{SVG: "<svg/>"} }, nil},
		{"new category that nothing uses", func(d *Draft) {
			d.Categories = append(d.Categories, Category{Key: "social", Name: say("Sosialt"), Purpose: say("Deling.")})
		}, nil},
	} {
		before, changed := sums(validDraft()), validDraft()
		tt.change(changed)
		after := sums(changed)
		for _, unit := range []string{"statistics", "video"} {
			asked, want := after[unit] != before[unit], slices.Contains(tt.asks, unit)
			if asked != want {
				t.Errorf("%s: asks again for %s: %v, want %v", tt.what, unit, asked, want)
			}
			if why := AskReasons(validDraft(), changed, unitName(changed, unit)); (len(why) > 0) != want {
				t.Errorf("%s: asks again for %s: %v, because of %v", tt.what, unit, want, why)
			}
		}
	}
}

// The checksum is kept in visitors' cookies: a new release that computes it
// otherwise would ask everybody again.
func TestChecksumsStayAsTheyAre(t *testing.T) {
	if got := sums(validDraft()); got["statistics"] != "_1f34o" || got["video"] != "ispJ4t" {
		t.Errorf("checksums are %v", got)
	}
}
