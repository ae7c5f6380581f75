package admin_test

import (
	"archive/zip"
	"bytes"
	"encoding/base64"
	"errors"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

var (
	lineLink  = regexp.MustCompile(`<th scope="row"><a href="/sites/skogen/log/([0-9a-f-]{36})">`)
	olderLink = regexp.MustCompile(`<a href="([^"]+)" rel="next">`)
	newerLink = regexp.MustCompile(`<a href="([^"]+)" rel="prev">`)
)

// listed gives the receipts on a page of the log, and where the pages beside are.
func (a answer) listed(t *testing.T) (receipts []string, newer, older string) {
	t.Helper()
	a.shows(t, http.StatusOK)
	for _, found := range lineLink.FindAllStringSubmatch(a.body, -1) {
		receipts = append(receipts, found[1])
	}
	if found := olderLink.FindStringSubmatch(a.body); found != nil {
		older = strings.ReplaceAll(found[1], "&amp;", "&")
	}
	if found := newerLink.FindStringSubmatch(a.body); found != nil {
		newer = strings.ReplaceAll(found[1], "&amp;", "&")
	}
	return receipts, newer, older
}

// everything leafs through the log from an address to its end.
func (p *person) everything(t *testing.T, path string) (receipts []string) {
	t.Helper()
	for path != "" {
		page, _, older := p.get(path).listed(t)
		receipts, path = append(receipts, page...), older
	}
	return receipts
}

func same(t *testing.T, what string, got, want []string) {
	t.Helper()
	if !slices.Equal(got, want) {
		t.Errorf("%s: got %d, want %d:\n%q\n%q", what, len(got), len(want), got, want)
	}
}

// Every filter gives exactly the decisions that it says, newest first, over however
// many pages.
func TestLogFilters(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	entries := h.decide(t, "skogen", 0, 90)
	h.site(t, "skogen").Republish(t.Context(), t, h.store)
	entries = append(entries, h.decide(t, "skogen", 90, 180)...)
	h.decide(t, "havet", 200, 260)
	_, err := h.store.Restrict(t.Context(), "skogen", consent.Restriction{ID: entries[170].ID, Reason: consent.ReasonClaim, Time: storagetest.Morning})
	must(t, err)
	day := func(e *consent.Entry) string { return consent.DayOf(e.Time).String() }
	statistics := func(e *consent.Entry) bool {
		return e.Choice.Categories[consent.Statistics] || e.Choice.Services["statistics/counter"]
	}
	for filter, keep := range map[string]func(*consent.Entry) bool{
		"":                func(*consent.Entry) bool { return true },
		"from=2026-03-04": func(e *consent.Entry) bool { return day(e) >= "2026-03-04" },
		"to=2026-03-04":   func(e *consent.Entry) bool { return day(e) <= "2026-03-04" },
		"from=2026-03-04&to=2026-03-05": func(e *consent.Entry) bool {
			return day(e) == "2026-03-04" || day(e) == "2026-03-05"
		},
		"category=statistics":        statistics,
		"method=save":                func(e *consent.Entry) bool { return e.Method == consent.Save },
		"language=en":                func(e *consent.Entry) bool { return e.Language == consent.English },
		"notice=2":                   func(e *consent.Entry) bool { return e.Notice == 2 },
		"notice=1&method=reject_all": func(e *consent.Entry) bool { return e.Notice == 1 && e.Method == consent.RejectAll },
		"method=expiry":              func(*consent.Entry) bool { return false },
		"from=2026-03-04&category=statistics&language=en": func(e *consent.Entry) bool {
			return day(e) >= "2026-03-04" && statistics(e) && e.Language == consent.English
		},
	} {
		var want []string
		for i := range entries {
			if keep(&entries[i]) {
				want = append(want, entries[i].ID.String())
			}
		}
		slices.Reverse(want)
		same(t, filter, auditor.everything(t, "/sites/skogen/log?"+filter), want)
	}
	if page := auditor.get("/sites/skogen/log").body; strings.Count(page, `<span class="tag warn">Fryst</span>`) != 1 {
		t.Error("what is frozen is not marked, or something else is")
	}
}

// No page repeats a decision or skips one while new ones come in, forwards and back.
func TestLogPagesWhileOthersDecide(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	before := h.decide(t, "skogen", 0, 120)
	var want []string
	for i := range before {
		want = append(want, before[i].ID.String())
	}
	slices.Reverse(want)
	first, newer, path := auditor.get("/sites/skogen/log").listed(t)
	if newer != "" || len(first) != 50 {
		t.Errorf("the first page has %d, and leads on to newer ones at %q", len(first), newer)
	}
	got, last := first, ""
	for n := 120; path != ""; n += 10 {
		h.decide(t, "skogen", n, n+10)
		var page []string
		page, newer, path = auditor.get(path).listed(t)
		got, last = append(got, page...), newer
	}
	same(t, "leafing back in time", got, want)
	page, _, _ := auditor.get(last).listed(t)
	same(t, "a page back", page, want[50:100])
	_, newer, _ = auditor.get(last).listed(t)
	page, newer, _ = auditor.get(newer).listed(t)
	same(t, "two pages back", page, want[:50])
	page, newer, _ = auditor.get(newer).listed(t)
	if newer != "" || len(page) != 50 || page[0] == want[0] {
		t.Errorf("the newest page begins with %s, and leads on to %q", page[0], newer)
	}
}

func TestLogByReceipt(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 3)
	foreign := h.decide(t, "havet", 10, 11)[0].ID.String()
	own := storagetest.ID(1).String()
	auditor.get("/sites/skogen/log?receipt="+own).leads(t, "/sites/skogen/log/"+own)
	auditor.get("/sites/skogen/log?receipt=+"+strings.ToUpper(own)+"+").leads(t, "/sites/skogen/log/"+own)
	for _, id := range []string{foreign, storagetest.ID(99).String(), "x", own[:35]} {
		auditor.get("/sites/skogen/log?receipt="+id).shows(t, http.StatusUnprocessableEntity, `id="receipt-wrong"`, `href="#receipt"`, `value="`+id+`"`)
	}
	for _, more := range []string{"", "/receipt", "/record"} {
		unknown := auditor.get("/sites/skogen/log/" + storagetest.ID(99).String() + more)
		other := auditor.get("/sites/skogen/log/" + foreign + more)
		if unknown.status != http.StatusNotFound || other.status != http.StatusNotFound || unknown.body != other.body {
			t.Errorf("another site's decision is told from one that does not exist: %d, %d", other.status, unknown.status)
		}
	}
}

