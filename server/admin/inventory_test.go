package admin_test

import (
	"encoding/csv"
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// inventoryFixtures gives Skogen's draft what the pages of the inventory show:
// faults, drift, hostile names, a necessary cookie with its reason, and much of it.
func inventoryFixtures(t *testing.T, h *house) {
	t.Helper()
	h.edit(func(d *consent.Draft) {
		d.Site.Languages = append(d.Site.Languages, consent.Nynorsk)
		d.Categories = append(d.Categories, consent.Category{Key: consent.Necessary, Name: consent.Text{consent.Bokmaal: "Nødvendige"}})
		d.Services[1].Cookies[0].Lifetime = consent.Lifetimes{Declared: "P2Y", Vendor: "P1000D", Observed: "P3Y"}
		odd := d.Services[0]
		odd.Key, odd.Category = "odd", consent.Necessary
		odd.Name = consent.Text{consent.Bokmaal: hostile[0], consent.English: hostile[1]}
		odd.Recipients = []consent.Provider{{Name: "Mottakeren AS", Country: []string{"US"}}}
		odd.Cookies = nil
		for _, name := range append(hostile, strings.Repeat("langt", 60)) {
			odd.Cookies = append(odd.Cookies, consent.Cookie{Pattern: consent.Pattern{Name: name}, Purpose: consent.Text{consent.English: name}})
		}
		odd.Cookies[0].Exemption = &consent.Exemption{Ground: consent.ExemptRequested, Reason: consent.Text{consent.Bokmaal: "Trengs."}, Reviewer: "IT", Reviewed: "2026-01-02"}
		d.Services = append(d.Services, odd)
		for i := range 4 {
			many := d.Services[0]
			many.Key = consent.ServiceKey(fmt.Sprintf("many-%d", i))
			d.Services = append(d.Services, many)
		}
	})
}

// edit changes Skogen's draft behind everybody's back.
func (h *house) edit(change func(*consent.Draft)) {
	h.t.Helper()
	draft := h.draft()
	change(draft)
	must(h.t, h.store.SaveDraft(h.t.Context(), *draft, storagetest.Morning))
}

func (h *house) draft() *consent.Draft {
	h.t.Helper()
	draft, err := h.store.Draft(h.t.Context(), "skogen")
	must(h.t, err)
	return draft
}

// hostile are texts that look like code, turn the writing around, calculate, or
// hold what nobody sees.
var hostile = []string{
	`<script>alert(1)</script>`, `"><img src=x onerror=alert(1)>`, "\u202egnp.exe", "=HYPERLINK(\"http://x\")", "{{.CSRF}}${1}", "👩‍👩‍👧‍👦 🇳🇴", "a\u0007b", "a/b?c#d%2F..;",
}

var (
	fieldTag   = regexp.MustCompile(`(?s)<(input|textarea|select)\b([^>]*)>(.*?)(?:</(?:textarea|select)>|$)`)
	nameOf     = regexp.MustCompile(`\bname="([^"]*)"`)
	valueOf    = regexp.MustCompile(`\bvalue="([^"]*)"`)
	chosenOpt  = regexp.MustCompile(`<option value="([^"]*)" selected>`)
	optionOf   = regexp.MustCompile(`<option value="([^"]*)"`)
	fieldStart = regexp.MustCompile(`<(input|textarea|select)\b`)
	postForm   = regexp.MustCompile(`(?s)<form method="post"[^>]*class="draft".*?</form>`)
)

// form gives the fields of the form about a draft on a page, as a browser would
// send them.
func (a answer) form(t *testing.T) url.Values {
	t.Helper()
	text := postForm.FindString(a.body)
	if text == "" {
		t.Fatalf("there is no form (status %d):\n%s", a.status, a.body)
	}
	values := url.Values{}
	starts := append(fieldStart.FindAllStringIndex(text, -1), []int{len(text)})
	for i := range len(starts) - 1 {
		found := fieldTag.FindStringSubmatch(text[starts[i][0]:starts[i+1][0]])
		name := nameOf.FindStringSubmatch(found[2])
		if name == nil {
			continue
		}
		key := html.UnescapeString(name[1])
		switch {
		case found[1] == "textarea":
			values.Set(key, html.UnescapeString(strings.TrimPrefix(found[3], "\n")))
		case found[1] == "select":
			if chosen := chosenOpt.FindStringSubmatch(found[3]); chosen != nil {
				values.Set(key, html.UnescapeString(chosen[1]))
			} else if first := optionOf.FindStringSubmatch(found[3]); first != nil {
				values.Set(key, html.UnescapeString(first[1]))
			}
		case strings.Contains(found[2], `type="checkbox"`):
			if strings.Contains(found[2], " checked") {
				values.Set(key, "on")
			}
		default:
			if value := valueOf.FindStringSubmatch(found[2]); value != nil {
				values.Set(key, html.UnescapeString(value[1]))
			}
		}
	}
	return values
}

// save posts a form with fields changed: names and values in turn.
func (p *person) save(path string, form url.Values, pairs ...string) answer {
	p.t.Helper()
	sent := url.Values{}
	for name, values := range form {
		sent[name] = values
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		sent.Set(pairs[i], pairs[i+1])
	}
	return p.ask("POST", path, sent)
}

const (
	counterPage = "/sites/skogen/services/counter"
	filmPage    = "/sites/skogen/services/film"
)

var cookiePage = counterPage + "/cookies/" + admin.AddressName("_counter")

// To bring services from another site is offered where there is one.
func TestOtherSitesAreOfferedWhereThereAreAny(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const other = "/sites/skogen/shared"
	if strings.Contains(kari.get("/sites/skogen/inventory").body, other) {
		t.Error("services of other sites are offered, and there is none")
	}
	draft := storagetest.Draft("ny")
	draft.Organisation.ID = skogen
	must(t, h.store.SaveDraft(t.Context(), draft, h.clock()))
	kari.get("/sites/skogen/inventory").shows(t, 200, other)
}

// A form that is sent as it was shown changes nothing; each field comes back as it
// was understood.
func TestServiceForm(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	before, err := json.Marshal(h.draft())
	must(t, err)
	page := kari.get(counterPage)
	page.shows(t, 200, "Telleren", "The Counter", "Norge", `lang="en"`, "_counter")
	for _, path := range []string{counterPage, cookiePage, "/sites/skogen/categories/statistics", "/sites/skogen/texts"} {
		if got := kari.save(path, kari.get(path).form(t)); got.status != 303 {
			t.Fatalf("%s: %d\n%s", path, got.status, got.body)
		}
	}
	after, err := json.Marshal(h.draft())
	must(t, err)
	if string(before) != string(after) {
		t.Errorf("forms that nobody touched changed the draft:\n%s\n%s", before, after)
	}
	kari.save(counterPage, page.form(t),
		"name.nb", "Telleverket", "purpose.en", "", "hosts", "a.example\r\n\r\n *.b.example ", "provider.country", "norge, US",
		"provider.transfer.country", "usa", "provider.transfer.basis", "scc", "provider.transfer.checked", "2026-01-02",
		"recipients.0.name", "Mottaker AS", "recipients.0.country", "Irland", "retention", "fjorten måneder",
		"data_categories.nb", "adresse\nsider", "data_categories.en", "address", "ask", "in place", "notes", "en\nto",
	).leads(t, counterPage+"?done=saved")
	s := h.draft().Service("counter")
	got, err := json.Marshal(s)
	must(t, err)
	for _, want := range []string{
		`"name":{"en":"The Counter","nb":"Telleverket"}`, `"purpose":{"nb":"Teller besøk på sidene."}`, `"hosts":["a.example","*.b.example"]`,
		`"country":["NO","US"]`, `"transfer":{"country":"US","basis":"scc","checked":"2026-01-02"}`, `"recipients":[{"name":"Mottaker AS","country":["IE"]`,
		`"retention":"P14M"`, `"data_categories":[{"en":"address","nb":"adresse"},{"nb":"sider"}]`, `"ask":"in place"`, `"notes":["en","to"]`, `"_counter"`,
	} {
		if !strings.Contains(string(got), want) {
			t.Errorf("the service lacks %s:\n%s", want, got)
		}
	}
	kari.get(counterPage).shows(t, 200, "Mottaker: Mottaker AS", "Forstått som: 14 måneder.", "mangler", "Teksten mangler på dette språket.")
}

// What cannot be stored is refused beside its field, with what was written kept.
func TestFaultyFieldsAreRefused(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	form := kari.get(counterPage).form(t)
	long := strings.Repeat("x", 100_000)
	for field, value := range map[string]string{
		"name.nb": long, "purpose.en": "snudd \u202etekst", "hosts": "https://feil.example/", "link": "javascript:alert(1)", "provider.policy": "//x",
		"category": "nope", "ask": "sometimes", "provider.country": "Atlantis", "retention": "en stund", "purpose_revision": "mange",
		"provider.transfer.checked": "i går", "provider.contact.email": "ikke en adresse", "never_on": "min-side", "legal_basis": "<b>",
		"recipients.0.name": long,
	} {
		got := kari.save(counterPage, form, field, value)
		if got.status != 422 {
			t.Errorf("%s: %d", field, got.status)
			continue
		}
		got.shows(t, 422, `id="`+field+`"`, `href="#`+field+`"`)
		tag := regexp.MustCompile(`<[a-z]+ id="` + regexp.QuoteMeta(field) + `"[^>]*aria-invalid="true"`)
		if !tag.MatchString(got.body) || !strings.Contains(got.body, html.EscapeString(value)) && field != "category" {
			t.Errorf("%s: the field is not marked, or what was written is lost", field)
		}
	}
	cookie := kari.get(cookiePage).form(t)
	for field, value := range map[string]string{
		"pattern.name": "to ord", "lifetime.declared": "ganske lenge", "lifetime.vendor": "1–2 år", "lifetime.observed": "aldri", "status": "x",
		"category": "nope", "exemption.reviewed": "2026-13-45", "purpose.nb": long,
	} {
		kari.save(cookiePage, cookie, field, value).shows(t, 422, `href="#`+field+`"`)
	}
	kari.save(cookiePage, cookie, "pattern.match", "regex", "pattern.name", "(a+)+").shows(t, 422, `href="#pattern.name"`)
	kari.save(cookiePage, cookie, "pattern.match", "exact", "pattern.name", "_pk_id.*").shows(t, 422, "velg «Alle navn som begynner slik»")
	if d := h.draft(); d.Services[0].Name[consent.Bokmaal] != "Telleren" || d.Services[0].Cookies[0].Pattern.Name != "_counter" {
		t.Error("what was refused is saved")
	}
	// What only keeps the draft from being published is saved, and said.
	kari.save(counterPage, form, "provider.name", "", "data_categories.nb", "", "data_categories.en", "").leads(t, counterPage+"?done=saved")
	kari.get(counterPage).shows(t, 200, "Skriv selskapets navn", "Skriv hva slags personopplysninger")
	kari.get("/sites/skogen/inventory?problems=on").shows(t, 200, "Telleren", "feil")
	if body := kari.get("/sites/skogen/inventory?problems=on").body; strings.Contains(body, "Filmviseren") {
		t.Error("a service without problems is shown among those with problems")
	}
}

// Lifetimes are written as people say them and shown as understood; where the
// three differ, that is marked.
func TestLifetimesOfACookie(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	for written, want := range map[string]consent.Lifetime{
		"to år": "P2Y", "47 dager": "P47D", "når du lukker nettleseren": consent.Session, "17 minutes": "PT17M", "P1Y": "P1Y", "": "", "eit halvt år": "P6M",
	} {
		kari.save(cookiePage, kari.get(cookiePage).form(t), "lifetime.declared", written).leads(t, counterPage+"?done=saved")
		if got := h.draft().Services[0].Cookies[0].Lifetime.Declared; got != want {
			t.Errorf("%q was understood as %q, want %q", written, got, want)
		}
	}
	kari.save(cookiePage, kari.get(cookiePage).form(t), "lifetime.declared", "2 år", "lifetime.vendor", "1000 dager", "lifetime.observed", "24 måneder")
	kari.get(cookiePage).shows(t, 200, "Forstått som: 1000 dager.", "Oppgitt: 2 år. Leverandøren sier: 1000 dager. Finn ut hva som er riktig, og oppgi det.")
	page := kari.get("/sites/skogen/inventory")
	page.shows(t, 200, "2 år", "1000 dager", "24 måneder")
	if drifts := strings.Count(page.body, "lifetime drift"); drifts != 1 {
		t.Errorf("%d lifetimes are marked as differing, want that of the vendor", drifts)
	}
}

// What is called necessary has a written and signed reason.
func TestNecessaryNeedsAReason(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	kari.save("/sites/skogen/new-category", kari.get("/sites/skogen/new-category").form(t),
		"key", "necessary", "name.nb", "Nødvendige", "name.en", "Necessary", "purpose.nb", "Trengs.", "purpose.en", "Needed.",
	).leads(t, "/sites/skogen/categories?done=category_added")
	form := kari.get(cookiePage).form(t)
	kari.save(cookiePage, form, "category", "necessary").shows(t, 422, `href="#exemption.ground"`, `href="#exemption.reason.nb"`, `href="#exemption.reviewer"`)
	kari.save(counterPage, kari.get(counterPage).form(t), "category", "necessary").shows(t, 422, `href="#category"`, "_counter")
	kari.save("/sites/skogen/categories/statistics", kari.get("/sites/skogen/categories/statistics").form(t), "key", "necessary").shows(t, 422, `href="#key"`)
	kari.save(cookiePage, form, "category", "necessary", "exemption.ground", "requested", "exemption.reason.nb", "Uten den faller innloggingen.",
		"exemption.reviewer", "personvernombudet", "exemption.reviewed", "2026-03-01").leads(t, counterPage+"?done=saved")
	kari.get("/sites/skogen/categories/necessary").shows(t, 200, "Uten den faller innloggingen.", "personvernombudet", "1. mars 2026")
}

// Two people at one service: the second sees both versions, and nothing is lost.
// At different services both are saved.
func TestTwoEditors(t *testing.T) {
	h := open(t)
	kari, ola := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("ola@example.no", consent.RoleEditor, skogen)
	hers, his := kari.get(counterPage).form(t), ola.get(counterPage).form(t)
	other := ola.get(filmPage).form(t)
	cookie := ola.get(cookiePage).form(t)
	kari.save(counterPage, hers, "name.nb", "Karis navn", "link", "https://kari.example/").leads(t, counterPage+"?done=saved")
	ola.save(filmPage, other, "name.nb", "Olas film").leads(t, filmPage+"?done=saved")
	ola.save(cookiePage, cookie, "lifetime.declared", "3 dager").leads(t, counterPage+"?done=saved")
	conflict := ola.save(counterPage, his, "name.nb", "Olas navn", "hosts", "ola.example")
	conflict.shows(t, 409, "Noen andre har endret dette", "Karis navn", "Olas navn", "https://kari.example/", "ola.example", "Lagre det jeg skrev likevel")
	if d := h.draft(); d.Services[0].Name[consent.Bokmaal] != "Karis navn" || d.Services[1].Name[consent.Bokmaal] != "Olas film" || d.Services[0].Cookies[0].Lifetime.Declared != "P3D" {
		t.Errorf("what was saved is lost: %+v", d.Services)
	}
	again := conflict.form(t)
	if again.Get("name.nb") != "Olas navn" || again.Get("hosts") != "ola.example" {
		t.Error("what he wrote is lost")
	}
	ola.save(counterPage, again).leads(t, counterPage+"?done=saved")
	if d := h.draft(); d.Services[0].Name[consent.Bokmaal] != "Olas navn" || d.Services[0].Hosts[0] != "ola.example" {
		t.Error("what he saved anyway is not there")
	}
	// One removes the service of a cookie that the other edits.
	extra := "/sites/skogen/services/extra"
	h.edit(func(d *consent.Draft) {
		s := d.Services[0]
		s.Key = "extra"
		d.Services = append(d.Services, s)
	})
	his = ola.get(extra + "/cookies/" + admin.AddressName("_counter")).form(t)
	h.edit(func(d *consent.Draft) { d.Services = d.Services[:2] })
	lost := ola.save(extra+"/cookies/"+admin.AddressName("_counter"), his, "set_by", "Selskapet AS")
	lost.shows(t, 409, "hører til, finnes ikke lenger", "Selskapet AS")
	ola.save(extra+"/cookies/"+admin.AddressName("_counter"), lost.form(t)).shows(t, 409, "Velg hvor informasjonskapselen skal stå", "Selskapet AS")
	// One removes what the other edits.
	his = ola.get(filmPage).form(t)
	page := kari.get(filmPage + "/remove")
	page.shows(t, 200, "Olas film", "_film")
	was := regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(page.body)[1]
	h.edit(func(d *consent.Draft) { d.Services[1].Link = "https://nytt.example/" })
	kari.post(filmPage+"/remove", "was", was).shows(t, 409, "Noe er endret siden du åpnet siden")
	was = regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(kari.get(filmPage + "/remove").body)[1]
	kari.post(filmPage+"/remove", "was", was).leads(t, "/sites/skogen/inventory?done=service_removed")
	gone := ola.save(filmPage, his, "name.nb", "Film likevel")
	gone.shows(t, 409, "De har fjernet det", "Film likevel")
	ola.save(filmPage, gone.form(t)).leads(t, filmPage+"?done=saved")
	if s := h.draft().Service("film"); s == nil || s.Name[consent.Bokmaal] != "Film likevel" {
		t.Error("what he wanted back is not there")
	}
}

// Many at once at different services: each is saved, whoever comes first.
func TestManyEditorsAtOnce(t *testing.T) {
	h := open(t)
	h.edit(func(d *consent.Draft) {
		for i := range 6 {
			s := d.Services[0]
			s.Key = consent.ServiceKey(fmt.Sprintf("s%d", i))
			d.Services = append(d.Services, s)
		}
	})
	var all sync.WaitGroup
	for i := range 6 {
		p := h.member(fmt.Sprintf("p%d@example.no", i), consent.RoleEditor, skogen)
		path := fmt.Sprintf("/sites/skogen/services/s%d", i)
		form := p.get(path).form(t)
		all.Go(func() { p.save(path, form, "name.nb", fmt.Sprintf("Navn %d", i)) })
	}
	all.Wait()
	for i := range 6 {
		if got := h.draft().Service(consent.ServiceKey(fmt.Sprintf("s%d", i))).Name[consent.Bokmaal]; got != fmt.Sprintf("Navn %d", i) {
			t.Errorf("the edit of s%d is lost: %q", i, got)
		}
	}
}

// Hostile texts are shown as text everywhere, also where a draft got them from
// elsewhere.
func TestHostileTexts(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	form := kari.get(counterPage).form(t)
	for _, text := range hostile {
		got := kari.save(counterPage, form, "name.nb", text, "purpose.nb", text, "provider.name", text, "notes", text)
		if got.status != 303 && got.status != 422 {
			t.Errorf("%q: %d", text, got.status)
		}
		form.Set("was", kari.get(counterPage).form(t).Get("was"))
	}
	huge := strings.Repeat("<b>x</b>", 12_500)
	h.edit(func(d *consent.Draft) {
		for i, text := range append(hostile, huge) {
			s := d.Services[1]
			s.Key, s.Name, s.Purpose = consent.ServiceKey(fmt.Sprintf("h%d", i)), consent.Text{consent.Bokmaal: text}, consent.Text{consent.Bokmaal: text}
			if text == huge { // once in each kind of place is enough
				text = "huge"
			}
			s.Provider.Name, s.Category, s.Hosts, s.Link, s.Ask = text, consent.CategoryKey(text), []string{text}, text, consent.Ask(text)
			s.Cookies = []consent.Cookie{{
				Pattern: consent.Pattern{Name: s.Name[consent.Bokmaal], Match: consent.MatchType(text)}, Purpose: consent.Text{consent.Bokmaal: text}, Kind: consent.StorageKind(text),
				Lifetime: consent.Lifetimes{Declared: consent.Lifetime(text)}, Status: consent.Status(text), SetBy: text, Category: consent.CategoryKey(text),
			}}
			d.Services = append(d.Services, s)
			d.Categories = append(d.Categories, consent.Category{Key: consent.CategoryKey(s.Name[consent.Bokmaal]), Name: s.Name})
		}
	})
	paths := []string{"/sites/skogen/inventory", "/sites/skogen/texts", "/sites/skogen/texts?page=2", "/sites/skogen/categories", "/sites/skogen/inventory?q=" + url.QueryEscape(hostile[1])}
	for i, text := range append(hostile, huge) {
		service := fmt.Sprintf("/sites/skogen/services/h%d", i)
		paths = append(paths, service, service+"/remove", service+"/cookies/"+admin.AddressName(text), service+"/cookies/"+admin.AddressName(text)+"/remove",
			"/sites/skogen/categories/"+admin.AddressName(text), "/sites/skogen/categories/"+admin.AddressName(text)+"/remove")
	}
	for _, path := range paths {
		got := kari.get(path)
		got.shows(t, 200)
		shown := regexp.MustCompile(`(?s)<textarea.*?</textarea>`).ReplaceAllString(got.body, "")
		for _, code := range []string{"<script>alert", "<img src=x", "<b>x", "\u202egnp.exe</"} {
			if strings.Contains(shown, code) {
				t.Errorf("%s holds %q as code", path, code)
			}
		}
	}
}

// Cells of the table are calculated by no spreadsheet, and read back as they were.
func TestInventoryComesOutAndIn(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) {
		d.Services[0].Cookies[0].Purpose = consent.Text{consent.Bokmaal: "=1+1", consent.English: "@SUM(A1)"}
		d.Services[0].Cookies[0].Lifetime = consent.Lifetimes{Declared: "P2Y", Vendor: "P1Y", Observed: consent.Session}
	})
	table := kari.get("/sites/skogen/export/inventory.csv")
	table.shows(t, 200, "'=1+1", "'@SUM(A1)")
	rows, err := csv.NewReader(strings.NewReader(strings.TrimPrefix(table.body, "\ufeff"))).ReadAll()
	must(t, err)
	if len(rows) != 3 || rows[1][0] != "counter" || rows[1][1] != "_counter" {
		t.Errorf("got rows %q", rows)
	}
	kari.post("/sites/skogen/import", "content", table.body).shows(t, 200, "Filen sier det samme som kladden")
	record := kari.get("/sites/skogen/export/record.csv")
	if record.status != 200 || !strings.Contains(record.header.Get("Content-Disposition"), "skogen-art-30.csv") || strings.Count(record.body, "\r\n") < 3 {
		t.Errorf("the record of processing is %d\n%s", record.status, record.body)
	}
	kari.get("/sites/skogen/export/record.html").shows(t, 200, `lang="nb"`)
	kari.get("/sites/skogen/export").shows(t, 200, `href="/sites/skogen/export/record.html"`)
	if got := kari.get("/sites/skogen/export/record.exe"); got.status != 404 {
		t.Errorf("got %d", got.status)
	}
	site := kari.get("/sites/skogen/export/site.yaml")
	site.shows(t, 200)
	if got := site.header.Get("Content-Disposition"); got != `attachment; filename="skogen-site.yaml"` {
		t.Errorf("the file is called %q", got)
	}
	kari.post("/sites/skogen/import", "content", site.body).shows(t, 200, "Filen sier det samme som kladden")
	var inventory struct {
		Services []consent.Service `json:"services"`
	}
	must(t, json.Unmarshal([]byte(kari.get("/sites/skogen/export/inventory.json").body), &inventory))
	if len(inventory.Services) != 2 {
		t.Errorf("the JSON holds %d services", len(inventory.Services))
	}
	kari.get("/sites/skogen/export/passwd").shows(t, 404)
}

