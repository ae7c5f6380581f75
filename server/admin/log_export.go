package admin

import (
	"bufio"
	"cmp"
	"context"
	"net/http"
	"slices"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// exportOffered are those that a filter goes with: a pack takes days alone.
var exportOffered = []string{"csv", "jsonl", "jsonld", "parquet", "public"}

// logExportPage asks what shall be exported, and how.
type logExportPage struct {
	Filter filterForm
	Forms  []logChoice
	BOM    bool
	// Separators stand between the cells of CSV.
	Separators []logChoice
	URL        string // of the log
	Base       string // of the site
	Exports    []exportShown
	Going      bool // one of them goes on
	Newest     int  // so many are told of, and there may be others, 0 for all
}

// logExportGet shows the form, with the filter of the page that the person was on.
func (r *request) logExportGet() error {
	return r.showExport(http.StatusOK, r.inAddress(), "csv", true, export.Comma)
}

func (r *request) showExport(status int, filter logFilter, form string, bom bool, separator string) error {
	draft, err := r.inUse()
	if err != nil {
		return err
	}
	filter.Receipt = ""
	shown := logExportPage{Forms: choices(r, "log_form_", exportOffered, form), BOM: bom, Separators: choices(r, "csv_", export.Separators, separator), URL: r.logPath("")}
	if shown.Filter, err = filter.form(r, draft); err != nil {
		return err
	}
	r.c.Status(status)
	var newest bool
	shown.Base = r.sitePath("")
	if shown.Exports, newest = r.exportsShown(); newest {
		shown.Newest = exportsTold
	}
	shown.Going = slices.ContainsFunc(shown.Exports, func(each exportShown) bool { return each.Going })
	return r.show(page{name: "log_export.html", title: "log_export_title", trail: r.logTrail(consent.DecisionID{}), data: shown})
}

// packDays are the days of which a pack opens the records. Their fields have names of their
// own: the page has others of the same kind.
func (r *request) packDays() logFilter {
	return readFilter(func(name string) string {
		if name == "from" || name == "to" {
			return r.form.Get("pack-" + name)
		}
		return ""
	})
}

// at gives the faults of fields whose names begin in another way.
func (m misfits) at(prefix string) misfits {
	moved := slices.Clone(m)
	for i := range moved {
		moved[i].Field = prefix + moved[i].Field
	}
	return moved
}

// logExportPost gives the decisions as they are read. It is a post although it changes
// nothing: who took what out of the log is written down first.
func (r *request) logExportPost() error {
	filter := readFilter(r.form.Get)
	filter.Receipt = ""
	name := r.field("form")
	if name == export.PackForm {
		filter = r.packDays()
	}
	query := filter.query(r)
	if name == export.PackForm {
		filter.Faults = filter.Faults.at("pack-")
	}
	if name == export.PublicForm {
		filter.daysAlone(r)
	}
	form, known := export.Forms[name]
	if !known {
		filter.Faults = append(filter.Faults, misfit{Field: "form", Text: r.say("log_fault_choice")})
	}
	separator := cmp.Or(r.field("separator"), export.Comma)
	if !slices.Contains(export.Separators, separator) {
		filter.Faults = append(filter.Faults, misfit{Field: "separator", Text: r.say("log_fault_choice")})
	}
	if len(filter.Faults) > 0 {
		return r.showExport(http.StatusUnprocessableEntity, filter, name, r.field("bom") != "", separator)
	}
	if err := r.looked(filter.words(name)); err != nil {
		return err
	}
	act, _ := consent.ActOf(r.ctx)
	act.Action, act.Object = "log.exported", filter.words(name)
	sending := &export.Sending{
		Store: r.Store, Query: query, Now: r.Clock(), Form: name, BOM: r.field("bom") != "", Separator: separator, Release: r.Release, Pack: r.Pack, To: r.receiver(consent.MayRead), Log: r.Log, Ended: act, Record: r.noteLook,
		Reached: r.running.begin(r.account.ID, r.site.Key, name), Clock: r.Clock,
	}
	ctx := context.WithoutCancel(r.ctx)
	r.c.Set(fiber.HeaderContentType, form.Kind)
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+sending.FileName(r.Clock())+`"`)
	r.c.Context().SetBodyStreamWriter(func(out *bufio.Writer) { sending.Stream(ctx, out) })
	return nil
}