// What does not fit is said beside its field, and nothing is shown that looks like
// an answer.
func TestLogFilterFaults(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 3)
	for query, field := range map[string]string{
		"from=yesterday": "from", "to=2026-13-01": "to", "from=2026-03-04&to=2026-03-03": "to", "method=all": "method",
		"notice=-1": "notice", "notice=x": "notice", "category=%3Cscript%3E": "category", "language=%27": "language",
		"method=" + strings.Repeat("x", 4000): "method", "category=%00%FF": "category", "language=%E2%80%AE": "language",
	} {
		got := auditor.get("/sites/skogen/log?" + query)
		got.shows(t, http.StatusUnprocessableEntity, `id="`+field+`-wrong"`, `href="#`+field+`"`)
		if lineLink.MatchString(got.body) || strings.Contains(got.body, "<script>") {
			t.Errorf("%s: the page shows decisions, or a script", query)
		}
	}
}

// token makes a visitor's token, whose key the store has.
func token(n byte) string {
	raw := [22]byte{1, 2, 3, 4, 5, n}
	for i := 6; i < len(raw); i++ {
		raw[i] = byte(i) ^ n
	}
	return base64.RawURLEncoding.EncodeToString(raw[:])
}

func (h *house) decideAs(t *testing.T, key consent.SiteKey, n int, token string) consent.Entry {
	t.Helper()
	d := h.site(t, key).Decision(n)
	var err error
	d.Visitor, err = consent.ParseToken(token)
	must(t, err)
	entry, err := h.store.Append(t.Context(), d)
	must(t, err)
	return entry.Entry
}