// A file with faults changes nothing, and each fault is told with its line. One for
// another site or organisation is refused.
func TestImportIsCheckedFirst(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen, havet)
	file, err := config.FormatSite(h.draft())
	must(t, err)
	site, before := string(file), h.draft()
	for name, each := range map[string]struct{ content, says string }{
		"another organisation": {strings.Replace(site, "id: skogen", "id: havet", 1), "annen organisasjon (havet)"},
		"a fault":              {strings.Replace(site, "lifetime:", "livetime:", 1), "Det finnes ikke noe felt «livetime» her"},
		"no YAML":              {"Kjære kommune", "ingen fil som kan leses inn"},
		"YAML with a slip":     {"a:\n- b\n c: [", "Lesingen stopper her"},
		"nothing":              {"  ", "Velg en fil"},
		"a vague new service":  {"service,name\nghost,_x\n", "Tjenesten «ghost» finnes ikke i kladden"},
		"a new category":       {"service,name,category\nghost,_x,ghostly\n", "kategori"},
		"a service in two":     {"service,name,category,provider\nghost,_x,statistics,A\nghost,_y,,B\n", "noe annet enn på linje 2"},
		"no rest":              {"service,name,category,service_rest\nghost,_x,statistics,\"{\"\"nam\"\":1}\"\n", "service_rest"},
		"a vague lifetime":     {"service,name,lifetime_declared\ncounter,_new,P1Y\ncounter,_other,lenge\n", "lenge"},
		"an unknown column":    {"service,name,colour\ncounter,_new,red\n", "colour"},
		"a cookie twice":       {"service,name\ncounter,_new\ncounter,_new\n", "linje 2"},
		"broken quotes":        {"service,name\ncounter,\"_new\n", "ikke gyldig CSV"},
		"a bad name":           {"service,name\ncounter,to ord\n", "kan ikke brukes"},
		"necessary unsigned":   {"service,name,category\ncounter,_new,necessary\n", "skriftlig begrunnelse"},
		"a hostile name":       {"service,name\n<script>alert(1)</script>,x\n", "&lt;script&gt;alert"},
	} {
		kari.post("/sites/skogen/import", "content", each.content, "save", "yes", "was", "x").shows(t, 422, each.says, "Kladden er ikke endret")
		if after := h.draft(); fmt.Sprint(after) != fmt.Sprint(before) {
			t.Fatalf("%s: the draft is changed", name)
		}
	}
	kari.post("/sites/skogen/import", "content", "service,name,lifetime_declared\ncounter,_new,P1Y\ncounter,_other,lenge\n").shows(t, 422, `</span>3</th>`)
	content := "service;name;lifetime_declared;purpose_nb;purpose_en\ncounter;_new;to år;Ny.;New.\ncounter;_counter;47 dager;;\n"
	checked := kari.post("/sites/skogen/import", "content", content)
	checked.shows(t, 200, "Ny informasjonskapsel: _new (Telleren)", "Informasjonskapsel endret: _counter (Telleren)", "Lagre i kladden")
	if len(h.draft().Services[0].Cookies) != 1 {
		t.Fatal("looking at the changes made them")
	}
	was := regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(checked.body)[1]
	h.edit(func(d *consent.Draft) { d.Services[1].Link = "https://nytt.example/" })
	changed := kari.post("/sites/skogen/import", "content", content, "save", "yes", "was", was)
	changed.shows(t, 409, "endret av noen andre")
	was = regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(changed.body)[1]
	kari.post("/sites/skogen/import", "content", content, "save", "yes", "was", was).leads(t, "/sites/skogen/inventory?done=imported")
	s := h.draft().Services[0]
	if len(s.Cookies) != 2 || s.Cookies[0].Lifetime.Declared != "P47D" || s.Cookies[1].Lifetime.Declared != "P2Y" || s.Cookies[0].Purpose[consent.Bokmaal] == "" {
		t.Errorf("got %+v", s.Cookies)
	}
}

