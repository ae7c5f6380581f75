package admin_test

import (
	"encoding/json"
	"fmt"
	"html"
	"net/url"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
)

const (
	catalogueOfSkogen = "/organisations/skogen/catalogue"
	openHeading       = "ID,Platform,Category,Cookie / Data Key name,Domain,Description,Retention period,Data Controller,User Privacy & GDPR Rights Portals,Wildcard match\n"
	openRows          = openHeading +
		"1,Google Analytics,Analytics,_ga,google.com (3rd party),\"ID used to\nidentify users\",2 years,Google,https://business.safety.google/privacy/,0\n" +
		"2,Google Analytics,Analytics,_gat_,,Throttles,a while,Google,,1\n" +
		"3,Counter,Marketing,_counter,,Counts,1 day,Somebody,,0\n" +
		"4,Counter,Security,_count_*_id,,<script>alert(1)</script>,session,Somebody,javascript:alert(1),0\n"
)

// catalogueFixtures gives Skogen a catalogue with hostile rows.
func catalogueFixtures(t *testing.T, h *house) {
	t.Helper()
	c := &consent.Catalogue{Organisation: skogen, Imported: h.clock(), Importer: 1, Language: consent.English, Refusals: 200}
	for i, text := range append(hostile, strings.Repeat("langt", 40)) {
		c.Entries = append(c.Entries, consent.CatalogueEntry{
			Platform: "Counter", Name: "_" + text, Match: []consent.MatchType{consent.MatchExact, consent.MatchPrefix}[i%2], Purpose: text, Company: text, Said: text, Category: consent.Statistics,
		})
		c.Refused = append(c.Refused, consent.CatalogueRefusal{Line: i + 2, Name: text, Why: "long"})
	}
	must(t, h.store.SetCatalogue(t.Context(), c))
}

// sendCatalogue sends a file as a browser does.
func (p *person) sendCatalogue(content, language string) answer {
	p.t.Helper()
	body := "--grense\r\nContent-Disposition: form-data; name=\"csrf\"\r\n\r\n" + csrfOf(p.t, p) +
		"\r\n--grense\r\nContent-Disposition: form-data; name=\"language\"\r\n\r\n" + language +
		"\r\n--grense\r\nContent-Disposition: form-data; name=\"file\"; filename=\"../../x.csv\"\r\nContent-Type: text/csv\r\n\r\n" + content + "\r\n--grense--\r\n"
	return p.upload(catalogueOfSkogen, "multipart/form-data; boundary=grense", body)
}

