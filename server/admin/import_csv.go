package admin

import (
	"maps"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// importCookies reads a table of cookies and their services. What is there already
// gets what the table says; an empty cell changes nothing.
func (r *request) importCookies(draft *consent.Draft, content string, comma rune) imported {
	t := r.newTableImport(draft, content, comma)
	t.checkColumns(draft.Site.Languages)
	told := r.told("import_csv_broken")
	listed := min(len(t.table.broken), mostToPrograms)
	for _, line := range t.table.broken[:listed] {
		t.made.fault(line, told)
	}
	t.made.moreWrong += len(t.table.broken) - listed
	if len(t.table.rows) > consent.MostEntries { // each is a service or a cookie
		t.made.fault(t.table.lines[consent.MostEntries], r.told("import_too_many_rows", "n", r.lang.Grouped(consent.MostEntries)))
		return *t.made
	}
	said := map[string]saidOnce{}
	for row := range t.table.rows {
		key, line := consent.ServiceKey(t.table.cell(row, "service")), t.table.lines[row]
		s := t.at.service(key)
		if s == nil {
			if s = t.newService(row, key); s == nil {
				continue
			}
			said[string(key)] = saidOnce{}
		}
		if said[string(key)] == nil {
			said[string(key)] = saidOnce{}
		}
		t.importService(row, s, said[string(key)])
		name := t.table.cell(row, "name")
		switch place := placeOf(key, name); {
		case name == "" && t.isService(row):
		case name == "":
			t.made.fault(line, r.told("cookie_no_name"))
		case t.lines[place] > 0:
			t.made.fault(line, r.told("import_twice", "line", t.lines[place]))
		default:
			t.lines[place] = line
			t.importCookie(row, s, name)
		}
	}
	t.check(draft)
	return *t.made
}

// checkColumns refuses columns that nothing is read of.
func (t *tableImport) checkColumns(languages []consent.Language) {
	t.checkUnnamed()
	for _, column := range slices.Sorted(maps.Keys(t.table.columns)) {
		known := slices.Contains(csvColumns, column) || slices.Contains(restColumns, column)
		for _, prefix := range textColumns {
			lang, is := strings.CutPrefix(column, prefix)
			known = known || is && slices.Contains(languages, consent.Language(lang))
		}
		if !known {
			t.made.fault(t.table.heading, t.told("import_unknown_column", "name", brief(column)))
		}
	}
}

// set gives a cell on, unless it is empty.
func (t *tableImport) set(row int, column string, into func(string)) {
	if written := t.table.cell(row, column); written != "" {
		into(written)
	}
}

// orBlanks keeps what was there when a cell says the same but for the blanks around it,
// which no cell keeps.
func orBlanks(was, written string) string {
	if strings.TrimSpace(was) == written {
		return was
	}
	return written
}

// texts gives a text with what the columns of its languages say.
func (t *tableImport) texts(row int, prefix string, was consent.Text) consent.Text {
	text := consent.Text{}
	maps.Copy(text, was)
	for column := range t.table.columns {
		if lang, is := strings.CutPrefix(column, prefix); is {
			t.set(row, column, func(v string) { text[consent.Language(lang)] = orBlanks(was[consent.Language(lang)], v) })
		}
	}
	if len(text) == 0 {
		return was
	}
	return text
}

// importCookie puts a row into a cookie.
func (t *tableImport) importCookie(row int, s *consent.Service, name string) {
	c, fresh := t.at.cookie(s, name)
	if fresh {
		t.rest(row, "cookie_rest", c)
		c.Pattern.Name = name
	}
	t.set(row, "match", func(v string) { c.Pattern.Match = consent.MatchType(v) })
	t.set(row, "category", func(v string) {
		if c.Category = t.category(v); c.Category == s.Category {
			c.Category = ""
		}
	})
	t.set(row, "kind", func(v string) { c.Kind = consent.StorageKind(v) })
	t.set(row, "party", func(v string) { c.Party = consent.PartyKind(v) })
	t.set(row, "status", func(v string) { c.Status = consent.Status(v) })
	t.set(row, "set_by", func(v string) { c.SetBy = orBlanks(c.SetBy, v) })
	t.set(row, "reason", func(v string) { c.Reason = orBlanks(c.Reason, v) })
	t.set(row, "http_only", func(v string) {
		switch strings.ToLower(v) {
		case "yes", "ja", "true", "1":
			c.HTTPOnly = true
		case "no", "nei", "false", "0":
			c.HTTPOnly = false
		default:
			t.made.fault(t.table.lines[row], t.told("import_yes_or_no"))
		}
	})
	for column, into := range map[string]*consent.Lifetime{
		"lifetime_declared": &c.Lifetime.Declared, "lifetime_vendor": &c.Lifetime.Vendor, "lifetime_observed": &c.Lifetime.Observed,
	} {
		t.set(row, column, func(v string) {
			lifetime, err := consent.ParseLifetime(v)
			if err != nil {
				t.made.fault(t.table.lines[row], t.told("import_lifetime", "text", brief(v)))
			}
			*into = lifetime
		})
	}
	c.Purpose = t.texts(row, purposeColumn, c.Purpose)
	if c.CategoryIn(s) == consent.Necessary && c.Exemption == nil {
		t.made.fault(t.table.lines[row], t.told("import_unsigned"))
	}
}
