package main

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

// csvWriter writes rows as RFC 4180 has them: comma, quotes, CRLF. No cell is
// a formula in any spreadsheet.
type csvWriter struct {
	csv  *csv.Writer
	safe []string // the row being written
}

// byteOrderMark tells spreadsheets on Windows that a file is UTF-8.
const byteOrderMark = "\ufeff"

func newCSVWriter(w io.Writer) *csvWriter {
	rows := csv.NewWriter(w)
	rows.UseCRLF = true
	return &csvWriter{csv: rows}
}

func (w *csvWriter) row(cells []string) error {
	w.safe = w.safe[:0]
	for _, cell := range cells {
		w.safe = append(w.safe, consent.InertCell(cell))
	}
	return w.csv.Write(w.safe)
}

func (w *csvWriter) flush() error {
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

// csvExport writes decisions as rows. Most of a row is the circumstance's and was
// put into words before: seven cells are the decision's own, and none of those
// needs quotes.
type csvExport struct {
	out  io.Writer
	bom  bool
	line []byte
}

// csvParts are the stretches of a row that a circumstance fills.
type csvParts struct{ id, time, previous, skew, notice string }

func (x *csvExport) begin() error {
	if x.bom {
		if _, err := io.WriteString(x.out, byteOrderMark); err != nil {
			return err
		}
	}
	rows := newCSVWriter(x.out)
	return errors.Join(rows.row(csvHeader), rows.flush())
}

func (x *csvExport) put(entry *consent.Entry, shared *circumstance) error {
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
	line = entry.Time.UTC().AppendFormat(line, stamp)
	line = append(line, ',')
	line = appendVisitor(line, entry.Visitor)
	line = append(line, parts.previous...)
	line = append(line, entry.Previous.String()...)
	line = append(line, parts.skew...)
	line = strconv.AppendInt(line, int64(entry.Skew/time.Second), 10)
	line = append(line, ',')
	if until := entry.ValidUntil(&shared.notice.Draft.Site); !until.IsZero() {
		line = until.UTC().AppendFormat(line, stamp)
	}
	line = append(line, parts.notice...)
	line = strconv.AppendBool(line, entry.Frozen)
	line = append(line, "\r\n"...)
	x.line = line
	_, err := x.out.Write(x.line)
	return err
}

func (x *csvExport) finish() error { return nil }

// appendVisitor writes a visitor key, which may begin with a hyphen.
func appendVisitor(line []byte, visitor consent.VisitorKey) []byte {
	var text [30]byte
	base64.RawURLEncoding.Encode(text[:], visitor[:])
	return append(line, consent.InertCell(string(text[:]))...)
}

// newCSVParts writes the stretches as any row is written, and joins them to what
// stands between.
func newCSVParts(entry *consent.Entry, shared *circumstance) (*csvParts, error) {
	var failed error
	cells := func(cells ...string) string {
		var text bytes.Buffer
		rows := newCSVWriter(&text)
		failed = errors.Join(failed, rows.row(cells), rows.flush())
		return strings.TrimSuffix(text.String(), "\r\n")
	}
	parts := &csvParts{
		id:   cells(recordSchema) + ",",
		time: "," + cells(string(entry.Site), strings.Join(shared.hosts, " "), expressed, entity(entry.Method)) + ",",
		previous: "," + cells(string(entry.State), string(entry.Method), string(entry.Layer), string(entry.Language),
			strings.Join(shared.granted, " "), strings.Join(shared.denied, " ")) + ",",
		skew:   "," + cells(strconv.FormatBool(entry.GPC)) + ",",
		notice: "," + cells(strconv.Itoa(int(entry.Notice)), shared.noticeHash, string(entry.Bundle), shared.bundleHash) + ",",
	}
	return parts, failed
}
