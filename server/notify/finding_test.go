package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// found stores a finding of a day.
func (i *installation) found(t *testing.T, kind consent.FindingKind, name string, day time.Time) {
	t.Helper()
	must(t, i.AddFindings(t.Context(), []consent.Finding{{Site: "skogen", Day: day, Kind: kind, Name: name, Count: 3, Last: day}}))
}

// A cookie that stayed, and answers that could not be stored, are told once, with a link
// to the findings, when the day is over: a letter of the same minute would tell of one
// person's withdrawal. An address that a stranger may have made up stands in no letter.
func TestFindingsThatHurryAreTold(t *testing.T) {
	i, got := mailed(t, "nb")
	must(t, i.SaveDraft(t.Context(), storagetest.Draft("skogen"), noon))
	today := consent.MidnightOf(noon)
	i.found(t, consent.FoundStuck, "counter/_stays", today.AddDate(0, 0, -1))
	i.found(t, consent.FoundStuck, "counter/_today", today)
	i.found(t, consent.FoundForeign, "https://phishing.example", today)
	i.found(t, consent.FoundForeign, "https://other.example", today)
	i.found(t, consent.FoundResidual, "counter/_seen", today)
	i.found(t, consent.FoundStuck, "counter/_old", today.AddDate(0, 0, -20))
	w := notify.New(i.options)
	i.steps(t, w, 60)
	letters := got()
	text := letters["Informasjonskapsler som ikke lot seg fjerne: Prøvekommunen"]
	if len(letters) != 1 || !strings.Contains(text, "– Prøvekommunen: counter/_stays. https://admin.example/sites/skogen/findings?kind=stuck\n") {
		t.Errorf("on the same day: %v", letters)
	}
	i.found(t, consent.FoundStuck, "counter/_stays", today)
	i.found(t, consent.FoundForeign, "https://other.example", today.AddDate(0, 0, 1))
	for range 3 * 24 * 6 { // the days after, with a restart at each look
		notify.New(i.options).Step(t.Context())
		i.now = i.now.Add(10 * time.Minute)
	}
	letters = got()
	if text := letters["Informasjonskapsler som ikke lot seg fjerne: Prøvekommunen"]; !strings.Contains(text, "– Prøvekommunen: counter/_today. ") {
		t.Errorf("the day after: %v", letters)
	}
	text = letters["Svar som ikke kunne lagres: Prøvekommunen"]
	if len(letters) != 2 || !strings.Contains(text, "– Prøvekommunen: 2 adresser. https://admin.example/sites/skogen/findings?kind=foreign\n") {
		t.Errorf("the days after: %v", letters)
	}
	if strings.Contains(text, "phishing") || strings.Contains(text, "other") {
		t.Errorf("the letter leads where a stranger wants: %s", text)
	}
	i.found(t, consent.FoundStuck, "counter/_more", consent.MidnightOf(i.now).AddDate(0, 0, -1))
	i.steps(t, notify.New(i.options), 11)
	if letters = got(); len(letters) != 1 || strings.Contains(letters["Informasjonskapsler som ikke lot seg fjerne: Prøvekommunen"], "_stays") {
		t.Errorf("another one: %v", letters)
	}
}

// The weekly report is never calmer than the page Findings or the requests.
func TestWeekTellsOfAllFindings(t *testing.T) {
	i, got := mailed(t, "nb")
	monday := time.Date(2026, time.March, 9, 0, 0, 0, 0, time.UTC)
	storagetest.Publish(t.Context(), t, i.Store, "skogen")
	week := func() string {
		t.Helper()
		i.now = monday.Add(7 * time.Hour)
		i.steps(t, notify.New(i.options), 5)
		for subject, text := range got() {
			if strings.HasPrefix(subject, "Samtykke, uke ") {
				return text
			}
		}
		t.Fatalf("no report of the week before %s: %s", monday, i.said)
		return ""
	}
	const fine = "Ingen funn på sidene, og ingen hull i tallene."
	if text := week(); !strings.Contains(text, fine) {
		t.Errorf("a week of nothing: %s", text)
	}
	thursday := monday.AddDate(0, 0, 3)
	for kind, names := range map[consent.FindingKind][]string{
		consent.FoundStuck: {"counter/_a", "counter/_b"}, consent.FoundForeign: {"https://other.example"}, consent.FoundResidual: {"counter/_c"},
		consent.FoundMarkup: {"type/script"}, consent.FoundUnknown: {"marketing/x", "marketing/y"},
	} {
		for _, name := range names {
			i.found(t, kind, name, thursday)
			i.found(t, kind, name, thursday.AddDate(0, 0, 1))
		}
	}
	monday = monday.AddDate(0, 0, 7)
	text := week()
	for _, want := range []string{
		"– 2 informasjonskapsler lå igjen etter at samtykket var trukket tilbake. Dette haster mest.\n", "– Svar fra én adresse som ikke er nettstedets, kunne ikke lagres.",
		"– Én informasjonskapsel ble satt uten samtykke", "– 2 ukjente tjenester", "– Én feil i koden på sidene",
		"https://admin.example/sites/skogen/findings\n",
	} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is missing in\n%s", want, text)
		}
	}
	if strings.Contains(text, fine) {
		t.Errorf("it is calm: %s", text)
	}

	monday = monday.AddDate(0, 0, 14)
	request, err := consent.Receive(consent.Request{
		ID: consent.NewRequestID(i.now, [10]byte{7}), Site: "skogen", Kind: consent.RequestAccess, Channel: consent.ChannelLetter,
	}, consent.DayOf(monday)-60, i.now)
	must(t, err)
	must(t, i.AddRequest(t.Context(), request))
	if text := week(); !strings.Contains(text, "fristen er ute") || strings.Contains(text, fine) {
		t.Errorf("a request is overdue: %s", text)
	}
}