// A catalogue is imported, told about, replaced and removed. Of a file that cannot be
// used, nothing is taken.
func TestCatalogue(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	kari.get("/sites/skogen/new-service").shows(t, 200, "Les inn en katalog:")
	rows := openRows + "5,,Analytics,_x,,,,,,0\n6,Counter,Analytics,,,,,,,0\n7,Counter,Analytics,_counter,,,,,,0\n8,Counter,Analytics,_long,," + strings.Repeat("æ", 1001) + ",,,,0\n"
	kari.sendCatalogue(rows, "en").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
	kari.get(catalogueOfSkogen).shows(t, 200, "<dd>4</dd>", "<dd>2</dd>", "4 rader ble ikke tatt med", "</span>7</th>", "_x: Tjenesten (Platform) mangler", "Counter: Navnet på informasjonskapselen mangler", "Står i filen fra før", "_long: For lang")
	for name, each := range map[string]struct{ content, language, says string }{
		"nothing":            {" ", "en", "Velg en fil"},
		"no language":        {openRows, "xx", "Velg språket"},
		"broken quotes":      {openHeading + "1,\"x\n", "en", "Linje 2: Linjen er ikke gyldig CSV"},
		"a quote to the end": {openRows + "5,Counter,Analytics,_x,,\"Words,1 day,,,0\n6,Counter,Analytics,_y,,,,,,0\n", "en", "Linje 7: Linjen er ikke gyldig CSV"},
		"another table":      {"service,name\ncounter,_x\n", "en", "Cookie / Data Key name"},
		"no JSON":            {"{\"a\": 1}", "en", "ikke JSON"},
		"nothing of use":     {openHeading + "1,,Analytics,<script>alert(1)</script>,,,,,,0\n", "en", "Ingen av radene kan brukes"},
		"hostile refusal":    {openHeading + "1,,Analytics,<script>alert(1)</script>,,,,,,0\n", "en", "&lt;script&gt;alert(1)"},
		"no text":            {"\xff", "en", "Filen er ikke tekst i UTF-8. Lagre filen som UTF-8"},
	} {
		got := kari.sendCatalogue(each.content, each.language)
		got.shows(t, 422, each.says)
		if c, err := h.store.Catalogue(t.Context(), skogen); err != nil || len(c.Entries) != 4 {
			t.Fatalf("%s: the catalogue is %+v, %v", name, c, err)
		}
	}
	quotes := openRows + "5,Counter,Analytics,_q\"x,,,,,,0\n6,Counter,Analytics,_r,,\"a\"b,,,,0\n7,Counter,Analytics,_s,,\"a\nb\"c,,,,0\n8,Counter,Analytics,_t,,,,,,0\n"
	kari.sendCatalogue(quotes, "en").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
	got := kari.get(catalogueOfSkogen)
	got.shows(t, 200, "<dd>5</dd>", "4 rader ble ikke tatt med", "Anførselstegnene på linjen er feil")
	for _, line := range []int{7, 8, 9, 10} {
		got.shows(t, 200, fmt.Sprintf("</span>%d</th>", line))
	}
	kari.sendCatalogue(strings.Repeat("x", 3<<20+1), "en").shows(t, 422, "Filen er større enn 3 MB")

	row := map[string]any{"cookie": "_pk_id", "category": "Analytics", "wildcardMatch": 1, "retentionPeriod": "13 months", "description": "Skiller besøkende."}
	file, err := json.Marshal(map[string]any{"Matomo": []any{row}})
	must(t, err)
	kari.sendCatalogue(string(file), "nb").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
	c, err := h.store.Catalogue(t.Context(), skogen)
	must(t, err)
	want := consent.CatalogueEntry{Platform: "Matomo", Name: "_pk_id", Match: consent.MatchPrefix, Category: consent.Statistics, Lifetime: "P13M", Purpose: "Skiller besøkende."}
	if len(c.Entries) != 1 || c.Entries[0] != want || c.Language != consent.Bokmaal || c.Importer != kari.id {
		t.Errorf("got %+v", c)
	}
	many := strings.Builder{}
	many.WriteString(openHeading)
	for i := range consent.MaxCatalogue + 5 {
		fmt.Fprintf(&many, "%d,P%d,Analytics,c%d_*_x,,,,,,0\n", i, i, i)
	}
	kari.sendCatalogue(many.String(), "en").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
	kari.get(catalogueOfSkogen).shows(t, 200, "5 rader ble ikke tatt med", "Katalogen er full")
	kari.get("/sites/skogen/new-service?catalogue=c7_1_x&use=P7").shows(t, 200, "P7", "c7_.*_x")
	kari.get("/sites/skogen/new-service?catalogue=p").shows(t, 200, "og 19\u202f980 til")
	kari.agrees(catalogueOfSkogen+"/remove").leads(t, catalogueOfSkogen+"?done=catalogue_removed")
	kari.get(catalogueOfSkogen).shows(t, 200, "ingen katalog ennå")
	if _, err := h.store.Catalogue(t.Context(), skogen); consent.KindOf(err) != consent.NotFound {
		t.Errorf("the catalogue is still there: %v", err)
	}
}

// hiddenRows are rows that would show something else than they hold.
const hiddenRows = "5,P\x1b[31mlat,Analytics,_p,,,,,,0\n6,=cmd|calc \u202eevil,Analytics,_q,,,,,,0\n7,Plat,Analytics,_ga\u200b\u202e,,,,,,0\n" +
	"8,Plat,Analytics,_r,,Words \u202ein,,,,0\n9,Plat,Analytics,_s,,,a \u2066while,,,0\n10,Plat,Analytics,_t,,,,Some\u00adbody,,0\n" +
	"11,Plat,Analytics,_u,,,,,https://plat.example/\u202e,0\n12,Plat,Analytics,_v,a\u200b.example,,,,,0\n13,Plat,Analytics,_ok,,Soft\u00adly,,,javascript:alert(1),0\n"

