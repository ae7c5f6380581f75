package admin

import (
	"bytes"
	"encoding/csv"
	"net/http"
	"slices"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
)

// byteOrderMark makes spreadsheet programs read the file as UTF-8.
const byteOrderMark = "\ufeff"

// figuresCSV gives the numbers of a chart as a file: those that the page shows.
func (r *request) figuresCSV() error {
	name := r.c.Params("chart")
	if !slices.Contains(chartNames, name) {
		return errNoPage()
	}
	p, form, ok := r.readPeriod()
	if !ok {
		return consent.Errorf(consent.Invalid, "not_permitted", "%s", form.FromFault+form.ToFault)
	}
	made, err := r.chart(name, p)
	if err != nil {
		return err
	}
	body, err := r.tableFile(made)
	if err != nil {
		return err
	}
	file := string(r.site.Key) + "-" + name + "-" + form.From + "-" + form.To + ".csv"
	r.c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+file+`"`)
	return r.c.Status(http.StatusOK).Send(body)
}

// chart counts what one chart shows. It is nil when there is too little.
func (r *request) chart(name string, p period) (*chart, error) {
	if name == "visits" {
		made, _, err := r.byVisit(p)
		return made, err
	}
	c, err := r.count(p)
	if err != nil || c.groups == nil || c.total() == 0 {
		return nil, err
	}
	switch name {
	case "days":
		return r.byDay(c), nil
	case "languages":
		return r.byLanguage(c), nil
	case "notices":
		return r.byNotice(c)
	case "methods":
		return r.byMethod(c), nil
	}
	return r.byCategory(c, &counted{})
}

// tableFile writes a table. Cells that may not be shown say that they are hidden.
func (r *request) tableFile(made *chart) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	table := csv.NewWriter(&out)
	table.UseCRLF = true
	rows := [][]string{{r.say("figures_too_few", "n", consent.Crowd)}}
	if made != nil {
		rows = r.tableRows(made)
	}
	for _, row := range rows {
		for i := range row {
			row[i] = consent.InertCell(row[i])
		}
	}
	if err := table.WriteAll(rows); err != nil {
		return nil, err
	}
	return out.Bytes(), nil
}

func (r *request) tableRows(made *chart) [][]string {
	head := make([]string, 0, 2+len(made.Columns))
	if made.Plot != nil {
		head = append(head, r.say("figures_from"), r.say("figures_to"))
	} else {
		head = append(head, made.Label)
	}
	for _, column := range made.Columns {
		head = append(head, column.Name)
	}
	rows := append(make([][]string, 0, 1+len(made.Rows)), head)
	for _, row := range made.Rows {
		cells := []string{row.Name}
		if made.Plot != nil {
			cells = []string{row.first.Format(time.DateOnly), row.last.Format(time.DateOnly)}
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
