package processing_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/processing"
	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/server/web/documenttest"
)

var noon = time.Date(2026, time.November, 26, 12, 0, 0, 0, time.UTC)

// gjerdrum gives the example with changes, as it is published.
func gjerdrum(t *testing.T, change func(*consent.Draft)) processing.Material {
	t.Helper()
	draft := documenttest.Gjerdrum(t, change)
	return processing.Material{Draft: draft, Entry: consent.NoticeEntry{Number: 3, Hash: consent.HashOf([]byte("notice")), Published: noon}, Now: noon}
}

// texts gives what is said of an item of an activity: a service's, or the log's.
func texts(t *testing.T, page *web.RecordPage, service consent.ServiceKey, item string) []web.RecordText {
	t.Helper()
	for _, activity := range page.Activities {
		for _, each := range activity.Items {
			if activity.Service == service && each.Item == item {
				return each.Texts
			}
		}
	}
	t.Fatalf("nothing of %s of %q", item, service)
	return nil
}

func joined(list []web.RecordText) string {
	var all strings.Builder
	for _, text := range list {
		if text.Missing {
			all.WriteString("MISSING ")
		}
		all.WriteString(text.Text + "\n")
	}
	return all.String()
}

// TestJ4_RecordHoldsEveryItem: art. 30(1)(a) to (g) of every activity, in each
// language; what is not filled is named as missing.
func TestJ4_RecordHoldsEveryItem(t *testing.T) {
	for _, lang := range web.AnswerLanguages {
		m := gjerdrum(t, nil)
		m.Language = lang
		page := processing.Page(m)
		html := documenttest.Render(t, page)
		if !strings.Contains(html, `<html lang="`+string(lang)+`">`) {
			t.Errorf("%s: the page is in another language", lang)
		}
		if len(page.Activities) != 10 || len(page.Off) != 2 || page.Activities[9].Kind != "log" {
			t.Errorf("%s: nine services and the log are activities, two are switched off: %d, %v", lang, len(page.Activities), page.Off)
		}
		marked := 0
		for _, activity := range page.Activities {
			articles := map[string]bool{}
			for _, item := range append(page.Common[:2:2], activity.Items...) {
				articles[item.Article] = true
				for _, text := range item.Texts {
					if strings.TrimSpace(text.Text) == "" || strings.Contains(text.Text, "{") {
						t.Errorf("%s: %s of %s says %q", lang, item.Item, activity.Name.Text, text.Text)
					}
					if text.Missing {
						marked++
					}
				}
				if len(item.Texts) == 0 {
					t.Errorf("%s: %s of %s says nothing", lang, item.Item, activity.Name.Text)
				}
			}
			for _, letter := range "abcdefg" {
				if article := "30(1)(" + string(letter) + ")"; !articles[article] {
					t.Errorf("%s: nothing of %s for %s", lang, article, activity.Name.Text)
				}
			}
		}
		if shown := strings.Count(html, `<strong class="missing">`+page.Words["record_missing"]+`:</strong>`); marked == 0 || shown != marked || page.Missing != marked {
			t.Errorf("%s: %d are missing, %d are counted and %d shown", lang, marked, page.Missing, shown)
		}
		for _, hole := range []string{"{", "<li></li>", "<dt></dt>", "record_", "answer_"} {
			if _, body, _ := strings.Cut(html, "<body>"); strings.Contains(body, hole) {
				t.Errorf("%s: the page holds %q", lang, hole)
			}
		}
	}
}

