package main_test

import (
	"encoding/csv"
	"encoding/json"
	"path/filepath"
	"strings"
	"testing"
)

// TestRecordComesFromTheNotice, and from the draft only when told.
func TestRecordComesFromTheNotice(t *testing.T) {
	i := newInstallation(t)
	i.edit(t, "retention: P2Y", "retention: P5Y", "name: Siteimprove A/S", `name: "=cmd|calc"`)
	notice, draft := must(t, "site", "record", "gjerdrum", "--data", i.data), must(t, "site", "record", "gjerdrum", "--draft", "--data", i.data)
	if !strings.Contains(notice, "Etter 2 år") || strings.Contains(notice, "=cmd") || strings.Contains(notice, "UTKAST") {
		t.Error("the record does not say what the notice says")
	}
	if !strings.Contains(draft, "Etter 5 år") || !strings.Contains(draft, "=cmd|calc") || !strings.Contains(draft, "UTKAST") {
		t.Error("the record of the draft does not say what the draft says")
	}
	done := invoke(t, "site", "record", "gjerdrum", "--format", "json", "--data", i.data)
	var record struct {
		Missing    int
		Notice     int
		Activities []struct{ Kind string }
	}
	read(t, done.out, &record)
	if done.code != 0 || record.Notice != 1 || len(record.Activities) != 10 || !strings.Contains(done.err, "Missing: 24 details") || record.Missing != 24 {
		t.Errorf("exit code %d, %+v, %s", done.code, record, done.err)
	}
}

// TestRecordRowsAreWhole: every row has every column filled, none is a formula,
// and the columns for what is missing agree with the cells.
func TestRecordRowsAreWhole(t *testing.T) {
	i := newInstallation(t)
	i.edit(t, "nb: Min side\n", "nb: \"=HYPERLINK(1)\"\n", "name: Siteimprove A/S", `name: "@SUM(1)"`)
	for lang, missing := range map[string]string{"nb": "Mangler", "nn": "Manglar", "en": "Missing"} {
		text := must(t, "site", "record", "gjerdrum", "--draft", "--lang", lang, "--format", "csv", "--data", i.data)
		text, marked := strings.CutPrefix(text, "\ufeff")
		rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
		if err != nil || !marked || len(rows) != 11 {
			t.Fatalf("%s: %v, %d rows", lang, err, len(rows))
		}
		heading := rows[0]
		for n, row := range rows[1:] {
			for column, cell := range row {
				if cell == "" && (column != 3 || n != 9) {
					t.Errorf("%s: nothing under %s of %s", lang, heading[column], row[2])
				}
				if strings.ContainsAny(cell[:min(1, len(cell))], "=+-@") {
					t.Errorf("%s: %q is a formula", lang, cell)
				}
				_, title, _ := strings.Cut(heading[column], ") ")
				if gap := strings.Contains(cell, missing+": "); gap && !strings.Contains(row[len(row)-1], title) {
					t.Errorf("%s: %s of %s is missing, and the last column says %s", lang, title, row[2], row[len(row)-1])
				}
			}
		}
	}
}

// TestRecordSaysWhyThereIsNone: nothing is published, there is no such site, or
// no such language.
func TestRecordSaysWhyThereIsNone(t *testing.T) {
	i := newInstallation(t)
	must(t, "site", "import", "../../examples/plain/site.yaml", "--data", i.data)
	for _, each := range []struct {
		code int
		says string
		args []string
	}{
		{1, "has published nothing yet", []string{"plain"}},
		{1, "There is no site", []string{"absent"}},
		{2, "--lang must be nb, nn or en", []string{"gjerdrum", "--lang", "se"}},
	} {
		done := invoke(t, append([]string{"site", "record", "--data", i.data}, each.args...)...)
		if done.code != each.code || !strings.Contains(done.err, each.says) || done.out != "" {
			t.Errorf("%v: %+v", each.args, done)
		}
	}
	var record struct {
		Draft bool
	}
	if err := json.Unmarshal([]byte(must(t, "site", "record", "plain", "--draft", "--format", "json", "--data", i.data)), &record); err != nil || !record.Draft {
		t.Errorf("the draft has no record: %v", err)
	}
}

// TestManualOfTheRecordRuns types every command that the manuals show.
func TestManualOfTheRecordRuns(t *testing.T) {
	i, folder, ran := newInstallation(t), t.TempDir(), 0
	for line := range strings.Lines(must(t, "help", "requests") + must(t, "site", "record", "--help")) {
		typed, shown := strings.CutPrefix(strings.TrimSpace(line), "samtykke site record ")
		if !shown || strings.Contains(typed, "[") {
			continue
		}
		typed = strings.ReplaceAll(typed, "protokoll.", filepath.Join(folder, "protokoll."))
		must(t, append(append([]string{"site", "record"}, strings.Fields(typed)...), "--data", i.data)...)
		ran++
	}
	if ran != 6 || !strings.Contains(readFile(t, filepath.Join(folder, "protokoll.csv")), "tryggingstiltak") {
		t.Errorf("%d commands were typed", ran)
	}
}

// TestAxeRecord has the record in each language, and that nothing is wider than
// a phone.
func TestAxeRecord(t *testing.T) {
	i, folder := newInstallation(t), t.TempDir()
	files := map[string]string{}
	for _, lang := range []string{"nb", "nn", "en"} {
		files[lang] = filepath.Join(folder, lang+".html")
		must(t, "site", "record", "gjerdrum", "--lang", lang, "-o", files[lang], "--data", i.data)
	}
	axeFiles(t, "record", files)
}

// axeFiles looks at pages that were written, one a language.
func axeFiles(t *testing.T, name string, files map[string]string) {
	t.Helper()
	looks(t, func(t *testing.T, p *tab) {
		for lang, file := range files {
			p.visit("file://" + file)
			p.axe(t, name+" in "+lang)
			if wide := p.text(`String(document.documentElement.scrollWidth - innerWidth)`); wide != "0" {
				t.Errorf("%s: %s pixels stand out on the right", lang, wide)
			}
		}
	})
}