// A token finds its visitor's decisions of the site, and stays in no address, page
// or log.
func TestLogByToken(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 6)
	own := token(1)
	var want []string
	for n := range 3 {
		want = append([]string{h.decideAs(t, "skogen", 100+n, own).ID.String()}, want...)
	}
	h.decideAs(t, "havet", 110, own)
	h.decideAs(t, "havet", 111, token(2))
	found := auditor.post("/sites/skogen/log/find", "token", " "+own+"\n")
	got, _, _ := found.listed(t)
	same(t, "by the token", got, want)
	byDecision := auditor.post("/sites/skogen/log/find", "decision", want[1])
	got, _, _ = byDecision.listed(t)
	same(t, "by a decision of the same visitor", got, want)
	answers := []answer{found, byDecision}
	for _, each := range []string{token(2), "x", own[:29], own + "A", ""} {
		refused := auditor.post("/sites/skogen/log/find", "token", each)
		refused.shows(t, http.StatusUnprocessableEntity, `id="token-wrong"`)
		answers = append(answers, refused)
	}
	h.stranger().ask(http.MethodPost, "/sites/skogen/log/find", url.Values{"token": {own}})
	key, err := consent.ParseToken(own)
	must(t, err)
	secrets := []string{own, own[:29], base64.RawURLEncoding.EncodeToString(key[:])}
	for _, secret := range secrets {
		for _, each := range answers {
			if strings.Contains(each.body, secret) || strings.Contains(each.header.Get("Location"), secret) {
				t.Errorf("%s stands in an answer", secret)
			}
		}
		if strings.Contains(h.said.String(), secret) {
			t.Errorf("%s stands in the log of the server", secret)
		}
		for _, act := range h.acts {
			if strings.Contains(act.Object+act.Reason, secret) {
				t.Errorf("%s stands in the audit trail", secret)
			}
		}
	}
	if len(h.acts) != 3 || h.acts[0].Action != "log.find" || h.acts[0].Account != auditor.id || h.acts[1].Object != want[1] {
		t.Errorf("the audit trail knows of %+v", h.acts)
	}
}

