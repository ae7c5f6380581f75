package answer_test

import (
	"encoding/json"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/answer"
	"github.com/samtykke/samtykke/server/processing"
	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/server/web/documenttest"
)

var noon = time.Date(2026, time.November, 26, 12, 0, 0, 0, time.UTC)

// gjerdrum gives the example, with changes, as the notice of that number.
func gjerdrum(t *testing.T, number consent.NoticeNumber, change func(*consent.Draft)) *consent.Notice {
	t.Helper()
	draft := documenttest.Gjerdrum(t, change)
	notice, err := consent.Freeze(*draft, number, noon.AddDate(0, 0, int(number)-10))
	if err != nil {
		t.Fatal(err)
	}
	return notice
}

// material has a visitor who refuses, then answers as given, under a notice each.
func material(notices []*consent.Notice, choices ...consent.Choice) answer.Material {
	m := answer.Material{
		Notices: map[consent.NoticeNumber]*consent.Notice{}, Current: notices[len(notices)-1],
		Bundles: map[consent.BundleID]consent.Hash{"bundle": consent.HashOf([]byte("main"))},
		Places:  map[consent.DecisionID]consent.Proof{}, Proofs: map[consent.DecisionID]string{}, Base: "https://samtykke.example.no", Now: noon,
	}
	for i, choice := range choices {
		notice := notices[min(i, len(notices)-1)]
		d := consent.Decision{
			ID: consent.DecisionID(consent.NewRequestID(noon, [10]byte{byte(i)})), Site: "gjerdrum", Visitor: consent.VisitorKey{1, 2, 3},
			Notice: notice.Number, Bundle: "bundle", Language: consent.Nynorsk, Method: consent.Save, Layer: consent.LayerSecond,
			State: consent.StatePartlyGiven, Choice: choice, Time: noon.AddDate(0, 0, i-5), Skew: -2 * time.Second,
		}
		if i > 0 {
			d.Previous, d.GPC = m.Entries[i-1].ID, true
		}
		m.Entries = append(m.Entries, consent.Entry{Index: int64(i), Decision: d})
		m.Notices[notice.Number] = notice
		m.Places[d.ID] = consent.Proof{Origin: "samtykke.example.no/consent/gjerdrum/2026", Index: int64(i), Checkpoint: []byte("samtykke.example.no/consent/gjerdrum/2026\n7\n")}
		m.Proofs[d.ID] = "c2sp.org/tlog-proof@v1\n"
	}
	return m
}

var (
	no   = consent.Choice{Categories: map[consent.CategoryKey]bool{"statistics": false}}
	some = consent.Choice{Categories: map[consent.CategoryKey]bool{"statistics": true}, Services: map[consent.ServiceRef]bool{"marketing/youtube": true, "functional/kommune-tv": false}}
)

// TestH3_AccessHoldsEveryItem: the seven items that the municipality's own
// privacy statement promises, and the rest of art. 15(1), in each language.
func TestH3_AccessHoldsEveryItem(t *testing.T) {
	notices := []*consent.Notice{gjerdrum(t, 1, nil)}
	for _, lang := range web.AnswerLanguages {
		m := material(notices, no, some)
		m.Language = lang
		page := answer.Page(m)
		html := documenttest.Render(t, page)
		if !strings.Contains(html, `<html lang="`+string(lang)+`">`) {
			t.Errorf("%s: the page is in another language", lang)
		}
		articles := map[string]string{
			"purposes": "15(1)(a)", "data_categories": "15(1)(b)", "recipients": "15(1)(c)", "transfers": "15(1)(c), 15(2)",
			"storage": "15(1)(d)", "source": "15(1)(g)", "automated_decisions": "15(1)(h)",
		}
		for _, item := range page.Items {
			if articles[item.Item] != item.Article || len(item.Log) == 0 || len(item.Services) < 2 {
				t.Errorf("%s: %s (%s) says too little: %+v", lang, item.Item, item.Article, item)
			}
			delete(articles, item.Item)
			if !strings.Contains(html, `<h2 id="`+item.Item+`-heading">`+item.Title+`</h2>`) {
				t.Errorf("%s: the page has no section about %s", lang, item.Item)
			}
		}
		if len(articles) != 0 {
			t.Errorf("%s: missing %v", lang, articles)
		}
		rights := map[string]bool{}
		for _, right := range page.RightsList {
			rights[right.Right] = strings.Contains(html, right.Title) && strings.Contains(html, right.Text)
			if right.Right == "complaint" && strings.Index(right.Text, m.Current.Draft.Contacts.DPO.Name[lang]) > strings.Index(right.Text, m.Current.Draft.Contacts.Authority.Name[lang]) {
				t.Errorf("%s: the authority stands before the data protection officer: %s", lang, right.Text)
			}
		}
		for _, right := range []string{"rectification", "erasure", "restriction", "objection", "complaint"} {
			if !rights[right] {
				t.Errorf("%s: nothing of the right %s", lang, right)
			}
		}
		nothingEmpty(t, string(lang), page)
		for _, hole := range []string{"{", "<dd></dd>", "<p></p>", "<li></li>", "<h4></h4>", "answer_"} {
			if _, body, _ := strings.Cut(html, "<body>"); strings.Contains(body, hole) {
				t.Errorf("%s: the page holds %q", lang, hole)
			}
		}
	}
}

