package notify_test

import (
	"fmt"
	"os"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// inboxes gives what has come, by address: all of each letter, as it is read and as
// it was sent, with its subject first.
func inboxes(t *testing.T, m *mailtest.Server) map[string][]string {
	t.Helper()
	all := map[string][]string{}
	for _, each := range m.Got() {
		_, subject, text := each.Read(t)
		for _, to := range each.To {
			all[to] = append(all[to], subject+"\n"+text+"\n"+each.Data)
		}
	}
	return all
}

// troubled is an organisation in which everything happens that is told.
func (i *installation) troubled(t *testing.T, id consent.OrganisationID, mark string, shown int) storagetest.Published {
	t.Helper()
	site := consent.SiteKey(id)
	draft := storagetest.Draft(site)
	draft.Organisation.ID, draft.Organisation.Name = id, mark+" municipality"
	draft.Site.Name = consent.Text{consent.Bokmaal: mark, consent.English: mark}
	published := storagetest.PublishDraft(t.Context(), t, i.Store, draft)
	today := consent.MidnightOf(i.now)
	for n := range 9 {
		_, err := i.Append(t.Context(), published.Decision(n))
		must(t, err)
	}
	must(t, i.AddTallies(t.Context(), []consent.Tally{{Site: site, Day: today, Shown: shown, Decided: 300, Acknowledged: 300}}))
	must(t, i.AddFindings(t.Context(), []consent.Finding{{Site: site, Day: today, Kind: consent.FoundUnknown, Name: "statistics/" + mark, Count: 1, Last: today}}))
	for kind, name := range map[consent.FindingKind]string{consent.FoundStuck: "counter/_" + mark, consent.FoundForeign: "https://" + mark + ".example"} {
		must(t, i.AddFindings(t.Context(), []consent.Finding{{Site: site, Day: today, Kind: kind, Name: name, Count: 1, Last: today}}))
	}
	request, err := consent.Receive(consent.Request{
		ID: consent.NewRequestID(i.now, [10]byte{mark[0]}), Site: site, Kind: consent.RequestAccess, Channel: consent.ChannelLetter,
	}, consent.DayOf(i.now)-90, i.now)
	must(t, err)
	must(t, i.AddRequest(t.Context(), request))
	who, err := i.AddAccount(t.Context(), &consent.Account{Email: mark + "@people.example", Name: mark + " Nordmann", Language: consent.English, Created: i.now})
	must(t, err)
	must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: who, Organisation: id, Site: site, Action: "log.exported", Object: "form=csv decisions=3"}))
	_, revision, err := i.DraftAt(t.Context(), site)
	must(t, err)
	must(t, i.SetPlan(t.Context(), &consent.Plan{Site: site, State: consent.PlanProposed, Revision: revision, Proposer: who, Proposed: i.now}, 0))
	must(t, i.SaveOriginProof(t.Context(), &consent.OriginProof{
		Organisation: id, Origin: draft.Site.Origins[0], Token: strings.Repeat("t", 16), Method: consent.ProofByFile, Proven: i.now.AddDate(0, 0, -30), Checked: i.now, Fault: consent.ProofNothing,
	}))
	return published
}