// A row that holds what nobody sees is not taken, and told without it: by no way does it
// come to pages, programs and terminals. Addresses that are none of the web are left out.
func TestCatalogueTakesNothingHidden(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	g := kari.program(t, consent.ScopeRead, consent.ScopeEdit)
	names, err := json.Marshal(map[string]any{"Plat\u202e": []any{map[string]any{"cookie": "_w"}}, "Plat": []any{map[string]any{"cookie": "_ok"}}})
	must(t, err)
	for file, refused := range map[string]int{openHeading + hiddenRows: 8, string(names): 1} {
		made := read[api.Catalogue](t, g.imports(file, "en"))
		if made.Refusals != refused || made.Entries != 1 || made.Cookies[0].Name != "_ok" || made.Cookies[0].Policy != "" {
			t.Errorf("got %+v", made)
		}
		for _, line := range made.Refused {
			if line.Code != "catalogue_hidden_character" || !strings.Contains(line.Message, "Has a control character or a character that nobody sees.") {
				t.Errorf("got %+v", line)
			}
		}
		kari.sendCatalogue(file, "en").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
		page := kari.get(catalogueOfSkogen)
		page.shows(t, 200, "Har et kontrolltegn eller et tegn som ingen ser.")
		for _, said := range []string{page.body, g.get(apiCatalogue).body} {
			if strings.ContainsAny(said, "\x1b\u202e\u200b\u2066") || strings.Contains(said, "u202e") || strings.Contains(said, "u001b") {
				t.Errorf("what nobody sees is handed on:\n%s", said)
			}
		}
		c, err := h.store.Catalogue(t.Context(), skogen)
		must(t, err)
		if kept := fmt.Sprint(*c); strings.ContainsAny(kept, "\x1b\u202e\u200b\u2066") || strings.Contains(kept, "javascript") {
			t.Errorf("stored is %q", kept)
		}
	}
}

