package admin_test

import (
	"encoding/csv"
	"html"
	"math"
	"net/http"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// charts are those that have a file.
var charts = []string{"days", "categories", "languages", "notices", "methods", "delays", "visits"}

// file gives a chart's file as rows, with its heading.
func (p *person) file(chart, query string) [][]string {
	p.t.Helper()
	got := p.get("/sites/skogen/figures/" + chart + ".csv?" + query)
	if got.status != http.StatusOK || got.header.Get("Content-Type") != "text/csv; charset=utf-8" {
		p.t.Fatalf("the file of %s is answered %d, %s", chart, got.status, got.header.Get("Content-Type"))
	}
	if want := `attachment; filename="skogen-` + chart + `-`; !strings.HasPrefix(got.header.Get("Content-Disposition"), want) {
		p.t.Errorf("the file is called %s", got.header.Get("Content-Disposition"))
	}
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.body, "\ufeff"))).ReadAll()
	must(p.t, err)
	return rows
}

func wantFile(t *testing.T, got [][]string, want ...string) {
	t.Helper()
	lines := make([]string, len(got))
	for i, row := range got {
		lines[i] = strings.Join(row, "|")
	}
	if !slices.Equal(lines, want) {
		t.Errorf("the file says\n%s\nwant\n%s", strings.Join(lines, "\n"), strings.Join(want, "\n"))
	}
}

// A month of which every number is known.
func knownMonth(t *testing.T, h *house) {
	t.Helper()
	ctx := t.Context()
	notice, err := h.store.Notice(ctx, "skogen", 1)
	must(t, err)
	draft := notice.Draft
	draft.Categories[0].Purpose = consent.Text{consent.Bokmaal: "Vi teller alt.", consent.English: "We count all."}
	second, err := consent.Freeze(draft, 2, h.clock())
	must(t, err)
	must(t, h.store.SaveNotice(ctx, "skogen", second))
	h.answers(t,
		decided{n: 1200, ago: 3}, no(400, 3), partly(100, 3),
		decided{n: 300, ago: 2, notice: 2, language: consent.English}, no(600, 2),
		decided{n: 20, ago: 1, method: consent.Withdraw, layer: consent.LayerPage, state: consent.StateWithdrawn},
		decided{n: 30, ago: 1, method: consent.PlaceholderOnce, layer: consent.LayerPlaceholder, state: consent.StatePartlyGiven},
		decided{n: 10, ago: 1, method: consent.PlaceholderAlways, layer: consent.LayerPlaceholder, state: consent.StatePartlyGiven, services: map[consent.ServiceRef]bool{"marketing/film": true}},
		no(500, 40), decided{n: 500, ago: 45}, // the period before
		decided{n: 50, ago: 90}, decided{n: 50, ago: -1}, // and others
	)
	today := consent.MidnightOf(h.clock())
	for range 5 {
		must(t, h.store.CountRefusal(ctx, "skogen", 1, consent.Bokmaal, h.clock().AddDate(0, 0, -1)))
		must(t, h.store.CountRefusal(ctx, "skogen", 2, consent.English, h.clock().AddDate(0, 0, -2)))
	}
	must(t, h.store.AddTallies(ctx, []consent.Tally{
		{Site: "skogen", Day: today.AddDate(0, 0, -3), Shown: 9000, Decided: 1700, Acknowledged: 1650, Took: [7]int{40, 200, 300, 250, 100, 3, 2}},
		{Site: "skogen", Day: today.AddDate(0, 0, -1), Shown: 1, Decided: 970, Acknowledged: 970},
	}))
}

const month = "from=2026-02-01&to=2026-03-02"

