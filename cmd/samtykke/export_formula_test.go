package main

import (
	"bytes"
	"encoding/csv"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/server/export"
)

func TestNoCellIsAFormula(t *testing.T) {
	hostile := []string{
		"=1+1", "+1+1", "-1+1", "@SUM(1)", "\t", "\tx", "\rx", "\nx", "＝1+1", "＋1", "－1+1", "＠SUM(1)",
		`=HYPERLINK("http://example.no","x")`, "-2+3+cmd|' /C calc'!A0", "-", "--1", "-1e5",
	}
	harmless := []string{"", "a=1", "1-2", "-12", "0", "é", "statistics marketing/youtube", `she said "yes"`, "two\r\nlines", "'quoted"}
	var file bytes.Buffer
	rows := export.NewRows(&file)
	for _, cell := range append(hostile, harmless...) {
		if err := rows.Row([]string{"key", cell, "end"}); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Flush(); err != nil {
		t.Fatal(err)
	}
	back, err := csv.NewReader(&file).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	for n, cell := range hostile {
		if got := back[n][1]; !strings.HasPrefix(got, "'") || unixLines(got[1:]) != unixLines(cell) {
			t.Errorf("%q is written as %q", cell, got)
		}
	}
	for n, cell := range harmless {
		if got := back[len(hostile)+n][1]; unixLines(got) != unixLines(cell) {
			t.Errorf("%q is written as %q", cell, got)
		}
	}
}

// unixLines undoes what writer and reader do to line ends within a cell.
func unixLines(text string) string { return strings.ReplaceAll(text, "\r", "") }
