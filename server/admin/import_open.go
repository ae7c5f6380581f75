package admin

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// openCategories are the categories of the Open Cookie Database in our words.
// "Security" and "Personalization" are never necessary by themselves, and what a vendor
// calls necessary has yet to be shown to be.
var openCategories = map[string]consent.CategoryKey{
	"functional": consent.Functional, "personalization": consent.Functional, "security": consent.Functional, "necessary": consent.Functional,
	"analytics": consent.Statistics, "marketing": consent.Marketing,
}

// mostOpenRows is several times what the whole database has.
const mostOpenRows = 10_000

// importOpenDatabase reads rows in the format of the Open Cookie Database: what a
// vendor says of its cookies. Platforms become services where there are none of
// that key. Nothing that stands in the draft is replaced.
func (r *request) importOpenDatabase(draft *consent.Draft, content string, comma rune) imported {
	made := imported{draft: copyOf(draft)}
	table := r.readTable(content, comma, &made)
	if len(table.rows) > mostOpenRows {
		made.fault(table.lines[mostOpenRows], r.say("import_too_many_rows", "n", mostOpenRows))
		return made
	}
	lines, lacking := map[string]int{}, map[consent.CategoryKey]bool{}
	for row := range table.rows {
		platform, name := table.cell(row, "Platform"), table.cell(row, "Cookie / Data Key name")
		key := consent.ServiceKey(keyOf(platform))
		category, known := openCategories[strings.ToLower(table.cell(row, "Category"))]
		switch {
		case name == "":
			made.fault(table.lines[row], r.say("cookie_no_name"))
			continue
		case key == "":
			made.fault(table.lines[row], r.say("import_no_platform"))
			continue
		case !known:
			made.fault(table.lines[row], r.say("import_unknown_category", "name", brief(table.cell(row, "Category"))))
			continue
		case draft.Category(category) == nil:
			if !lacking[category] { // once is enough
				made.fault(table.lines[row], r.say("import_no_category", "name", category))
			}
			lacking[category] = true
			continue
		}
		s := made.draft.Service(key)
		if s == nil {
			s = openService(made.draft, key, platform, category)
			s.Provider.Name, s.Provider.Policy = table.cell(row, "Data Controller"), openPolicy(table.cell(row, "User Privacy & GDPR Rights Portals"))
		}
		lines[string(key)+"/"+name] = table.lines[row]
		r.openCookie(&made, table, row, s, cookieNamed(s, name), category)
	}
	r.checkImported(&made, draft, lines)
	return made
}

// openService adds the service of a platform.
func openService(d *consent.Draft, key consent.ServiceKey, platform string, category consent.CategoryKey) *consent.Service {
	s := consent.Service{Key: key, Name: consent.Text{}, Category: category, Ask: consent.AskBanner, Basis: consent.BasisConsent}
	for _, lang := range d.Site.Languages {
		s.Name[lang] = platform
	}
	d.Services = append(d.Services, s)
	return &d.Services[len(d.Services)-1]
}

// openPolicy keeps an address when it is one.
func openPolicy(address string) string {
	if strings.HasPrefix(address, "https://") && !strings.ContainsAny(address, " \\\"") {
		return address
	}
	return ""
}

// openCookie puts a row into a cookie, where it says nothing yet.
func (r *request) openCookie(made *imported, table *csvTable, row int, s *consent.Service, c *consent.Cookie, category consent.CategoryKey) {
	if len(c.Purpose) == 0 && c.Lifetime == (consent.Lifetimes{}) { // it is new
		if table.cell(row, "Wildcard match") == "1" {
			c.Pattern.Match = consent.MatchPrefix
		}
		if category != s.Category {
			c.Category = category
		}
	}
	if text := strings.Join(strings.Fields(table.cell(row, "Description")), " "); text != "" && c.Purpose[consent.English] == "" {
		purpose := consent.Text{consent.English: text}
		for lang, other := range c.Purpose {
			if other != "" {
				purpose[lang] = other
			}
		}
		c.Purpose = purpose
	}
	said := table.cell(row, "Retention period")
	if said == "" {
		return
	}
	lifetime, err := consent.ParseLifetime(said)
	if err != nil {
		made.warnings = append(made.warnings, importLine{table.lines[row], problemLine{Text: r.say("import_lifetime", "text", brief(said))}})
		return
	}
	c.Lifetime.Vendor = lifetime
}

// keyOf makes a key of a name: "Google Analytics 4" becomes google-analytics-4.
func keyOf(name string) string {
	replaced := strings.NewReplacer("æ", "ae", "ø", "o", "å", "a").Replace(strings.ToLower(name))
	key := strings.Join(strings.FieldsFunc(replaced, func(c rune) bool { return (c < 'a' || c > 'z') && (c < '0' || c > '9') }), "-")
	return strings.TrimRight(key[:min(len(key), 40)], "-")
}
