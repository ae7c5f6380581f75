package admin

import (
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// csvTable is a table whose columns go by their headings.
type csvTable struct {
	columns map[string]int
	rows    [][]string
	lines   []int
}

// cell gives a cell of a row, "" when there is no such column.
func (t *csvTable) cell(row int, column string) string {
	at, known := t.columns[column]
	if !known || at >= len(t.rows[row]) {
		return ""
	}
	return strings.TrimSpace(active(t.rows[row][at]))
}

// readTable reads a CSV file.
func (r *request) readTable(content string, comma rune, made *imported) *csvTable {
	reader := csv.NewReader(strings.NewReader(content))
	reader.Comma, reader.FieldsPerRecord = comma, -1
	table := &csvTable{columns: map[string]int{}}
	for {
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return table
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			made.fault(broken.Line, r.say("import_csv_broken"))
			return table
		}
		if err != nil {
			made.fault(0, r.say("import_csv_broken"))
			return table
		}
		line, _ := reader.FieldPos(0)
		if len(table.columns) == 0 {
			for i, name := range row {
				table.columns[strings.TrimSpace(name)] = i
			}
			continue
		}
		table.rows, table.lines = append(table.rows, row), append(table.lines, line)
	}
}

// importCookies reads a table of cookies. What is there already gets what the
// table says; an empty cell changes nothing.
func (r *request) importCookies(draft *consent.Draft, content string, comma rune) imported {
	made := imported{draft: copyOf(draft)}
	table := r.readTable(content, comma, &made)
	for column := range table.columns {
		lang, purpose := strings.CutPrefix(column, purposeColumn)
		if !slices.Contains(csvColumns, column) && (!purpose || !slices.Contains(draft.Site.Languages, consent.Language(lang))) {
			made.fault(1, r.say("import_unknown_column", "name", brief(column)))
		}
	}
	lines := map[string]int{}
	for row := range table.rows {
		s := made.draft.Service(consent.ServiceKey(table.cell(row, "service")))
		name := table.cell(row, "name")
		switch {
		case s == nil:
			made.fault(table.lines[row], r.say("import_unknown_service", "name", brief(table.cell(row, "service"))))
			continue
		case name == "":
			made.fault(table.lines[row], r.say("cookie_no_name"))
			continue
		case lines[string(s.Key)+"/"+name] > 0:
			made.fault(table.lines[row], r.say("import_twice", "line", lines[string(s.Key)+"/"+name]))
			continue
		}
		lines[string(s.Key)+"/"+name] = table.lines[row]
		r.importCookie(&made, table, row, s, cookieNamed(s, name))
	}
	r.checkImported(&made, draft, lines)
	return made
}

// cookieNamed gives the cookie of that name, added where it is not there yet.
func cookieNamed(s *consent.Service, name string) *consent.Cookie {
	for i := range s.Cookies {
		if s.Cookies[i].Pattern.Name == name {
			return &s.Cookies[i]
		}
	}
	s.Cookies = append(s.Cookies, consent.Cookie{
		Pattern: consent.Pattern{Name: name, Match: consent.MatchExact}, Kind: consent.KindCookie, Party: consent.FirstParty, Status: consent.StatusVerify,
	})
	return &s.Cookies[len(s.Cookies)-1]
}

// importCookie puts a row into a cookie.
func (r *request) importCookie(made *imported, table *csvTable, row int, s *consent.Service, c *consent.Cookie) {
	set := func(column string, into func(string)) {
		if written := table.cell(row, column); written != "" {
			into(written)
		}
	}
	set("match", func(v string) { c.Pattern.Match = consent.MatchType(v) })
	set("category", func(v string) {
		if c.Category = consent.CategoryKey(v); c.Category == s.Category {
			c.Category = ""
		}
	})
	set("kind", func(v string) { c.Kind = consent.StorageKind(v) })
	set("party", func(v string) { c.Party = consent.PartyKind(v) })
	set("status", func(v string) { c.Status = consent.Status(v) })
	set("set_by", func(v string) { c.SetBy = v })
	set("reason", func(v string) { c.Reason = v })
	set("http_only", func(v string) {
		switch strings.ToLower(v) {
		case "yes", "ja", "true", "1":
			c.HTTPOnly = true
		case "no", "nei", "false", "0":
			c.HTTPOnly = false
		default:
			made.fault(table.lines[row], r.say("import_yes_or_no"))
		}
	})
	for column, into := range map[string]*consent.Lifetime{
		"lifetime_declared": &c.Lifetime.Declared, "lifetime_vendor": &c.Lifetime.Vendor, "lifetime_observed": &c.Lifetime.Observed,
	} {
		set(column, func(v string) {
			lifetime, err := consent.ParseLifetime(v)
			if err != nil {
				made.fault(table.lines[row], r.say("import_lifetime", "text", brief(v)))
			}
			*into = lifetime
		})
	}
	purpose := consent.Text{}
	for lang, text := range c.Purpose {
		purpose[lang] = text
	}
	for column := range table.columns {
		if lang, is := strings.CutPrefix(column, purposeColumn); is {
			set(column, func(v string) { purpose[consent.Language(lang)] = v })
		}
	}
	c.Purpose = purpose
	if c.CategoryIn(s) == consent.Necessary && c.Exemption == nil {
		made.fault(table.lines[row], r.say("import_unsigned"))
	}
}

// checkImported finds what cannot be saved in what a table changed, and tells of
// it at the lines that did.
func (r *request) checkImported(made *imported, was *consent.Draft, lines map[string]int) {
	before := newDraftProblems(was)
	after := newDraftProblems(made.draft)
	names := partNames(made.draft.Services, serviceKey)
	for i := range made.draft.Services {
		s := &made.draft.Services[i]
		for j, cookie := range partNames(s.Cookies, cookieName) {
			path, line := cookiePath(names[i], cookie), lines[string(s.Key)+"/"+s.Cookies[j].Pattern.Name]
			if line == 0 {
				continue
			}
			for _, p := range after.of[path] {
				switch told := r.problemText(&p); {
				case isRefused(&p):
					made.wrong = append(made.wrong, importLine{line, told})
				case !slices.Contains(before.of[path], p):
					made.warnings = append(made.warnings, importLine{line, told})
				}
			}
		}
	}
	byLine := func(a, b importLine) int { return a.Line - b.Line }
	slices.SortStableFunc(made.wrong, byLine)
	slices.SortStableFunc(made.warnings, byLine)
}