// TestRecordSaysWhatTheNoticeSays, and of the rest that it is missing.
func TestRecordSaysWhatTheNoticeSays(t *testing.T) {
	page := processing.Page(gjerdrum(t, nil))
	for _, each := range []struct {
		service    consent.ServiceKey
		item, says string
	}{
		{"siteimprove-analytics", "recipients", "Cloudflare, Inc., USA (databehandler)"},
		{"siteimprove-analytics", "transfers", "Cloudflare, Inc.: USA. Grunnlag: EU-kommisjonens beslutning om tilstrekkelig vern. Kontrollert 22. november 2026."},
		{"siteimprove-analytics", "erasure", "MISSING Erklæringen oppgir ikke hvor lenge leverandøren"},
		{"siteimprove-analytics", "erasure", "nmstat (2 år"},
		{"siteimprove-analytics", "purposes", "_cfduid (Nødvendige): "},
		{"siteimprove-analytics", "security", "MISSING "},
		{"kommune-kari", "erasure", "Leverandøren beholder opplysningene i 21 dager."},
		{"kommune-tv", "recipients", "MISSING Ikke oppgitt ennå"},
		{"minside", "basis", "Strengt nødvendig"},
		{"minside", "transfers", "Erklæringen oppgir ingen overføring."},
		{"", "basis", "artikkel 6 nr. 1 bokstav c, jf. artikkel 7 nr. 1"},
		{"", "erasure", "gjelder i 1 år."},
		{"", "erasure", "Etter 2 år"},
		{"", "recipients", "Ingen av leverandørene til tjenestene."},
		{"", "recipients", "MISSING Erklæringen oppgir ikke hvem som drifter løsningen."},
		{"", "transfers", "MISSING Erklæringen oppgir ikke hvor loggen er lagret."},
		{"", "security", "MISSING Erklæringen oppgir ikke tiltakene hos den som drifter løsningen"},
		{"", "security", "signert tre"},
	} {
		if got := joined(texts(t, page, each.service, each.item)); !strings.Contains(got, each.says) {
			t.Errorf("%s of %q does not say %q:\n%s", each.item, each.service, each.says, got)
		}
	}
	if strings.Contains(joined(texts(t, page, "kommune-kari", "erasure")), "MISSING") {
		t.Error("what the notice says is reported as missing")
	}
	if common := joined(append(page.Common[0].Texts, page.Common[1].Texts...)); !strings.Contains(common, "864 949 762") || !strings.Contains(common, "Personvernombudet") {
		t.Errorf("controller and officer are %s", common)
	}
}

// TestWhatIsNotSaidIsMissing: nothing is taken for granted.
func TestWhatIsNotSaidIsMissing(t *testing.T) {
	before := processing.Page(gjerdrum(t, nil))
	page := processing.Page(gjerdrum(t, func(d *consent.Draft) {
		d.Contacts.DPO = consent.Contact{}
		s := d.Service("minside")
		s.DataCategories, s.Purpose, s.Locations = nil, nil, []string{"US"}
		s.Provider.Role, s.Provider.Country = consent.RoleJoint, []string{"CN"}
		s.Cookies[0].Lifetime = consent.Lifetimes{}
	}))
	if got := joined(page.Common[1].Texts); strings.Count(got, "MISSING") != 2 {
		t.Errorf("no officer: %s", got)
	}
	for item, says := range map[string][]string{
		"joint_controllers": {"Sem & Stenersen Prokom AS\nMISSING"},
		"purposes":          {"MISSING"},
		"data_categories":   {"MISSING"},
		"transfers":         {"MISSING Sem & Stenersen Prokom AS: Kina", "MISSING Opplysningene lagres i USA"},
		"erasure":           {"MISSING Erklæringen oppgir ikke hvor lenge dette blir lagret på enheten: ASP.NET_SessionId."},
	} {
		for _, text := range says {
			if got := joined(texts(t, page, "minside", item)); !strings.Contains(got, text) {
				t.Errorf("%s does not say %q:\n%s", item, text, got)
			}
		}
	}
	if page.Missing != before.Missing+8 {
		t.Errorf("%d are missing, and were %d", page.Missing, before.Missing)
	}
}

