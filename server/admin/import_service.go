package admin

import (
	"bytes"
	"cmp"
	"encoding/json"
	"errors"
	"io"

	"github.com/samtykke/samtykke/consent"
)

// saidOnce is what the rows of one service have said of it, by column, with the line
// that said it first.
type saidOnce map[string]struct {
	value string
	line  int
}

// newService makes the service that a row names and the draft does not have, or says
// why it cannot.
func (t *tableImport) newService(row int, key consent.ServiceKey) *consent.Service {
	line := t.table.lines[row]
	if !key.Valid() {
		t.made.fault(line, t.told("import_service_key", "name", brief(string(key))))
		return nil
	}
	category := t.category(cmp.Or(t.table.cell(row, "service_category"), t.table.cell(row, "category")))
	if category == "" {
		t.made.fault(line, t.told("import_service_no_category", "name", brief(string(key))))
		return nil
	}
	s := consent.Service{Category: category, Ask: consent.AskBanner, Basis: consent.BasisConsent, Cookies: []consent.Cookie{}}
	if category == consent.Necessary {
		s.Ask, s.Basis = consent.AskNever, consent.BasisNecessary
	}
	t.rest(row, "service_rest", &s)
	s.Key = key
	if s.Name = t.texts(row, serviceNameColumn, s.Name); len(s.Name) == 0 {
		s.Name = consent.Text{}
		for _, lang := range t.made.draft.Site.Languages {
			s.Name[lang] = string(key)
		}
	}
	return t.at.add(s)
}

// importService puts what a row says of its service into it. Rows of one service may
// leave that out, and may not say two things.
func (t *tableImport) importService(row int, s *consent.Service, said saidOnce) {
	line := t.table.lines[row]
	if t.lines[string(s.Key)] == 0 {
		t.lines[string(s.Key)] = line
	}
	for column := range t.table.columns {
		if !isServiceColumn(column) {
			continue
		}
		t.set(row, column, func(v string) {
			if column == "service_category" {
				v = string(t.category(v)) // a key and a name may say the same
			}
			if first, again := said[column]; again && first.value != v {
				t.made.fault(line, t.told("import_service_differs", "column", column, "line", first.line))
			} else if !again {
				said[column] = struct {
					value string
					line  int
				}{v, line}
			}
		})
	}
	t.set(row, "provider", func(v string) { s.Provider.Name = orBlanks(s.Provider.Name, v) })
	t.set(row, "service_category", func(v string) { s.Category = t.category(v) })
	t.set(row, "ask", func(v string) { s.Ask = consent.Ask(v) })
	t.set(row, "legal_basis", func(v string) { s.Basis = consent.Basis(v) })
	s.Name = t.texts(row, serviceNameColumn, s.Name)
	s.Purpose = t.texts(row, servicePurposeColumn, s.Purpose)
}

// isService says whether a row is about a service alone.
func (t *tableImport) isService(row int) bool {
	for column := range t.table.columns {
		if column != "service" && !isServiceColumn(column) && column != "service_rest" && t.table.cell(row, column) != "" {
			return false
		}
	}
	return true
}

// rest puts what has no column of its own into something new.
func (t *tableImport) rest(row int, column string, into any) {
	t.set(row, column, func(v string) {
		decoder := json.NewDecoder(bytes.NewReader([]byte(v)))
		decoder.DisallowUnknownFields()
		if err := decoder.Decode(into); err != nil || !errors.Is(decoder.Decode(new(any)), io.EOF) {
			t.made.fault(t.table.lines[row], t.told("import_rest", "column", column))
		}
	})
}
