package main

import (
	"bytes"
	"encoding/json"
	"strings"
	"testing"
)

// A name that a spreadsheet would calculate is text in the file, wherever the program that
// opens it splits a line.
func TestNamesAreNoFormulas(t *testing.T) {
	names := []string{"=1+1", "＝HYPERLINK(\"http://evil.example\")", "＠SUM(1)", " =1+1", "\u00a0=1+1", "a;=1+1", "a,+1+1", "a\t@SUM(1)", "a\n-1-1", "\t=1"}
	for _, name := range names {
		text, err := json.Marshal(map[string]any{"columns": []string{name}, "rows": []map[string]any{{"name": name, "counts": []int{1}}}})
		if err != nil {
			t.Fatal(err)
		}
		figures := &table{}
		if err := json.Unmarshal(text, figures); err != nil {
			t.Fatal(err)
		}
		var out bytes.Buffer
		if err := write(&out, "2026-02-10", figures); err != nil {
			t.Fatal(err)
		}
		for cell := range strings.FieldsFuncSeq(out.String(), func(c rune) bool { return strings.ContainsRune(",;\t\r\n", c) }) {
			if bare := strings.TrimLeft(cell, "\" \u00a0"); bare != "" && strings.ContainsAny(string([]rune(bare)[:1]), "=+-@＝＋－＠") {
				t.Errorf("%q: %q is a formula", name, cell)
			}
		}
	}
}