// TestWhatIsStatedIsNotMissing fills in what only the organisation knows: each
// gap is one less, and the text stands where the gap was.
func TestWhatIsStatedIsNotMissing(t *testing.T) {
	joint := func(d *consent.Draft) { d.Service("minside").Provider.Role = consent.RoleJoint }
	before := processing.Page(gjerdrum(t, joint))
	page := processing.Page(gjerdrum(t, func(d *consent.Draft) {
		joint(d)
		d.Site.ConsentLog = &consent.LogKeeping{
			Processor: "Skydrift AS", Countries: []string{"NO", "CH"}, Security: consent.Text{"nb": "To har tilgang."},
			Transfer: &consent.Transfer{Country: "CH", Basis: consent.TransferAdequacy, Checked: "2026-11-01"},
		}
		s := d.Service("minside")
		s.Security = consent.Text{"nb": "Kryptert på disk."}
		s.Provider.Contact = &consent.Channels{Email: "post@minside.example", URL: "https://minside.example/personvern"}
	}))
	for _, each := range []struct {
		service    consent.ServiceKey
		item, says string
	}{
		{"", "recipients", "Skydrift AS drifter løsningen for Gjerdrum kommune og er databehandler."},
		{"", "transfers", "Loggen er lagret i Norge, Sveits.\nSveits. Grunnlag: EU-kommisjonens beslutning om tilstrekkelig vern. Kontrollert 1. november 2026."},
		{"", "security", "To har tilgang."},
		{"minside", "security", "Kryptert på disk."},
		{"minside", "joint_controllers", "E-post: post@minside.example\nNettsted:"},
	} {
		got := joined(texts(t, page, each.service, each.item))
		if !strings.Contains(got, each.says) || strings.Contains(got, "MISSING") {
			t.Errorf("%s of %q does not say %q:\n%s", each.item, each.service, each.says, got)
		}
	}
	if page.Missing != before.Missing-5 {
		t.Errorf("%d are missing, and were %d", page.Missing, before.Missing)
	}
	self := processing.Page(gjerdrum(t, func(d *consent.Draft) { d.Site.ConsentLog = &consent.LogKeeping{Countries: []string{"NO"}} }))
	for item, says := range map[string]string{
		"recipients": "Gjerdrum kommune drifter løsningen selv.",
		"transfers":  "Loggen er lagret i Norge.\nErklæringen oppgir ingen overføring av loggen",
		"security":   "MISSING Erklæringen oppgir ikke tiltakene",
	} {
		if got := joined(texts(t, self, "", item)); !strings.Contains(got, says) {
			t.Errorf("by itself: %s does not say %q:\n%s", item, says, got)
		}
	}
}

// TestHostileTextIsText: whoever writes the inventory writes no markup.
func TestHostileTextIsText(t *testing.T) {
	const attack = documenttest.Attack
	m := gjerdrum(t, func(d *consent.Draft) {
		d.Organisation.Name = attack
		for _, lang := range d.Site.Languages {
			d.Site.Name[lang], d.Contacts.DPO.Name[lang] = attack, attack
			d.Category("marketing").Name[lang] = attack
			d.Service("youtube").Name[lang], d.Service("youtube").Purpose[lang] = attack, attack
			d.Service("facebook-login").Name[lang] = attack
		}
		d.Site.ConsentLog = &consent.LogKeeping{Processor: attack, Countries: []string{attack}, Security: consent.Text{"nb": attack}}
		d.Contacts.DPO.Address, d.Contacts.Controller.URL = attack, "javascript:alert(1)"
		d.Service("youtube").Provider.Name = attack
		d.Service("youtube").Key = attack
	})
	documenttest.IsText(t, documenttest.Render(t, processing.Page(m)))
}

// TestJSONFollowsItsSchema holds for a draft, too, and where refusals are counted.
func TestJSONFollowsItsSchema(t *testing.T) {
	draft := gjerdrum(t, func(d *consent.Draft) { d.Site.Refusals = consent.RefusalsCount })
	draft.Entry = consent.NoticeEntry{}
	for name, m := range map[string]processing.Material{"published": gjerdrum(t, nil), "draft": draft} {
		page := processing.Page(m)
		documenttest.FollowsSchema(t, "testdata/record.schema.json", page)
		if counted := strings.Contains(documenttest.Render(t, page), "bare talt"); page.Draft != counted || page.Draft != (page.Notice == 0) {
			t.Errorf("%s: draft %v, notice %d, counted %v", name, page.Draft, page.Notice, counted)
		}
	}
}