// openCookieHeading is the first line of the Open Cookie Database.
const openCookieHeading = "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n"

// Rows of the Open Cookie Database become services and cookies that still are to
// be looked at; what is in the draft stays.
func TestOpenCookieDatabase(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	content := openCookieHeading +
		"1,Google Analytics,Analytics,_ga,,\"ID used to\nidentify users\",2 years,Google,https://business.safety.google/privacy/,0\n" +
		"2,Google Analytics,Analytics,_gat_,,Throttles,a while,Google,,1\n" +
		"3,Counter,Marketing,_counter,,Other words,1 day,Somebody,,0\n"
	checked := kari.post("/sites/skogen/import", "content", content)
	checked.shows(t, 200, "Ny tjeneste: Google Analytics", "Ny informasjonskapsel: _ga (Google Analytics)", "«a while» er ikke én nøyaktig levetid")
	was := regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(checked.body)[1]
	kari.post("/sites/skogen/import", "content", content, "save", "yes", "was", was).leads(t, "/sites/skogen/inventory?done=imported")
	d := h.draft()
	s := d.Service("google-analytics")
	if s == nil || len(s.Cookies) != 2 || s.Category != consent.Statistics || s.Cookies[0].Lifetime != (consent.Lifetimes{Vendor: "P2Y"}) ||
		s.Cookies[0].Purpose[consent.English] != "ID used to identify users" || s.Cookies[1].Pattern.Match != consent.MatchPrefix || s.Cookies[0].Status != consent.StatusVerify {
		t.Errorf("got %+v", s)
	}
	if c := d.Services[0].Cookies[0]; c.Lifetime != (consent.Lifetimes{Declared: "P1M", Vendor: "P1D"}) || c.Purpose[consent.English] != "Counts visits to the pages." || c.Status != consent.StatusActive {
		t.Errorf("what the draft said is replaced: %+v", c)
	}
	kari.post("/sites/skogen/import", "content", openCookieHeading+"1,X,Weird,_x,,,,,,0\n2,X,Functional,_y,,,,,,0\n").shows(t, 422, "Weird", "functional")
	lacking := kari.post("/sites/skogen/import", "content", openCookieHeading+"1,X,Necessary,_x,,,,,,0\n2,X,Functional,_y,,,,,,0\n")
	lacking.shows(t, 422, "Kladden har ingen kategori")
	if n := strings.Count(lacking.body, "Kladden har ingen kategori"); n != 1 {
		t.Errorf("that a category is lacking is said %d times", n)
	}
	kari.post("/sites/skogen/import", "content", openCookieHeading+strings.Repeat("1,X,Analytics,_x,,,,,,0\n", 10_001)).shows(t, 422, "kan ha 10\u202f000 rader")
}

