package main

import (
	"encoding/csv"
	"io"

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
