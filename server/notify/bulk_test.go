package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// Who takes out a whole log, or more than 500 decisions, is told once a day.
func TestBulkRead(t *testing.T) {
	i, got := mailed(t, "en")
	must(t, i.AddOrganisation(t.Context(), consent.NewOrganisation{Organisation: consent.Organisation{ID: "skogen", Name: "Skogen"}}, noon))
	i.now = noon
	w := notify.New(i.options)
	act := func(account consent.AccountID, action, object string) {
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: account, Organisation: "skogen", Action: action, Object: object}))
	}
	told := func() string {
		i.now = i.now.Add(11 * time.Minute)
		w.Step(t.Context())
		return got()["Much has been read from the log: Skogen"]
	}
	act(7, "api.log.read", "key=a decisions=500")
	act(8, "log.exported", "form=csv method=expiry decisions=20")
	act(9, "log.exported", "form=csv decisions=0")
	if text := told(); text != "" {
		t.Fatalf("told of what is usual: %s", text)
	}
	act(7, "log.record", "x")
	if text := told(); !strings.Contains(text, "Skogen, 4 March 2026: account 7 read more than 500 decisions (") || !strings.Contains(text, "/organisations/skogen/trail") || strings.Contains(text, "account 8") {
		t.Fatalf("got %q", text)
	}
	act(8, "log.exported", "form=csv decisions=3")
	if text := told(); !strings.Contains(text, "account 8 read") || strings.Contains(text, "account 7") {
		t.Fatalf("got %q", text)
	}
	if text := told(); text != "" {
		t.Fatalf("told again: %s", text)
	}
	act(0, "log.exported", "form=csv decisions=3")
	if text := told(); !strings.Contains(text, "a command on the server read up to 500 decisions (up to 500 decisions, a whole log once).") {
		t.Fatalf("an export on the machine: got %q", text)
	}
	act(9, "log.exported", "form=pack broken_off")
	if text := told(); !strings.Contains(text, "Skogen, 4 March 2026: account 9 read") {
		t.Fatalf("an audit pack is a whole log: got %q", text)
	}
}

// Whoever reads on is told of again: when it is ten times as much, with each whole log, and
// in another way, so that a stolen key does not hide behind its owner's honest morning.
// Pages in between are not.
func TestBulkReadIsToldAgain(t *testing.T) {
	i, got := mailed(t, "en")
	must(t, i.AddOrganisation(t.Context(), consent.NewOrganisation{Organisation: consent.Organisation{ID: "skogen", Name: "Skogen"}}, noon))
	kari, err := i.AddAccount(t.Context(), &consent.Account{Email: "kari@skogen.example", Name: "Kari", Language: consent.English, Created: noon})
	must(t, err)
	must(t, i.AddAPIKey(t.Context(), &consent.APIKey{ID: "0123456789ab", Hash: consent.HashOf([]byte("a")), Organisation: "skogen", Maker: kari, Name: "Figures", Scopes: []consent.Scope{consent.ScopeLog}, Created: noon, Expires: noon.AddDate(0, 0, 9)}))
	i.now = noon
	w := notify.New(i.options)
	for _, each := range []struct{ when, action, object, told string }{
		{"an honest morning", "log.read", "decisions=592", "more than 500 decisions (on the pages: more than 500 decisions). "},
		{"a page more", "log.read", "decisions=50", ""},
		{"her key, a little", "api.log.read", "key=0123456789ab decisions=500", ""},
		{"her key, much", "api.log.read", "key=0123456789ab decisions=500", "more than 500 decisions (with the API key “Figures”: more than 500 decisions; on the pages: more than 500 decisions). "},
		{"a page with the key", "api.log.read", "key=0123456789ab decisions=500", ""},
		{"another key", "api.log.read", "key=ba9876543210 decisions=501", "with an API key: more than 500 decisions; on the pages"},
		{"more in two ways", "api.log.read", "key=0123456789ab decisions=2000", ""},
		{"ten times as much in all", "log.read", "decisions=400", "more than 5,000 decisions ("},
		{"ten times as much with one key", "api.log.read", "key=0123456789ab decisions=4000", "(with the API key “Figures”: more than 5,000 decisions; "},
		{"the whole log", "api.log.exported", "key=0123456789ab form=csv decisions=300", "“Figures”: more than 5,000 decisions, a whole log once; "},
		{"the whole log again", "api.log.exported", "key=0123456789ab form=csv decisions=300", "“Figures”: more than 5,000 decisions, a whole log 2 times; "},
		{"the trail", "api.trail.read", "key=0123456789ab acts=501", "501 lines of the audit trail, a whole log 2 times; "},
		{"the whole log on the page", "log.exported", "form=csv decisions=300", "; on the pages: more than 500 decisions, a whole log once). "},
		{"pages after that", "log.read", "decisions=300", ""},
	} {
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: kari, Organisation: "skogen", Action: each.action, Object: each.object}))
		var all []string
		for range 3 {
			i.now = i.now.Add(11 * time.Minute)
			w.Step(t.Context())
			if text := got()["Much has been read from the log: Skogen"]; text != "" {
				all = append(all, text)
			}
		}
		if told := strings.Join(all, ""); len(all) != min(1, len(each.told)) || !strings.Contains(told, each.told) || told != "" && !strings.Contains(told, "– Skogen, 4 March 2026: Kari (kari@skogen.example) read ") {
			t.Errorf("%s: told %d times: %s", each.when, len(all), told)
		}
	}
}

