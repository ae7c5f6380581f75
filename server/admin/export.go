package admin

import (
	"bufio"
	"bytes"
	"encoding/json"
	"io"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
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

// draftFiles are the forms in which a draft is taken out.
var draftFiles = map[string]struct {
	media string
	write func(io.Writer, *consent.Draft) error
}{
	"site.yaml":      {"application/yaml; charset=utf-8", config.WriteSite},
	"inventory.json": {"application/json", inventoryJSON},
	"inventory.csv":  {"text/csv; charset=utf-8", inventoryCSV},
	// in the format of the Open Cookie Database
	"open-cookie-database.csv": {"text/csv; charset=utf-8", openCSV},
}

// exportFileGet gives the draft or its inventory as a file.
func (r *request) exportFileGet() error {
	file := r.c.Params("file")
	if kind, known := strings.CutPrefix(file, "record."); known {
		return r.recordFile(kind)
	}
	kind, known := draftFiles[file]
	if !known {
		return errNoPage()
	}
	draft, err := r.draft()
	if err != nil {
		return err
	}
	separator, err := r.separator(strings.HasSuffix(file, ".csv"))
	if err != nil {
		return err
	}
	body, err := r.files.Of(r.ctx, draft, r.shownDraft.revision, file+" "+separator, func(to io.Writer, d *consent.Draft) error {
		return kind.write(export.Separated(to, separator), d)
	})
	if err != nil {
		return err
	}
	return r.file(string(r.site.Key)+"-"+file, kind.media, body)
}

// separator reads what shall stand between the cells of a table that is asked for.
func (r *request) separator(table bool) (string, error) {
	separator := r.c.Query("separator", export.Comma)
	if !slices.Contains(export.Separators, separator) || separator != export.Comma && !table {
		return "", errNoPage()
	}
	return separator, nil
}

// inventoryJSON writes categories and services as a site file has them, one service after
// the other.
func inventoryJSON(to io.Writer, d *consent.Draft) error {
	const indent = "  "
	head, err := json.MarshalIndent(struct {
		Site       consent.SiteKey    `json:"site"`
		Languages  []consent.Language `json:"languages"`
		Categories []consent.Category `json:"categories"`
	}{d.Site.Key, d.Site.Languages, d.Categories}, "", indent)
	if err != nil {
		return err
	}
	out := bufio.NewWriter(to)
	_, _ = out.Write(bytes.TrimSuffix(head, []byte("\n}"))) // errors come with Flush
	_, _ = out.WriteString(",\n" + indent + `"services": `)
	if len(d.Services) == 0 {
		text, err := json.Marshal(d.Services)
		if err != nil {
			return err
		}
		_, _ = out.Write(text)
	}
	for i := range d.Services {
		text, err := json.MarshalIndent(&d.Services[i], indent+indent, indent)
		if err != nil {
			return err
		}
		between := ",\n"
		if i == 0 {
			between = "[\n"
		}
		_, _ = out.WriteString(between + indent + indent)
		_, _ = out.Write(text)
	}
	if len(d.Services) > 0 {
		_, _ = out.WriteString("\n" + indent + "]")
	}
	_, _ = out.WriteString("\n}\n")
	return out.Flush()
}
