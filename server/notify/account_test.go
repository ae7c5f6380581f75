package notify_test

import (
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
)

// Whoever holds an account is told when the ways into it change, by whoever's hand: in
// their language, once, and of nobody else's. Nobody else is told.
func TestHoldersAreToldOfTheirAccounts(t *testing.T) {
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	i := install(t, toMail(m.Address, "dpo@host.example"), m.Roots)
	i.now = noon
	must(t, i.AddOrganisation(t.Context(), consent.NewOrganisation{Organisation: consent.Organisation{ID: "skogen", Name: "Skogen"}}, noon))
	add := func(email string, lang consent.Language) consent.AccountID {
		id, err := i.AddAccount(t.Context(), &consent.Account{Email: email, Name: "Kari", Language: lang, Created: noon})
		must(t, err)
		return id
	}
	kari, per := add("kari@skogen.example", consent.Nynorsk), add("per@skogen.example", consent.English)
	boss := add("boss@skogen.example", consent.Bokmaal)
	does := func(by consent.AccountID, in consent.OrganisationID, action, object string) {
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: by, Organisation: in, Action: action, Object: object}))
	}
	does(kari, "", "password.choose", "")
	i.now = i.now.Add(time.Minute)
	does(kari, "", "factor.app", "")
	does(per, "", "login", "")
	w := notify.New(i.options)
	for range 3 {
		w.Step(t.Context())
		i.now = i.now.Add(time.Minute)
	}
	clock := func(at time.Time) string {
		return consent.DayOf(at).Words(consent.Nynorsk) + " kl. " + consent.InNorway(at).Format("15:04")
	}
	got := inboxes(t, m)
	wanted := func(to string, n int, said ...string) {
		t.Helper()
		if len(got[to]) != n {
			t.Fatalf("%s got %d letters, want %d: %.300q; %s", to, len(got[to]), n, got[to], i.said)
		}
		for _, text := range said {
			if !strings.Contains(got[to][n-1], text) {
				t.Errorf("%s is not told %q:\n%.600s", to, text, got[to][n-1])
			}
		}
	}
	wanted("kari@skogen.example", 1, "Innlogginga til kontoen din er endra", "– "+clock(noon)+": passordet vart endra", "– "+clock(noon.Add(time.Minute))+": ein autentiseringsapp vart sett opp", "Var det ikkje deg, be ein administrator")
	wanted("per@skogen.example", 0)

	// Another's hand, on a page and by a command; a restart tells nothing again.
	does(boss, "skogen", "member.factor.remove", strconv.FormatInt(int64(per), 10))
	does(0, "", "account.factor.remove", strconv.FormatInt(int64(kari), 10))
	w = notify.New(i.options)
	w.Step(t.Context())
	got = inboxes(t, m)
	wanted("per@skogen.example", 1, "somebody who looks after accounts took the second factor away")
	wanted("kari@skogen.example", 1, "ein som passar på kontoar, tok bort det andre trinnet")
	if strings.Contains(got["kari@skogen.example"][0], "passordet vart endra") {
		t.Error("what was told is told again after a restart")
	}
	wanted("boss@skogen.example", 0)

	// So is the link to the provider.
	i.now = i.now.Add(time.Minute)
	does(boss, "skogen", "member.identity.remove", strconv.FormatInt(int64(kari), 10))
	does(boss, "", "account.identity.remove", strconv.FormatInt(int64(per), 10))
	w.Step(t.Context())
	hosts := got["dpo@host.example"]
	got = inboxes(t, m)
	wanted("kari@skogen.example", 1, "ein som passar på kontoar, fjerna koplinga til innlogginga med ei innloggingsteneste", "Var det ikkje deg")
	wanted("per@skogen.example", 1, "somebody who looks after accounts unlinked the login with a login service")
	for _, letter := range got["kari@skogen.example"] {
		if strings.Contains(letter, "andre trinnet") {
			t.Errorf("what was told is told again:\n%.300s", letter)
		}
	}
	got["dpo@host.example"] = append(hosts, got["dpo@host.example"]...)
	for _, letter := range got["dpo@host.example"] {
		if strings.Contains(letter, "second factor") || strings.Contains(letter, "provider") || strings.Contains(letter, "skogen.example") {
			t.Errorf("the host is told of somebody's account:\n%.300s", letter)
		}
	}
}

// A letter that does not get out is sent once it does, another's address that takes none
// holds nobody up, and the log names neither.
func TestHoldersAreToldLater(t *testing.T) {
	m := mailtest.New(t)
	m.Refuses = "kari@skogen.example"
	dead := listen(t, "127.0.0.1:0")
	address := dead.Addr().String()
	must(t, dead.Close())
	i := install(t, toMail(address), m.Roots)
	i.now = noon
	kari, err := i.AddAccount(t.Context(), &consent.Account{Email: "kari@skogen.example", Language: consent.English, Created: noon})
	must(t, err)
	per, err := i.AddAccount(t.Context(), &consent.Account{Email: "per@skogen.example", Language: consent.English, Created: noon})
	must(t, err)
	for _, who := range []consent.AccountID{kari, per} {
		must(t, i.RecordAct(t.Context(), consent.Act{Time: noon, Account: who, Action: "factor.codes"}))
	}
	w := notify.New(i.options)
	w.Step(t.Context())
	m.Serve(t, listen(t, address), true)
	got := map[string]int{}
	for range 90 {
		i.now = i.now.Add(time.Minute)
		w.Step(t.Context())
		for to, letters := range inboxes(t, m) {
			got[to] += len(letters)
		}
	}
	if got["per@skogen.example"] != 1 || got["kari@skogen.example"] != 0 {
		t.Errorf("got %v", got)
	}
	if said := i.said.String(); !strings.Contains(said, "mail_unreachable") || strings.Contains(said, "skogen.example") {
		t.Errorf("the log says %s", said)
	}
}

