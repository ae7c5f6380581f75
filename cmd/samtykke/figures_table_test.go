package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

// A person reads how long answers took in words; a program gets the codes.
func TestDelaysInWordsAndCodes(t *testing.T) {
	f := &figures.Figures{Delays: []figures.Delayed{
		{Delays: []consent.Delay{0}, Count: 40},
		{Delays: []consent.Delay{2}, Count: 30},
		{Delays: []consent.Delay{5, 10, 30}, Count: 20},
		{Delays: []consent.Delay{60}, Count: 8},
		{Delays: []consent.Delay{300}, Others: true, Count: 9},
	}}
	made := countsBy("delays", f)
	var table, lines bytes.Buffer
	if err := made.show(&terminal{out: &table}); err != nil {
		t.Fatal(err)
	}
	if err := made.lines(&terminal{out: &lines}); err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{" under 2 s ", " 2–5 s ", " 5 s–1 min ", " 1–5 min ", " 5 min or more + unknown "} {
		if !strings.Contains(table.String(), want) {
			t.Errorf("%q is not in\n%s", want, table.String())
		}
	}
	for _, want := range []string{`"0s"`, `"2s"`, `"5s+10s+30s"`, `"60s"`, `"300s+unknown"`} {
		if !strings.Contains(lines.String(), `"delays":`+want) {
			t.Errorf("%s is not in\n%s", want, lines.String())
		}
	}
}
