package main

import (
	"context"
	"log/slog"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/debug"
)

// reconcileEvery is how often a server compares what it has counted.
const reconcileEvery = 10 * time.Minute

// gapWords say each gap in a few words: what is seen, its likely cause, and what
// to do.
var gapWords = map[consent.GapKind]struct{ seen, cause, repair string }{
	consent.GapStored: {
		"decisions reached the server and were not stored",
		"The disk is full or failing, or the server is overloaded.",
		"Look for \"could not be committed\" in the server's log, free some space, and run: samtykke db status",
	},
	consent.GapLate: {
		"decisions were not stored that day, and as many more than were made on a later one",
		"The server could not store for a while, and browsers have sent again what they kept. Or a loss is hidden: the later ones may be others.",
		"See what the server's log says of that day (\"could not be committed\"). A visitor's receipt tells whether that decision is there.",
	},
	consent.GapUncounted: {
		"decisions were stored and not counted when they were made",
		"The server was killed before it wrote its counts.",
		"Nothing shows a loss; but one of as many that day would not show here. A visitor's receipt tells whether that decision is there.",
	},
	consent.GapAcknowledged: {
		"decisions were stored and their receipts did not get out",
		"A proxy before the server cuts off its answers, or the network does.",
		"Look at the proxy's log and its time limits. Nothing is lost: browsers send again until they are told.",
	},
	consent.GapDecided: {
		"fewer decisions than usual for as many banners shown",
		"The banner is broken for visitors: a change of the page covers it or stops its script, or decisions are blocked on their way.",
		"Open the site in a private window, answer the banner, and look at the browser's console. What changed that day?",
	},
}

// alarm compares what was counted, and says once a day and gap when something
// is missing.
type alarm struct {
	store    consent.Store
	clock    func() time.Time
	log      *slog.Logger
	standing atomic.Int64 // gaps of the last two days that are over
	said     map[consent.Gap]bool
}

func newAlarm(store consent.Store, clock func() time.Time, log *slog.Logger) *alarm {
	return &alarm{store: store, clock: clock, log: log, said: map[consent.Gap]bool{}}
}

// watch looks at once and from time to time until ctx ends.
func (a *alarm) watch(ctx context.Context) error {
	tick := time.NewTicker(reconcileEvery)
	defer tick.Stop()
	for {
		if err := a.look(ctx); err != nil && ctx.Err() == nil {
			a.log.ErrorContext(ctx, "what was counted could not be compared; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// look compares yesterday and today, of every site, for the log. The metrics may be seen
// by others, so they are told what letters are.
func (a *alarm) look(ctx context.Context) error {
	sites, err := a.store.Sites(ctx)
	if err != nil {
		return err
	}
	now := a.clock()
	end, today := consent.CountsEnd(now), consent.MidnightOf(now)
	standing := 0
	for _, site := range sites {
		yesterday := today.AddDate(0, 0, -1)
		days, err := a.store.Tallies(ctx, site.Key, consent.ReconcileFrom(yesterday.AddDate(0, 0, -2)), today.AddDate(0, 0, 1))
		if err != nil {
			return err
		}
		for _, gap := range consent.Reconcile(days, yesterday) {
			if gap.Kind.Alarms() {
				a.say(ctx, gap)
			}
		}
		for _, gap := range consent.ReconcileTold(days, end.AddDate(0, 0, -2), now) {
			if gap.Kind.Alarms() {
				standing++
			}
		}
	}
	a.standing.Store(int64(standing))
	return nil
}

func (a *alarm) say(ctx context.Context, gap consent.Gap) {
	about := gap.Missing
	if gap.Missing = 0; a.said[gap] {
		return
	}
	a.said[gap] = true
	words := gapWords[gap.Kind]
	a.log.ErrorContext(ctx, "ALARM", "seen", words.seen, "site", string(gap.Site), "day", gap.Day.Format(time.DateOnly), "about", about,
		"cause", words.cause, "repair", words.repair, "see", "samtykke log reconcile "+string(gap.Site))
}

// reading is the alarm among the metrics.
func (a *alarm) reading() debug.Reading {
	return debug.Reading{
		Name: "samtykke_reconcile_gaps", Help: "Gaps of the last two days that are over, between banners shown, decisions made, stored and acknowledged.",
		Value: func() float64 { return float64(a.standing.Load()) },
	}
}

// reconciled gives a site's gaps on the days from one to another, and the counts
// of these days.
func reconciled(ctx context.Context, store consent.Store, site consent.SiteKey, from, to time.Time) ([]consent.Gap, []consent.Tally, error) {
	days, err := store.Tallies(ctx, site, consent.ReconcileFrom(from), to)
	if err != nil {
		return nil, nil, err
	}
	gaps := consent.Reconcile(days, from)
	for len(days) > 0 && days[0].Day.Before(from) {
		days = days[1:]
	}
	return gaps, days, nil
}