// A file is uploaded as a browser does it, and must be text.
func TestUpload(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	send := func(content string) answer {
		body := "--grense\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrfOf(t, kari) +
			"\r\n--grense\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.csv\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--grense--\r\n"
		return kari.upload("/sites/skogen/import", "multipart/form-data; boundary=grense", body)
	}
	send("service,name\ncounter,_opplastet\n").shows(t, 200, "Ny informasjonskapsel: _opplastet (Telleren)")
	for _, other := range []string{
		"service,name\ncounter,\xff\n",
		"s\x00e\x00r\x00v\x00i\x00c\x00e\x00",                          // two bytes for each letter
		"service;name;purpose_nb\ncounter;_gammel;M\x8cler bes\xbfk\n", // as a Mac writes å and ø
		"service;name;purpose_nb\ncounter;_gammel;M\x86ler bes\x9bk\n", // as DOS does
		"service;name;purpose_nb\ncounter;_gammel;caf\xe9\n",           // which may be in many
	} {
		send(other).shows(t, 422, "Les inn en fil", "Lagre filen som UTF-8", "En PDF", `id="file"`)
	}
	old := send("service;name;purpose_nb\ncounter;_gammel;M\xe5ler bes\xf8k p\xe5 \xabsiden\xbb\n")
	old.shows(t, 200, "Ny informasjonskapsel: _gammel (Telleren)", "lest som Windows-1252", "\nservice;name;purpose_nb\ncounter;_gammel;Måler besøk på «siden»\n</textarea>")
	kari.upload("/sites/skogen/import", "multipart/form-data", "x").shows(t, 422)
	kari.upload("/sites/skogen/import", "multipart/form-data; boundary=a", strings.Repeat("--a\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n", 5000)+"--a--\r\n").shows(t, 422)
}