// TestRightsFollowTheBasis: there is no portability without consent, and no
// objection to what rests on it, nor either of the log (GDPR art. 20(1)(a), 21(1)).
func TestRightsFollowTheBasis(t *testing.T) {
	nothingNeeded := func(d *consent.Draft) {
		d.Services = slices.DeleteFunc(d.Services, func(s consent.Service) bool {
			return s.Basis != consent.BasisConsent || slices.ContainsFunc(s.Cookies, func(c consent.Cookie) bool { return c.CategoryIn(&s) == consent.Necessary })
		})
	}
	for _, each := range []struct {
		name                   string
		change                 func(*consent.Draft)
		choice                 consent.Choice
		portability, objection bool
	}{
		{"only what needs no consent", nil, no, false, true},
		{"that and what was granted", nil, some, true, true},
		{"only what was granted", nothingNeeded, some, true, false},
		{"nothing but the log", nothingNeeded, no, false, false},
	} {
		offered := map[string]bool{}
		for _, right := range answer.Page(material([]*consent.Notice{gjerdrum(t, 1, each.change)}, each.choice)).RightsList {
			offered[right.Right] = true
		}
		if offered["portability"] != each.portability || offered["objection"] != each.objection {
			t.Errorf("%s: %v", each.name, offered)
		}
	}
}

// TestComplaintHasNoCondition: whoever wants to complain need not have asked the
// data protection officer (GDPR art. 77).
func TestComplaintHasNoCondition(t *testing.T) {
	for lang, anytime := range map[consent.Language]string{consent.Bokmaal: "når som helst", consent.Nynorsk: "når som helst", consent.English: "at any time"} {
		m := material([]*consent.Notice{gjerdrum(t, 1, nil)}, no)
		m.Language = lang
		page := answer.Page(m)
		complaint := page.RightsList[len(page.RightsList)-1].Text
		if authority := page.Contacts[2].Text; !strings.Contains(complaint, anytime) || !strings.Contains(authority, anytime) {
			t.Errorf("%s: %q, %q", lang, complaint, authority)
		}
	}
}

// nothingEmpty walks the JSON: a text that is there says something.
func nothingEmpty(t *testing.T, place string, value any) {
	t.Helper()
	text, err := json.Marshal(value)
	if err != nil {
		t.Fatal(err)
	}
	var tree any
	if err := json.Unmarshal(text, &tree); err != nil {
		t.Fatal(err)
	}
	walk(t, place, tree)
}

func walk(t *testing.T, place string, value any) {
	t.Helper()
	switch value := value.(type) {
	case map[string]any:
		for key, each := range value {
			walk(t, place+"."+key, each)
		}
	case []any:
		for _, each := range value {
			walk(t, place+"[]", each)
		}
	case string:
		if strings.TrimSpace(value) == "" || strings.Contains(value, "{") {
			t.Errorf("%s is %q", place, value)
		}
	}
}

