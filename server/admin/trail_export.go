package admin

import (
	"bufio"
	"cmp"
	"context"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"

	"github.com/gofiber/fiber/v2"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// trailColumns are those of the file. What programs compare stands beside what people
// read, in the language of whoever takes it out.
var trailColumns = []string{"time", "trail", "number", "account", "person", "action", "what", "object", "about", "site", "reason", "changes", "changes_hash", "by"}

// actsAtOnce is how many acts are read for the file at a time.
const actsAtOnce = 500

// trailExportPost writes the acts that the filter shows, newest first. It is a post
// although it changes nothing: who took what out is written down first.
func (r *request) trailExportPost(organisation consent.OrganisationID) error {
	filter := readTrailFilter(r.form.Get)
	query := filter.query(r, organisation)
	if len(filter.Faults) > 0 {
		return r.showTrail(organisation, filter)
	}
	separator := cmp.Or(r.field("separator"), export.Comma)
	if !slices.Contains(export.Separators, separator) {
		return errNoPage()
	}
	stream, err := r.trailFile(context.WithoutCancel(r.ctx), query, r.lang, separator, r.receiver(consent.MayAudit))
	if err != nil {
		return err
	}
	if err := r.looked(filter.told()); err != nil {
		return err
	}
	whose := cmp.Or(string(organisation), "installation")
	r.c.Set(fiber.HeaderContentType, "text/csv; charset=utf-8")
	r.c.Set(fiber.HeaderContentDisposition, `attachment; filename="`+whose+"-trail-"+consent.DayOf(r.Clock()).String()+`.csv"`)
	r.c.Context().SetBodyStreamWriter(stream)
	return nil
}

// trailFile gives what writes acts as a file, for people and for programs.
func (a *Admin) trailFile(ctx context.Context, query consent.TrailQuery, lang consent.Language, separator string, to *export.Receiver) (func(*bufio.Writer), error) {
	r := &request{Admin: a, ctx: ctx}
	r.speak(lang)
	names, err := r.names(query.Organisation)
	query.Limit = actsAtOnce
	return (&trailExporting{request: r, query: query, names: names, separator: separator, to: to}).stream, err
}

// trailExporting is a file on its way to a person. Of the request that it began with
// it has the language alone: the rest of that is over.
type trailExporting struct {
	*request
	query consent.TrailQuery
	names *trailNames
	// separator stands between cells.
	separator string
	to        *export.Receiver // nil for a file on the machine
	taken     int              // acts so far
}

// stream writes the file. What could not be written to its end is broken off, so that
// nobody takes it for the whole.
func (x *trailExporting) stream(out *bufio.Writer) {
	err := x.write(out)
	if err == nil {
		err = out.Flush()
	}
	err = errors.Join(err, x.tellTaken())
	if err != nil {
		x.Log.WarnContext(x.ctx, "an export of the audit trail was broken off", "organisation", string(x.query.Organisation), "error", err)
		_ = x.to.Conn.Close()
	}
}

func (x *trailExporting) write(out io.Writer) error {
	out = export.Separated(out, x.separator)
	if _, err := io.WriteString(out, byteOrderMark); err != nil {
		return err
	}
	if x.to != nil {
		out = x.to.Writer(x.ctx, out)
	}
	rows := export.NewRows(out)
	if err := rows.Row(trailColumns); err != nil {
		return err
	}
	for {
		acts, err := x.Store.Acts(x.ctx, x.query)
		if err != nil {
			return err
		}
		x.taken += len(acts)
		for _, day := range x.days(acts, x.names, nil) {
			for i := range day.Acts {
				if err := rows.Row(trailCells(&day.Acts[i])); err != nil {
					return err
				}
			}
		}
		if len(acts) < actsAtOnce {
			return rows.Flush()
		}
		x.query.Before = &acts[len(acts)-1]
	}
}

// tellTaken tells the trail how many acts a program has taken out, also when the file was
// broken off: what is much counts as when it is read page by page.
func (x *trailExporting) tellTaken() error {
	act, is := consent.ActOf(x.ctx)
	if !is || act.By() != consent.ByKey || x.taken == 0 {
		return nil
	}
	key, _, _ := strings.Cut(act.Object, " ")
	act.Action, act.Object, act.Time = "api.trail.read", key+" acts="+strconv.Itoa(x.taken)+" form=csv", x.Clock()
	return x.Store.RecordAct(x.ctx, act)
}

// trailChanges gives which fields an act changed, a line for each.
func trailChanges(act *consent.Act) string {
	var lines []string
	for _, c := range act.Changes {
		lines = append(lines, c.Field+": "+c.Was+" → "+c.Is)
	}
	if act.More > 0 {
		lines = append(lines, "+ "+strconv.Itoa(act.More))
	}
	for i := range act.Rest {
		left := &act.Rest[i]
		line := "… " + left.Kind + " " + strconv.Itoa(left.Fields)
		if left.More > 0 {
			line += ": " + strings.Join(left.Parts, " ") + " + " + strconv.Itoa(left.More)
		} else if len(left.Parts) > 0 {
			line += ": " + strings.Join(left.Parts, " ")
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// trailCells gives the row of an act.
func trailCells(line *trailLine) []string {
	account := ""
	if line.Account != 0 {
		account = strconv.FormatInt(int64(line.Account), 10)
	}
	return []string{
		consent.InNorway(line.Time).Format("2006-01-02T15:04:05.000Z07:00"), strconv.Itoa(line.Year) + "." + strconv.Itoa(line.Part), strconv.FormatInt(line.Number, 10),
		account, line.Person, line.Action, line.What, line.ActEntry.Object, line.Object, string(line.Site), line.Reason, trailChanges(&line.Act), changesHash(&line.Act), string(line.By),
	}
}