// All texts side by side: what is missing is found, what is written is saved, and
// what somebody else wrote meanwhile is shown beside it.
func TestTexts(t *testing.T) {
	h := open(t)
	kari, ola := h.member("kari@example.no", consent.RoleEditor, skogen), h.member("ola@example.no", consent.RoleEditor, skogen)
	h.edit(func(d *consent.Draft) { delete(d.Services[1].Purpose, consent.English) })
	missing := kari.get("/sites/skogen/texts?missing=on")
	missing.shows(t, 200, "Tjeneste: Filmviseren", "mangler")
	form := missing.form(t)
	if form.Get("path.0") != "services.film.purpose" || form.Has("path.1") {
		t.Fatalf("the missing text is not the only one: %v", form)
	}
	all := ola.get("/sites/skogen/texts").form(t)
	kari.save("/sites/skogen/texts?missing=on", form, "text.0.en", "Shows films.").leads(t, "/sites/skogen/texts?missing=on&page=1&done=saved")
	kari.get("/sites/skogen/texts?missing=on").shows(t, 200, "Alt er skrevet på alle språk.")
	number := func(path string) string {
		for name := range all {
			if n, ok := strings.CutPrefix(name, "path."); ok && all.Get(name) == path {
				return n
			}
		}
		t.Fatalf("no text %s", path)
		return ""
	}
	film, site := number("services.film.purpose"), number("site.name")
	ola.save("/sites/skogen/texts", all, "text."+site+".nb", "Skogen nye kommune").leads(t, "/sites/skogen/texts?page=1&done=saved")
	if d := h.draft(); d.Site.Name[consent.Bokmaal] != "Skogen nye kommune" || d.Services[1].Purpose[consent.English] != "Shows films." {
		t.Errorf("a text that he did not touch is overwritten: %v", d.Services[1].Purpose)
	}
	conflict := ola.save("/sites/skogen/texts", all, "text."+film+".en", "Plays films.")
	conflict.shows(t, 409, "Denne teksten er endret i mellomtiden", "Shows films.", "Plays films.")
	ola.save("/sites/skogen/texts", conflict.form(t)).leads(t, "/sites/skogen/texts?page=1&done=saved")
	if got := h.draft().Services[1].Purpose[consent.English]; got != "Plays films." {
		t.Errorf("what he saved anyway is %q", got)
	}
	last := kari.get("/sites/skogen/texts?q=Knapp").form(t)
	for name := range last {
		if n, ok := strings.CutPrefix(name, "path."); ok && last.Get(name) == "site.wording.accept_many" {
			kari.save("/sites/skogen/texts?q=Knapp", last, "text."+n+".nb", "Ja takk", "text."+n+".en", "Yes please").leads(t, "/sites/skogen/texts?page=1&q=Knapp&done=saved")
			kari.save("/sites/skogen/texts?q=Knapp", last, "text."+n+".nb", strings.Repeat("x", 2000)).shows(t, 409)
		}
	}
	if got := h.draft().Site.Wording["accept_many"][consent.Bokmaal]; got != "Ja takk" {
		t.Errorf("the wording is %q", got)
	}
	kari.save("/sites/skogen/texts", kari.get("/sites/skogen/texts").form(t), "text.0.nb", strings.Repeat("x", 2000)).shows(t, 422, `href="#text.0.nb"`)
}

