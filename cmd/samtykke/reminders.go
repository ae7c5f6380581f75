package main

import (
	"context"
	"log/slog"
	"math"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/debug"
)

// remindEvery is how often a server looks for requests that are due soon: often
// enough for a day not to pass unseen.
const remindEvery = time.Hour

// remind writes, at once and from time to time until ctx ends, a line for each
// site whose requests are due in 7 or 2 days or should have been answered, once
// a day. The line says how many, and nothing of whose.
func remind(ctx context.Context, store consent.RequestStore, clock func() time.Time, log *slog.Logger) error {
	tick := time.NewTicker(remindEvery)
	defer tick.Stop()
	for {
		if err := remindNow(ctx, store, clock().UTC(), log); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "data subjects' requests could not be looked through; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// pressing counts the requests of a site that somebody must be reminded of.
type pressing struct{ soon, overdue int }

func remindNow(ctx context.Context, store consent.RequestStore, now time.Time, log *slog.Logger) error {
	today := consent.DayOf(now)
	open, err := store.Requests(ctx, consent.RequestQuery{Open: true})
	if err != nil {
		return err
	}
	sites := map[consent.SiteKey]pressing{}
	for i := range open {
		each := &open[i]
		if !each.Remind(today) {
			continue
		}
		_, err := store.AppendRequest(ctx, each.Site, each.ID, consent.RequestEvent{Step: consent.StepReminded, Time: now, Day: today})
		if consent.KindOf(err) == consent.Conflict {
			continue // it was answered this moment
		}
		if err != nil {
			return err
		}
		count := sites[each.Site]
		if each.Overdue(today) {
			count.overdue++
		} else {
			count.soon++
		}
		sites[each.Site] = count
	}
	for _, site := range sortedKeys(sites) {
		log.WarnContext(ctx, "data subjects' requests must be answered; see samtykke request list", "site", string(site),
			"due_within_a_week", sites[site].soon, "overdue", sites[site].overdue)
	}
	return nil
}

// countWithin is how long the register may take to be counted for a metric.
const countWithin = 2 * time.Second

// requestReadings count the register, for the metrics.
func requestReadings(store consent.RequestStore, clock func() time.Time) []debug.Reading {
	count := func(which func(*consent.Request) bool) func() float64 {
		return func() float64 {
			ctx, cancel := context.WithTimeout(context.Background(), countWithin)
			defer cancel()
			open, err := store.Requests(ctx, consent.RequestQuery{Open: true})
			if err != nil {
				return math.NaN()
			}
			n := 0
			for i := range open {
				if which(&open[i]) {
					n++
				}
			}
			return float64(n)
		}
	}
	return []debug.Reading{
		{Name: "samtykke_subject_requests_open", Help: "Data subjects' requests that are not answered yet.", Value: count(func(*consent.Request) bool { return true })},
		{Name: "samtykke_subject_requests_overdue", Help: "Data subjects' requests that should have been answered.", Value: count(func(r *consent.Request) bool {
			return r.Overdue(consent.DayOf(clock()))
		})},
	}
}
