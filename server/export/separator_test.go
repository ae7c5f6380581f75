package export_test

import (
	"bytes"
	"encoding/csv"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// A file with semicolons says the same as one with commas, however it is written in
// parts; what has a semicolon in it stays one cell.
func TestSemicolonsSayTheSame(t *testing.T) {
	rows := [][]string{
		{"service", "name;with", "purpose, of"},
		{"", ";", ","},
		{`she said "yes"; twice`, "two\r\nlines;", "ærlig; øl, å"},
		{"=1;=2", "a;=HYPERLINK(\"x\")", `";"`},
		{" ; ", "last", ""},
	}
	var commas bytes.Buffer
	commas.WriteString(export.ByteOrderMark)
	table := export.NewRows(&commas)
	for _, row := range rows {
		must(t, table.Row(row))
	}
	must(t, table.Flush())
	for _, part := range []int{3, 7, 1 << 20} { // the mark comes whole
		var out bytes.Buffer
		to := export.Separated(&out, export.Semicolon)
		for chunk := range slices.Chunk(commas.Bytes(), part) {
			if n, err := to.Write(chunk); n != len(chunk) || err != nil {
				t.Fatal(n, err)
			}
		}
		text, marked := strings.CutPrefix(out.String(), export.ByteOrderMark)
		if !marked {
			t.Error("the byte order mark is gone")
		}
		reader := csv.NewReader(strings.NewReader(text))
		reader.Comma = ';'
		got, err := reader.ReadAll()
		must(t, err)
		for i, row := range got {
			for j := range row {
				want := strings.ReplaceAll(consent.InertCell(rows[i][j]), "\r\n", "\n") // as csv.Reader reads it
				if row[j] != want {
					t.Errorf("in parts of %d, cell %d of row %d is %q, want %q", part, j, i, row[j], want)
				}
			}
		}
	}
	if export.Separated(&commas, export.Comma) != &commas {
		t.Error("a file with commas is not left as it is")
	}
}

func must(t *testing.T, err error) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
}