func TestFiguresAreExact(t *testing.T) {
	h := open(t)
	knownMonth(t, h)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	kari.get("/sites/skogen/figures").shows(t, 200, "1. februar 2026 – 2. mars 2026", ">2\u202f670<small>167,0 % flere enn dagene før (1\u202f000)", "Sammenlignet med like mange dager rett før: 3.–31. januar 2026.",
		"Tallene er ferdige til og med 1. mars 2026.", `<p class="lede">1. februar 2026 – 1. mars 2026</p>`,
		"<dt>Ja til alt</dt><dd>56,2\u00a0%<small>6,2 prosentpoeng mer enn dagene før", "<dt>Nei til alt</dt><dd>37,8\u00a0%<small>12,2 prosentpoeng mindre",
		"27. februar 2026: flere titalls beslutninger ble lagret uten at den besøkende fikk svar.", "28. februar 2026: flere hundre beslutninger ble lagret uten å bli talt", "<dt>Vis én gang</dt><dd>30</dd>", "<dt>Vis alltid</dt><dd>10</dd>")
	kari.speaks(t, consent.English)
	kari.get("/sites/skogen/figures").shows(t, 200, ">2,670<small>167.0% more", "(1,000)", `<desc id="plot-text">1 February 2026 – 1 March 2026. Most: 1,700, 27 February 2026. The`)
	kari.speaks(t, consent.Bokmaal)
	wantFile(t, kari.file("days", "from=2026-02-27&to=2026-03-02"), "Fra og med|Til og med|Beslutninger",
		"2026-02-27|2026-02-27|1700", "2026-02-28|2026-02-28|905", "2026-03-01|2026-03-01|65")
	const covers = "2026-02-01|2026-03-01|"
	wantFile(t, kari.file("languages", month), "Fra og med|Til og med|Språk|Ja til alt|Ja til noe|Nei til alt|Trukket tilbake|Åpnet en plassholder",
		covers+"Bokmål|1200|100|1005|20|40", covers+"Engelsk|300|0|5|0|0")
	wantFile(t, kari.file("notices", month), "Fra og med|Til og med|Kunngjøring|Ja til alt|Ja til noe|Nei til alt|Trukket tilbake|Åpnet en plassholder",
		covers+"Kunngjøring 2 (2. mars 2026)|300|0|5|0|0", covers+"Kunngjøring 1 (2. mars 2026)|1200|100|1005|20|40")
	wantFile(t, kari.file("methods", month), "Fra og med|Til og med|Måte|Ja til alt|Ja til noe|Nei til alt|Trukket tilbake|Åpnet en plassholder",
		covers+"Ja til alt (i første bilde)|1500|0|0|0|0", covers+"Nei til alt (i første bilde)|0|0|1000|0|0", covers+"Lagret eget valg (i innstillingene)|0|100|0|0|0",
		covers+"Vis én gang (i en plassholder)|0|0|0|0|30", covers+"Trakk tilbake (på en side)|0|0|0|20|0", covers+"Nei til alt, bare talt|0|0|10|0|0", covers+"Vis alltid (i en plassholder)|0|0|0|0|10")
	wantFile(t, kari.file("categories", month), "Fra og med|Til og med|Kategori|Ja|Noe av det|Nei", covers+"Statistikk|1600|0|1030", covers+"Markedsføring|1500|0|1130")
	wantFile(t, kari.file("delays", month), "Fra og med|Til og med|Tid|Antall", covers+"Under 2 sekunder|40", covers+"2–5 sekunder|200", covers+"5–10 sekunder|300",
		covers+"10–30 sekunder|250", covers+"30–60 sekunder|100", covers+"1 minutt eller mer|5")
	wantFile(t, kari.file("visits", month), "Fra og med|Til og med|Steg|Antall", covers+"Banneret vist|9000", covers+"Beslutning mottatt|2670", covers+"Beslutning lagret|2670", covers+"Svaret kom ut|2620")
	wantFile(t, kari.file("placeholders", month), "Fra og med|Til og med|Måte|Beslutninger", covers+"Vis én gang|30", covers+"Vis alltid|10")
	kari.get("/sites/skogen/figures?"+month).shows(t, 200, `/figures/placeholders.csv?`+strings.ReplaceAll(month, "&", "&amp;")+`" download>`)
	if got := kari.get("/sites/skogen/figures/others.csv"); got.status != http.StatusNotFound {
		t.Errorf("a chart that does not exist is answered %d", got.status)
	}
	kari.get("/sites/skogen").shows(t, 200, "1. februar 2026 – 1. mars 2026: 2\u202f670 beslutninger. 56,2\u00a0% svarte ja til alt.", `href="/sites/skogen/figures"`, "Ingen funn på sidene")
}

var (
	sections = regexp.MustCompile(`(?s)<section class="block" aria-labelledby="chart-(\w+)">(.*?)</section>`)
	tableRow = regexp.MustCompile(`(?s)<tr><th scope="row">(.*?)</th>(.*?)</tr>`)
	cells    = regexp.MustCompile(`(?s)<td class="number[^>]*>([^<]*)`)
	drawing  = regexp.MustCompile(`(?s)<svg [^>]*role="img".*?</svg>`)
	rect     = regexp.MustCompile(`<rect class="bar-\w+" x="(\d+)" y="(\d+)" width="(\d+)" height="(\d+)"/>`)
)