// Two thousand services are searched and paged on the server.
func TestThousandsOfServices(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	h.edit(func(d *consent.Draft) {
		for i := range 2000 {
			s := d.Services[i%2]
			s.Key, s.Name = consent.ServiceKey(fmt.Sprintf("s%d", i)), consent.Text{consent.Bokmaal: fmt.Sprintf("Tjeneste nr. %d", i), consent.English: "x"}
			s.Cookies = []consent.Cookie{s.Cookies[0]}
			s.Cookies[0].Pattern.Name = fmt.Sprintf("_cookie%d", i)
			d.Services = append(d.Services, s)
		}
	})
	rows := func(path string) int { return strings.Count(kari.get(path).body, `<div class="service">`) }
	for path, want := range map[string]int{
		"/sites/skogen/inventory": 100, "/sites/skogen/inventory?page=21": 2, "/sites/skogen/inventory?q=_COOKIE1234": 1, "/sites/skogen/inventory?q=tjeneste+nr.+199": 12,
		"/sites/skogen/inventory?q=finnes+ikke": 0, "/sites/skogen/inventory?category=marketing&page=11": 1, "/sites/skogen/inventory?status=residual": 0, "/sites/skogen/inventory?page=999": 2, "/sites/skogen/inventory?page=-1": 100,
	} {
		if got := rows(path); got != want {
			t.Errorf("%s shows %d services, want %d", path, got, want)
		}
	}
	kari.get("/sites/skogen/inventory").shows(t, 200, "1–100 av 2\u202f002 tjenester (2\u202f002 i alt)", `href="?page=2"`)
	kari.get("/sites/skogen/inventory?q=_cookie1234").shows(t, 200, "Tjeneste nr. 1234", "_cookie1234")
	if got := strings.Count(kari.get("/sites/skogen/texts").body, `class="text-row"`); got != 40 {
		t.Errorf("a page of texts holds %d", got)
	}
}

