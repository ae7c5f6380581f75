package admin

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"strings"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// exportPage offers the files.
type exportPage struct {
	Base    string
	MayEdit bool
	Notice  bool // is published: the record of processing is made of it
}

// exportGet shows what can be taken out.
func (r *request) exportGet() error {
	return r.show(page{name: "export.html", title: "export_title", trail: r.inventoryTrail(), data: exportPage{r.sitePath(""), r.may(consent.MayEdit), r.site.Notice > 0}})
}

// exportFileGet gives the draft or its inventory as a file.
func (r *request) exportFileGet() error {
	file := r.c.Params("file")
	if kind, known := strings.CutPrefix(file, "record."); known {
		return r.recordFile(kind)
	}
	kinds := map[string]string{"site.yaml": "application/yaml; charset=utf-8", "inventory.json": "application/json", "inventory.csv": "text/csv; charset=utf-8"}
	kind, known := kinds[file]
	if !known {
		return errNoPage()
	}
	draft, err := r.draft()
	if err != nil {
		return err
	}
	var body []byte
	switch file {
	case "site.yaml":
		body, err = config.FormatSite(draft)
	case "inventory.json":
		body, err = inventoryJSON(draft)
	default:
		body, err = inventoryCSV(draft)
	}
	if err != nil {
		return err
	}
	return r.file(string(r.site.Key)+"-"+file, kind, body)
}

// inventoryJSON gives categories and services as a site file has them.
func inventoryJSON(d *consent.Draft) ([]byte, error) {
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetIndent("", "  ")
	err := encoder.Encode(struct {
		Site       consent.SiteKey    `json:"site"`
		Languages  []consent.Language `json:"languages"`
		Categories []consent.Category `json:"categories"`
		Services   []consent.Service  `json:"services"`
	}{d.Site.Key, d.Site.Languages, d.Categories, d.Services})
	return out.Bytes(), err
}

// csvColumns are the columns of the table of cookies, beside a purpose for each
// language.
var csvColumns = []string{
	"service", "name", "match", "category", "kind", "party", "http_only", "status",
	"lifetime_declared", "lifetime_vendor", "lifetime_observed", "set_by", "reason",
}

const purposeColumn = "purpose_"

// inventoryCSV gives the cookies as a table that is read back by an import. No
// cell of it is calculated by a spreadsheet program.
func inventoryCSV(d *consent.Draft) ([]byte, error) {
	var out bytes.Buffer
	out.WriteString(byteOrderMark)
	table := csv.NewWriter(&out)
	table.UseCRLF = true
	heading := append([]string{}, csvColumns...)
	for _, lang := range d.Site.Languages {
		heading = append(heading, purposeColumn+string(lang))
	}
	rows := [][]string{heading}
	for i := range d.Services {
		s := &d.Services[i]
		for j := range s.Cookies {
			rows = append(rows, csvRow(d, s, &s.Cookies[j]))
		}
	}
	for _, row := range rows {
		for i := range row {
			row[i] = consent.InertCell(row[i])
		}
	}
	err := table.WriteAll(rows)
	return out.Bytes(), err
}

// byteOrderMark makes spreadsheet programs read the file as UTF-8.
const byteOrderMark = "\ufeff"

func csvRow(d *consent.Draft, s *consent.Service, c *consent.Cookie) []string {
	httpOnly := "no"
	if c.HTTPOnly {
		httpOnly = "yes"
	}
	row := make([]string, 0, len(csvColumns)+len(d.Site.Languages))
	row = append(row,
		string(s.Key), c.Pattern.Name, string(c.Pattern.Match), string(c.CategoryIn(s)), string(c.Kind), string(c.Party), httpOnly, string(c.Status),
		string(c.Lifetime.Declared), string(c.Lifetime.Vendor), string(c.Lifetime.Observed), c.SetBy, c.Reason)
	for _, lang := range d.Site.Languages {
		row = append(row, c.Purpose[lang])
	}
	return row
}

// active undoes consent.InertCell.
func active(cell string) string {
	if rest, ok := strings.CutPrefix(cell, "'"); ok && consent.InertCell(rest) == cell {
		return rest
	}
	return cell
}