// What the catalogue suggests fills a form, and is saved only as the form is.
func TestSuggestions(t *testing.T) {
	h := open(t)
	kari := h.member("kari@example.no", consent.RoleEditor, skogen)
	kari.sendCatalogue(openRows, "en").leads(t, catalogueOfSkogen+"?done=catalogue_imported")
	before := h.draft()
	found := kari.get("/sites/skogen/new-service?catalogue=_gat_UA-1")
	found.shows(t, 200, "Google Analytics", "2 informasjonskapsler")
	if strings.Contains(found.body, "Counter") {
		t.Error("what was not searched for is suggested")
	}
	filled := kari.get("/sites/skogen/new-service?" + url.Values{"catalogue": {"google"}, "use": {"Google Analytics"}}.Encode())
	filled.shows(t, 200, "Fylt ut fra katalogen: Google Analytics.", "Ingenting er lagret ennå", "Levetider er det leverandøren sier")
	form := filled.form(t)
	for name, want := range map[string]string{
		"key": "google-analytics", "name.nb": "Google Analytics", "name.en": "Google Analytics", "category": "statistics", "provider.name": "Google",
		"provider.policy": "https://business.safety.google/privacy/", "legal_basis": "consent", "ask": "banner",
	} {
		if form.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, form.Get(name), want)
		}
	}
	if fmt.Sprint(h.draft()) != fmt.Sprint(before) {
		t.Fatal("a suggestion saved itself")
	}
	// A search in a form that somebody has begun loses nothing of it, and saves nothing:
	// by the button, and by Enter in its field. Enter elsewhere saves.
	begun := kari.save("/sites/skogen/new-service", filled.form(t), "notes", "min <tekst>", "name.nb", "Mitt navn", "catalogue", "_gat_UA-1", "search", "yes")
	begun.shows(t, 200, "min &lt;tekst&gt;", "\nMitt navn</textarea>", `value="_gat_UA-1"`, "2 informasjonskapsler")
	kari.save("/sites/skogen/new-service", begun.form(t), "catalogue", "google", "by", "enter").shows(t, 200, "min &lt;tekst&gt;", "\nMitt navn</textarea>")
	kari.save("/sites/skogen/new-service", begun.form(t), "by", "enter", "key", "å").shows(t, 422, "min &lt;tekst&gt;")
	kari.save("/sites/skogen/new-service", begun.form(t), "use", "Google Analytics").shows(t, 200, "min &lt;tekst&gt;", "Fylt ut fra katalogen: Google Analytics.")
	if fmt.Sprint(h.draft()) != fmt.Sprint(before) {
		t.Fatal("a search saved what was begun")
	}
	kari.save("/sites/skogen/new-service", form).leads(t, "/sites/skogen/services/google-analytics?done=service_added")

	add := "/sites/skogen/services/google-analytics/new-cookie"
	offered := kari.get(add)
	offered.shows(t, 200, "_ga", "_gat_", "og alt som begynner slik", "2 år", "a while")
	use := func(page answer, n int) answer {
		t.Helper()
		buttons := strings.Split(page.body, `name="use" value="`)
		if len(buttons) <= n {
			t.Fatalf("there are %d suggestions:\n%s", len(buttons)-1, page.body)
		}
		name, _, _ := strings.Cut(buttons[n], `"`)
		return kari.save(add, page.form(t), "use", html.UnescapeString(name))
	}
	form = use(offered, 1).form(t)
	for name, want := range map[string]string{
		"pattern.name": "_ga", "pattern.match": "exact", "purpose.en": "ID used to identify users", "purpose.nb": "", "lifetime.vendor": "2 år", "lifetime.declared": "",
		"status": "verify", "party": "third", "category": "",
	} {
		if form.Get(name) != want {
			t.Errorf("%s is %q, want %q", name, form.Get(name), want)
		}
	}
	kari.save(add, form, "lifetime.declared", "2 år").leads(t, "/sites/skogen/services/google-analytics?done=cookie_added")
	if left := kari.get(add); strings.Count(left.body, `name="use" value="`) != 1 {
		t.Error("what is in the draft already is suggested")
	}
	use(kari.get(add), 1).shows(t, 200, "er ikke én nøyaktig tid", "a while")

	add = "/sites/skogen/services/counter/new-cookie"
	hostile := use(kari.get("/sites/skogen/services/counter/new-cookie?catalogue=_count_7_id"), 1)
	hostile.shows(t, 200, "&lt;script&gt;alert(1)&lt;/script&gt;")
	if form = hostile.form(t); form.Get("pattern.name") != "_count_.*_id" || form.Get("pattern.match") != "regex" {
		t.Errorf("got %q", form.Get("pattern.name"))
	}
	kari.get("/sites/skogen/new-service?catalogue="+url.QueryEscape(strings.Repeat("<", 5000))).shows(t, 200, "Katalogen har ingenting om det")
	kari.get(add+"?use=nothing").shows(t, 200)

	must(t, h.store.AddFindings(t.Context(), []consent.Finding{
		{Site: "skogen", Day: consent.MidnightOf(h.clock()).AddDate(0, 0, -1), Kind: consent.FoundStuck, Name: "google-analytics/_gat_UA-9", Count: 1, Last: h.clock()},
		{Site: "skogen", Day: consent.MidnightOf(h.clock()).AddDate(0, 0, -1), Kind: consent.FoundResidual, Name: "counter/_counter", Count: 1, Last: h.clock()},
	}))
	page := kari.get("/sites/skogen/findings")
	page.shows(t, 200, "I katalogen: <bdi>Google Analytics, _gat_</bdi>", "/sites/skogen/services/google-analytics/new-cookie?catalogue=_gat_UA-9")
	if strings.Count(page.body, "I katalogen") != 1 {
		t.Error("what the draft has is suggested")
	}
	if vera := h.member("vera@example.no", consent.RoleViewer, skogen); strings.Contains(vera.get("/sites/skogen/findings").body, "I katalogen") {
		t.Error("who may not edit is offered to")
	}
	h.member("hilde@example.no", consent.RoleEditor, havet).get("/sites/havet/new-service?catalogue=google").shows(t, 200, "Les inn en katalog:")
}
