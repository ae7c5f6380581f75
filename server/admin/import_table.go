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
	named   []bool // of each column, whether it has a name
	heading int    // the line of their names
	rows    [][]string
	lines   []int
	broken  []int // lines whose quotes are wrong, and which are no rows
}

// separatorOf finds what stands between the cells of a table: what the first line has most
// of, a tab in what comes out of a spreadsheet by the clipboard; or what the line says that
// Excel looks for, "sep=;", which is taken away.
func separatorOf(content string) (table string, comma rune) {
	blank := len(content) - len(strings.TrimLeft(content, "\r\n"))
	first, rest, _ := strings.Cut(content[blank:], "\n")
	said := strings.Trim(strings.TrimRight(first, "\r"), `"`)
	if mark, is := strings.CutPrefix(strings.ToLower(said), "sep="); is && len(mark) == 1 && slices.Contains([]string{",", ";", "\t", "|"}, mark) {
		return content[:blank] + "\n" + rest, rune(mark[0]) // lines are counted as before
	}
	comma = ','
	for _, mark := range ";\t" {
		if strings.Count(first, string(mark)) > strings.Count(first, string(comma)) {
			comma = mark
		}
	}
	return content, comma
}

// cell gives a cell of a row, "" when there is no such column.
func (t *csvTable) cell(row int, column string) string {
	at, known := t.columns[column]
	if !known || at >= len(t.rows[row]) {
		return ""
	}
	return strings.TrimSpace(consent.ActiveCell(t.rows[row][at]))
}

// readTable reads a CSV file. Lines whose quotes are wrong are set aside. A quotation mark
// that is never closed takes the rest of the file with it: that is a fault of the whole.
func (r *request) readTable(content string, comma rune, made *imported) *csvTable {
	reader := csv.NewReader(strings.NewReader(content))
	reader.Comma, reader.FieldsPerRecord = comma, -1
	table := &csvTable{columns: map[string]int{}}
	for {
		begins := reader.InputOffset()
		row, err := reader.Read()
		if errors.Is(err, io.EOF) {
			return table
		}
		var broken *csv.ParseError
		if errors.As(err, &broken) {
			// Only a row that reaches to the end can be in want of its last quotation mark,
			// and there is one of those at most: the rest is not copied for each row.
			last := int(reader.InputOffset()) == len(content)
			if len(table.columns) == 0 || last && neverClosed(content[begins:], comma) {
				made.fault(broken.StartLine, r.told("import_csv_broken"))
				return table
			}
			for line := broken.StartLine; line <= broken.Line; line++ {
				table.broken = append(table.broken, line)
			}
			continue
		}
		if err != nil {
			made.fault(0, r.told("import_csv_broken"))
			return table
		}
		line, _ := reader.FieldPos(0)
		if len(table.columns) == 0 {
			table.heading = line
			r.readHeading(row, table, made)
			continue
		}
		if !slices.ContainsFunc(row, func(cell string) bool { return strings.TrimSpace(cell) != "" }) {
			continue // left over in a spreadsheet, below the others
		}
		table.rows, table.lines = append(table.rows, row), append(table.lines, line)
	}
}

// readHeading takes the names of columns. Those without one are left over in a
// spreadsheet, mostly to the right.
func (r *request) readHeading(row []string, table *csvTable, made *imported) {
	for i, name := range row {
		name = strings.TrimSpace(name)
		if _, twice := table.columns[name]; twice && name != "" {
			made.fault(table.heading, r.told("import_column_twice", "name", brief(name)))
		}
		if name != "" {
			table.columns[name] = i
		}
		table.named = append(table.named, name != "")
	}
}

// checkUnnamed refuses what stands in columns without names: it would be lost.
func (t *tableImport) checkUnnamed() {
	told := map[int]bool{}
	for row := range t.table.rows {
		for i, cell := range t.table.rows[row] {
			if (i >= len(t.table.named) || !t.table.named[i]) && strings.TrimSpace(cell) != "" && !told[i] {
				told[i] = true
				t.made.fault(t.table.lines[row], t.told("import_column_unnamed", "n", i+1))
			}
		}
	}
}

// neverClosed says whether a row that cannot be read is only in want of a quotation mark
// at the end of the file.
func neverClosed(rest string, comma rune) bool {
	reader := csv.NewReader(strings.NewReader(rest + `"`))
	reader.Comma, reader.FieldsPerRecord = comma, -1
	_, err := reader.Read()
	return err == nil
}

// tableImport puts the rows of a table into a draft.
type tableImport struct {
	*request
	table *csvTable
	made  *imported
	at    draftPlaces
	// places says in words what the problems of what is made are about.
	places *places
	lines  map[string]int // of services and cookies, as draftPlaces names them
	// refused is what cannot be saved, "" for something about the whole.
	refused map[string]problemLine
	lacking map[string]bool // sentences about what the draft does not have
	// categories are those of the draft by their names.
	categories map[string]consent.CategoryKey
}

func (r *request) newTableImport(draft *consent.Draft, content string, comma rune) *tableImport {
	made := &imported{draft: draft.Copy()}
	return &tableImport{
		request: r, made: made, table: r.readTable(content, comma, made), at: newDraftPlaces(made.draft), lines: map[string]int{}, refused: map[string]problemLine{}, lacking: map[string]bool{}, categories: categoryNames(made.draft),
	}
}

// draftPlaces says where in a draft services and cookies are, so that no row has to
// look through all of them. A service goes by its key, a cookie by that of its service
// and its name.
type draftPlaces struct {
	draft *consent.Draft
	index map[string]int
}

func newDraftPlaces(d *consent.Draft) draftPlaces {
	places := draftPlaces{d, map[string]int{}}
	for i := range d.Services {
		s := &d.Services[i]
		if _, twice := places.index[string(s.Key)]; twice {
			continue
		}
		places.index[string(s.Key)] = i
		for j := range s.Cookies {
			places.index[placeOf(s.Key, s.Cookies[j].Pattern.Name)] = j
		}
	}
	return places
}

func placeOf(service consent.ServiceKey, cookie string) string { return string(service) + "/" + cookie }

// service gives the service of a key, or nil.
func (p *draftPlaces) service(key consent.ServiceKey) *consent.Service {
	if i, there := p.index[string(key)]; there {
		return &p.draft.Services[i]
	}
	return nil
}

// add adds a service.
func (p *draftPlaces) add(s consent.Service) *consent.Service {
	p.index[string(s.Key)] = len(p.draft.Services)
	p.draft.Services = append(p.draft.Services, s)
	return &p.draft.Services[len(p.draft.Services)-1]
}

// cookie gives the cookie of that name, added where it is not there yet.
func (p *draftPlaces) cookie(s *consent.Service, name string) (c *consent.Cookie, fresh bool) {
	place := placeOf(s.Key, name)
	if i, there := p.index[place]; there {
		return &s.Cookies[i], false
	}
	p.index[place] = len(s.Cookies)
	s.Cookies = append(s.Cookies, consent.Cookie{
		Pattern: consent.Pattern{Name: name, Match: consent.MatchExact}, Kind: consent.KindCookie, Party: consent.FirstParty, Status: consent.StatusVerify,
	})
	return &s.Cookies[len(s.Cookies)-1], true
}