// Every chart is drawn for those who see it, and has a table with the same numbers
// for those who do not; its file says the same.
func TestChartsHaveTables(t *testing.T) {
	h := open(t)
	knownMonth(t, h)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	page := kari.get("/sites/skogen/figures?" + month)
	found := sections.FindAllStringSubmatch(page.body, -1)
	if len(found) != len(charts) {
		t.Fatalf("the page has %d charts, want %d", len(found), len(charts))
	}
	if strings.Contains(page.body, "style=") {
		t.Error("the page has a style attribute, which its policy forbids")
	}
	for _, section := range found {
		name, body := section[1], section[2]
		file := kari.file(name, month)
		head, named := 3, 2 // after the days that a number is about
		if name == "days" {
			head = 2
		}
		drawings := drawing.FindAllString(body, -1)
		for _, one := range drawings {
			if !strings.Contains(one, "<title") {
				t.Errorf("a drawing of %s has no title: %s", name, one)
			}
		}
		rows := tableRow.FindAllStringSubmatch(body, -1)
		if len(rows) != len(file)-1 {
			t.Errorf("the table of %s has %d rows, and its file %d", name, len(rows), len(file)-1)
			continue
		}
		for i, row := range rows {
			numbers := numbersOf(row[2])
			want := file[i+1][head:]
			if len(numbers) < len(want) || !slices.Equal(numbers[:len(want)], want) {
				t.Errorf("row %d of %s shows %v, and its file %v", i, name, numbers, want)
			}
			if name != "days" {
				if got := html.UnescapeString(row[1]); !strings.HasPrefix(got, file[i+1][named]) {
					t.Errorf("row %d of %s is called %q, and in its file %q", i, name, got, file[i+1][named])
				}
				drawsShares(t, name, drawings[i], want)
			}
		}
		if name == "days" {
			drawsDays(t, drawings[0], file)
		}
	}
}

func numbersOf(row string) (numbers []string) {
	for _, cell := range cells.FindAllStringSubmatch(row, -1) {
		numbers = append(numbers, strings.ReplaceAll(strings.TrimSpace(cell[1]), "\u202f", ""))
	}
	return numbers
}

// drawsShares fails unless a row's bars are as long as its numbers.
func drawsShares(t *testing.T, name, svg string, numbers []string) {
	t.Helper()
	whole, longest := 0, 0
	var counts []int
	for _, text := range numbers {
		n, err := strconv.Atoi(text)
		must(t, err)
		counts, whole, longest = append(counts, n), whole+n, max(longest, n)
	}
	if len(counts) == 1 {
		whole = map[string]int{"visits": 9000, "delays": 300}[name] // the most
	}
	bars := rect.FindAllStringSubmatch(svg, -1)
	for _, n := range counts {
		if n*1000/whole == 0 {
			continue
		}
		if len(bars) == 0 {
			t.Errorf("%s: %v has too few bars: %s", name, numbers, svg)
			return
		}
		if width, _ := strconv.Atoi(bars[0][3]); math.Abs(float64(width)-float64(n*1000)/float64(whole)) > 1 {
			t.Errorf("%s: %d of %d is drawn %d of 1000 long", name, n, whole, width)
		}
		bars = bars[1:]
	}
	if len(bars) > 0 {
		t.Errorf("%s: %v has more bars than numbers: %s", name, numbers, svg)
	}
}

// drawsDays fails unless the columns are as high as the numbers.
func drawsDays(t *testing.T, svg string, file [][]string) {
	t.Helper()
	const top = 2000
	bars := rect.FindAllStringSubmatch(svg, -1)
	for _, row := range file[1:] {
		for _, text := range row[2:] {
			n, err := strconv.Atoi(text)
			must(t, err)
			if n*1000/top == 0 {
				continue
			}
			if len(bars) == 0 {
				t.Fatalf("%v has too few columns", row)
			}
			if height, _ := strconv.Atoi(bars[0][4]); math.Abs(float64(height)-float64(n)*1000/top) > 1 {
				t.Errorf("%d is drawn %d of 1000 high, and %d is the top", n, height, top)
			}
			bars = bars[1:]
		}
	}
}