// A service of very many cookies does not make the page endless: the rest is on its
// own page.
func TestManyCookiesOfAService(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleViewer, skogen)
	h.edit(func(d *consent.Draft) {
		s := &d.Services[0]
		for i := range 39 {
			c := s.Cookies[0]
			c.Pattern.Name = fmt.Sprintf("_one%d", i)
			s.Cookies = append(s.Cookies, c)
		}
	})
	kari.get("/sites/skogen/inventory").shows(t, 200, "_one23<", `href="`+counterPage+`#cookies"`)
	if got := kari.get("/sites/skogen/inventory"); strings.Contains(got.body, "_one24<") {
		t.Error("the page shows more than 25 cookies of a service")
	}
	kari.get(counterPage).shows(t, 200, "_one38<")
}

// A viewer sees everything and is offered nothing to change.
func TestViewerSees(t *testing.T) {
	h := open(t)
	vera := h.member("vera@example.no", consent.RoleViewer, skogen)
	for _, path := range []string{"/sites/skogen/inventory", counterPage, cookiePage, "/sites/skogen/categories", "/sites/skogen/categories/statistics", "/sites/skogen/texts", "/sites/skogen/export"} {
		got := vera.get(path)
		got.shows(t, 200)
		_, main, _ := strings.Cut(got.body, "<main")
		if strings.Contains(main, "<button>") || strings.Contains(main, "/new-") || strings.Contains(main, "/remove") || strings.Contains(main, "/import") {
			t.Errorf("%s offers a viewer to change something:\n%s", path, main)
		}
	}
	vera.post(counterPage, "name.nb", "x").shows(t, 403)
}

