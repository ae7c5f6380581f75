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
	"github.com/samtykke/samtykke/server/figures"
)

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
	f, err := r.count(p)
	if err != nil || name == "days" && len(f.Runs) == 0 || name != "days" && f.Empty() {
		return nil, err
	}
	switch name {
	case "days":
		return r.byDay(f), nil
	case "languages":
		return r.byLanguage(f), nil
	case "notices":
		return r.byNotice(f)
	case "methods":
		return r.byMethod(f), nil
	}
	return r.byCategory(f, &counted{Figures: &figures.Figures{}})
}

// tableFile writes a table. Cells that may not be shown say that they are hidden.
func (r *request) tableFile(made *chart) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	table := csv.NewWriter(&out)
	table.UseCRLF = true
	rows := [][]string{{r.say("figures_csv_none", "n", consent.Crowd)}}
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

// tableRows has the days that each number is about, but for visits, which are
// counted as they were asked for.
func (r *request) tableRows(made *chart) [][]string {
	var head []string
	covers := !made.Covers.first.IsZero()
	if covers {
		head = append(head, r.say("figures_from"), r.say("figures_to"))
	}
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
		var cells []string
		if covers {
			cells = append(cells, days.first.Format(time.DateOnly), days.last.Format(time.DateOnly))
		}
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