// What few people did is on no page and in no file, not even beside a sum.
func TestFewAreHidden(t *testing.T) {
	quiet := open(t)
	kari := quiet.member("kari@example.no", consent.RoleViewer, skogen)
	quiet.answers(t, decided{n: 4, ago: 1})
	kari.get("/sites/skogen/figures").shows(t, 200, "Tall kommer når minst 5 har bestemt seg og ingen tall er små")
	kari.get("/sites/skogen").shows(t, 200, "Tall kommer når minst 5 har bestemt seg og ingen tall er små")
	for _, chart := range charts {
		wantFile(t, kari.file(chart, ""), "Ingen tall er ferdige for disse dagene. Velg en lengre periode.")
	}

	month := []decided{
		{n: 100, ago: 2},
		no(30, 2), partly(8, 3), no(1, 4),
		{n: 3, ago: 3, method: consent.Withdraw, layer: consent.LayerPage, state: consent.StateWithdrawn},
		{n: 2, ago: 3, language: consent.English},
	}
	h := open(t)
	kari = h.member("kari@example.no", consent.RoleViewer, skogen)
	h.answers(t, month...)
	must(t, h.store.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: consent.MidnightOf(h.clock()).AddDate(0, 0, -2), Took: [7]int{3, 40, 50, 4, 0, 1, 1}}}))
	got := kari.get("/sites/skogen/figures")
	got.shows(t, 200, "Nei til alt og trukket tilbake (ikke skilt)", "Noe er slått sammen eller utelatt her, så ingen tall handler om færre enn 5.", "Bokmål og engelsk (ikke skilt)", ">Under 5 sekunder<", ">5 sekunder eller mer<")
	for _, chart := range charts {
		for _, row := range kari.file(chart, "")[1:] {
			for _, cell := range row[1:] {
				if n, err := strconv.Atoi(cell); err == nil && n > 0 && n < consent.Crowd {
					t.Errorf("the file of %s shows %v", chart, row)
				}
			}
		}
	}
	for _, number := range numbersOf(got.body) {
		if n, err := strconv.Atoi(number); err == nil && n > 0 && n < consent.Crowd {
			t.Errorf("the page shows %d", n)
		}
	}

	h = open(t)
	kari = h.member("kari@example.no", consent.RoleViewer, skogen)
	h.answers(t, append(month, decided{n: 3, ago: 2, method: consent.Save, layer: consent.LayerSecond, state: consent.StatePartlyGiven, yes: "m"})...)
	kari.get("/sites/skogen/figures").shows(t, 200, "For få svar til å vises")
	wantFile(t, kari.file("categories", ""), "Fra og med|Til og med|Kategori|Ja|Noe av det|Nei",
		"2026-02-26|2026-02-28|Statistikk|For få svar til å vises|For få svar til å vises|For få svar til å vises",
		"2026-02-26|2026-02-28|Markedsføring|For få svar til å vises|For få svar til å vises|For få svar til å vises")
	wantFile(t, kari.file("days", "from=2026-02-25&to=2026-03-02"), "Fra og med|Til og med|Beslutninger",
		"2026-02-26|2026-02-27|14", "2026-02-28|2026-02-28|133") // and nothing of March, not even that nobody decided
}

// A day that goes on is in no table, and what is counted once stays.
func TestLookingAgainTellsNothing(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	boss := h.member("boss@example.no", consent.RoleAdministrator, skogen)
	must(t, h.store.AddTallies(t.Context(), []consent.Tally{{Site: "skogen", Day: consent.MidnightOf(h.clock()), Shown: 1}}))
	got := boss.get("/sites/skogen/figures")
	got.shows(t, 200, "Ingen beslutninger i denne perioden.", "Loggen viser de første beslutningene nå.")
	h.answers(t, decided{n: 50})
	boss.get("/sites/skogen/figures").shows(t, 200, "Tall kommer når minst 5", `href="/sites/skogen/log"`)
	if got := kari.get("/sites/skogen/figures"); strings.Contains(got.body, "Loggen viser") {
		t.Error("who may not read the log is sent there")
	}

	h = open(t)
	kari = h.member("kari@example.no", consent.RoleViewer, skogen)
	first := h.nextDecision
	h.answers(t, decided{n: 20, ago: 5}, no(10, 5), partly(5, 5), decided{n: 8, ago: 1}, no(1, 1))
	tables := func() (all [][]string) {
		for _, chart := range charts[1:5] {
			all = append(all, kari.file(chart, month)...)
		}
		return all
	}
	before := tables()
	kari.get("/sites/skogen/figures?from=2026-03-01&to=2026-03-01").shows(t, 200, "Svarene er ikke ferdig telt for denne perioden.",
		"Se de siste ferdige tabellene (25. februar 2026)", `href="/sites/skogen/figures?from=2026-02-25&amp;to=2026-02-25"`)
	if erased, err := h.store.Erase(t.Context(), "skogen", consent.Erasure{Visitor: storagetest.Visitor(first + 30), Actor: consent.ActorVisitor, Time: h.clock()}); err != nil || erased != 1 {
		t.Fatal(erased, err)
	}
	h.answers(t, decided{n: 5, ago: 5, language: consent.English})
	if after := tables(); !slices.EqualFunc(before, after, slices.Equal) {
		t.Errorf("the tables said\n%v\nand say\n%v", before, after)
	}
}

