package notify_test

import (
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The weekly report says of a log what its page says: one that began after the audit of
// the night is not told of as one that holds, nor is one that was empty then.
func TestTheReportSaysWhatThePagesDo(t *testing.T) {
	const holds, never, empty = "Loggen er kontrollert og stemmer.", "Loggen er ikke kontrollert ennå.", "Loggen var tom ved siste kontroll."
	for name, c := range map[string]struct {
		before, empty, after bool // the audit: with decisions, without, and not there yet
		all                  string
		of                   []string
	}{
		"one that is new":       {after: true, all: never},
		"one that held":         {before: true, all: holds},
		"one that was empty":    {empty: true, all: empty},
		"one that held, others": {true, true, true, "Kontrollen av loggene: se under hvert nettsted.", []string{"before\n  – " + holds, "empty\n  – " + empty, "after\n  – " + never}},
	} {
		i, got := mailed(t, "nb")
		publish := func(site consent.SiteKey) storagetest.Published {
			draft := storagetest.Draft(site)
			draft.Site.Name = consent.Text{consent.Bokmaal: string(site), consent.English: string(site)}
			return storagetest.PublishDraft(t.Context(), t, i.Store, draft)
		}
		i.now = time.Date(2026, time.March, 9, 5, 0, 0, 0, time.UTC) // a Monday
		if c.before {
			_, err := i.Append(t.Context(), publish("before").Decision(1))
			must(t, err)
		}
		if c.empty {
			publish("empty")
		}
		w := notify.New(i.options)
		i.steps(t, w, 2)
		if c.after {
			_, err := i.Append(t.Context(), publish("after").Decision(2))
			must(t, err)
		}
		i.steps(t, w, 120)
		text := got()["Samtykke, uke 10, 2.–8. mars 2026"]
		if !strings.Contains(text, "2.–8. mars 2026:\n\n"+c.all+"\n\n") {
			t.Errorf("%s: %q is not first in\n%s", name, c.all, text)
		}
		for _, each := range c.of {
			if !strings.Contains(text, each+"\n") {
				t.Errorf("%s: %q is missing in\n%s", name, each, text)
			}
		}
		if len(c.of) == 0 && strings.Count(text, "Loggen ") != 1 {
			t.Errorf("%s: the log is told of twice in\n%s", name, text)
		}
	}
}

// A site that asked nobody before the week was over is not in its letter, nor in what the
// letter says of the logs, but in the next one.
func TestNoWeekBeforeTheFirstNotice(t *testing.T) {
	i, got := mailed(t, "nb")
	publish := func(site consent.SiteKey, at time.Time) {
		draft := storagetest.Draft(site)
		draft.Site.Name = consent.Text{consent.Bokmaal: string(site), consent.English: string(site)}
		must(t, i.SaveDraft(t.Context(), draft, at))
		notice, err := consent.Freeze(draft, 1, at)
		must(t, err)
		must(t, i.SaveNotice(t.Context(), site, notice))
	}
	publish("gammel", time.Date(2026, time.March, 8, 22, 59, 0, 0, time.UTC)) // Sunday in Norway
	publish("fersk", time.Date(2026, time.March, 8, 23, 0, 0, 0, time.UTC))   // Monday
	i.now = time.Date(2026, time.March, 9, 5, 0, 0, 0, time.UTC)
	i.steps(t, notify.New(i.options), 120)
	text := got()["Samtykke, uke 10, 2.–8. mars 2026"]
	if !strings.Contains(text, "gammel\n") || strings.Contains(text, "fersk") {
		t.Errorf("of the week before it: %s", text)
	}
	i.now = i.now.AddDate(0, 0, 7)
	i.steps(t, notify.New(i.options), 120)
	if text := got()["Samtykke, uke 11, 9.–15. mars 2026"]; !strings.Contains(text, "fersk\n") {
		t.Errorf("of its own week: %s", text)
	}
}
