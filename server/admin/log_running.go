package admin

import (
	"slices"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

const (
	// exportsTold is how many exports of one person are told of, and exportTold for how
	// long after its end each is.
	exportsTold = 5
	exportTold  = time.Hour
)

// running is how far the exports have come that people began here, in memory: each is told
// of to who began it alone.
type running struct {
	clock func() time.Time
	mu    sync.Mutex
	of    map[consent.AccountID][]*export.Reached // newest first
}

func newRunning(clock func() time.Time) *running {
	return &running{clock: clock, of: map[consent.AccountID][]*export.Reached{}}
}

// begin keeps an export that somebody begins.
func (l *running) begin(account consent.AccountID, site consent.SiteKey, form string) *export.Reached {
	l.mu.Lock()
	defer l.mu.Unlock()
	begun := append([]*export.Reached{export.Begin(site, form)}, l.of[account]...)
	l.of[account] = begun[:min(len(begun), exportsTold)]
	return begun[0]
}

// on gives how far a person's exports from a site have come, newest first, and whether
// earlier ones, from any site, may have made way for others.
func (l *running) on(account consent.AccountID, site consent.SiteKey) (told []export.Reach, full bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.of[account] = slices.DeleteFunc(l.of[account], func(each *export.Reached) bool {
		ended := each.Now().Ended
		return !ended.IsZero() && l.clock().Sub(ended) > exportTold
	})
	if len(l.of[account]) == 0 {
		delete(l.of, account)
	}
	full = len(l.of[account]) == exportsTold
	for _, each := range l.of[account] {
		if now := each.Now(); now.Site == site {
			told = append(told, now)
		}
	}
	return told, full
}

// exportShown is how far an export has come, in words.
type exportShown struct {
	Name, Text  string
	Going, Lost bool
	Known       bool // how much of it there is
	Share       int  // in hundredths
}

// exportsShown tells of the person's exports from the site, and whether those are the
// newest alone.
func (r *request) exportsShown() (all []exportShown, newest bool) {
	told, newest := r.running.on(r.account.ID, r.site.Key)
	for _, reach := range told {
		name := "log_form_" + reach.Form
		if reach.Form == export.PackForm {
			name = "log_pack"
		}
		shown := exportShown{Name: r.say(name), Going: reach.Ended.IsZero(), Lost: !reach.Ended.IsZero() && !reach.Entire}
		key := "log_running"
		switch {
		case shown.Lost:
			key = "log_running_lost"
		case !shown.Going:
			key = "log_running_done"
		}
		shown.Share, shown.Known = reach.Share()
		shown.Text = r.say(key, "size", r.lang.Grouped((reach.Bytes+999)/1000))
		if reach.Decisions > 0 {
			shown.Text = r.sayCount("log_running_decisions", reach.Decisions) + " " + shown.Text
		}
		if shown.Going && shown.Known {
			shown.Text += " " + r.say("log_running_day", "day", r.dayHere(reach.At))
		}
		all = append(all, shown)
	}
	return all, newest
}
