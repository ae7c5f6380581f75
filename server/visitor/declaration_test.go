package visitor

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"html"
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf8"

	"github.com/santhosh-tekuri/jsonschema/v6"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// gjerdrumDraft reads the example afresh, so that a test may change it.
func gjerdrumDraft(t *testing.T) *consent.Draft {
	t.Helper()
	site, err := os.ReadFile("../../examples/gjerdrum/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	draft, problems, err := config.ParseSite(site)
	if err != nil || len(problems.Faults()) > 0 {
		t.Fatal(err, problems)
	}
	return draft
}

// noticeOf publishes a draft without validating it: the declaration must stand
// whatever an older program let through.
func noticeOf(t *testing.T, draft *consent.Draft) *consent.Notice {
	t.Helper()
	canonical, err := json.Marshal(draft)
	if err != nil {
		t.Fatal(err)
	}
	return &consent.Notice{
		Number: 3, Hash: consent.HashOf(canonical), JSON: canonical, Draft: *draft,
		Published: time.Date(2026, time.November, 22, 12, 5, 0, 0, time.UTC),
	}
}

func pageOf(t *testing.T, notice *consent.Notice, lang consent.Language, opts PageOptions) string {
	t.Helper()
	page, err := DeclarationPage(notice, lang, opts)
	if err != nil {
		t.Fatal(err)
	}
	return string(page)
}

func dataOf(t *testing.T, notice *consent.Notice, lang consent.Language) *declarationJSON {
	t.Helper()
	body, err := DeclarationJSON(notice, lang, "https://samtykke.example.no")
	if err != nil {
		t.Fatal(err)
	}
	var data declarationJSON
	if err := json.Unmarshal(body, &data); err != nil {
		t.Fatal(err)
	}
	return &data
}

func tableOf(t *testing.T, notice *consent.Notice, lang consent.Language) [][]string {
	t.Helper()
	body, err := DeclarationCSV(notice, lang, false)
	if err != nil {
		t.Fatal(err)
	}
	rest, marked := bytes.CutPrefix(body, []byte(byteOrderMark))
	if !marked {
		t.Error("the table does not begin with a byte order mark")
	}
	if lines := bytes.Count(rest, []byte("\n")); lines != bytes.Count(rest, []byte("\r\n")) {
		t.Error("a line of the table does not end in CR LF")
	}
	rows, err := csv.NewReader(bytes.NewReader(rest)).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// The table for a Norwegian Excel says the same, with semicolons between its cells.
func TestTheTableForExcelSaysTheSame(t *testing.T) {
	notice := noticeOf(t, gjerdrumDraft(t))
	body, err := DeclarationCSV(notice, "nb", true)
	if err != nil {
		t.Fatal(err)
	}
	rest, marked := bytes.CutPrefix(body, []byte(byteOrderMark))
	if !marked {
		t.Error("it does not begin with a byte order mark")
	}
	reader := csv.NewReader(bytes.NewReader(rest))
	reader.Comma = ';'
	if rows, err := reader.ReadAll(); err != nil || !reflect.DeepEqual(rows, tableOf(t, notice, "nb")) || len(rows[0]) < 20 {
		t.Errorf("it says something else: %v", err)
	}
}

// rowMark finds a cookie on the page: its service, and its name as it is read.
var rowMark = regexp.MustCompile(`<tr role="row" data-service="([^"]*)" data-name="[^"]*">\s*<th role="rowheader" scope="row"><code>([^<]*)</code>`)

func TestDeclarationIsTheSameSetInEveryForm(t *testing.T) {
	notice := noticeOf(t, gjerdrumDraft(t))
	var want []string
	for _, service := range notice.Draft.Services {
		for _, cookie := range service.Cookies {
			want = append(want, string(service.Key)+" "+cookie.Pattern.Name)
		}
	}
	slices.Sort(want)
	if len(want) != 29 {
		t.Fatalf("the example has %d cookies, not 29", len(want))
	}
	for _, lang := range []consent.Language{"nb", "nn", "en", "se"} {
		forms := map[string][]string{}
		for _, mark := range rowMark.FindAllStringSubmatch(pageOf(t, notice, lang, PageOptions{}), -1) {
			forms["page"] = append(forms["page"], html.UnescapeString(mark[1]+" "+mark[2]))
		}
		for _, service := range dataOf(t, notice, lang).Services {
			for _, cookie := range service.Cookies {
				forms["JSON"] = append(forms["JSON"], string(service.Key)+" "+cookie.Name)
			}
		}
		rows := tableOf(t, notice, lang)
		key := len(rows[0]) - 4
		for _, row := range rows[1:] {
			forms["CSV"] = append(forms["CSV"], row[key]+" "+strings.TrimPrefix(row[1], "'"))
		}
		for _, form := range []string{"page", "JSON", "CSV"} {
			got := forms[form]
			slices.Sort(got)
			if !slices.Equal(got, want) {
				t.Errorf("%s in %s holds\n%q\nand the notice\n%q", form, lang, got, want)
			}
		}
	}
}

func TestDeclarationJSONKeepsItsShape(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/declaration.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for _, lang := range []consent.Language{"nb", "nn", "en"} {
		body, err := DeclarationJSON(noticeOf(t, gjerdrumDraft(t)), lang, "")
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Errorf("%s: %v", lang, err)
		}
	}
}

// TestDataHasNoSoftHyphens: where a word breaks is said to whoever reads a page, and not to
// programs that look for the word.
func TestDataHasNoSoftHyphens(t *testing.T) {
	draft := gjerdrumDraft(t)
	draft.Site.Languages = append(draft.Site.Languages, consent.NorthernSami)
	notice := noticeOf(t, draft)
	body, err := DeclarationJSON(notice, consent.NorthernSami, "")
	if err != nil {
		t.Fatal(err)
	}
	for _, row := range tableOf(t, notice, consent.NorthernSami) {
		body = append(body, strings.Join(row, "\n")...)
	}
	if text := string(body); !strings.Contains(text, "persovdnasuodjalanásahusa") || strings.Contains(text, "\u00ad") || strings.Contains(text, `\u00ad`) {
		t.Errorf("the data hyphenates, or is in another language:\n%s", text)
	}
}

// TestDataSaysWhichNoticeItIs: a copy of the data can be held against the
// notice that it was made from.
func TestDataSaysWhichNoticeItIs(t *testing.T) {
	notice := noticeOf(t, gjerdrumDraft(t))
	want := noticeJSON{
		Number: 3, Hash: notice.Hash.String(), Published: "2026-11-22T12:05:00Z",
		Permalink: "https://samtykke.example.no/gjerdrum/notices/3/cookies",
	}
	if got := dataOf(t, notice, "nb").Notice; got != want {
		t.Errorf("the JSON says %+v", got)
	}
	for _, row := range tableOf(t, notice, "nb")[1:] {
		if got := row[len(row)-3:]; !slices.Equal(got, []string{"3", want.Published, want.Hash}) {
			t.Fatalf("the CSV says %q", got)
		}
	}
}

func TestDeclarationPageTellsTheTruth(t *testing.T) {
	page := html.UnescapeString(pageOf(t, noticeOf(t, gjerdrumDraft(t)), "nb", PageOptions{Base: "https://samtykke.example.no"}))
	page = strings.ReplaceAll(page, "<wbr>", "")
	for _, said := range []string{
		`<html lang="nb">`,
		"Oppgitt: 2 år.", "Leverandøren sier: 1000 dager.", // the difference is shown
		"Ikke oppgitt ennå", "Kommunen må oppgi hvilket selskap som leverer billettløsningen.", // a missing company
		"Vurdert av Nettredaktør i Gjerdrum kommune 22. november 2026.",                          // who signed the exemption
		"personvernforordningen artikkel 6 nr. 1 bokstav c, jf. artikkel 7 nr. 1", "Etter 2 år.", // the consent log
		"samtykke-gjerdrum", "864 949 762",
		"https://samtykke.example.no/gjerdrum/notices/3/cookies", "cookies.json?lang=nb", "cookies.csv?lang=nb",
		"https://www.gjerdrum.kommune.no/personvern",
		"22. november 2026 kl. 13.05 norsk tid (UTC+1)",
	} {
		if !strings.Contains(page, said) {
			t.Errorf("the page does not say %q", said)
		}
	}
	controller := strings.Index(page, "<h3>Behandlingsansvarlig</h3>")
	officer := strings.Index(page, "<h3>Personvernombud</h3>")
	authority := strings.Index(page, "<h3>Tilsynsmyndighet</h3>")
	if controller < 0 || officer < controller || authority < officer {
		t.Errorf("contacts stand at %d, %d and %d: the controller comes first, then the officer, then the authority", controller, officer, authority)
	}
	if strings.Contains(page, "<script") || strings.Contains(page, " style=") || regexp.MustCompile(`\son\w+=`).MatchString(page) {
		t.Error("the page has script or inline style, which its policy refuses")
	}
}

// TestNecessaryPartsAreNotTheWholeService: where a service of consent keeps
// something necessary for another end, nothing that is true of the service by
// consent is said of it, in no form.
func TestNecessaryPartsAreNotTheWholeService(t *testing.T) {
	draft := gjerdrumDraft(t)
	tickets := draft.Service("billettlosning")
	tickets.Warning = consent.Text{"nb": "Advarsel.", "nn": "Åtvaring.", "en": "A warning."}
	notice := noticeOf(t, draft)
	for _, lang := range []consent.Language{"nb", "nn", "en"} {
		page := pageOf(t, notice, lang, PageOptions{})
		_, rest, _ := strings.Cut(page, `<section id="group-necessary"`)
		necessary, others, _ := strings.Cut(rest, "</section>")
		for _, key := range []consent.ServiceKey{"siteimprove-analytics", "billettlosning", "kommunekart", "publisering"} {
			service := draft.Service(key)
			for what, text := range map[string]consent.Text{"purpose": service.Purpose, "warning": service.Warning} {
				if said := html.EscapeString(text[lang]); said != "" && (strings.Contains(necessary, said) || !strings.Contains(others, said)) {
					t.Errorf("%s: the %s of %s must stand with what rests on consent, and only there", lang, what, key)
				}
			}
		}
		if own := html.EscapeString(draft.Service("minside").Purpose[lang]); !strings.Contains(necessary, own) {
			t.Errorf("%s: a necessary service does not say what it is for", lang)
		}
	}
	rows := tableOf(t, notice, "en")
	column := func(heading string) int { return slices.Index(rows[0], heading) }
	for _, row := range rows[1:] {
		beside := row[column("Category")] == "Necessary" && draft.Service(consent.ServiceKey(row[len(row)-4])).Basis != consent.BasisNecessary
		if received := row[column("Other recipients")] + row[column("Information")]; beside != (received == "") {
			t.Errorf("%s of %s: others receive %q", row[1], row[0], received)
		}
	}
}

// TestSignatureCarriesItsLanguage: the role is written in one language.
func TestSignatureCarriesItsLanguage(t *testing.T) {
	notice := noticeOf(t, gjerdrumDraft(t))
	if page := pageOf(t, notice, "en", PageOptions{}); !strings.Contains(page, `Assessed by <span lang="nb">Nettredaktør i Gjerdrum kommune</span> on 22 November 2026.`) {
		t.Error("a role in bokmål on an English page is not marked as bokmål")
	}
	if page := pageOf(t, notice, "nb", PageOptions{}); strings.Contains(page, `<span lang="nb">`) {
		t.Error("a role in bokmål is marked on a page in bokmål")
	}
}

// TestDeclarationOfWhatIsObsoleteStaysTrue: old versions may store what the
// provider has given up, so nothing promises that it is not stored.
func TestDeclarationOfWhatIsObsoleteStaysTrue(t *testing.T) {
	notice := noticeOf(t, gjerdrumDraft(t))
	for lang, want := range map[consent.Language][]string{
		"nb": {"Skal ikke lagres lenger.", "gamle versjoner kan fortsatt gjøre det", "kan bare slettes av deg eller av serveren"},
		"nn": {"Skal ikkje lagrast lenger.", "gamle versjonar kan framleis gjere det", "kan berre slettast av deg eller av tenaren"},
		"en": {"Should no longer be stored.", "old versions may still do it", "only you or the server can delete it"},
	} {
		page := pageOf(t, notice, lang, PageOptions{})
		for _, said := range want {
			if !strings.Contains(page, said) {
				t.Errorf("%s: the page does not say %q", lang, said)
			}
		}
		for _, promise := range []string{"finnes ikke lenger", "finst ikkje lenger", "no longer exists", "no longer set", "nothing should be stored"} {
			if strings.Contains(page, promise) {
				t.Errorf("%s: the page promises %q of what an old version may store", lang, promise)
			}
		}
	}
}

// TestAddressesBreakBetweenTheirParts on narrow cards.
func TestAddressesBreakBetweenTheirParts(t *testing.T) {
	page := pageOf(t, noticeOf(t, gjerdrumDraft(t)), "en", PageOptions{Base: "https://samtykke.example.no"})
	for _, address := range []string{
		">www.<wbr>gjerdrum.<wbr>kommune.<wbr>no</a>",
		"https://<wbr>samtykke.<wbr>example.<wbr>no/<wbr>gjerdrum/<wbr>notices/<wbr>3/<wbr>cookies</a>",
	} {
		if !strings.Contains(page, address) {
			t.Errorf("the page lacks %s", address)
		}
	}
	if !strings.Contains(page, `href="https://www.gjerdrum.kommune.no"`) {
		t.Error("the link itself is broken")
	}
}

func TestPermalinkIsTheSameForEver(t *testing.T) {
	notice := noticeOf(t, gjerdrumDraft(t))
	first := pageOf(t, notice, "nn", PageOptions{Permalink: true})
	elsewhere := noticeOf(t, gjerdrumDraft(t))
	elsewhere.Published = elsewhere.Published.In(time.FixedZone("elsewhere", 5*3600))
	if again := pageOf(t, elsewhere, "nn", PageOptions{Permalink: true}); again != first {
		t.Error("the same notice gave another page")
	}
	if !strings.Contains(first, "Dette er versjon 3") || !strings.Contains(first, `href="../../cookies?lang=nn"`) {
		t.Error("the permalink does not say which version it is, or where the current one is")
	}
}

func TestDeclarationKeepsToTheLanguagesOfTheSite(t *testing.T) {
	notice := noticeOf(t, gjerdrumDraft(t))
	for asked, want := range map[consent.Language]string{
		"nb": "nb", "nn": "nn", "en": "en", "nb-no": "nb", "no": "nb", "se": "nb", "pl": "nb", "": "nb",
	} {
		page := pageOf(t, notice, asked, PageOptions{})
		if !strings.Contains(page, `<html lang="`+want+`">`) {
			t.Errorf("asked for %q: the page is not in %s", asked, want)
		}
		if strings.Contains(page, `hreflang="se"`) {
			t.Errorf("asked for %q: the page offers a language that the site has no texts in", asked)
		}
	}
}

func TestBorrowedTextCarriesItsLanguage(t *testing.T) {
	draft := gjerdrumDraft(t)
	draft.Site.Languages = append(draft.Site.Languages, consent.NorthernSami)
	page := pageOf(t, noticeOf(t, draft), consent.NorthernSami, PageOptions{})
	if !strings.Contains(page, `<html lang="se">`) || !strings.Contains(page, `<span lang="nb">Statistikk</span>`) {
		t.Error("a text in bokmål on a page in Northern Sami is not marked as bokmål")
	}
}

func TestHostileTextsAreText(t *testing.T) {
	const attack = `"><script>alert(1)</script><img src=x onerror=alert(1)>{{.}}</style>`
	draft := gjerdrumDraft(t)
	every := consent.Text{"nb": attack, "nn": attack, "en": attack}
	draft.Organisation.Name = attack
	draft.Site.ConsentLog = &consent.LogKeeping{Processor: attack, Countries: []string{attack}, Transfer: &consent.Transfer{Country: attack, Basis: attack, Checked: attack}}
	draft.Site.Name, draft.Categories[0].Purpose = every, every
	service := &draft.Services[0]
	service.Name, service.Purpose, service.Warning = every, every, every
	service.Key = consent.ServiceKey(attack)
	service.Provider = consent.Provider{Name: attack, Country: []string{attack}, Role: attack, Policy: "javascript:alert(1)"}
	service.Cookies[0].Pattern = consent.Pattern{Name: attack, Match: consent.MatchPrefix, Declared: attack, Aliases: []string{attack}}
	service.Cookies[0].Purpose, service.Cookies[0].SetBy = every, attack
	service.Cookies[0].Lifetime.Declared = attack
	draft.Contacts.DPO = consent.Contact{Name: every, Email: attack, URL: "javascript:alert(1)", Phone: attack}
	page := pageOf(t, noticeOf(t, draft), "nb", PageOptions{})
	for _, alive := range []string{"<script", "<img", `href="javascript:`, "onerror=alert(1)>"} {
		if strings.Contains(strings.ToLower(page), alive) {
			t.Errorf("the page holds %q", alive)
		}
	}
}

func TestTableCellsAreNoFormulas(t *testing.T) {
	for _, start := range []string{"=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"} {
		draft := gjerdrumDraft(t)
		draft.Services[0].Cookies[0].Pattern.Name = start + "cmd|' /C calc'!A0"
		draft.Services[0].Name = consent.Text{"nb": start + `HYPERLINK("http://evil.example")`}
		for _, row := range tableOf(t, noticeOf(t, draft), "nb") {
			for _, cell := range row {
				if first, _ := utf8.DecodeRuneInString(cell); strings.ContainsRune("=+-@\t\r\n＝＋－＠", first) {
					t.Errorf("a spreadsheet would run the cell %q", cell)
				}
			}
		}
	}
}

func TestTableHasAHeadingForEveryColumn(t *testing.T) {
	for _, lang := range []consent.Language{"nb", "nn", "se", "en"} {
		draft := gjerdrumDraft(t)
		draft.Site.Languages = []consent.Language{lang}
		rows := tableOf(t, noticeOf(t, draft), lang) // the reader refuses rows of other lengths
		if len(rows) != 30 {
			t.Errorf("%s: %d rows, want a heading and 29 cookies", lang, len(rows))
		}
		if seen := slices.Compact(slices.Sorted(slices.Values(rows[0]))); len(seen) != len(rows[0]) {
			t.Errorf("%s: two columns have the same heading: %q", lang, rows[0])
		}
	}
}

// TestDeclarationTellsHowLongDataAreKept has what a provider keeps, where, whose
// law holds, and where one takes a consent back, on the page and in the data.
func TestDeclarationTellsHowLongDataAreKept(t *testing.T) {
	draft := gjerdrumDraft(t)
	chat := draft.Service("kommune-kari")
	chat.Retention, chat.Locations = "P21D", []string{"IE", "SE"}
	draft.Site.Rights = consent.Text{"nb": "https://www.example.no/rettigheter", "nn": "https://www.example.no/rettar", "en": "https://www.example.no/rights"}
	draft.Site.Withdrawal = consent.Text{"nb": "/#valg", "nn": "/#val", "en": "/#choice"}
	notice := noticeOf(t, draft)
	page := pageOf(t, notice, "nb", PageOptions{})
	for _, want := range []string{"21 dager", "Irland, Sverige", `href="https://www.example.no/rettigheter"`, `href="/#valg"`} {
		if !strings.Contains(page, want) {
			t.Errorf("the page does not say %s", want)
		}
	}
	data, err := DeclarationJSON(notice, "en", "https://samtykke.example")
	if err != nil {
		t.Fatal(err)
	}
	for _, want := range []string{`"iso": "P21D"`, `"jurisdiction": "NO"`, `"withdrawal_method": "/#choice"`, `"rights": "https://www.example.no/rights"`} {
		if !strings.Contains(string(data), want) {
			t.Errorf("the data do not say %s", want)
		}
	}
}

// TestDeclarationGuessesNothingOfTheLog: without the section it names no
// processor and no country, in any language; with it, what it says and no more.
func TestDeclarationGuessesNothingOfTheLog(t *testing.T) {
	kept := consent.LogKeeping{
		Processor: "Skydrift AS", Countries: []string{"NO", "US"},
		Transfer: &consent.Transfer{Country: "US", Basis: consent.TransferSCC, Checked: "2026-11-01"},
	}
	self := consent.LogKeeping{Countries: []string{"NO"}}
	for lang, says := range map[consent.Language]struct{ none, processor, self, place, abroad string }{
		"nb": {"Ingen av leverandørene på denne siden.", "Skydrift AS drifter løsningen for Gjerdrum kommune og er databehandler.", "Gjerdrum kommune drifter løsningen selv.", "Loggen er lagret i Norge, USA.", "Overføring ut av EØS"},
		"nn": {"Ingen av leverandørane på denne sida.", "Skydrift AS driftar løysinga for Gjerdrum kommune og er databehandlar.", "Gjerdrum kommune driftar løysinga sjølv.", "Loggen er lagra i Noreg, USA.", "Overføring ut av EØS"},
		"se": {"Ii oktage dán siiddu fálliin.", "Skydrift AS doaimmaha čovdosa Gjerdrum kommune ovddas ja lea dáhtagieđahalli.", "Gjerdrum kommune doaimmaha čovdosa ieš.", "Gos loggá vurkejuvvo: Norga, USA.", "Sirdin EEO olggobeallái"},
		"en": {"None of the providers on this page.", "Skydrift AS runs the solution for Gjerdrum kommune and is a processor.", "Gjerdrum kommune runs the solution itself.", "The log is stored in Norway, USA.", "Transfer out of the EEA"},
	} {
		log := func(k *consent.LogKeeping) string {
			draft := gjerdrumDraft(t)
			draft.Site.Languages, draft.Site.ConsentLog = append(draft.Site.Languages, "se"), k
			_, section, _ := strings.Cut(pageOf(t, noticeOf(t, draft), lang, PageOptions{}), `<section id="log"`)
			section, _, _ = strings.Cut(section, "</section>")
			return html.UnescapeString(section)
		}
		if got := log(nil); !strings.Contains(got, "<dd>"+says.none+"</dd>") || strings.Contains(got, says.abroad) || strings.Count(got, "<dt>") != 8 {
			t.Errorf("%s, nothing stated: %s", lang, got)
		}
		if got := log(&self); !strings.Contains(got, "<dd>"+says.none+" "+says.self+"</dd>") || strings.Contains(got, says.abroad) || strings.Count(got, "<dt>") != 9 {
			t.Errorf("%s, by itself: %s", lang, got)
		}
		for _, text := range []string{says.none + " " + says.processor, says.place, "<dt>" + says.abroad + "</dt><dd>USA."} {
			if got := log(&kept); !strings.Contains(got, text) || strings.Contains(got, says.self) {
				t.Errorf("%s does not say %q: %s", lang, text, got)
			}
		}
	}
}

// TestDataSayHowTheLogIsKept, by the schema, and nothing when the notice does not.
func TestDataSayHowTheLogIsKept(t *testing.T) {
	schema, err := jsonschema.NewCompiler().Compile("testdata/declaration.schema.json")
	if err != nil {
		t.Fatal(err)
	}
	for want, kept := range map[string]*consent.LogKeeping{
		``:                   nil,
		`"countries":["NO"]`: {Countries: []string{"NO"}, Security: consent.Text{"nb": "To har tilgang."}},
		`"processor":"Skydrift AS","countries":["US"],"transfer":{"country":"US","basis":"scc","checked":"2026-11-01"}`: {
			Processor: "Skydrift AS", Countries: []string{"US"},
			Transfer: &consent.Transfer{Country: "US", Basis: consent.TransferSCC, Checked: "2026-11-01"},
		},
	} {
		draft := gjerdrumDraft(t)
		draft.Site.ConsentLog = kept
		body, err := DeclarationJSON(noticeOf(t, draft), "nb", "")
		if err != nil {
			t.Fatal(err)
		}
		value, err := jsonschema.UnmarshalJSON(bytes.NewReader(body))
		if err != nil {
			t.Fatal(err)
		}
		if err := schema.Validate(value); err != nil {
			t.Error(err)
		}
		var data struct {
			Log json.RawMessage `json:"consent_log"`
		}
		var flat bytes.Buffer
		if err := errors.Join(json.Unmarshal(body, &data), json.Compact(&flat, data.Log)); err != nil {
			t.Fatal(err)
		}
		_, after, _ := strings.Cut(flat.String(), `"words":"2 år"}`)
		if got := strings.TrimPrefix(strings.TrimSuffix(after, "}"), ","); got != want {
			t.Errorf("the log has %s, want %s", got, want)
		}
	}
}
