package main

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"time"

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

// Placeholders that are counted with other ways are no number of their own.
func TestPlaceholdersThatStandTogether(t *testing.T) {
	once, always := figures.Way{Method: consent.PlaceholderOnce, Layer: consent.LayerPlaceholder}.String(), figures.Way{Method: consent.PlaceholderAlways, Layer: consent.LayerPlaceholder}.String()
	day := consent.MidnightOf(time.Now())
	f := &figures.Figures{Covers: figures.Span{First: day, Last: day}}
	f.Ways.Rows = []figures.Row{{Keys: []string{once}, Counts: []int{30, 12}}, {Keys: []string{"save/panel", always}, Counts: []int{6, 0}}}
	made := countsBy("placeholders", f)
	var file, lines bytes.Buffer
	if err := made.file(&separated{}, &file); err != nil {
		t.Fatal(err)
	}
	if err := made.lines(&terminal{out: &lines}); err != nil {
		t.Fatal(err)
	}
	if got := file.String(); !strings.HasPrefix(got, "from,to,placeholders,decisions\n") || !strings.Contains(got, ",placeholder_once,42\n") || !strings.HasSuffix(got, ",placeholder_always,\n") {
		t.Errorf("got %s", got)
	}
	if got := lines.String(); !strings.Contains(got, `"counts":{"decisions":42}`) || !strings.Contains(got, `{"counts":null,`) || strings.Contains(got, "6") && !strings.Contains(day.Format(time.DateOnly), "6") {
		t.Errorf("got %s", got)
	}
	f.Ways.Rows[1].Keys = []string{"save/panel", once, always}
	file.Reset()
	if err := countsBy("placeholders", f).file(&separated{}, &file); err != nil || !strings.Contains(file.String(), ",placeholder_once,42+\n") {
		t.Errorf("got %s, %v", file.String(), err)
	}
	if none := countsBy("placeholders", &figures.Figures{}); len(none.rows) != 0 {
		t.Errorf("got %+v", none.rows)
	}
}

// How far visitors came is a table of its own, and a person reads its numbers in groups.
func TestVisitsByCommand(t *testing.T) {
	f := &figures.Figures{Visits: []int{12345, 6200, 6195, 0}}
	made := countsBy("visits", f)
	var table, file, lines bytes.Buffer
	if err := errors.Join(made.show(&terminal{out: &table}), made.file(&separated{}, &file), made.lines(&terminal{out: &lines})); err != nil {
		t.Fatal(err)
	}
	if got := table.String(); !strings.Contains(got, "VISITS") || !strings.Contains(got, "TIMES") || !strings.Contains(got, " 12,345") {
		t.Errorf("got %s", got)
	}
	if got := file.String(); !strings.HasPrefix(got, "from,to,visits,times\n") || !strings.Contains(got, ",shown,12345\n") || !strings.Contains(got, ",acknowledged,0\n") {
		t.Errorf("got %s", got)
	}
	if got := lines.String(); strings.Count(got, "\n") != 4 || !strings.Contains(got, `"counts":{"times":6195}`) || !strings.Contains(got, `"visits":"stored"`) {
		t.Errorf("got %s", got)
	}
	if none := countsBy("visits", &figures.Figures{}); len(none.rows) != 0 {
		t.Errorf("nothing is told as %v", none.rows)
	}
}
