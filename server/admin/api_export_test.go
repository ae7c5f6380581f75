package admin_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"io"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/storage/ledger"
)

// A program takes the log out in the bytes of the page and of the command, and the audit
// trail knows who took how much.
func TestAPIExport(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.ScopeExport)
	h.decide(t, "skogen", 0, 300)
	h.decide(t, "havet", 0, 3)
	const path = apiSite + "/log/export"
	from, err := consent.ParseDay("2026-03-04")
	must(t, err)
	csv := func(bom bool) func(*bytes.Buffer) export.Format {
		return func(out *bytes.Buffer) export.Format { return export.NewCSV(out, bom) }
	}
	for _, each := range []struct {
		query, kind, ending string
		wanted              consent.LogQuery
		form                func(*bytes.Buffer) export.Format
	}{
		{"", "text/csv; charset=utf-8", ".csv", consent.LogQuery{}, csv(false)},
		{"?form=csv&bom=yes&method=save&from=2026-03-04", "text/csv; charset=utf-8", ".csv", consent.LogQuery{Method: consent.Save, From: from.Start()}, csv(true)},
		{"?form=jsonl&language=en&notice=1", "application/x-ndjson", ".jsonl", consent.LogQuery{Language: consent.English, Notice: 1}, func(out *bytes.Buffer) export.Format { return export.NewJSON(out) }},
		{"?form=jsonld&category=statistics&to=2026-03-03", "application/x-ndjson", ".jsonld", consent.LogQuery{Category: consent.Statistics, To: from.Start()}, func(out *bytes.Buffer) export.Format { return export.NewLD(out, nil) }},
		{"?form=parquet", "application/vnd.apache.parquet", ".parquet", consent.LogQuery{}, func(out *bytes.Buffer) export.Format { return export.NewParquet(out, "") }},
	} {
		got := g.get(path + each.query)
		if want := h.exported(t, each.wanted, each.form); got.status != http.StatusOK || got.body != want {
			t.Errorf("%s: got %d with %d bytes, want %d", each.query, got.status, len(got.body), len(want))
		}
		if name := got.header.Get("Content-Disposition"); !strings.HasSuffix(name, each.ending+`"`) || got.header.Get("Content-Type") != each.kind || got.header.Get("ETag") != "" {
			t.Errorf("%s: got %v", each.query, got.header)
		}
	}
	packed := g.get(path + "?form=pack")
	archive, err := zip.NewReader(strings.NewReader(packed.body), int64(len(packed.body)))
	must(t, err)
	if found, err := ledger.VerifyPack(archive, ledger.PackCheck{File: io.NewSectionReader(strings.NewReader(packed.body), 0, int64(len(packed.body))), Report: func(int64, int64) {}}); err != nil || len(found.Faults) > 0 || len(found.Trees) == 0 || found.Trees[0].Size < 300 {
		t.Errorf("the audit pack: %+v, %v", found, err)
	}
	if got := g.get(path + "?form=public&from=2026-03-01"); strings.Contains(got.body, "visitor") || !strings.HasSuffix(got.header.Get("Content-Disposition"), `-public.csv"`) {
		t.Errorf("got %v %s", got.header, got.body)
	}

	key := "key=" + string(g.key.ID) + " "
	h.mu.Lock()
	acts := h.acts
	h.mu.Unlock()
	said := make([]string, len(acts))
	for i := range acts {
		said[i] = acts[i].Action + " " + strings.TrimPrefix(acts[i].Object, key)
		if acts[i].Account != auditor.id || acts[i].Site != "skogen" || !strings.HasPrefix(acts[i].Object, key) {
			t.Errorf("the trail says %+v", acts[i])
		}
	}
	for i, want := range []string{"api.log.export form=csv", "api.log.exported form=csv decisions=300", "api.log.export form=csv from=2026-03-04 method=save"} {
		if len(said) != 14 || said[i] != want {
			t.Fatalf("the trail says %q, want %q", said, want)
		}
	}
	if said[10] != "api.log.export form=pack" || said[11] != "api.log.exported form=pack" || said[13] != "api.log.exported form=public decisions=0 from=2026-03-01" {
		t.Errorf("the trail says %q", said)
	}

	// Nothing is given of what is asked for wrongly, and nothing told.
	for query, field := range map[string]string{
		"?form=exe": "form", "?bom=perhaps": "bom", "?from=x": "from", "?method=none": "method", "?notice=9": "notice", "?category=measuring": "category", "?language=zz": "language", "?form=public&method=save": "method", "?form=public&notice=1": "notice", "?form=pack&method=save": "method", "?form=pack&from=x": "from", "?receipt=1": "receipt",
	} {
		g.get(path+query).faultsAt(t, field)
	}
	if got := g.call(http.MethodHead, path, ""); got.status != http.StatusMethodNotAllowed || got.header.Get("Allow") != "GET" {
		t.Errorf("a file without its body: got %d, Allow %q", got.status, got.header.Get("Allow"))
	}
	auditor.program(t, consent.ScopeRead, consent.ScopeLog).get(path).problem(t, http.StatusForbidden, "scope_missing")
	h.member("kari@example.no", consent.RoleEditor, skogen).program(t, consent.ScopeExport).get(path).problem(t, http.StatusForbidden, "maker_not_permitted")
	g.get(api.Base+"/sites/havet/log/export").problem(t, http.StatusNotFound, "unknown_address")
	h.mu.Lock()
	if len(h.acts) != len(acts) {
		t.Errorf("the trail says %+v", h.acts[len(acts):])
	}
	h.unlooked = errors.New("the disk is full")
	h.mu.Unlock()
	g.get(path).problem(t, http.StatusInternalServerError, "internal")
}