// TestOnlyWhoActedIsNamed: a company that was refused has received nothing.
func TestOnlyWhoActedIsNamed(t *testing.T) {
	notices := []*consent.Notice{gjerdrum(t, 1, nil)}
	named := func(item string, choices ...consent.Choice) string {
		for _, each := range answer.Page(material(notices, choices...)).Items {
			if each.Item == item {
				text, err := json.Marshal(each.Services)
				if err != nil {
					t.Fatal(err)
				}
				return string(text)
			}
		}
		return ""
	}
	for _, each := range []struct {
		item, says  string
		without, in bool // said after a no alone; after a yes, too
	}{
		{"recipients", "Google Ireland", false, true},
		{"recipients", "Cloudflare, Inc.", true, true},             // sets _cfduid, of the tickets
		{"recipients", "Microsoft Ireland Operations", true, true}, // sets ARRAffinity, of the map
		{"recipients", "Woopra", false, false},
		{"transfers", "Microsoft Ireland Operations Limited: ", true, true},
		{"transfers", "Google Ireland Limited: ", false, true},
		{"automated_decisions", "profil av deg", false, true},
		{"data_categories", "IP-adresse", false, true},
		{"storage", "YSC", false, true},
		{"recipients", "Kommune-TV", false, false},
		{"recipients", "Facebook", false, false},
		{"purposes", "minside", true, true},
		{"storage", "PHPSESSID", true, true}, // needed by the tickets, with or without statistics
		{"purposes", "strengt nødvendig", true, true},
	} {
		if got := strings.Contains(named(each.item, no), each.says); got != each.without {
			t.Errorf("after a no, %s names %q: %v", each.item, each.says, got)
		}
		if got := strings.Contains(named(each.item, no, some), each.says); got != each.in {
			t.Errorf("after a yes, %s names %q: %v", each.item, each.says, got)
		}
	}
}

// TestBasisIsOfEachCookie: what is stored whatever is answered does not rest on a
// yes, and what is not to be stored any more is not strictly necessary. The record of
// processing says the same.
func TestBasisIsOfEachCookie(t *testing.T) {
	notice := gjerdrum(t, 1, nil)
	said := func(service consent.ServiceKey, item string, choices ...consent.Choice) string {
		var all []string
		for _, each := range answer.Page(material([]*consent.Notice{notice}, choices...)).Items {
			for _, line := range each.Services {
				for _, text := range line.Texts {
					if each.Item == item && line.Service == service {
						all = append(all, text.Text)
					}
				}
			}
		}
		return strings.Join(all, "\n")
	}
	const needed = "Lagres uten samtykke, fordi det er strengt nødvendig"
	for _, each := range []struct {
		service      consent.ServiceKey
		item         string
		choice       consent.Choice
		says, unsaid string
	}{
		{"billettlosning", "purposes", some, "Grunnlag: Lagres bare hvis du sier ja", ""},
		{"billettlosning", "purposes", some, "Holder innlogging og utfylte valg mens du bestiller", ""},
		{"billettlosning", "purposes", some, "Grunnlag for PHPSESSID: " + needed, ""},
		{"billettlosning", "purposes", some, "Grunnlag for __cfduid: Ingen.", "__cfduid: " + needed},
		{"billettlosning", "purposes", no, "Grunnlag for PHPSESSID: " + needed, "hvis du sier ja"},
		{"siteimprove-analytics", "purposes", no, "Grunnlag for _cfduid: Ingen.", "strengt nødvendig"},
		{"siteimprove-analytics", "data_categories", no, "skal ikke lagres lenger", "strengt nødvendig"},
		{"minside", "purposes", no, "Grunnlag: " + needed, "Grunnlag for"},
		{"youtube", "storage", some, "YSC", ""},
		{"kommune-tv", "storage", consent.Choice{Services: map[consent.ServiceRef]bool{"functional/kommune-tv": true}}, "På enheten", "_ga"},
	} {
		if got := said(each.service, each.item, each.choice); !strings.Contains(got, each.says) || each.unsaid != "" && strings.Contains(got, each.unsaid) {
			t.Errorf("%s of %s after %v should say %q and not %q:\n%s", each.item, each.service, each.choice, each.says, each.unsaid, got)
		}
	}
	html := documenttest.Render(t, processing.Page(processing.Material{Draft: &notice.Draft, Language: consent.Bokmaal, Now: noon}))
	for _, text := range []string{"Grunnlag for PHPSESSID: Strengt nødvendig", "Grunnlag for _cfduid: Ingen."} {
		if !strings.Contains(html, text) {
			t.Errorf("the record does not say %q", text)
		}
	}
}

