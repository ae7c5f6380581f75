package admin

import (
	"bufio"
	"context"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// exportForms are the forms of an export.
var exportForms = map[string]struct{ kind, ending string }{
	"csv":     {"text/csv; charset=utf-8", ".csv"},
	"jsonl":   {"application/x-ndjson", ".jsonl"},
	"jsonld":  {"application/x-ndjson", ".jsonld"},
	"parquet": {"application/vnd.apache.parquet", ".parquet"},
	"public":  {"text/csv; charset=utf-8", "-public.csv"},
	"pack":    {"application/zip", "-audit-pack.zip"},
}

// exportOffered are those that a filter goes with: a pack is of the whole log.
var exportOffered = []string{"csv", "jsonl", "jsonld", "parquet", "public"}

// logExportPage asks what shall be exported, and how.
type logExportPage struct {
	Filter filterForm
	Forms  []logChoice
	BOM    bool
	URL    string // of the log
	Base   string // of the site
}

// logExportGet shows the form, with the filter of the page that the person was on.
func (r *request) logExportGet() error {
	return r.showExport(http.StatusOK, r.inAddress(), "csv", true)
}

func (r *request) showExport(status int, filter logFilter, form string, bom bool) error {
	draft, err := r.inUse()
	if err != nil {
		return err
	}
	filter.Receipt = ""
	shown := logExportPage{Forms: choices(r, "log_form_", exportOffered, form), BOM: bom, URL: r.logPath("")}
	if shown.Filter, err = filter.form(r, draft); err != nil {
		return err
	}
	r.c.Status(status)
	shown.Base = r.sitePath("")
	return r.show(page{name: "log_export.html", title: "log_export_title", trail: r.logTrail(consent.DecisionID{}), data: shown})
}

// logExportPost writes the decisions as they are read, so that a log of any length
// takes no more memory than a page of it. It is a post although it changes nothing:
// who took what out of the log is written down first.
func (r *request) logExportPost() error {
	filter := readFilter(r.form.Get)
	filter.Receipt = ""
	name := r.field("form")
	if name == "pack" {
		filter = logFilter{}
	}
	query := filter.query(r)
	if name == "public" {
		filter.daysAlone(r)
		query = export.PublicOver(query, r.Clock())
	}
	form, known := exportForms[name]
	if !known {
		filter.Faults = append(filter.Faults, misfit{Field: "form", Text: r.say("log_fault_choice")})
	}
	if len(filter.Faults) > 0 {
		return r.showExport(http.StatusUnprocessableEntity, filter, name, r.field("bom") != "")
	}
	if err := r.looked(filter.words(name)); err != nil {
		return err
	}
	x := &exporting{
		Admin: r.Admin, query: query, form: name, bom: r.field("bom") != "", conn: r.c.Context().Conn(),
		ctx: context.WithoutCancel(r.ctx), words: filter.words(name),
	}
	file := string(r.site.Key) + "-" + consent.DayOf(r.Clock()).String() + form.ending
	r.c.Set(fiber.HeaderContentType, form.kind)
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+file+`"`)
	r.c.Context().SetBodyStreamWriter(x.stream)
	return nil
}

// exporting is an export on its way to a person. The request that it began with is
// over: nothing of that is used any more.
type exporting struct {
	*Admin
	ctx   context.Context
	query consent.LogQuery
	form  string
	bom   bool
	words string
	conn  net.Conn
	count int
}

// exportWait is how long somebody may take to receive a page of decisions. The
// server's own limit is for a whole answer, and an export may take hours.
const exportWait = time.Minute

// stream writes the export. What could not be written to its end is broken off, so
// that nobody takes it for the whole.
func (x *exporting) stream(out *bufio.Writer) {
	err := x.write(out)
	if err == nil {
		err = out.Flush()
	}
	if err != nil {
		x.Log.WarnContext(x.ctx, "an export was broken off", "site", string(x.query.Site), "decisions", x.count, "error", err)
		_ = x.conn.Close()
	}
	x.tell(err == nil)
}

func (x *exporting) write(out *bufio.Writer) error {
	if x.form == "pack" {
		return x.Pack(x.ctx, x.query.Site, patient{x.conn, out})
	}
	x.query.Oldest, x.query.Limit = true, export.Page
	lines := x.lines(out)
	if err := lines.Begin(); err != nil {
		return err
	}
	put := func(entry *consent.Entry, shared *export.Circumstance) error {
		x.count++
		return lines.Put(entry, shared)
	}
	pageDone := func(*consent.Entry) error {
		wait(x.conn)
		return out.Flush()
	}
	if err := export.Each(x.ctx, x.Store, x.query, export.NewRecorder(x.Store, x.query.Site), put, pageDone); err != nil {
		return err
	}
	if counts, is := lines.(*export.Public); is {
		if err := counts.Give(x.ctx, x.Store, x.query); err != nil {
			return err
		}
	}
	wait(x.conn)
	return lines.Finish()
}

// wait gives whoever receives an export more time.
func wait(conn net.Conn) {
	_ = conn.SetWriteDeadline(time.Now().Add(exportWait)) //nolint:forbidigo // a deadline is the system's, not of the clock that is told
}

// patient writes what comes in parts of any size, and waits for each.
type patient struct {
	conn net.Conn
	to   io.Writer
}

func (p patient) Write(data []byte) (int, error) {
	wait(p.conn)
	return p.to.Write(data)
}

func (x *exporting) lines(out io.Writer) export.Format {
	switch x.form {
	case "jsonl":
		return export.NewJSON(out)
	case "jsonld":
		return export.NewLD(out, nil)
	case "parquet":
		return export.NewParquet(out, x.Release)
	case "public":
		return export.NewPublic(out, false, x.bom)
	default:
		return export.NewCSV(out, x.bom)
	}
}

// tell has the audit trail know how much was taken out.
func (x *exporting) tell(whole bool) {
	act, _ := consent.ActOf(x.ctx)
	act.Action, act.Object = "log.exported", x.words
	if x.form != "pack" { // which counts leaves, not decisions
		act.Object += " decisions=" + strconv.Itoa(x.count)
	}
	if !whole {
		act.Object += " broken_off"
	}
	if err := x.noteLook(x.ctx, act); err != nil {
		x.Log.ErrorContext(x.ctx, "the end of an export could not be written down", "site", string(act.Site), "error", err)
	}
}
