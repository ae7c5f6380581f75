package api

import (
	"bufio"
	"context"
	"net/http"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/logfilter"
)

// exportForms are the forms of an export, the usual one first.
var exportForms = []string{"csv", "jsonl", "jsonld", "parquet", export.PublicForm, export.PackForm}

func exportRoutes() []route {
	return []route{{
		method: http.MethodGet, path: "/sites/:site/log/export", scope: consent.ScopeExport, action: "api.log.export", name: "exportLog",
		summary: "The decisions as a file, the oldest first, as the page gives it. It comes as it is read; one that breaks off is not the whole",
		query: append([]parameter{
			{"form", "public: the numbers of the figures, which tell of nobody, unit by unit of those that are complete and end within the days; pack: all that an auditor needs, of the whole log, or with the records of the days alone and the hashes of the others", object{"type": "string", "enum": exportForms, "default": "csv"}},
			{"bom", "a byte order mark before CSV, which some spreadsheets need", object{"type": "string", "enum": []string{"no", "yes"}, "default": "no"}},
			separatorField,
		}, filterFields()...),
		files:  []string{"text/csv", "application/x-ndjson", "application/vnd.apache.parquet", "application/zip"},
		costs:  true,
		handle: (*request).exportGet,
	}}
}

// separatorField is the field of what stands between the cells of a table.
var separatorField = parameter{
	"separator", "between the cells of CSV: semicolons, with a byte order mark, are what Excel reads where the decimal sign is a comma",
	object{"type": "string", "enum": export.Separators, "default": export.Comma},
}

// separator reads the field, which goes with tables alone.
func (r *request) separator(table bool) (string, error) {
	separator, err := r.oneOf(separatorField.name, export.Separators...)
	if err != nil || separator == export.Comma || table {
		return separator, err
	}
	var faults consent.Problems
	errField(&faults, separatorField.name, "not_with_form", "A file of that form has no cells.", "Leave it out, or choose CSV.")
	return "", errFaults("The address asks for what there cannot be.", faults)
}

// exportGet begins an export. Who takes what is written down first, and how much it was
// at the end.
func (r *request) exportGet() (*answer, error) {
	form, err := r.oneOf("form", exportForms...)
	if err != nil {
		return nil, err
	}
	bom, err := r.oneOf("bom", "no", "yes")
	if err != nil {
		return nil, err
	}
	separator, err := r.separator(form == "csv" || form == export.PublicForm)
	if err != nil {
		return nil, err
	}
	query, words, err := r.exported(form)
	if err != nil {
		return nil, err
	}
	r.tells(words, "")
	act, _ := consent.ActOf(r.ctx)
	if err := r.Looked(r.ctx, act); err != nil {
		return nil, err
	}
	act.Action = "api.log.exported"
	sending := &export.Sending{
		Store: r.Store, Query: query, Now: r.Clock(), Form: form, BOM: bom == "yes", Separator: separator, Release: r.Release, Pack: r.Pack, To: r.receiver(), Log: r.Log, Ended: act, Record: r.Looked, Clock: r.Clock,
	}
	ctx := context.WithoutCancel(r.ctx)
	return &answer{kind: export.Forms[form].Kind, file: sending.FileName(r.Clock()), stream: func(out *bufio.Writer) { sending.Stream(ctx, out) }}, nil
}

// exported gives what is asked for, and the words that the trail is told. Days alone go
// with a public file and with a pack.
func (r *request) exported(form string) (consent.LogQuery, string, error) {
	filter := r.filter()
	query, wrong := filter.Query(r.site.Key)
	var faults consent.Problems
	errFlaws(&faults, wrong)
	daysAlone := form == export.PackForm || form == export.PublicForm
	for _, field := range filterFields() {
		if daysAlone && filter.BesidesDays().Has(field.name) {
			errField(&faults, field.name, "not_with_form", "This cannot be chosen of a file of that form.", "Leave it out, or choose another form.")
		}
	}
	if !daysAlone {
		if err := r.errUnknownTo(&faults, &query); err != nil {
			return query, "", err
		}
	}
	if len(faults) > 0 {
		return query, "", errFaults("The address asks for what there cannot be.", faults)
	}
	return query, strings.TrimSpace("form=" + form + " " + filter.Words()), nil
}

// filter reads which decisions the address asks for. A receipt has an address of its own.
func (r *request) filter() logfilter.Filter {
	return logfilter.Read(func(name string) string {
		if name == "receipt" {
			return ""
		}
		return r.c.Query(name)
	})
}
