package admin

import (
	"encoding/csv"
	"encoding/json"
	"io"
	"maps"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// csvColumns are the columns of the table of cookies, beside texts with one for each
// language.
var csvColumns = []string{
	"service", "name", "match", "category", "kind", "party", "http_only", "status",
	"lifetime_declared", "lifetime_vendor", "lifetime_observed", "set_by", "reason",
	"provider", "service_category", "ask", "legal_basis",
}

const (
	purposeColumn        = "purpose_"
	serviceNameColumn    = "service_name_"
	servicePurposeColumn = "service_purpose_"
)

var (
	textColumns = []string{purposeColumn, serviceNameColumn, servicePurposeColumn}
	// restColumns hold as JSON what has no column, so that nothing is lost.
	restColumns = []string{"service_rest", "cookie_rest"}
)

// isServiceColumn says whether a column is about the service of a row.
func isServiceColumn(column string) bool {
	return slices.Contains([]string{"provider", "service_category", "ask", "legal_basis"}, column) ||
		strings.HasPrefix(column, serviceNameColumn) || strings.HasPrefix(column, servicePurposeColumn)
}

// inventoryCSV writes the cookies and their services as a table that is read back by an
// import, row by row. No cell of it is calculated by a spreadsheet program.
func inventoryCSV(to io.Writer, d *consent.Draft) error {
	if _, err := io.WriteString(to, byteOrderMark); err != nil {
		return err
	}
	table := csv.NewWriter(to)
	table.UseCRLF = true
	write := func(row []string) {
		for i := range row {
			row[i] = consent.InertCell(row[i])
		}
		_ = table.Write(row) // errors come with Flush
	}
	write(csvHeading(d.Site.Languages))
	for i := range d.Services {
		s := &d.Services[i]
		for j := range s.Cookies {
			write(csvRow(d, s, &s.Cookies[j], j == 0))
		}
		if len(s.Cookies) == 0 {
			write(csvRow(d, s, nil, true))
		}
	}
	table.Flush()
	return table.Error()
}

// byteOrderMark makes spreadsheet programs read the file as UTF-8.
const byteOrderMark = "\ufeff"

func csvHeading(languages []consent.Language) []string {
	heading := slices.Clone(csvColumns)
	for _, prefix := range textColumns {
		for _, lang := range languages {
			heading = append(heading, prefix+string(lang))
		}
	}
	return append(heading, restColumns...)
}

// csvRow gives the row of a cookie, nil for a service that has none. What is about the
// service stands in its first row.
func csvRow(d *consent.Draft, s *consent.Service, c *consent.Cookie, first bool) []string {
	row, languages := []string{string(s.Key)}, d.Site.Languages
	cookie, cookieRest := consent.Cookie{}, ""
	if c == nil {
		row = append(row, make([]string, 12)...)
	} else {
		cookie, cookieRest = *c, restOfCookie(*c, languages)
		httpOnly := "no"
		if c.HTTPOnly {
			httpOnly = "yes"
		}
		row = append(row, c.Pattern.Name, string(c.Pattern.Match), string(c.CategoryIn(s)), string(c.Kind), string(c.Party), httpOnly, string(c.Status),
			string(c.Lifetime.Declared), string(c.Lifetime.Vendor), string(c.Lifetime.Observed), c.SetBy, c.Reason)
	}
	said, serviceRest := consent.Service{}, ""
	if first {
		said, serviceRest = *s, restOfService(*s, languages)
	}
	row = append(row, said.Provider.Name, string(said.Category), string(said.Ask), string(said.Basis))
	for _, text := range []consent.Text{cookie.Purpose, said.Name, said.Purpose} {
		for _, lang := range languages {
			row = append(row, text[lang])
		}
	}
	return append(row, serviceRest, cookieRest)
}

// restOfService gives what a service says beside its columns.
func restOfService(s consent.Service, languages []consent.Language) string {
	s.Key, s.Category, s.Ask, s.Basis, s.Provider.Name, s.Cookies = "", "", "", "", "", nil
	s.Name, s.Purpose = otherLanguages(s.Name, languages), otherLanguages(s.Purpose, languages)
	return restOf(s)
}

// restOfCookie gives what a cookie says beside its columns.
func restOfCookie(c consent.Cookie, languages []consent.Language) string {
	c.Pattern.Name, c.Pattern.Match, c.Category, c.Kind, c.Party, c.Status = "", "", "", "", "", ""
	c.HTTPOnly, c.Lifetime, c.SetBy, c.Reason, c.Purpose = false, consent.Lifetimes{}, "", "", otherLanguages(c.Purpose, languages)
	return restOf(c)
}

func otherLanguages(text consent.Text, languages []consent.Language) consent.Text {
	other := maps.Clone(text)
	for _, lang := range languages {
		delete(other, lang)
	}
	return other
}

// restOf gives what is not empty in something as JSON, "" for nothing.
func restOf(part any) string {
	text, err := json.Marshal(part)
	if err != nil {
		panic(err) // drafts are plain data
	}
	var members any
	if err := json.Unmarshal(text, &members); err != nil {
		panic(err)
	}
	if members = full(members); members == nil {
		return ""
	}
	text, err = json.Marshal(members)
	if err != nil {
		panic(err)
	}
	return string(text)
}

// full gives a value without empty members, nil when nothing is left. A list without
// members stays: it says that there are none.
func full(value any) any {
	switch v := value.(type) {
	case map[string]any:
		for name, member := range v {
			if v[name] = full(member); v[name] == nil {
				delete(v, name)
			}
		}
		if len(v) > 0 {
			return v
		}
		return nil
	case string:
		if v == "" {
			return nil
		}
	}
	return value
}