// TestAnswerAgreesWithTheRecord on who runs the log and where it is, whatever the
// notice states of it: in each language they say it in the same words.
func TestAnswerAgreesWithTheRecord(t *testing.T) {
	for name, each := range map[string]struct {
		kept   *consent.LogKeeping
		stated bool
	}{
		"nothing stated": {nil, false},
		"by itself":      {&consent.LogKeeping{Countries: []string{"NO"}}, true},
		"by a processor, abroad": {&consent.LogKeeping{
			Processor: "Skydrift AS", Countries: []string{"NO", "US"},
			Transfer: &consent.Transfer{Country: "US", Basis: consent.TransferSCC, Checked: "2026-11-01"},
		}, true},
	} {
		for _, lang := range web.AnswerLanguages {
			notice := gjerdrum(t, 1, func(d *consent.Draft) { d.Site.ConsentLog = each.kept })
			m := material([]*consent.Notice{notice}, no)
			m.Language = lang
			record := processing.Page(processing.Material{Draft: &notice.Draft, Language: lang, Now: noon})
			log := record.Activities[len(record.Activities)-1]
			for _, item := range answer.Page(m).Items {
				if item.Item != "recipients" && item.Item != "transfers" {
					continue
				}
				at := slices.IndexFunc(log.Items, func(i web.RecordItem) bool { return i.Item == item.Item })
				// Of the recipients, the first sentence names the providers of each document.
				for i, text := range log.Items[at].Texts {
					first := item.Item == "recipients" && i == 0
					if len(item.Log) != len(log.Items[at].Texts) || !first && (item.Log[i] != text.Text || text.Missing == each.stated) {
						t.Errorf("%s, %s: %s: the answer says %q, the record %+v", name, lang, item.Item, item.Log, log.Items[at].Texts)
						break
					}
				}
			}
		}
	}
}

// TestAnswerGuessesNothingOfTheLog: with no section there is no processor, no
// country and no word of a transfer.
func TestAnswerGuessesNothingOfTheLog(t *testing.T) {
	log := map[string][]string{}
	for _, item := range answer.Page(material([]*consent.Notice{gjerdrum(t, 1, nil)}, no)).Items {
		log[item.Item] = item.Log
	}
	for item, want := range map[string][]string{
		"recipients": {"Ingen av leverandørene på denne siden.", "Erklæringen oppgir ikke hvem som drifter løsningen."},
		"transfers":  {"Erklæringen oppgir ikke hvor loggen er lagret."},
	} {
		if !slices.Equal(log[item], want) {
			t.Errorf("%s: %q", item, log[item])
		}
	}
}

// TestEachNoticeSaysWhatItSaid: a later version does not rewrite an earlier one,
// and what applies now comes from the newest.
func TestEachNoticeSaysWhatItSaid(t *testing.T) {
	second := gjerdrum(t, 2, func(d *consent.Draft) {
		d.Category("statistics").Purpose[consent.Bokmaal] = "Vi teller på en ny måte."
		d.Site.Retention = "P3Y"
		d.Contacts.DPO.Phone = "99 88 77 66"
	})
	page := answer.Page(material([]*consent.Notice{gjerdrum(t, 1, nil), second}, no, some))
	html := documenttest.Render(t, page)
	for _, text := range []string{"Lar oss se hva som virker", "Vi teller på en ny måte.", "99 88 77 66", "3 år", `href="#notice-1"`, `href="#notice-2"`, second.Hash.String(), "https://samtykke.example.no/gjerdrum/notices/1/cookies?lang=nb"} {
		if !strings.Contains(html, text) {
			t.Errorf("the page does not say %q", text)
		}
	}
	if *page.Decisions[0].Deleted != "2029-11-21T12:00:00.000Z" || page.Decisions[0].Notice != 1 || page.Decisions[1].Notice != 2 {
		t.Errorf("%+v", page.Decisions)
	}
	statistics := func(n web.AnswerNotice) string {
		for _, category := range n.Categories {
			if category.Key == "statistics" {
				return category.Purpose.Text
			}
		}
		return ""
	}
	if statistics(page.Notices[0]) == statistics(page.Notices[1]) {
		t.Error("the first notice says what the second one does")
	}
}

// TestAnswersSayOfWhat: a service is named with the category that was answered about.
func TestAnswersSayOfWhat(t *testing.T) {
	tv := consent.Choice{Services: map[consent.ServiceRef]bool{"functional/kommune-tv": true, "statistics/kommune-tv": false}}
	page := answer.Page(material([]*consent.Notice{gjerdrum(t, 1, nil)}, tv))
	var said []string
	for _, each := range page.Decisions[0].Answers {
		said = append(said, each.Name.Text)
	}
	if want := []string{"Funksjonelle, Kommune-TV", "Statistikk, Kommune-TV"}; !slices.Equal(said, want) {
		t.Errorf("the answers are of %q", said)
	}
}

