package admin

import (
	"bytes"
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