// Each organisation has its own people told of its own, in their language, and of
// nothing of the other's. The host is told of everything.
func TestRecipientsAreToldOfTheirOwn(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	settings := toMail(m.Address, "dpo@host.example")
	i := install(t, settings, m.Roots)
	i.now = noon.AddDate(0, 0, 4) // a Sunday
	skogen, havet := i.troubled(t, "skogen", "Forest", 4_111), i.troubled(t, "havet", "Sea", 7_222)
	must(t, i.SetRecipients(t.Context(), &consent.Recipients{Organisation: "skogen", Language: consent.English, Addresses: []string{"a@skogen.example", "b@skogen.example"}}))
	must(t, i.SetRecipients(t.Context(), &consent.Recipients{Organisation: "havet", Language: consent.Nynorsk, Addresses: []string{"DPO@host.example", "c@havet.example"}}))
	must(t, i.Close())
	for _, each := range []storagetest.Published{skogen, havet} {
		tamper(t, i.path, fmt.Sprintf("DELETE FROM decision WHERE id = x'%x'", each.Decision(8).ID[:]))
	}
	tamper(t, i.path, "UPDATE act SET reason = 'x'")
	i.Store = open(t, i.path)
	i.restart()
	w := notify.New(i.options)
	for range 24 * 6 {
		w.Step(t.Context())
		i.audits.Step(t.Context())
		i.now = i.now.Add(10 * time.Minute)
	}
	english := []string{"Decisions are missing", "Much has been read", "Requests must be answered", "Unknown services", "The log does not hold", "Samtykke, week", "A draft waits", "An address must be confirmed", "Cookies that could not", "Answers that could not"}
	nynorsk := []string{"Avgjerder manglar", "Mykje er lese", "Førespurnader må svarast på", "Ukjende tenester", "Loggen stemmer ikkje", "Samtykke, veke ", "Ein kladd ventar", "Ei adresse må stadfestast", "Informasjonskapslar som", "Svar som ikkje"}
	got := inboxes(t, m)
	for to, want := range map[string]struct {
		kinds      []string
		own, other []string
	}{
		"a@skogen.example": {english, []string{"Forest"}, []string{"Sea", "sea", "havet", "7,222", "b@skogen"}},
		"b@skogen.example": {english, []string{"Forest"}, []string{"Sea", "sea", "havet", "7,222", "a@skogen"}},
		"c@havet.example":  {nynorsk, []string{"Sea"}, []string{"Forest", "forest", "skogen", "4\u202f111"}},
		"dpo@host.example": {english, []string{"Forest", "Sea"}, []string{"a@skogen", "c@havet"}},
	} {
		all := strings.Join(got[to], "\n")
		for _, kind := range want.kinds {
			at := slices.IndexFunc(got[to], func(letter string) bool { return strings.HasPrefix(letter, kind) })
			if at < 0 {
				t.Errorf("%s is not told %q; %s", to, kind, i.said)
				continue
			}
			if lines := strings.Count(got[to][at], "\n– "); kind != want.kinds[5] && kind != want.kinds[4] && lines != len(want.own) {
				t.Errorf("%s is told %q of %d:\n%s", to, kind, lines, got[to][at])
			}
			for _, mark := range want.own {
				if !strings.Contains(strings.ToLower(got[to][at]), strings.ToLower(mark)) && !strings.Contains(got[to][at], map[string]string{"Forest": "skogen", "Sea": "havet"}[mark]) {
					t.Errorf("%s is told %q without %s:\n%s", to, kind, mark, got[to][at])
				}
			}
		}
		for _, mark := range want.other {
			if at := strings.Index(all, mark); at >= 0 {
				t.Errorf("%s is told of %s: %s", to, mark, all[max(0, at-200):min(len(all), at+100)])
			}
		}
		if to != "dpo@host.example" && (strings.Contains(all, "samtykke log") || strings.Contains(all, "samtykke db")) {
			t.Errorf("%s is told to run a command on a machine that is not theirs:\n%s", to, all)
		}
	}
	if len(got) != 4 || len(got["a@skogen.example"]) != len(got["b@skogen.example"]) {
		t.Errorf("%d addresses, %d and %d letters", len(got), len(got["a@skogen.example"]), len(got["b@skogen.example"]))
	}
	kept, err := os.ReadFile(i.options.Memory)
	must(t, err)
	for _, address := range []string{"skogen.example", "havet.example", "host.example"} {
		if strings.Contains(string(kept)+i.said.String(), address) {
			t.Errorf("%s stands in the memory or the log", address)
		}
	}
}

