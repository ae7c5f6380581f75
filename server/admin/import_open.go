package admin

import (
	"maps"
	"slices"
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
// that key. Nothing that stands in the draft is replaced. Rows that cannot be taken are
// set aside: the database has some.
func (r *request) importOpenDatabase(draft *consent.Draft, content string, comma rune) imported {
	aside, lacking := map[int]importLine{}, map[string]bool{}
	for {
		t := r.newTableImport(draft, content, comma)
		t.lacking = lacking // rows that were set aside are not looked at again
		if len(t.table.rows) > mostOpenRows {
			t.made.fault(t.table.lines[mostOpenRows], r.told("import_too_many_rows", "n", r.lang.Grouped(mostOpenRows)))
		}
		if len(t.made.wrong) > 0 {
			return *t.made
		}
		for _, line := range t.table.broken {
			aside[line] = importLine{line, r.told("import_csv_broken")}
		}
		t.openRows(draft, aside)
		t.check(draft)
		_, tooMuch := t.refused[""]
		if tooMuch || !t.setAside(aside) {
			t.listAside(aside)
			return *t.made
		}
	}
}

// setAside adds the rows of what cannot be saved, and says whether there are any.
func (t *tableImport) setAside(aside map[int]importLine) bool {
	was := len(aside)
	for row, line := range t.table.lines {
		if _, already := aside[line]; already {
			continue
		}
		key := consent.ServiceKey(keyOf(t.table.cell(row, "Platform")))
		for _, place := range []string{string(key), placeOf(key, t.table.cell(row, "Cookie / Data Key name"))} {
			if told, refused := t.refused[place]; refused {
				aside[line] = importLine{line, told}
			}
		}
	}
	return len(aside) > was
}

// listAside tells of the rows that were set aside. Where nothing is left, it is the
// file that cannot be read in. What is lacking in the draft is told once.
func (t *tableImport) listAside(aside map[int]importLine) {
	told := map[string]bool{}
	var lines []importLine
	for _, line := range slices.Sorted(maps.Keys(aside)) {
		if text := aside[line].Text; !told[text] {
			lines = append(lines, aside[line])
			told[text] = t.lacking[text]
		}
	}
	if len(aside) == len(t.table.rows)+len(t.table.broken) {
		t.made.wrong = append(t.made.wrong, lines...)
		return
	}
	t.made.aside, t.made.asideRows = lines, len(aside)
}

// openRows puts the rows into the draft, and those that say nothing aside.
func (t *tableImport) openRows(draft *consent.Draft, aside map[int]importLine) {
	for row := range t.table.rows {
		line, platform, name := t.table.lines[row], t.table.cell(row, "Platform"), t.table.cell(row, "Cookie / Data Key name")
		if _, known := aside[line]; known {
			continue
		}
		key := consent.ServiceKey(keyOf(platform))
		category, known := openCategories[strings.ToLower(t.table.cell(row, "Category"))]
		var why problemLine
		switch {
		case name == "":
			why = t.told("cookie_no_name")
		case key == "":
			why = t.told("import_no_platform")
		case !known:
			why = t.told("import_unknown_category", "name", brief(t.table.cell(row, "Category")))
		case draft.Category(category) == nil:
			why = t.told("import_no_category", "name", category)
			t.lacking[why.Text] = true
		}
		if why.Code != "" {
			aside[line] = importLine{line, why}
			continue
		}
		s := t.at.service(key)
		if s == nil {
			s = t.openService(row, key, platform, category)
		}
		t.lines[placeOf(key, name)] = line
		t.openCookie(row, s, name, category)
	}
}

// openService adds the service of a platform.
func (t *tableImport) openService(row int, key consent.ServiceKey, platform string, category consent.CategoryKey) *consent.Service {
	s := consent.Service{Key: key, Name: consent.Text{}, Category: category, Ask: consent.AskBanner, Basis: consent.BasisConsent}
	for _, lang := range t.made.draft.Site.Languages {
		s.Name[lang] = platform
	}
	s.Provider.Name, s.Provider.Policy = t.table.cell(row, "Data Controller"), openPolicy(t.table.cell(row, "User Privacy & GDPR Rights Portals"))
	t.lines[string(key)] = t.table.lines[row]
	return t.at.add(s)
}

// openPolicy keeps an address when it is one.
func openPolicy(address string) string {
	if strings.HasPrefix(address, "https://") && !strings.ContainsAny(address, " \\\"") {
		return address
	}
	return ""
}

// openCookie puts a row into a cookie, where it says nothing yet.
func (t *tableImport) openCookie(row int, s *consent.Service, name string, category consent.CategoryKey) {
	c, _ := t.at.cookie(s, name)
	if len(c.Purpose) == 0 && c.Lifetime == (consent.Lifetimes{}) { // it is new
		if t.table.cell(row, "Wildcard match") == "1" {
			c.Pattern.Match = consent.MatchPrefix
		}
		if category != s.Category {
			c.Category = category
		}
	}
	if text := strings.Join(strings.Fields(t.table.cell(row, "Description")), " "); text != "" && c.Purpose[consent.English] == "" {
		purpose := consent.Text{consent.English: text}
		for lang, other := range c.Purpose {
			if other != "" {
				purpose[lang] = other
			}
		}
		c.Purpose = purpose
	}
	said := t.table.cell(row, "Retention period")
	if said == "" {
		return
	}
	lifetime, err := consent.ParseLifetime(said)
	if err != nil {
		told := t.told("import_lifetime", "text", brief(said))
		told.Text = t.say("spot_cookie", "name", shortText(name), "service", t.serviceWords(s)) + ": " + told.Text
		t.made.warn(t.table.lines[row], told)
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