// The page of a decision shows what it proves, and the files are those that the
// commands write.
func TestDecisionPage(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 6)
	entry := h.decideAs(t, "skogen", 11, token(1))
	d := h.site(t, "skogen").Decision(14)
	d.Visitor, d.Previous, d.GPC, d.Skew = entry.Visitor, entry.ID, true, -3*time.Second
	_, err := h.store.Append(t.Context(), d)
	must(t, err)
	id := d.ID.String()
	notice, err := h.store.Notice(t.Context(), "skogen", 1)
	must(t, err)
	page, shown := auditor.get("/sites/skogen/log/"+id), "/sites/skogen/notices/1/shown?decision="+id+"&lang=en&state=panel" // the layer it was made in
	page.shows(t, http.StatusOK, id, "Delvis ja", "Telleren: ja", "Statistikk: nei", "Markedsføring: ja", "Engelsk", "3 sekunder etter serverens",
		`href="/sites/skogen/log/`+entry.ID.String()+`"`, `href="/sites/skogen/notices/1"`, `href="`+html.EscapeString(shown)+`"`, notice.Hash.String(), "2. mars 2026 kl. 23.30.00 norsk tid (UTC&#43;1)",
		"Beslutningen står uendret i loggen, på plass nummer 7 i et tre med 8 plasser (den første er nummer 0)", "/consent/skogen/2026", "Vis også den andre fra samme besøkende", "Loggen er ikke kontrollert")
	part, whole := h.site(t, "skogen").Decision(17), h.site(t, "skogen").Decision(18)
	part.Choice = consent.Choice{Services: map[consent.ServiceRef]bool{"marketing/counter": true, "statistics/counter": false}}
	whole.Choice = consent.Choice{Categories: map[consent.CategoryKey]bool{"statistics": true}, Services: map[consent.ServiceRef]bool{"marketing/counter": true}}
	for _, d := range []*consent.Decision{part, whole} {
		_, err := h.store.Append(t.Context(), d)
		must(t, err)
	}
	said := regexp.MustCompile(`<[^>]*>`).ReplaceAllString(auditor.get("/sites/skogen/log/"+part.ID.String()).body, "")
	if !strings.Contains(said, "Markedsføring:Telleren: jaStatistikk:Telleren: nei") {
		t.Errorf("the page does not say of what each answer is:\n%s", said)
	}
	list := auditor.get("/sites/skogen/log")
	list.shows(t, http.StatusOK, "Markedsføring (delvis: 1)</td>")
	if strings.Contains(list.body, "Markedsføring (delvis: 1), Statistikk") {
		t.Error("who granted all that was asked for is said to have granted a part")
	}
	key := base64.RawURLEncoding.EncodeToString(entry.Visitor[:])
	if strings.Contains(page.body, key) || strings.Contains(page.body, key[:20]) || !strings.Contains(page.body, "…"+key[24:]) {
		t.Error("the page shows who the visitor is, or not that two are the same")
	}
	if strings.Contains(page.body, "/erase") || strings.Contains(page.body, "/freeze") {
		t.Error("an auditor is offered what only an administrator may do")
	}
	auditor.get(shown).shows(t, http.StatusOK, "Det som ble svart", "Telleren: ja", "I panelet med alle valgene", notice.Hash.String(), string(entry.Bundle), `<a href="/sites/skogen/log/`+id+`">`)
	auditor.get("/sites/skogen/notices/1/shown/frame?decision="+id+"&lang=en").shows(t, http.StatusOK, `lang="en"`)
	viewer := h.member("viewer@example.no", consent.RoleViewer, skogen)
	viewer.get(shown).shows(t, http.StatusForbidden)
	viewer.get("/sites/skogen/notices/1/shown").shows(t, http.StatusOK, notice.Hash.String())
	receipt, err := h.store.Receipt(t.Context(), "skogen", d.ID)
	must(t, err)
	file := auditor.get("/sites/skogen/log/" + id + "/receipt")
	file.shows(t, http.StatusOK)
	if file.body != string(receipt) || !strings.Contains(file.header.Get("Content-Disposition"), id+".tlog-proof") {
		t.Errorf("the receipt is %q", file.body)
	}
	record := auditor.get("/sites/skogen/log/" + id + "/record")
	record.shows(t, http.StatusOK)
	if want := h.exported(t, consent.LogQuery{ID: d.ID}, func(out *bytes.Buffer) export.Format { return export.NewLD(out, nil) }); record.body != want {
		t.Errorf("the record is\n%s\nwant\n%s", record.body, want)
	}
}

// exported gives an export of Skogen as the command writes it.
func (h *house) exported(t *testing.T, query consent.LogQuery, form func(*bytes.Buffer) export.Format) string {
	t.Helper()
	var out bytes.Buffer
	lines := form(&out)
	query.Site, query.Oldest, query.Limit = "skogen", true, 10_000
	entries, err := h.store.Read(t.Context(), query)
	must(t, err)
	must(t, lines.Begin())
	recorder := export.NewRecorder(h.store, "skogen")
	for i := range entries {
		shared, err := recorder.Circumstance(t.Context(), &entries[i])
		must(t, err)
		must(t, lines.Put(&entries[i], shared))
	}
	must(t, lines.Finish())
	return out.String()
}

