package notify_test

import (
	"context"
	"database/sql"
	"errors"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/server/notify/mailtest"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// mailed is an installation whose letters are read.
func mailed(t *testing.T, language config.NotifyLanguage) (*installation, func() map[string]string) {
	t.Helper()
	m := mailtest.New(t)
	m.Serve(t, listen(t, "127.0.0.1:0"), true)
	settings := toMail(m.Address, "dpo@kommunen.example")
	settings.Language = language
	return install(t, settings, m.Roots), func() map[string]string {
		all := map[string]string{}
		for _, each := range m.Got() {
			_, subject, text := each.Read(t)
			if _, twice := all[subject]; twice {
				t.Errorf("%q came twice", subject)
			}
			all[subject] = strings.ReplaceAll(text, "\r\n", "\n")
		}
		return all
	}
}

// Requests are told 7 and 2 days before they are due and each day afterwards,
// in the morning, as numbers.
func TestRequests(t *testing.T) {
	i, got := mailed(t, "nn")
	must(t, i.SaveDraft(t.Context(), storagetest.Draft("skogen"), noon))
	request, err := consent.Receive(consent.Request{
		ID: consent.NewRequestID(noon, [10]byte{7}), Site: "skogen", Kind: consent.RequestAccess,
		Channel: consent.ChannelLetter, Receipt: storagetest.ID(1), Case: "2026/1234",
	}, consent.DayOf(noon), noon)
	must(t, err)
	must(t, i.AddRequest(t.Context(), request))
	due := time.Unix(int64(request.Due())*24*60*60, 0).UTC()
	want := map[int]string{7: "éin har frist innan ei veke", 2: "éin har frist innan ei veke", -1: "éin er over fristen", -2: "éin er over fristen"}
	for left := 10; left >= -2; left-- {
		w := notify.New(i.options) // it is restarted every day
		for _, hour := range []int{3, 9, 15, 20} {
			i.now = due.AddDate(0, 0, -left).Add(time.Duration(hour) * time.Hour)
			w.Step(t.Context())
			letters := got()
			for subject := range letters {
				if strings.HasPrefix(subject, "Samtykke, veke ") {
					delete(letters, subject)
				}
			}
			if hour != 9 || want[left] == "" {
				if len(letters) != 0 {
					t.Errorf("%d days left, at %d: %v", left, hour, letters)
				}
				continue
			}
			text := letters["Førespurnader må svarast på: Prøvekommunen"]
			if !strings.Contains(text, "– Prøvekommunen: "+want[left]+". https://admin.example/sites/skogen/requests\n") {
				t.Errorf("%d days left: %v", left, letters)
			}
			for _, secret := range []string{request.ID.String(), request.Receipt.String(), string(request.Case)} {
				if strings.Contains(text, secret) {
					t.Errorf("the letter names %s", secret)
				}
			}
		}
	}
}

// What pages name and the notice does not have is told the day after.
func TestUnknownServices(t *testing.T) {
	i, got := mailed(t, "en")
	must(t, i.SaveDraft(t.Context(), storagetest.Draft("skogen"), noon))
	today := consent.MidnightOf(noon)
	for n, name := range []string{"statistics/a", "statistics/b", "statistics/c", "statistics/d", "statistics/e", "statistics/f", "marketing/old"} {
		day := today
		if n == 6 {
			day = today.AddDate(0, 0, -3)
		}
		must(t, i.AddFindings(t.Context(), []consent.Finding{{Site: "skogen", Day: day, Kind: consent.FoundUnknown, Name: name, Count: 1, Last: day}}))
	}
	w := notify.New(i.options)
	i.steps(t, w, 12*60)
	if letters := got(); len(letters) != 0 {
		t.Errorf("on the same day: %v", letters)
	}
	i.steps(t, w, 24*60)
	letters := got()
	text := letters["Unknown services on the pages: The Test Municipality"]
	if len(letters) != 1 || !strings.Contains(text, "and one more") || strings.Count(text, "statistics/") != 5 || strings.Contains(text, "old") {
		t.Errorf("%v", letters)
	}
}

// Each night everything is audited. What does not hold is told each day, and
// names no decision.
func TestVerification(t *testing.T) {
	i, got := mailed(t, "nb")
	must(t, i.RecordAct(t.Context(), consent.Act{Time: noon, Account: 1, Organisation: "kommunen", Action: "draft.save"}))
	site := storagetest.Publish(t.Context(), t, i.Store, "skogen")
	for n := range 9 {
		_, err := i.Append(t.Context(), site.Decision(n))
		must(t, err)
	}
	w := notify.New(i.options)
	i.steps(t, w, 24*60)
	if letters := got(); len(letters) != 0 {
		t.Fatalf("nothing was wrong: %v", letters)
	}
	if ended, _ := i.audits.Whole(); consent.DayOf(ended).String() != "2026-03-05" {
		t.Errorf("it was audited at %s", ended)
	}
	must(t, i.Close())
	tamper(t, i.path, "DELETE FROM decision WHERE rowid = (SELECT max(rowid) FROM decision)", "UPDATE act SET object = 'x'")
	i.Store = open(t, i.path)
	i.restart()
	w = notify.New(i.options)
	i.steps(t, w, 10)
	if letters := got(); len(letters) != 0 {
		t.Errorf("it was audited again on the same day: %v", letters)
	}
	for day := range 2 {
		i.steps(t, w, 24*60)
		letters := got()
		text := letters["Loggen stemmer ikke: Prøvekommunen"]
		if len(letters) != 1 || !strings.Contains(text, "– Prøvekommunen: én feil. https://admin.example/sites/skogen/log\n") ||
			!strings.Contains(text, "sporet etter administratorene (Prøvekommunen): én feil. https://admin.example/organisations/kommunen/trail\n") {
			t.Fatalf("day %d: %v\n%s", day, letters, i.said)
		}
		if strings.Contains(text, site.Decision(8).ID.String()) {
			t.Error("a decision is named")
		}
		i.steps(t, notify.New(i.options), 3)
	}
	if len(got()) != 0 {
		t.Error("it was told twice")
	}
}

// deaf is a store that cannot be audited.
type deaf struct {
	notify.Store
	err error
}

func (d *deaf) Audit(ctx context.Context, site consent.SiteKey, report func(done, total int64), kept ...[]byte) (*consent.LedgerAudit, error) {
	if d.err != nil {
		return nil, d.err
	}
	return d.Store.Audit(ctx, site, report, kept...)
}

// An audit that cannot run is told once a day, and runs again.
func TestAuditThatFails(t *testing.T) {
	i, got := mailed(t, "en")
	store := &deaf{Store: i.Store, err: errors.New("the disk is gone: SECRET")}
	i.audited(store)
	w := notify.New(i.options)
	for _, hours := range []int{11, 24, 24} { // until the evening, each time
		i.steps(t, w, hours*60)
		if letters := got(); len(letters) != 1 || !strings.Contains(letters["The log does not hold"], "could not run") || strings.Contains(letters["The log does not hold"], "SECRET") {
			t.Errorf("%v", letters)
		}
	}
	store.err = nil
	i.steps(t, w, 24*60)
	if letters := got(); len(letters) != 0 {
		t.Errorf("%v", letters)
	}
}

// tamper changes a database with its guards off.
func tamper(t *testing.T, path string, statements ...string) {
	t.Helper()
	db, err := sql.Open("sqlite3", path)
	must(t, err)
	defer db.Close()
	db.SetMaxOpenConns(1) // what is off is off for one connection
	all := []string{"PRAGMA ignore_check_constraints = ON"}
	var guards []string
	func() {
		rows, err := db.QueryContext(t.Context(), "SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
		must(t, err)
		defer rows.Close()
		for rows.Next() {
			var name, guard string
			must(t, rows.Scan(&name, &guard))
			all, guards = append(all, `DROP TRIGGER "`+name+`"`), append(guards, guard)
		}
		must(t, rows.Err())
	}()
	for _, statement := range slices.Concat(all, statements, guards) {
		_, err := db.ExecContext(t.Context(), statement)
		must(t, err)
	}
}

// On Monday morning, once, a director reads how the week was, in the numbers of days
// that are complete: of a site where few decide, in the last ones that are.
// Some are dated before their notice, which the audit finds.
func TestWeek(t *testing.T) {
	for language, want := range map[config.NotifyLanguage][]string{
		"nb": {
			"Samtykke, uke 10, 2.–8. mars 2026", "Slik var uke 10, 2.–8. mars 2026:\n\nLoggen stemmer, men det er noe i den som må ses på. Siden Logg sier hva.",
			"– 2. mars 2026: banneret ble vist 12 345 ganger, og 120 beslutninger kom inn.\n  – Om lag 7 av 10 svar sa ja til noe.\n  – Dagen før, 1. mars 2026: ingen tok noen beslutning.\n  – Tallene for de siste dagene i uken kommer senere, når de er ferdige.\n",
			"– Ingen nye tall er ferdige. De kommer når ingen av dem er små, som oftest når måneden er over. De siste:\n  – 27. februar 2026: banneret ble vist 800 ganger, og 90 beslutninger kom inn.\n  – Om lag 7 av 10 svar sa ja",
			"\n\nFjorden\n  – Ingen tall er ferdige ennå.", "Ingen henvendelser venter.", "Én ukjent tjeneste", "Kunngjøring 1 ble publisert 2. mars 2026.",
		},
		"en": {
			"Samtykke, week 10, 2–8 March 2026", "Week 10, 2–8 March 2026, in brief:\n\nThe log holds, but there is something in it to look into. The page Log says what.",
			"– 2 March 2026: the banner was shown 12,345 times, and 120 decisions came in.\n  – About 7 of 10 answers said yes to something.\n  – The day before, 1 March 2026: nobody decided.\n  – The numbers of the later days of the week come later, when they are complete.\n",
			"– No new numbers are complete. They come when none of them is small, mostly when the month is over. The latest:\n  – 27 February 2026: the banner was shown 800 times, and 90 decisions came in.\n  – About 7 of 10 answers said yes",
			"\n\nFjorden\n  – No numbers are complete yet.", "No requests wait.", "One unknown service", "Notice 1 was published 2 March 2026.",
		},
	} {
		i, got := mailed(t, language)
		monday := time.Date(2026, time.March, 2, 0, 0, 0, 0, time.UTC)
		friday, next := monday.AddDate(0, 0, -3), 0
		decided := func(site storagetest.Published, day time.Time, n int) {
			for range n {
				d := site.Decision(next)
				d.Time = day.Add(time.Hour + time.Duration(next)*time.Minute)
				_, err := i.Append(t.Context(), d)
				must(t, err)
				next++
			}
		}
		skogen, havet := storagetest.Publish(t.Context(), t, i.Store, "skogen"), storagetest.Publish(t.Context(), t, i.Store, "havet")
		fjorden := storagetest.Draft("fjorden")
		fjorden.Site.Name = consent.Text{consent.Bokmaal: "Fjorden", consent.English: "Fjorden"}
		decided(storagetest.PublishDraft(t.Context(), t, i.Store, fjorden), monday, 3)
		must(t, i.SaveDraft(t.Context(), storagetest.Draft("uten"), noon)) // has published nothing
		decided(skogen, friday, 60)
		decided(havet, friday, 90)
		decided(skogen, monday, 120)
		decided(havet, monday, 3)
		must(t, i.AddTallies(t.Context(), []consent.Tally{
			{Site: "skogen", Day: monday, Shown: 12_345, Decided: 120, Acknowledged: 120},
			{Site: "skogen", Day: friday, Shown: 10_000, Decided: 60, Acknowledged: 60},
			{Site: "havet", Day: friday, Shown: 800, Decided: 90, Acknowledged: 90},
			{Site: "havet", Day: monday, Shown: 7_654, Decided: 3, Acknowledged: 3},
		}))
		must(t, i.AddFindings(t.Context(), []consent.Finding{{Site: "skogen", Day: monday, Kind: consent.FoundUnknown, Name: "a/b", Count: 1, Last: monday}}))
		i.now = time.Date(2026, time.March, 9, 5, 0, 0, 0, time.UTC) // 06:00 in Norway
		w := notify.New(i.options)
		i.steps(t, w, 50)
		if letters := got(); len(letters) != 0 {
			t.Errorf("before the morning: %v", letters)
		}
		i.steps(t, w, 20)
		i.steps(t, w, 24*60)
		i.steps(t, notify.New(i.options), 60)
		letters := got()
		text := strings.ReplaceAll(letters[want[0]], "\u202f", " ")
		if len(letters) != 1 || text == "" {
			t.Fatalf("%v", letters)
		}
		for _, each := range want[1:] {
			if !strings.Contains(text, each) {
				t.Errorf("%q is missing in:\n%s", each, text)
			}
		}
		if strings.Contains(text, "uten") || strings.Contains(text, "7 654") || strings.Contains(text, "7,654") || strings.Count(text, "\n") > 35 {
			t.Errorf("%s", text)
		}
	}
}

// Nobody gets a report of a week in which no site asked anybody: an installation's first
// letter is not about nothing.
func TestNoWeekOfNothing(t *testing.T) {
	i, got := mailed(t, "nb")
	must(t, i.SaveDraft(t.Context(), storagetest.Draft("uten"), noon)) // has published nothing
	i.now = time.Date(2026, time.March, 9, 5, 0, 0, 0, time.UTC)
	i.steps(t, notify.New(i.options), 120)
	if letters := got(); len(letters) != 0 {
		t.Errorf("got %v", letters)
	}
}

// What an audit finds by day is told at once, and no more when one finds nothing. A server
// that begins on Monday says what holds when it has looked, and not before.
func TestLettersSayWhatTheAuditsFound(t *testing.T) {
	i, got := mailed(t, "en")
	site := storagetest.Publish(t.Context(), t, i.Store, "skogen")
	for n := range 9 {
		_, err := i.Append(t.Context(), site.Decision(n))
		must(t, err)
	}
	i.steps(t, notify.New(i.options), 3)
	if letters := got(); len(letters) != 0 || i.audits.Of("skogen").Last == nil {
		t.Fatalf("nothing was wrong: %v", letters)
	}
	must(t, i.Close())
	tamper(t, i.path, "DELETE FROM decision WHERE rowid = (SELECT max(rowid) FROM decision)")
	i.Store = open(t, i.path)
	i.restart()
	if last := i.audits.Of("skogen").Last; last == nil || !last.Holds() || !last.Ended.Before(i.now) {
		t.Errorf("after a restart the pages say %+v", last)
	}
	w := notify.New(i.options)
	i.steps(t, w, 3)
	i.audits.Audit(t.Context(), "skogen") // somebody asked for it
	i.steps(t, w, 2)
	const subject = "The log does not hold: Prøvekommunen"
	if letters := got(); len(letters) != 1 || letters[subject] == "" {
		t.Errorf("a fault that was found by day: %v", letters)
	}
	i.restart()
	if last := i.audits.Of("skogen").Last; last.Holds() || last.Count() == 0 {
		t.Errorf("the fault is forgotten: %+v", last)
	}

	i.now = time.Date(2026, time.March, 9, 8, 0, 0, 0, time.UTC) // a Monday
	w = notify.New(i.options)
	w.Step(t.Context())
	if letters := got(); len(letters) != 0 {
		t.Errorf("before the audit of the day: %v", letters)
	}
	i.steps(t, w, 3)
	letters := got()
	if text := letters["Samtykke, week 10, 2–8 March 2026"]; letters[subject] == "" || !strings.Contains(text, "The log has one fault.") {
		t.Errorf("after it: %v", letters)
	}
}
