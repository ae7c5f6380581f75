package main

import (
	"encoding/csv"
	"io"
	"strings"
)

// csvWriter writes rows as RFC 4180 has them: comma, quotes, CRLF. No cell is
// a formula in any spreadsheet.
type csvWriter struct{ csv *csv.Writer }

// byteOrderMark tells spreadsheets on Windows that a file is UTF-8.
const byteOrderMark = "\ufeff"

func newCSVWriter(w io.Writer) csvWriter {
	rows := csv.NewWriter(w)
	rows.UseCRLF = true
	return csvWriter{rows}
}

func (w csvWriter) row(cells []string) error {
	safe := make([]string, len(cells))
	for i, cell := range cells {
		safe[i] = inert(cell)
	}
	return w.csv.Write(safe)
}

func (w csvWriter) flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// inert puts an apostrophe before text that a spreadsheet would calculate
// (OWASP, CSV injection; full-width signs count in some locales). A whole
// number stays as it is: a sign before digits calculates nothing.
func inert(cell string) string {
	if !strings.ContainsAny(firstRune(cell), "=+-@\t\r\n＝＋－＠") || isInteger(cell) {
		return cell
	}
	return "'" + cell
}

func firstRune(text string) string {
	for _, first := range text {
		return string(first)
	}
	return ""
}

func isInteger(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}