// TestHostileTextIsText: whoever writes the inventory writes no markup into a
// page that goes to others.
func TestHostileTextIsText(t *testing.T) {
	const attack = documenttest.Attack
	notice := gjerdrum(t, 1, func(d *consent.Draft) {
		d.Organisation.Name = attack
		for _, lang := range d.Site.Languages {
			d.Site.Name[lang] = attack
			d.Contacts.DPO.Name[lang] = attack
			d.Service("youtube").Name[lang] = attack
			d.Service("youtube").Purpose[lang] = attack
			d.Category("marketing").Purpose[lang] = attack
		}
		d.Contacts.DPO.Address = attack
		d.Site.ConsentLog = &consent.LogKeeping{Processor: "Skydrift " + attack, Countries: []string{"NO"}}
		d.Service("youtube").Provider.Name = attack
	})
	m := material([]*consent.Notice{notice}, some)
	m.Places[m.Entries[0].ID] = consent.Proof{Origin: attack, Checkpoint: []byte(attack)}
	documenttest.IsText(t, documenttest.Render(t, answer.Page(m)))
}

// TestJSONFollowsItsSchema holds for what is rare, too: no visitor, no proof, no
// bundle, no address of the server.
func TestJSONFollowsItsSchema(t *testing.T) {
	full := material([]*consent.Notice{gjerdrum(t, 1, nil)}, no, some)
	bare := material([]*consent.Notice{gjerdrum(t, 1, nil)}, no)
	bare.Entries[0].Visitor, bare.Entries[0].Method = consent.VisitorKey{}, consent.PlaceholderOnce
	bare.Base, bare.Bundles, bare.Places, bare.Proofs = "", nil, nil, nil
	frozen := material([]*consent.Notice{gjerdrum(t, 1, nil)}, no, some)
	freeze(&frozen, consent.ReasonUnlawful)
	for name, m := range map[string]answer.Material{"full": full, "bare": bare, "frozen": frozen} {
		t.Run(name, func(t *testing.T) {
			documenttest.FollowsSchema(t, "testdata/answer.schema.json", answer.Page(m))
			documenttest.Render(t, answer.Page(m))
		})
	}
}

// freeze has the first Decision frozen on a known ground, and the second on none.
func freeze(m *answer.Material, reason consent.RestrictionReason) {
	m.Entries[0].Frozen, m.Entries[1].Frozen = true, true
	m.Restrictions = map[consent.DecisionID]consent.Restriction{m.Entries[0].ID: {Reason: reason, Time: noon.AddDate(0, 0, -2)}}
}

// TestFrozenHasNoDate (GDPR art. 15(1)(d), 15(1)(e) and 18): what is frozen is kept until
// it is released, and the person is told since when, and on what ground.
func TestFrozenHasNoDate(t *testing.T) {
	for lang, says := range map[consent.Language][]string{
		consent.Bokmaal: {"Siden 24. november 2026", "rettskrav", "til frysingen oppheves (personvern", "ikke kjent"},
		consent.Nynorsk: {"Sidan 24. november 2026", "rettskrav", "til frysinga blir oppheva (personvern", "ikkje kjent"},
		consent.English: {"Since 24 November 2026", "legal claim", "until it is released (GDPR", "not known"},
	} {
		m := material([]*consent.Notice{gjerdrum(t, 1, nil)}, no, some)
		m.Language = lang
		due := documenttest.Render(t, answer.Page(m))
		freeze(&m, consent.ReasonClaim)
		page := answer.Page(m)
		html := documenttest.Render(t, page)
		for _, text := range says {
			if !strings.Contains(html, text) || strings.Contains(due, text) {
				t.Errorf("%s: %q should be said of what is frozen, and of nothing else", lang, text)
			}
		}
		if strings.Contains(html, "ovember 2028") || !strings.Contains(due, "ovember 2028") {
			t.Errorf("%s: a date is promised", lang)
		}
		first, second := page.Decisions[0], page.Decisions[1]
		if !first.Frozen || first.Deleted != nil || *first.FrozenSince != "2026-11-24T12:00:00.000Z" || *first.FrozenReason != consent.ReasonClaim {
			t.Errorf("%+v", first)
		}
		if !second.Frozen || second.Deleted != nil || second.FrozenSince != nil || second.FrozenReason != nil {
			t.Errorf("%+v", second)
		}
	}
}
