package admin_test

import (
	"net/http"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Days that are not counted yet are not compared with days that are: the page says which
// days its numbers are of, and compares them with as many.
func TestFiguresCompareAsManyDays(t *testing.T) {
	h := open(t)
	for ago := 1; ago <= 60; ago++ {
		n := 8
		switch {
		case ago < 4:
			n = 1 // not counted before there are more
		case ago < 30:
			n = 7
		}
		h.answers(t, decided{n: n, ago: ago})
	}
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.get("/sites/skogen/figures").shows(t, http.StatusOK, `<p class="lede">1.–26. februar 2026</p>`, "Du valgte 1. februar 2026 – 2. mars 2026;",
		">182<small>12,5 % færre enn dagene før (208)<", "Sammenlignet med like mange dager rett før: 6.–31. januar 2026.",
		"Tallene er ferdige til og med 26. februar 2026. Tall for dagene til og med 31. mars 2026 vises 1. april 2026.")
	kari.get("/sites/skogen").shows(t, http.StatusOK, "1.–26. februar 2026: 182 beslutninger. 100,0\u00a0% svarte ja til alt.")

	long := kari.get("/sites/skogen/figures?from=2026-01-05&to=2026-03-02")
	long.shows(t, http.StatusOK, ">398<small></small>", "Ikke sammenlignet med like mange dager rett før (13. november 2025 – 4. januar 2026): de første tallene er av senere dager.")
	if strings.Contains(long.body, "dagene før (") {
		t.Error("days are compared with some of which there are no numbers")
	}
	first := consent.MidnightOf(h.clock()).AddDate(0, 0, -60)
	for _, days := range []int{1, 2, 5} { // the first days that can be compared
		from := first.AddDate(0, 0, days)
		query := "?from=" + from.Format(time.DateOnly) + "&to=" + from.AddDate(0, 0, days-1).Format(time.DateOnly)
		kari.get("/sites/skogen/figures"+query).shows(t, http.StatusOK, "like mange som dagene før ("+strconv.Itoa(8*days)+")", "som dagene før<")
	}
}

// The headline, the charts, their files, programs and the page of the site tell of the same
// days, and the files are called by them.
func TestFiguresTellOneSpan(t *testing.T) {
	h := open(t)
	h.answers(t, decided{n: 6, ago: 10}, no(2, 10), decided{n: 6, ago: 5}, no(3, 5), decided{n: 3, ago: 1})
	must(t, h.store.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: consent.MidnightOf(h.clock()).AddDate(0, 0, -5), Shown: 90, Decided: 17, Acknowledged: 17, Took: [7]int{0, 8, 9}}}))
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	g := boss.program(t, consent.ScopeLog)
	const week = "?from=2026-02-24&to=2026-03-02"
	boss.get("/sites/skogen/figures"+week).shows(t, http.StatusOK, `<p class="lede">20.–25. februar 2026</p>`, "Du valgte 24. februar 2026 – 2. mars 2026;", "<dt>Beslutninger</dt><dd>17<")
	for _, chart := range charts {
		got := boss.get("/sites/skogen/figures/" + chart + ".csv" + week)
		if want := `"skogen-` + chart + `-2026-02-20-2026-02-25.csv"`; !strings.Contains(got.header.Get("Content-Disposition"), want) {
			t.Errorf("the file is called %s, want %s", got.header.Get("Content-Disposition"), want)
		}
		rows := boss.file(chart, week[1:])
		if last := rows[len(rows)-1]; rows[1][0] != "2026-02-20" || last[1] != "2026-02-25" {
			t.Errorf("%s are of %s to %s", chart, rows[1][0], last[1])
		}
		told := read[api.Figures](t, g.get(apiSite+"/figures/"+chart+week)).Covers
		if told == nil || told.From != "2026-02-20" || told.To != "2026-02-25" {
			t.Errorf("programs are told that %s are of %+v", chart, told)
		}
	}
	sum := 0
	for _, row := range boss.file("days", week[1:])[1:] {
		n, err := strconv.Atoi(row[2])
		must(t, err)
		sum += n
	}
	if sum != 17 {
		t.Errorf("the days have %d decisions in all", sum)
	}
	within := boss.get("/sites/skogen/figures?from=2026-02-19&to=2026-02-20")
	within.shows(t, http.StatusOK, `<p class="lede">20. februar 2026</p>`, "<dt>Beslutninger</dt><dd>8<", "Svarene fra disse dagene er talt sammen med svar fra senere dager",
		`<a href="/sites/skogen/figures?from=2026-02-20&amp;to=2026-02-25">Se tallene som de er i (20.–25. februar 2026)</a>`)
}

// At the beginning the page says that it works, when the numbers come and where to look
// until then; and the same when one is erased, and however many come.
func TestFiguresSayWhenTheyCome(t *testing.T) {
	h := open(t)
	first := h.nextDecision
	h.answers(t, decided{n: 3})
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	main := func() string {
		_, main, _ := strings.Cut(kari.get("/sites/skogen/figures").body, "<main")
		return main
	}
	before := main()
	boss.get("/sites/skogen/figures").shows(t, http.StatusOK, "Det virker: svar er kommet inn og lagret.", "Tall for dagene til og med 31. mars 2026 vises 1. april 2026.",
		`<a href="/sites/skogen/log">Loggen viser de første beslutningene nå.</a>`, `<a href="/sites/skogen">`)
	if strings.Contains(before, "/sites/skogen/log") {
		t.Error("who may not read the log is sent there")
	}
	for range 2 {
		if _, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{ID: storagetest.ID(first), Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: h.clock()}); err != nil {
			t.Fatal(err)
		}
		if got := main(); got != before {
			t.Errorf("the page says something else when one is erased or others come: %.300s", got)
		}
		first = h.nextDecision
		h.answers(t, decided{n: 90})
	}
}

// What is read aloud of the chart is what it shows: of columns that are about several days,
// the average of a day.
func TestChartSaysTheAverageItShows(t *testing.T) {
	h := open(t)
	h.answers(t, decided{n: 10, ago: 100}, decided{n: 700, ago: 3}, no(300, 2))
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	const path = "/sites/skogen/figures?from=2025-11-01"
	kari.get(path).shows(t, http.StatusOK, "Flest: 167 per dag i gjennomsnitt, 23.–28. februar 2026. Tallene")
	kari.speaks(t, consent.English)
	kari.get(path).shows(t, http.StatusOK, "Most: 167 a day on average, 23–28 February 2026. The")
}
