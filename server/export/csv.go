package export

import (
	"bytes"
	"encoding/base64"
	"encoding/csv"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Rows writes rows as RFC 4180 has them: comma, quotes, CRLF. No cell is
// a formula in any spreadsheet.
type Rows struct {
	csv  *csv.Writer
	safe []string // the row being written
}

// ByteOrderMark tells spreadsheets on Windows that a file is UTF-8.
const ByteOrderMark = "\ufeff"

// NewRows makes Rows.
func NewRows(w io.Writer) *Rows {
	rows := csv.NewWriter(w)
	rows.UseCRLF = true
	return &Rows{csv: rows}
}

// Row writes one.
func (w *Rows) Row(cells []string) error {
	w.safe = w.safe[:0]
	for _, cell := range cells {
		w.safe = append(w.safe, consent.InertCell(cell))
	}
	return w.csv.Write(w.safe)
}

// Flush writes what has gathered.
func (w *Rows) Flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// csvHeader names the columns of a row: everything that a record says. Lists have
// spaces between. The choice becomes two columns of keys; a key with a slash is a
// service.
var csvHeader = []string{
	"schema_version", "id", "site", "scope_hosts", "event_type", "entity", "time", "visitor", "state", "method", "layer", "language", "granted", "denied",
	"previous", "gpc", "skew_seconds", "valid_until", "notice", "notice_hash", "bundle", "bundle_hash", "frozen",
}

// CSV writes decisions as rows. Most of a row is the circumstance's and was
// put into words before: seven cells are the decision's own, and none of those
// needs quotes.
type CSV struct {
	out  io.Writer
	bom  bool
	line []byte
}

// csvParts are the stretches of a row that a circumstance fills.
type csvParts struct{ id, time, previous, skew, notice string }

// NewCSV makes one. A byte order mark tells Excel that the file is UTF-8.
func NewCSV(out io.Writer, bom bool) *CSV { return &CSV{out: out, bom: bom} }

// Begin writes the names of the columns.
func (x *CSV) Begin() error {
	if x.bom {
		if _, err := io.WriteString(x.out, ByteOrderMark); err != nil {
			return err
		}
	}
	rows := NewRows(x.out)
	return errors.Join(rows.Row(csvHeader), rows.Flush())
}

// Put writes a row.
func (x *CSV) Put(entry *consent.Entry, shared *Circumstance) error {
	if shared.row == nil {
		parts, err := newCSVParts(entry, shared)
		if err != nil {
			return err
		}
		shared.row = parts
	}
	parts, line := shared.row, x.line[:0]
	line = append(line, parts.id...)
	line = append(line, entry.ID.String()...)
	line = append(line, parts.time...)
	line = entry.Time.UTC().AppendFormat(line, Stamp)
	line = append(line, ',')
	line = appendVisitor(line, entry.Visitor)
	line = append(line, parts.previous...)
	line = append(line, entry.Previous.String()...)
	line = append(line, parts.skew...)
	line = strconv.AppendInt(line, int64(entry.Skew/time.Second), 10)
	line = append(line, ',')
	if until := entry.ValidUntil(&shared.Notice.Draft.Site); !until.IsZero() {
		line = until.UTC().AppendFormat(line, Stamp)
	}
	line = append(line, parts.notice...)
	line = strconv.AppendBool(line, entry.Frozen)
	line = append(line, "\r\n"...)
	x.line = line
	_, err := x.out.Write(x.line)
	return err
}

// Finish has nothing to write.
func (x *CSV) Finish() error { return nil }

// appendVisitor writes a visitor key, which may begin with a hyphen.
func appendVisitor(line []byte, visitor consent.VisitorKey) []byte {
	var text [30]byte
	base64.RawURLEncoding.Encode(text[:], visitor[:])
	return append(line, consent.InertCell(string(text[:]))...)
}

// newCSVParts writes the stretches as any row is written, and joins them to what
// stands between.
func newCSVParts(entry *consent.Entry, shared *Circumstance) (*csvParts, error) {
	var failed error
	cells := func(cells ...string) string {
		var text bytes.Buffer
		rows := NewRows(&text)
		failed = errors.Join(failed, rows.Row(cells), rows.Flush())
		return strings.TrimSuffix(text.String(), "\r\n")
	}
	parts := &csvParts{
		id:   cells(RecordSchema) + ",",
		time: "," + cells(string(entry.Site), strings.Join(shared.Hosts, " "), Expressed, Entity(entry.Method)) + ",",
		previous: "," + cells(string(entry.State), string(entry.Method), string(entry.Layer), string(entry.Language),
			strings.Join(shared.Granted, " "), strings.Join(shared.Denied, " ")) + ",",
		skew:   "," + cells(strconv.FormatBool(entry.GPC)) + ",",
		notice: "," + cells(strconv.Itoa(int(entry.Notice)), shared.NoticeHash, string(entry.Bundle), shared.BundleHash) + ",",
	}
	return parts, failed
}
