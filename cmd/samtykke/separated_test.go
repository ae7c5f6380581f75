package main_test

import (
	"encoding/csv"
	"reflect"
	"strings"
	"testing"
)

// Every table comes with semicolons when that is asked for, cell for cell as with commas,
// and goes with nothing that has no cells.
func TestTablesWithSemicolons(t *testing.T) {
	i := newInstallation(t)
	must(t, "notice", "publish", "gjerdrum", "--no-pictures", "--data", i.data)
	cells := func(text string, comma rune) [][]string {
		t.Helper()
		reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(text, "\ufeff")))
		reader.Comma = comma
		rows, err := reader.ReadAll()
		if err != nil || len(rows) == 0 || len(rows[0]) < 2 {
			t.Fatalf("%v in %.300q", err, text)
		}
		return rows
	}
	for _, verb := range [][]string{
		{"inventory", "export", "gjerdrum"},
		{"inventory", "export", "gjerdrum", "--form", "open"},
		{"log", "export", "gjerdrum"},
		{"log", "export", "gjerdrum", "--public"},
		{"figures", "gjerdrum", "--csv"},
		{"site", "record", "gjerdrum", "--format", "csv"},
		{"trail", "export"},
	} {
		verb = append(verb, "--data", i.data)
		commas, semicolons := must(t, verb...), must(t, append(verb, "--separator", "semicolon")...)
		if !strings.HasPrefix(semicolons, "\ufeff") {
			t.Errorf("%q begins without a byte order mark: %.40q", verb, semicolons)
		}
		got, want := cells(semicolons, ';'), cells(commas, ',')
		if verb[0] == "trail" { // it has grown by the other
			got = got[:1]
			want = want[:1]
		}
		if !reflect.DeepEqual(got, want) {
			t.Errorf("%q: with semicolons %.500q, with commas %.500q", verb, got, want)
		}
	}
	for _, verb := range [][]string{
		{"inventory", "export", "gjerdrum", "--form", "json"}, {"log", "export", "gjerdrum", "--format", "jsonl"}, {"figures", "gjerdrum"}, {"site", "record", "gjerdrum"},
	} {
		i.refused(t, 2, "--separator belongs to", append(verb, "--separator", "semicolon")...)
	}
	i.refused(t, 2, "semicolon", "trail", "export", "--separator", "tab")
}

// A table that Excel has saved in the character set of Windows is refused once, with what
// to do, not once for every cell.
func TestTableIsNotUTF8(t *testing.T) {
	i := newInstallation(t)
	rows := "service;name;purpose_nb\nsiteimprove;_a;M\x81ler\nsiteimprove;_b;M\x81ler\n"
	i.refusedFile(t, rows, "Save the file as UTF-8")
	i.refusedFile(t, rows, "1 fault. Nothing was saved.")
}