// An export holds what the filter says, in the bytes of the command, and the audit
// trail knows who took how much.
func TestLogExport(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	site := h.site(t, "skogen")
	var all sync.WaitGroup
	for part := range 30 {
		all.Go(func() {
			for n := range 100 {
				if _, err := h.store.Append(t.Context(), site.Decision(100*part+n)); err != nil {
					t.Error(err)
				}
			}
		})
	}
	all.Wait()
	from, err := consent.ParseDay("2026-03-04")
	must(t, err)
	for _, each := range []struct {
		fields []string
		query  consent.LogQuery
		form   func(*bytes.Buffer) export.Format
		ending string
	}{
		{[]string{"form", "csv"}, consent.LogQuery{}, func(out *bytes.Buffer) export.Format { return export.NewCSV(out, false) }, "csv"},
		{
			[]string{"form", "csv", "bom", "yes", "method", "save", "from", "2026-03-04"},
			consent.LogQuery{Method: consent.Save, From: from.Start()},
			func(out *bytes.Buffer) export.Format { return export.NewCSV(out, true) }, "csv",
		},
		{[]string{"form", "jsonl", "language", "en", "notice", "1"}, consent.LogQuery{Language: consent.English, Notice: 1}, func(out *bytes.Buffer) export.Format { return export.NewJSON(out) }, "jsonl"},
		{[]string{"form", "jsonld", "category", "statistics", "to", "2026-03-03"}, consent.LogQuery{Category: consent.Statistics, To: from.Start()}, func(out *bytes.Buffer) export.Format { return export.NewLD(out, nil) }, "jsonld"},
		{[]string{"form", "csv", "method", "expiry"}, consent.LogQuery{Method: consent.Expiry}, func(out *bytes.Buffer) export.Format { return export.NewCSV(out, false) }, "csv"},
		{[]string{"form", "parquet"}, consent.LogQuery{}, func(out *bytes.Buffer) export.Format { return export.NewParquet(out, "") }, "parquet"},
	} {
		got := auditor.post("/sites/skogen/log/export", each.fields...)
		got.shows(t, http.StatusOK)
		if want := h.exported(t, each.query, each.form); got.body != want {
			t.Errorf("%q: got %d bytes, want %d", each.fields, len(got.body), len(want))
		}
		if name := got.header.Get("Content-Disposition"); !strings.HasSuffix(name, each.ending+`"`) {
			t.Errorf("%q: the file is called %s", each.fields, name)
		}
	}
	auditor.post("/sites/skogen/log/export", "form", "csv", "from", "x").shows(t, http.StatusUnprocessableEntity, `id="from-wrong"`)
	for field, value := range map[string]string{"category": "statistics", "method": "withdraw", "language": "nn", "notice": "1"} {
		auditor.post("/sites/skogen/log/export", "form", "public", field, value).shows(t, http.StatusUnprocessableEntity, `id="`+field+`-wrong"`, "Bare tall er de samme som på siden Tall")
	}
	auditor.post("/sites/skogen/log/export", "form", "exe").shows(t, http.StatusUnprocessableEntity, `id="form-wrong"`)
	packed := auditor.post("/sites/skogen/log/export", "form", "pack", "from", "2026-03-04")
	archive, err := zip.NewReader(strings.NewReader(packed.body), int64(len(packed.body)))
	must(t, err)
	if found, err := ledger.VerifyPack(archive, ledger.PackCheck{File: io.NewSectionReader(strings.NewReader(packed.body), 0, int64(len(packed.body))), Report: func(int64, int64) {}}); err != nil || len(found.Faults) > 0 || len(found.Trees) == 0 || found.Trees[0].Size < 3000 {
		t.Errorf("the audit pack: %+v, %v", found, err)
	}
	h.mu.Lock()
	defer h.mu.Unlock()
	if len(h.acts) != 14 || h.acts[12].Object != "form=pack" || h.acts[13].Action != "log.exported" || h.acts[0].Action != "log.export" || h.acts[0].Account != auditor.id || h.acts[0].Site != "skogen" || h.acts[2].Object != "form=csv from=2026-03-04 method=save" ||
		h.acts[1].Action != "log.exported" || h.acts[1].Object != "form=csv decisions=3000" || h.acts[9].Object != "form=csv decisions=0 method=expiry" {
		t.Errorf("the audit trail knows of %d: %+v", len(h.acts), h.acts)
	}
}