// Lists hold at once, in a server that runs: who is new is told what is the matter,
// who is gone is told nothing that happens afterwards, and nobody anything twice.
func TestRecipientsChange(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	i := install(t, toMail(m.Address, "dpo@host.example"), m.Roots)
	i.broken(t, "skogen", "Forest") // of the organisation kommunen
	w := notify.New(i.options)
	set := func(lang consent.Language, addresses ...string) {
		t.Helper()
		must(t, i.SetRecipients(t.Context(), &consent.Recipients{Organisation: "kommunen", Language: lang, Addresses: addresses}))
	}
	want := func(when string, want ...string) {
		t.Helper()
		i.steps(t, w, 2)
		var got []string
		for to, letters := range inboxes(t, m) {
			for _, letter := range letters {
				subject, _, _ := strings.Cut(letter, "\n")
				got = append(got, to+" "+subject)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q; %s", when, got, want, i.said)
		}
	}
	want("no list", "dpo@host.example Decisions are missing: Forest")
	set(consent.English, "a@kommunen.example", "b@kommunen.example")
	want("a list", "a@kommunen.example Decisions are missing: Forest", "b@kommunen.example Decisions are missing: Forest")
	set(consent.Nynorsk, "b@kommunen.example", "c@kommunen.example")
	want("another list", "c@kommunen.example Avgjerder manglar: Prøvekommunen")
	i.broken(t, "havet", "Sea")
	i.steps(t, w, 8)
	want("something new", "b@kommunen.example Avgjerder manglar: Prøvekommunen (havet)", "c@kommunen.example Avgjerder manglar: Prøvekommunen (havet)", "dpo@host.example Decisions are missing: Sea")
	w = notify.New(i.options)
	want("a restart")
	set(consent.English, "c@kommunen.example")
	i.steps(t, w, 1)
	m.Refuses = "c@kommunen.example"
	i.broken(t, "fjellet", "Mountain")
	i.steps(t, w, 30)
	want("an address that is refused", "dpo@host.example Decisions are missing: Mountain")
	if said := i.said.String(); strings.Count(said, "did not get out") != 1 || !strings.Contains(said, "why=mail_recipient") || strings.Contains(said, "c@kommunen") || strings.Contains(said, "no such person") {
		t.Errorf("the log says %s", said)
	}
	set(consent.English)
	m.Refuses = ""
	i.steps(t, w, 90)
	want("no list any more, and what was theirs before", "c@kommunen.example Decisions are missing: Mountain")
	i.broken(t, "stranda", "Shore")
	i.steps(t, w, 12)
	want("afterwards", "dpo@host.example Decisions are missing: Shore")
}

// A test message says of each address what became of it.
func TestTry(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	i := install(t, toMail(m.Address, "dpo@host.example"), m.Roots)
	m.Refuses = "b@kommunen.example"
	all := notify.Try(t.Context(), i.options, []string{"a@kommunen.example", "b@kommunen.example", "c@kommunen.example"}, consent.Nynorsk)
	if len(all) != 3 || all[0] != nil || consent.CodeOf(all[1]) != "mail_recipient" || all[2] != nil {
		t.Errorf("%v", all)
	}
	got := inboxes(t, m)
	if len(got) != 2 || len(got["a@kommunen.example"]) != 1 || !strings.HasPrefix(got["c@kommunen.example"][0], "Prøvemelding frå Samtykke") {
		t.Errorf("%v", got)
	}
}

// Once a month a site's people are told which services are to be looked at.
func TestReviews(t *testing.T) {
	i, got := mailed(t, "en")
	must(t, i.SaveDraft(t.Context(), storagetest.Draft("skogen"), noon))
	draft := storagetest.Draft("skogen")
	key, today := draft.Services[0].Key, consent.DayOf(noon)
	must(t, i.SetReview(t.Context(), "skogen", consent.Review{Service: key, Due: today + consent.ReviewSoon + 1}, consent.Review{}))
	must(t, i.SetReview(t.Context(), "skogen", consent.Review{Service: "statistics/gone", Due: today}, consent.Review{}))
	w := notify.New(i.options)
	i.steps(t, w, 11)
	if letters := got(); len(letters) != 0 {
		t.Errorf("nothing is due: %v", letters)
	}
	name, _ := draft.Services[0].Name.In(consent.English)
	for _, want := range []int{1, 0, 0, 1, 0} { // on 5, 15 and 25 March, 4 and 14 April
		i.now = i.now.AddDate(0, 0, 1)
		w.Step(t.Context())
		letters := got()
		text := letters["Services are due for review: The Test Municipality"]
		if (text != "") != (want > 0) || want > 0 && (!strings.Contains(text, "one service: "+name+". https://admin.example/sites/skogen/inventory?review=on\n") || strings.Contains(text, "gone")) {
			t.Errorf("%s: %v", i.now, letters)
		}
		i.now = i.now.AddDate(0, 0, 9)
	}
}

// An installation whose hundreds of services nobody gave a day is not told of each: in one
// letter, by a few names and how many more there are. What is not published, or not yet
// for so long, is left alone.
func TestReviewsOfManyServicesAreOneLetter(t *testing.T) {
	i, got := mailed(t, "en")
	many := storagetest.Draft("skogen")
	for len(many.Services) < 500 {
		next := many.Services[0]
		next.Key = consent.ServiceKey("service-" + strconv.Itoa(len(many.Services)))
		many.Services = append(many.Services, next)
	}
	for _, draft := range []consent.Draft{many, storagetest.Draft("havet"), storagetest.Draft("fjellet"), storagetest.Draft("vidda")} {
		must(t, i.SaveDraft(t.Context(), draft, noon.AddDate(-3, 0, 0)))
		if key := draft.Site.Key; key != "vidda" { // which shows visitors nothing
			notice, err := consent.Freeze(draft, 1, noon.AddDate(-2, 0, 0))
			must(t, err)
			must(t, i.SaveNotice(t.Context(), key, notice))
		}
	}
	for _, service := range storagetest.Draft("fjellet").Services { // looked at not long before
		must(t, i.SetReview(t.Context(), "fjellet", consent.Review{Service: service.Key, Reviewed: consent.DayOf(noon.AddDate(0, -6, 0))}, consent.Review{}))
	}
	w := notify.New(i.options)
	i.steps(t, w, 25)
	letters := got()
	text := letters["Services are due for review"] // sites of one name are told apart
	if len(letters) != 1 || !strings.Contains(text, "The Test Municipality (skogen): 500 services: ") || !strings.Contains(text, "and 495 more") || !strings.Contains(text, ": 2 services: ") || strings.Count(text, "The Counter") > 6 {
		t.Errorf("told by %d letters: %s", len(letters), letters)
	}
	for _, quiet := range []string{"fjellet", "vidda"} {
		if strings.Contains(text, quiet) {
			t.Errorf("%s is told of: %s", quiet, text)
		}
	}

	// Whoever has them reviewed twice a year is told when that is over.
	must(t, i.SetReviewInterval(t.Context(), "fjellet", 6, consent.UsualReviewInterval))
	i.now = i.now.Add(time.Hour)
	w.Step(t.Context())
	if letters := got(); len(letters) != 1 || !strings.Contains(letters["Services are due for review: The Test Municipality (fjellet)"], "/sites/fjellet/inventory?review=on") {
		t.Errorf("got %v", letters)
	}
}

// Sites that two organisations call the same are told apart in letters to the host's people,
// as are two of one organisation; each organisation reads the names of its own, and no sign
// that another has one of that name.
func TestSitesOfOneNameAreToldApart(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	i := install(t, toMail(m.Address, "dpo@host.example"), m.Roots)
	for _, site := range []struct {
		key          consent.SiteKey
		organisation consent.OrganisationID
		name         string
	}{{"skogen", "skogen", "Library"}, {"havet", "havet", "Library"}, {"havet-2", "havet", "Library"}, {"fjorden", "skogen", "Museum"}} {
		draft := storagetest.Draft(site.key)
		draft.Organisation.ID, draft.Organisation.Name = site.organisation, string(site.organisation)
		draft.Site.Name = consent.Text{consent.Bokmaal: site.name, consent.English: site.name}
		must(t, i.SaveDraft(t.Context(), draft, i.now))
		must(t, i.AddTallies(t.Context(), []consent.Tally{{Site: site.key, Day: consent.MidnightOf(i.now).AddDate(0, 0, -1), Shown: 400, Decided: 300, Acknowledged: 300}}))
	}
	for _, whose := range []consent.OrganisationID{"skogen", "havet"} {
		must(t, i.SetRecipients(t.Context(), &consent.Recipients{Organisation: whose, Language: consent.English, Addresses: []string{"dpo@" + string(whose) + ".example"}}))
	}
	notify.New(i.options).Step(t.Context())
	got := inboxes(t, m)
	for to, want := range map[string][]string{
		"dpo@host.example":   {"– Library (havet), ", "– Library (havet-2), ", "– Library (skogen), ", "– Museum, "},
		"dpo@skogen.example": {"– Library, ", "– Museum, "},
		"dpo@havet.example":  {"– Library (havet), ", "– Library (havet-2), "},
	} {
		if len(got[to]) != 1 {
			t.Errorf("%s got %d letters: %s", to, len(got[to]), i.said)
			continue
		}
		text, _, _ := strings.Cut(got[to][0], "\nFrom: ")
		for _, each := range want {
			if strings.Count(text, each) != 1 {
				t.Errorf("%s is not told once of %q:\n%s", to, each, text)
			}
		}
		if n := strings.Count(text, "\n– "); n != len(want) {
			t.Errorf("%s is told of %d sites:\n%s", to, n, text)
		}
	}
}
