package admin

import (
	"encoding/csv"
	"io"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

var openColumns = []string{
	"ID", "Platform", "Category", "Cookie / Data Key name", "Domain", "Description", "Retention period",
	"Data Controller", "User Privacy & GDPR Rights Portals", "Wildcard match",
}

// openNames are our categories in the words of the Open Cookie Database, which has none
// for a site's own: those are left empty.
var openNames = map[consent.CategoryKey]string{
	consent.Necessary: "Functional", consent.Functional: "Functional", consent.Statistics: "Analytics", consent.Marketing: "Marketing",
}

// openCSV writes the cookies in the format of the Open Cookie Database, in English where
// there is English. It holds less than a draft: one language, and one lifetime.
func openCSV(to io.Writer, d *consent.Draft) error {
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return err
	}
	table := csv.NewWriter(to)
	table.UseCRLF = true
	_ = table.Write(openColumns) // errors come with Flush
	for i, n := 0, 0; i < len(d.Services); i++ {
		s := &d.Services[i]
		for j := range s.Cookies {
			n++
			row := openRow(d, s, &s.Cookies[j])
			row[0] = strconv.Itoa(n)
			for at := range row {
				row[at] = consent.InertCell(row[at])
			}
			_ = table.Write(row)
		}
	}
	table.Flush()
	return table.Error()
}

func openRow(d *consent.Draft, s *consent.Service, c *consent.Cookie) []string {
	name, wildcard := c.Pattern.Name, "0"
	if c.Pattern.Match == consent.MatchPrefix {
		wildcard = "1"
	}
	domain := ""
	if c.Party == consent.ThirdParty {
		domain = strings.TrimSpace(strings.Join(s.Hosts, " ") + " (3rd party)")
	}
	lifetime := c.Lifetime.Vendor
	if lifetime == "" {
		lifetime = c.Lifetime.Declared
	}
	platform := openText(d, s.Name)
	if platform == "" {
		platform = string(s.Key)
	}
	return []string{
		"", platform, openNames[c.CategoryIn(s)], name, domain, openText(d, c.Purpose), lifetime.Words(consent.English),
		s.Provider.Name, s.Provider.Policy, wildcard,
	}
}

// openText gives a text in English, or else in the first language of the site that has it.
func openText(d *consent.Draft, text consent.Text) string {
	if text[consent.English] != "" {
		return text[consent.English]
	}
	for _, lang := range d.Site.Languages {
		if text[lang] != "" {
			return text[lang]
		}
	}
	return ""
}