// The edges of what one may ask for.
func TestPeriods(t *testing.T) {
	h := open(t)
	h.answers(t, decided{n: 7, ago: 1}, decided{n: 9, ago: 29}, decided{n: 11, ago: 30}, decided{n: 13, ago: -1})
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	for query, c := range map[string]struct {
		status int
		texts  []string
	}{
		"":                              {200, []string{"1. februar 2026 – 2. mars 2026", "<dd>16<small>"}},
		"from=2026-03-02&to=2026-03-02": {200, []string{">2. mars 2026<", "Svarene er ikke ferdig telt for denne perioden", `value="2026-03-02"`}},
		"from=2026-03-01&to=2026-03-01": {200, []string{">1. mars 2026<", "<dd>7<small>", `value="2026-03-01"`}},
		"to=2026-03-01":                 {200, []string{"31. januar 2026 – 1. mars 2026", "<dd>27<small>"}},
		"from=2026-01-31":               {200, []string{"<dd>27<small>"}},
		"from=2026-03-01&to=2030-01-01": {200, []string{"Perioden slutter i dag", "1.–2. mars 2026", "<dd>7<small>"}},
		"from=2026-03-03":               {422, []string{"Dagen er ikke kommet ennå", `value="2026-03-03"`, `aria-describedby="from-fault"`, `href="#from"`}},
		"from=2026-03-02&to=2026-03-01": {422, []string{"Perioden slutter før den begynner", `aria-describedby="to-fault"`}},
		"from=1999-01-01":               {422, []string{"lengre enn ti år"}},
		"from=0001-01-01&to=9999-12-31": {422, []string{"Den tidligste dagen du kan velge, er 1. januar 1970."}},
		"from=1900-01-01":               {422, []string{"Den tidligste dagen du kan velge, er 1. januar 1970."}},
		"from=1970-01-01&to=9999-12-31": {422, []string{"lengre enn ti år"}},
		"from=2016-02-25":               {200, []string{"25. februar 2016 – 2. mars 2026", "<dd>27<small>"}},
		"from=2026-02-30":               {422, []string{"Dette er ingen dag", `value="2026-02-30"`}},
		"from=%3Cscript%3E&to=x%00":     {422, []string{"Dette er ingen dag", `value="&lt;script&gt;"`}},
		"from=2020-01-01&to=2020-01-01": {200, []string{"Ingen beslutninger i denne perioden"}},
	} {
		kari.get("/sites/skogen/figures?"+query).shows(t, c.status, c.texts...)
		if got := kari.get("/sites/skogen/figures/days.csv?" + query); got.status != c.status {
			t.Errorf("the file for %q is answered %d", query, got.status)
		}
	}
	if got := kari.get("/sites/skogen/figures?from=2026-03-03"); strings.Contains(got.body, "<svg") {
		t.Error("something is drawn of a day that has not come")
	}
}

// Long periods are counted by weeks and months, and each number is somewhere once. Nothing
// is told of the days since the last decisions: who knows whether others come to them.
func TestLongPeriods(t *testing.T) {
	h := open(t)
	for ago := range 130 {
		h.answers(t, decided{n: 5, ago: ago * 7})
	}
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	for days, most := range map[int]int{60: 60, 300: 45, 905: 31} {
		from := storagetest.Morning.AddDate(0, 0, -days)
		rows := kari.file("days", "from="+from.Format("2006-01-02"))[1:]
		sum, next := 0, ""
		for i, row := range rows {
			n, err := strconv.Atoi(row[2])
			must(t, err)
			sum += n
			if i > 0 && row[0] != next {
				t.Errorf("%v does not follow %v", row, rows[i-1])
			}
			last, err := time.Parse(time.DateOnly, row[1])
			must(t, err)
			next = last.AddDate(0, 0, 1).Format(time.DateOnly)
		}
		if want := days / 7 * 5; sum != want || next != "2026-02-24" || len(rows) > most {
			t.Errorf("%d days have %d rows with %d in all, want %d", days, len(rows), sum, want)
		}
	}
}
