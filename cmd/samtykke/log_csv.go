package main

import (
	"encoding/csv"
	"io"
	"slices"
	"strings"
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
		w.safe = append(w.safe, inert(cell))
	}
	return w.csv.Write(w.safe)
}

func (w *csvWriter) flush() error {
	w.csv.Flush()
	return w.csv.Error()
}

// inert puts an apostrophe before text that a spreadsheet would calculate
// (OWASP, CSV injection; full-width signs count in some locales). A whole
// number stays as it is: a sign before digits calculates nothing.
func inert(cell string) string {
	if !calculates(cell) || isInteger(cell) {
		return cell
	}
	return "'" + cell
}

func calculates(cell string) bool {
	if cell == "" {
		return false
	}
	switch cell[0] {
	case '=', '+', '-', '@', '\t', '\r', '\n':
		return true
	case fullWidth:
		return slices.ContainsFunc(fullWidthSigns, func(sign string) bool { return strings.HasPrefix(cell, sign) })
	default:
		return false
	}
}

// The full-width signs, and the byte that each begins with in UTF-8.
const fullWidth = 0xef

var fullWidthSigns = []string{"＝", "＋", "－", "＠"}

func isInteger(text string) bool {
	digits := strings.TrimPrefix(text, "-")
	return digits != "" && strings.Trim(digits, "0123456789") == ""
}
