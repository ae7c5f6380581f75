package notify_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
)

// Nobody takes the notices of others away unseen: those who were told, and the host, are
// told who put another list in place of theirs, when and how, and not who is on it. What
// happened until then is still theirs, also when the mail server was away, and nothing
// after that.
func TestWhoWasToldIsToldOfAnotherList(t *testing.T) {
	m := mailtest.New(t)
	address := listen(t, "127.0.0.1:0")
	stop := m.Serve(t, address, true)
	i := install(t, toMail(m.Address, "dpo@host.example"), m.Roots)
	i.broken(t, "skogen", "Forest") // of the organisation kommunen
	kari, err := i.AddAccount(t.Context(), &consent.Account{Email: "kari@kommunen.example", Name: "Kari", Language: consent.English, Created: noon})
	must(t, err)
	must(t, i.AddAPIKey(t.Context(), &consent.APIKey{ID: "0123456789ab", Hash: consent.HashOf([]byte("a")), Organisation: "kommunen", Maker: kari, Name: "Figures", Scopes: []consent.Scope{consent.ScopeRecipients}, Created: noon, Expires: noon.AddDate(0, 0, 9)}))
	set := func(who consent.AccountID, action, object string, lang consent.Language, addresses ...string) {
		t.Helper()
		ctx := consent.WithAct(t.Context(), consent.Act{Time: i.now, Account: who, Organisation: "kommunen", Action: action, Object: object})
		must(t, i.SetRecipients(ctx, &consent.Recipients{Organisation: "kommunen", Language: lang, Addresses: addresses}))
	}
	read := func(account consent.AccountID) {
		must(t, i.RecordAct(t.Context(), consent.Act{Time: i.now, Account: account, Organisation: "kommunen", Action: "log.exported", Object: "form=csv decisions=3"}))
	}
	w := notify.New(i.options)
	const changed, bulk, gap = "Others are told about an organisation", "Much has been read from the log: Prøvekommunen", "Decisions are missing: Forest"
	want := func(when string, want ...string) map[string][]string {
		t.Helper()
		i.steps(t, w, 12)
		var got []string
		boxes := inboxes(t, m)
		for to, letters := range boxes {
			for _, letter := range letters {
				subject, _, _ := strings.Cut(letter, "\n")
				got = append(got, to+" "+subject)
			}
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("%s: got %q, want %q; %s", when, got, want, i.said)
		}
		return boxes
	}
	set(0, "organisation.recipients", "2 en", consent.English, "a@kommunen.example", "b@kommunen.example")
	want("the first list, before the server began", "a@kommunen.example "+gap, "b@kommunen.example "+gap, "dpo@host.example "+gap, "dpo@host.example "+changed)

	read(kari)
	set(kari, "api.organisation.recipients", "key=0123456789ab 2 en", consent.English, "b@kommunen.example", "evil@sea.example")
	boxes := want("another list, right after much was read", "a@kommunen.example "+bulk, "a@kommunen.example "+changed, "b@kommunen.example "+bulk, "b@kommunen.example "+changed,
		"dpo@host.example "+bulk, "dpo@host.example "+changed, "evil@sea.example "+gap, "evil@sea.example "+bulk)
	for _, to := range []string{"a@kommunen.example", "b@kommunen.example", "dpo@host.example"} {
		at := slices.IndexFunc(boxes[to], func(letter string) bool { return strings.HasPrefix(letter, changed) })
		if at < 0 {
			continue
		}
		if letter := boxes[to][at]; !strings.Contains(letter, "Kari (kari@kommunen.example), with the API key “Figures”, 4 March 2026 at 12:12. 1 added, 1 removed. ") || !strings.Contains(letter, "/organisations/kommunen/notifications") || strings.Contains(letter, "evil") {
			t.Errorf("%s reads %s", to, letter)
		}
	}
	set(kari, "organisation.recipients", "2 nn", consent.Nynorsk, "b@kommunen.example", "evil@sea.example")
	want("another language alone")

	stop()
	set(kari, "organisation.recipients", "1 en", consent.English, "evil@sea.example")
	i.steps(t, w, 3)
	read(0)
	i.steps(t, w, 3)
	m.Serve(t, listen(t, address.Addr().String()), true)
	i.steps(t, w, 60)
	want("the mail server was away", "b@kommunen.example "+changed, "dpo@host.example "+bulk, "dpo@host.example "+changed, "evil@sea.example "+bulk, "evil@sea.example "+changed)
	read(9)
	i.now = i.now.Add(10 * time.Minute)
	want("afterwards", "dpo@host.example "+bulk, "evil@sea.example "+bulk)
}