// However long the filter of an export is, the trail tells how much it took.
func TestExportTellsHowMuchBeforeItsFilter(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	g := auditor.program(t, consent.ScopeExport)
	const path = api.Base + "/sites/skogen/log/export?form=parquet"
	zeros := strings.Repeat("0", 90) + "1"
	g.get(path+"&notice="+zeros).faultsAt(t, "notice")
	auditor.post("/sites/skogen/log/export", "form", "csv", "notice", zeros).shows(t, http.StatusUnprocessableEntity, `id="notice-wrong"`)
	long := consent.CategoryKey(strings.Repeat("c", 30))
	h.edit(func(d *consent.Draft) { d.Categories[0].Key = long })
	g.get(path + "&method=save&notice=0000000001&language=nb&from=2026-03-04&to=2026-03-04&category=" + string(long))
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.acts) != 2 || h.acts[1].Action != "api.log.exported" || !strings.HasPrefix(h.acts[1].Object, "key="+string(g.key.ID)+" form=parquet decisions=0 category=ccc") {
		t.Errorf("the trail says %+v", h.acts)
	}
}

// A pack of some days opens the decisions of these alone, and holds as a whole one. Who takes
// it is told as of the command.
func TestAPIExportDayPack(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 0, 300)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	entries, err := h.store.Read(t.Context(), consent.LogQuery{Site: "skogen", Limit: 1000})
	must(t, err)
	day := consent.DayOf(entries[0].Time)
	within := 0
	for i := range entries {
		if consent.DayOf(entries[i].Time) == day {
			within++
		}
	}
	g := auditor.program(t, consent.ScopeExport)
	for name, get := range map[string]func(from, to string) answer{
		"the API": func(from, to string) answer {
			asked := url.Values{"form": {"pack"}, "to": {to}}
			if from != "" {
				asked.Set("from", from)
			}
			return g.get(apiSite + "/log/export?" + asked.Encode())
		},
		"the page": func(from, to string) answer {
			return auditor.post("/sites/skogen/log/export", "form", "pack", "pack-from", from, "pack-to", to, "method", "save", "from", "x")
		},
	} {
		open := func(got answer) (records, withheld int) {
			t.Helper()
			archive, err := zip.NewReader(strings.NewReader(got.body), int64(len(got.body)))
			must(t, err)
			found, err := ledger.VerifyPack(archive, ledger.PackCheck{File: io.NewSectionReader(strings.NewReader(got.body), 0, int64(len(got.body))), Report: func(int64, int64) {}})
			if err != nil || len(found.Faults) > 0 {
				t.Fatalf("%s: the pack has %+v, %v", name, found, err)
			}
			for _, file := range archive.File {
				if strings.HasSuffix(file.Name, "leaves.jsonl") {
					leaves := unzipped(t, file)
					records += strings.Count(leaves, `"record":`)
					withheld += strings.Count(leaves, `"withheld":true`)
				}
			}
			return records, withheld
		}
		if records, withheld := open(get(day.String(), day.String())); records != within || withheld != len(entries)-within {
			t.Errorf("%s: %d records and %d hashes, want %d and %d", name, records, withheld, within, len(entries)-within)
		}
		if records, _ := open(get("", "2001-01-01")); records != 0 {
			t.Errorf("%s: a day without decisions opens %d", name, records)
		}
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	for i := range h.acts {
		if words := "form=pack from=" + day.String() + " to=" + day.String(); !strings.Contains(h.acts[i].Object, "form=pack") || i%4 < 2 && !strings.HasSuffix(h.acts[i].Object, words) {
			t.Errorf("the trail says %+v", h.acts[i])
		}
	}
	if len(h.acts) != 8 {
		t.Errorf("the trail has %d acts, want one before and one after each", len(h.acts))
	}
}

// The page says at its own field what is wrong with the days of a pack, and the log leads to
// it with the days that are shown.
func TestDayPackPage(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	const path = "/sites/skogen/log"
	auditor.get(path).shows(t, http.StatusOK, `href="`+path+`/export#pack">Revisjonspakken …`)
	auditor.get(path+"?from=2026-03-04&to=2026-03-04").shows(t, http.StatusOK, `/export?from=2026-03-04&amp;to=2026-03-04#pack">Revisjonspakke for disse dagene …`)
	auditor.get(path+"/export?from=2026-03-04&to=2026-03-05").shows(t, http.StatusOK, `name="pack-from" type="date" value="2026-03-04"`, `name="pack-to" type="date" value="2026-03-05"`)
	auditor.post(path+"/export", "form", "pack", "pack-from", "2026-03-05", "pack-to", "2026-03-04").shows(t, http.StatusUnprocessableEntity, `href="#pack-to"`, `id="pack-to-wrong"`, `value="2026-03-05"`)
}

func unzipped(t *testing.T, file *zip.File) string {
	t.Helper()
	from, err := file.Open()
	must(t, err)
	defer func() { _ = from.Close() }()
	text, err := io.ReadAll(from)
	must(t, err)
	return string(text)
}