// Whoever has recovery codes is told when one is used, how many are left, and what to do if
// another used it. A password that is chosen for the first time is told as that.
func TestHoldersAreToldOfCodesAndFirstPasswords(t *testing.T) {
	for lang, want := range map[consent.Language][]string{
		consent.Bokmaal: {"Et passord er valgt til kontoen din", "et passord ble valgt for første gang", "En gjenopprettingskode til kontoen din er brukt", "2 koder er igjen;", "Én kode er igjen;", "Var det ikke deg, be en administrator"},
		consent.Nynorsk: {"Eit passord er valt til kontoen din", "eit passord vart valt for første gong", "Ein gjenopprettingskode til kontoen din er brukt", "2 kodar er att;", "Éin kode er att;", "Var det ikkje deg, be ein administrator"},
		consent.English: {"A password was chosen for your account", "a password was chosen for the first time", "A recovery code of your account was used", "2 codes are left;", "One code is left;", "If it was not, ask an administrator"},
	} {
		m := mailtest.New(t)
		m.Serve(t, listen(t, "127.0.0.1:0"), true)
		i := install(t, toMail(m.Address), m.Roots)
		kari, err := i.AddAccount(t.Context(), &consent.Account{Email: "kari@skogen.example", Language: lang, Created: noon})
		must(t, err)
		must(t, i.SetCodes(t.Context(), kari, []consent.CodeID{{1}, {2}, {3}}))
		w := notify.New(i.options)
		next := func() string {
			w.Step(t.Context())
			i.now = i.now.Add(time.Minute)
			got := inboxes(t, m)["kari@skogen.example"]
			if len(got) != 1 {
				t.Fatalf("%s: got %d letters: %.300q; %s", lang, len(got), got, i.said)
			}
			return got[0]
		}
		told := func(letter, subject, said string) {
			t.Helper()
			if !strings.HasPrefix(letter, subject+"\n") || !strings.Contains(letter, said) || !strings.Contains(letter, want[5]) {
				t.Errorf("%s: %q, %q and %q are not told:\n%.600s", lang, subject, said, want[5], letter)
			}
		}
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: kari, Action: "password.first"}))
		told(next(), want[0], want[1])
		for n, left := range []string{want[3], want[4]} {
			ctx := consent.WithAct(t.Context(), consent.Act{Time: i.now, Account: kari, Action: "factor.code"})
			must(t, i.UseCode(ctx, kari, consent.CodeID{byte(n + 1)}))
			told(next(), want[2], left)
		}
	}
}

// A letter calls the provider of logins what the settings call it, also the first letter to
// an account that was just made.
func TestHoldersAreToldWhichProvider(t *testing.T) {
	for lang, want := range map[consent.Language][]string{
		consent.Bokmaal: {"Innloggingen med Entra er koblet til kontoen din\n", "innloggingen med Entra ble koblet til kontoen", "innloggingen med en innloggingstjeneste ble koblet fra kontoen"},
		consent.Nynorsk: {"Innlogginga med Entra er kopla til kontoen din\n", "innlogginga med Entra vart kopla til kontoen", "innlogginga med ei innloggingsteneste vart kopla frå kontoen"},
		consent.English: {"The login with Entra is linked to your account\n", "the login with Entra was linked to the account", "the login with a login service was unlinked from the account"},
	} {
		m := mailtest.New(t)
		m.Serve(t, listen(t, "127.0.0.1:0"), true)
		i := install(t, toMail(m.Address), m.Roots)
		kari, err := i.AddAccount(t.Context(), &consent.Account{Email: "kari@skogen.example", Language: lang, Created: noon})
		must(t, err)
		i.options.Provider = "Entra"
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: kari, Action: "identity.link"}))
		notify.New(i.options).Step(t.Context())
		i.now = i.now.Add(time.Minute)
		i.options.Provider = "" // it is set up no more
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: kari, Action: "identity.unlink"}))
		linked := inboxes(t, m)["kari@skogen.example"]
		notify.New(i.options).Step(t.Context())
		unlinked := inboxes(t, m)["kari@skogen.example"]
		if len(linked) != 1 || len(unlinked) != 1 {
			t.Fatalf("%s: got %d and %d letters; %s", lang, len(linked), len(unlinked), i.said)
		}
		if !strings.HasPrefix(linked[0], want[0]) || !strings.Contains(linked[0], want[1]) || !strings.Contains(unlinked[0], want[2]) {
			t.Errorf("%s: got\n%.400s\n%.400s", lang, linked[0], unlinked[0])
		}
	}
}