// Much that is read of the trail of the installation is told to those of the host, and to
// no organisation.
func TestBulkReadOfTheInstallation(t *testing.T) {
	i, got := mailed(t, "en")
	must(t, i.AddOrganisation(t.Context(), consent.NewOrganisation{Organisation: consent.Organisation{ID: "skogen", Name: "Skogen"}}, noon))
	must(t, i.SetRecipients(t.Context(), &consent.Recipients{Organisation: "skogen", Language: consent.Bokmaal, Addresses: []string{"it@skogen.example"}}))
	kari, err := i.AddAccount(t.Context(), &consent.Account{Email: "kari@skogen.example", Name: "Kari", Language: consent.English, Operator: true, Created: noon})
	must(t, err)
	must(t, i.AddAPIKey(t.Context(), &consent.APIKey{ID: "0123456789ab", Hash: consent.HashOf([]byte("a")), Organisation: "skogen", Maker: kari, Name: "Watch", Scopes: []consent.Scope{consent.ScopeInstallation}, Created: noon, Expires: noon.AddDate(0, 0, 9)}))
	i.now = noon
	w := notify.New(i.options)
	const much, theirs = "Much has been read from the log: the installation", "Mye er lest av loggen: Skogen"
	for _, each := range []struct{ object, told string }{
		{"key=0123456789ab acts=500", ""},
		{"key=0123456789ab acts=1", "– the installation, 4 March 2026: Kari (kari@skogen.example) read 501 lines of the audit trail (with the API key “Watch”: 501 lines of the audit trail). https://admin.example/trail\n"},
		{"key=0123456789ab acts=200", ""},
	} {
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: kari, Action: "api.trail.read", Object: each.object}))
		i.now = i.now.Add(11 * time.Minute)
		w.Step(t.Context())
		letters := got()
		if text := letters[much]; each.told == "" && text != "" || !strings.Contains(text, each.told) || letters[theirs] != "" {
			t.Errorf("%s: told %q, and the organisation %q", each.object, text, letters[theirs])
		}
	}
}

