package admin

import (
	"bytes"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/figures"
)

// figuresCSV gives the numbers of a chart as a file: those that the page shows.
func (r *request) figuresCSV() error {
	name := r.c.Params("chart")
	if name != "placeholders" && !slices.Contains(chartNames, name) {
		return errNoPage()
	}
	p, form, ok := r.readPeriod()
	if !ok {
		return consent.Errorf(consent.Invalid, "not_permitted", "%s", form.FromFault+form.ToFault)
	}
	rows, err := r.figuresRows(name, p)
	if err != nil {
		return err
	}
	separator, err := r.separator(true)
	if err != nil {
		return err
	}
	body, err := tableFile(rows, separator)
	if err != nil {
		return err
	}
	first, last := form.From, form.To
	if len(rows) > 1 { // the file is called by the days that its numbers are about
		first, last = rows[1][0], rows[len(rows)-1][1]
	}
	file := string(r.site.Key) + "-" + name + "-" + first + "-" + last + ".csv"
	r.c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+file+`"`)
	return r.c.Status(http.StatusOK).Send(body)
}

// chart counts what one chart shows. It is nil when there is too little.
func (r *request) chart(name string, p period) (*chart, error) {
	f, err := r.count(p)
	if err != nil || name == "days" && len(f.Runs) == 0 || name != "days" && f.Empty() {
		return nil, err
	}
	switch name {
	case "days":
		return r.byDay(f), nil
	case "visits":
		return r.byVisit(f), nil
	case "languages":
		return r.byLanguage(f), nil
	case "notices":
		return r.byNotice(f)
	case "methods":
		return r.byMethod(f), nil
	case "delays":
		return r.byDelay(f), nil
	case "placeholders":
		return r.byPlaceholder(f), nil
	}
	return r.byCategory(f, &figures.Figures{})
}

// figuresRows gives what a file says: the numbers of a chart, those of the placeholders,
// or that there is too little.
func (r *request) figuresRows(name string, p period) ([][]string, error) {
	if name == "placeholders" {
		return r.openedRows(p)
	}
	made, err := r.chart(name, p)
	if made == nil || err != nil {
		return r.tooLittle(), err
	}
	return r.tableRows(made), nil
}

func (r *request) tooLittle() [][]string {
	return [][]string{{r.say("figures_csv_none", "n", consent.Crowd)}}
}

// openedRows say how many placeholders were opened in each way.
func (r *request) openedRows(p period) ([][]string, error) {
	f, err := r.count(p)
	if err != nil || f.Empty() {
		return r.tooLittle(), err
	}
	rows := [][]string{{r.say("figures_from"), r.say("figures_to"), r.say("figures_label_methods"), r.say("figures_decisions")}}
	first, last := f.Covers.First.Format(time.DateOnly), f.Covers.Last.Format(time.DateOnly)
	for _, method := range figures.PlaceholderWays {
		rows = append(rows, []string{first, last, r.say("figures_method_" + string(method)), r.openedWords(f, method, strconv.Itoa)})
	}
	return rows, nil
}

// byPlaceholder counts the same for programs, which read numbers and no words.
func (r *request) byPlaceholder(f *counted) *chart {
	made := &chart{Name: "placeholders", Columns: []chartColumn{{Name: r.say("figures_decisions")}}, Covers: periodFrom(f.Covers)}
	for _, method := range figures.PlaceholderWays {
		row := chartRow{Name: r.say("figures_method_" + string(method))}
		if count, joint := f.Opened(method); count > 0 || !joint {
			row = r.row(row.Name, []int{count})
			row.Least = joint
		}
		made.Rows = append(made.Rows, row)
	}
	return made
}

// tableFile writes a table.
func tableFile(rows [][]string, separator string) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	table := export.NewRows(export.Separated(&out, separator))
	for _, row := range rows {
		if err := table.Row(row); err != nil {
			return nil, err
		}
	}
	err := table.Flush()
	return out.Bytes(), err
}

// tableRows has the days that each number is about. Cells that may not be shown say
// that they are hidden.
func (r *request) tableRows(made *chart) [][]string {
	head := []string{r.say("figures_from"), r.say("figures_to")}
	if made.Plot == nil {
		head = append(head, made.Label)
	}
	for _, column := range made.Columns {
		head = append(head, column.Name)
	}
	rows := append(make([][]string, 0, 1+len(made.Rows)), head)
	for _, row := range made.Rows {
		days := made.Covers
		if made.Plot != nil {
			days = row.period
		}
		cells := []string{days.first.Format(time.DateOnly), days.last.Format(time.DateOnly)}
		if made.Plot == nil {
			cells = append(cells, row.Name)
		}
		for i := range made.Columns {
			if row.Cells == nil {
				cells = append(cells, r.say("figures_hidden"))
			} else {
				cells = append(cells, strconv.Itoa(row.Cells[i].Count))
			}
		}
		rows = append(rows, cells)
	}
	return rows
}