// Categories are added, renamed with all that is in them, and removed when what is
// in them has found another place.
func TestCategories(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	page := "/sites/skogen/categories/statistics"
	kari.save(page, kari.get(page).form(t), "key", "maaling", "name.nb", "Måling").leads(t, "/sites/skogen/categories?done=saved")
	if d := h.draft(); d.Services[0].Category != "maaling" || d.Categories[0].Name[consent.Bokmaal] != "Måling" {
		t.Errorf("the services did not follow: %+v", d.Services[0].Category)
	}
	kari.save("/sites/skogen/categories/maaling", kari.get("/sites/skogen/categories/maaling").form(t), "key", "marketing").shows(t, 422, "Det finnes allerede en kategori")
	remove := kari.get("/sites/skogen/categories/maaling/remove")
	remove.shows(t, 200, "Tjenester i den: 1", "Flytt dem til")
	was := regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(remove.body)[1]
	kari.post("/sites/skogen/categories/maaling/remove", "was", was, "move", "nope").shows(t, 409)
	kari.post("/sites/skogen/categories/maaling/remove", "was", was, "move", "marketing").leads(t, "/sites/skogen/categories?done=category_removed")
	if d := h.draft(); len(d.Categories) != 1 || d.Services[0].Category != consent.Marketing {
		t.Errorf("got %+v", d.Services[0].Category)
	}
}

// Services and cookies are added and removed.
func TestAddAndRemove(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	form := kari.get("/sites/skogen/new-service").form(t)
	kari.save("/sites/skogen/new-service", form, "key", "Ny Tjeneste", "name.nb", "Ny").shows(t, 422, `href="#key"`)
	kari.save("/sites/skogen/new-service", form, "key", "counter", "name.nb", "Ny").shows(t, 422, "Det finnes allerede en tjeneste")
	kari.save("/sites/skogen/new-service", form, "key", "ny").shows(t, 422, `href="#name.nb"`)
	kari.save("/sites/skogen/new-service", form, "key", "ny", "name.nb", "Ny").leads(t, "/sites/skogen/services/ny?done=service_added")
	add := "/sites/skogen/services/ny/new-cookie"
	for _, name := range []string{"ø/ñ?#[]", "local storage key", "__Host-x"} {
		kari.save(add, kari.get(add).form(t), "pattern.name", name, "kind", "local", "lifetime.declared", "1 år").leads(t, "/sites/skogen/services/ny?done=cookie_added")
		kari.save(add, kari.get(add).form(t), "pattern.name", name, "kind", "local").shows(t, 422, "Står to ganger")
		path := "/sites/skogen/services/ny/cookies/" + admin.AddressName(name)
		kari.get(path).shows(t, 200, html.EscapeString(name))
		was := regexp.MustCompile(`name="was" value="([^"]*)"`).FindStringSubmatch(kari.get(path + "/remove").body)[1]
		kari.post(path+"/remove", "was", was).leads(t, "/sites/skogen/services/ny?done=cookie_removed")
	}
	if got := len(h.draft().Service("ny").Cookies); got != 0 {
		t.Errorf("%d cookies are left", got)
	}
}

// A long inventory is one line a service, with one way to edit it that is named after
// it. Whoever searches sees the cookies at once.
func TestInventoryFolds(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	const closed = `<details><summary><strong><bdi>Telleren</bdi>`
	if page := kari.get("/sites/skogen/inventory"); strings.Contains(page.body, "<details><summary><strong>") {
		t.Error("a short inventory is folded")
	}
	h.edit(func(d *consent.Draft) {
		for i := range 20 {
			c := d.Services[0].Cookies[0]
			c.Pattern.Name = fmt.Sprintf("_more%d", i)
			d.Services[0].Cookies = append(d.Services[0].Cookies, c)
		}
	})
	page := kari.get("/sites/skogen/inventory")
	page.shows(t, 200, closed, `<a class="edit" href="/sites/skogen/services/counter">Rediger<span class="unseen"> <bdi>Telleren</bdi></span></a>`, "<bdi>_more3</bdi><span class=\"unseen\"> (<bdi>Telleren</bdi>)</span></a>")
	if strings.Count(page.body, `class="edit"`) != strings.Count(page.body, `<div class="service">`) {
		t.Error("a service has not one way to edit it")
	}
	if found := kari.get("/sites/skogen/inventory?q=telleren"); strings.Contains(found.body, closed) {
		t.Error("what was searched for is folded away")
	}
}