// Whoever takes out a whole log tells those who get the letters nothing of its visitors: it
// reads the same of a log that has lost somebody, of one with nobody, and of a part that
// one visitor is in.
func TestBulkReadTellsOfNoVisitor(t *testing.T) {
	said := map[string]string{}
	for _, object := range []string{"form=csv decisions=3", "form=csv decisions=2", "form=csv decisions=500", "form=pack broken_off"} {
		i, got := mailed(t, "en")
		must(t, i.AddOrganisation(t.Context(), consent.NewOrganisation{Organisation: consent.Organisation{ID: "skogen", Name: "Skogen"}}, noon))
		i.now = noon
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: 7, Organisation: "skogen", Action: "log.exported", Object: object}))
		if object == "form=csv decisions=3" { // and one visitor of a day
			must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: 7, Organisation: "skogen", Action: "log.exported", Object: "form=csv day=2026-03-04 decisions=1"}))
		}
		notify.New(i.options).Step(t.Context())
		text := got()["Much has been read from the log: Skogen"]
		if !strings.Contains(text, "up to 500 decisions, a whole log once") {
			t.Errorf("%s: %q", object, text)
		}
		said[text] = object
	}
	if len(said) != 1 {
		t.Errorf("the letters differ: %v", said)
	}
}

// Nobody frames a colleague by taking their name, before or after: whoever did something is
// told by the address, too, which nobody chooses for themselves.
func TestNobodyFramesAColleague(t *testing.T) {
	i, got := mailed(t, "nb")
	must(t, i.SaveDraft(t.Context(), storagetest.Draft("skogen"), noon)) // of the organisation kommunen
	add := func(email, name string) *consent.Account {
		account := &consent.Account{Email: email, Name: name, Language: consent.Bokmaal, Created: noon}
		id, err := i.AddAccount(t.Context(), account)
		must(t, err)
		account.ID = id
		return account
	}
	add("kari@kommunen.example", "Kari Nordmann")
	per := add("per@kommunen.example", "Per")
	act := consent.Act{Time: noon, Account: per.ID, Organisation: "kommunen", Action: "log.exported", Object: "form=csv decisions=30"}
	must(t, i.RecordAct(t.Context(), act))
	act.Action, act.Object = "organisation.recipients", "2 nb"
	must(t, i.SetRecipients(consent.WithAct(t.Context(), act), &consent.Recipients{Organisation: "kommunen", Language: consent.Bokmaal, Addresses: []string{"dpo@kommunen.example"}}))
	_, revision, err := i.DraftAt(t.Context(), "skogen")
	must(t, err)
	must(t, i.SetPlan(t.Context(), &consent.Plan{Site: "skogen", State: consent.PlanProposed, Revision: revision, Proposer: per.ID, Proposed: noon}, 0))
	per.Name = "Kari Nordmann"
	must(t, i.ChangeAccount(t.Context(), per))
	notify.New(i.options).Step(t.Context())
	letters := got()
	for _, subject := range []string{"Mye er lest av loggen: Prøvekommunen", "Andre får beskjed om en organisasjon", "En kladd venter på godkjenning: Prøvekommunen"} {
		if text := letters[subject]; !strings.Contains(text, "Kari Nordmann (per@kommunen.example)") || strings.Contains(text, "kari@kommunen.example") {
			t.Errorf("%s: %q", subject, text)
		}
	}
}

// A list that a command changed was changed by a command, said once.
func TestACommandIsNamedOnce(t *testing.T) {
	i, got := mailed(t, "en")
	must(t, i.AddOrganisation(t.Context(), consent.NewOrganisation{Organisation: consent.Organisation{ID: "skogen", Name: "Skogen"}}, noon))
	must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Organisation: "skogen", Action: "organisation.recipients", Changes: []consent.FieldChange{{Field: "addresses.added", Is: "2"}}}))
	notify.New(i.options).Step(t.Context())
	if text := got()["Others are told about an organisation"]; !strings.Contains(text, "– Skogen: a command on the server, 4 March 2026 at 12:00. 2 added") {
		t.Errorf("got %q", text)
	}
}