// The log is audited at a person's wish, and every page of it says what was found.
func TestLogStatus(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 7)
	auditor.get("/sites/skogen/log").shows(t, http.StatusOK, "Loggen er ikke kontrollert siden serveren startet.")
	auditor.post("/sites/skogen/log/verify").leads(t, "/sites/skogen/log?done=log_verify")
	auditor.get("/sites/skogen/log").shows(t, http.StatusOK, "Loggen kontrolleres så snart det er ledig.")
	h.audit(t, "skogen")
	const path = "/sites/skogen/log/"
	holds := auditor.get(path + storagetest.ID(1).String())
	holds.shows(t, http.StatusOK, "Loggen stemmer. 7 plasser ble kontrollert 2. mars 2026", "7 beslutninger passer")
	h.mu.Lock()
	h.disproof = errors.New("<b>the record is elsewhere</b>")
	for n := range 7 {
		h.faults = append(h.faults, consent.LedgerFault{Site: "skogen", Origin: "the tree", Index: int64(n), Flaw: consent.Flaw{Code: consent.FlawBundleChanged, Name: "<b>another</b>", Why: "in English"}})
	}
	h.mu.Unlock()
	h.audit(t, "skogen")
	for _, path := range []string{"/sites/skogen/log", path + storagetest.ID(1).String()} {
		page := auditor.get(path)
		page.shows(t, http.StatusOK, "Loggen stemmer ikke: 7 feil", "<code>the tree</code>, plass 4: En av filene i pakken &lt;b&gt;another&lt;/b&gt; er endret", "+ 2", "Ta vare på databasen")
		if strings.Contains(page.body, "Loggen stemmer.") {
			t.Errorf("%s says that the log holds", path)
		}
	}
	page := auditor.get(path + storagetest.ID(1).String())
	page.shows(t, http.StatusOK, "Beviset stemmer ikke.", "Det som beviser beslutningen, er endret, eller beslutningen er det.")
	if strings.Contains(page.body, "står uendret i loggen") {
		t.Error("a decision that is not proven is shown as proven")
	}
}

// What the end of retention has removed can be read afterwards.
func TestLogSaysWhatWasRemoved(t *testing.T) {
	h := open(t)
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	h.decide(t, "skogen", 0, 7)
	auditor.get("/sites/skogen/log").shows(t, http.StatusOK, "Ingenting er fjernet ennå.")
	_, err := h.store.Expire(t.Context(), "skogen", h.clock().AddDate(0, 1, 0), h.clock())
	must(t, err)
	auditor.get("/sites/skogen/log").shows(t, http.StatusOK, "Fjernet fordi lagringstiden var ute", `data-label="Beslutninger">7<`, `data-label="Tatt før">`)
}

// The log filters and shows days as Norwegian clocks do, and says so once: half past
// midnight in Oslo is the day before by UTC.
func TestLogUsesNorwegianDays(t *testing.T) {
	h := open(t)
	h.decide(t, "skogen", 14, 16) // 22:30 and 23:30 UTC on 2 March
	auditor := h.member("auditor@example.no", consent.RoleAuditor, skogen)
	for query, want := range map[string]string{"?from=2026-03-03": "3. mars 2026 kl. 00.30.00", "?to=2026-03-02": "2. mars 2026 kl. 23.30.00"} {
		page := auditor.get("/sites/skogen/log" + query)
		page.shows(t, 200, want, "<caption>Dager og klokkeslett er norske, også i filteret.</caption>")
		if receipts, _, _ := page.listed(t); len(receipts) != 1 {
			t.Errorf("%s lists %d decisions, want 1", query, len(receipts))
		}
		if _, list, _ := strings.Cut(page.body, "<tbody>"); strings.Contains(list, "norsk tid (UTC") {
			t.Error("each row names the zone")
		}
	}
}
