package main

import (
	"context"
	"errors"
	"log/slog"
	"strconv"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/debug"
	"github.com/samtykke/samtykke/server/figures"
)

// retainEvery is how often a server looks for decisions whose time is up.
const retainEvery = time.Hour

// retention removes decisions that are older than their site says, unless the
// host's clock leapt ahead.
type retention struct {
	store   consent.Store
	clock   func() time.Time
	log     *slog.Logger
	doubted atomic.Bool
}

// run looks at once and from time to time until ctx ends. Nothing else of the
// server waits for it.
func (r *retention) run(ctx context.Context) error {
	tick := time.NewTicker(retainEvery)
	defer tick.Stop()
	for {
		if err := r.look(ctx, r.clock().UTC()); err != nil && ctx.Err() == nil {
			r.log.ErrorContext(ctx, "decisions whose time is up could not be removed; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// look removes what is too old now, of every site.
func (r *retention) look(ctx context.Context, now time.Time) error {
	clock, err := r.store.Clock(ctx)
	if err != nil {
		return err
	}
	clock = clock.See(now)
	if err := r.store.SaveClock(ctx, clock); err != nil {
		return err
	}
	r.doubted.Store(clock.Doubted(now))
	if clock.Doubted(now) {
		r.log.ErrorContext(ctx, "ALARM", "seen", "the clock of this machine leapt ahead; nothing is removed for its age until it is believed",
			"from", clock.From.Format(time.RFC3339), "to", clock.Since.Format(time.RFC3339), "believed", clock.Until().Format(time.RFC3339),
			"cause", "The clock was set, or no server ran for more than a week.",
			"repair", "Correct the clock. If it is right, nothing need be done, or run: samtykke log expire SITE --yes --trust-clock")
		return nil
	}
	if err := r.store.EndRepeats(ctx, now); err != nil {
		return err
	}
	sites, err := r.store.Sites(ctx)
	if err != nil {
		return err
	}
	for _, site := range sites {
		if err := figures.Close(ctx, r.store, site.Key, now); err != nil { // before anything goes that was not counted
			return err
		}
		years, err := expireSite(ctx, r.store, site.Key, now)
		logExpired(ctx, r.log, site.Key, years)
		if gone, _ := consent.ExpiredInAll(years); gone > 0 { // no person did it
			act := consent.Act{Time: now, Organisation: site.Organisation, Site: site.Key, Action: "log.expired", Object: "decisions=" + strconv.Itoa(gone)}
			err = errors.Join(err, r.store.RecordAct(ctx, act))
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// reading is the doubt among the metrics.
func (r *retention) reading() debug.Reading {
	return debug.Reading{
		Name: "samtykke_clock_doubted", Help: "1 while the clock of this machine is doubted, because it leapt ahead, and nothing is removed for its age, else 0.",
		Value: func() float64 {
			if r.doubted.Load() {
				return 1
			}
			return 0
		},
	}
}

// expireSite removes what is older than the retention of the site's current
// notice. A site that has published nothing has stored nothing.
func expireSite(ctx context.Context, store consent.Store, site consent.SiteKey, now time.Time) ([]consent.Expired, error) {
	notice, err := consent.InForce(ctx, store, site)
	if err != nil || notice == nil {
		return nil, err
	}
	before, err := notice.Draft.Site.KeptSince(now)
	if err != nil {
		return nil, err
	}
	return store.Expire(ctx, site, before, now)
}

// logExpired logs what went, by year, when something did.
func logExpired(ctx context.Context, log *slog.Logger, site consent.SiteKey, years []consent.Expired) {
	gone, frozen := consent.ExpiredInAll(years)
	if gone > 0 {
		byYear := make([]any, 0, len(years))
		for _, year := range years {
			byYear = append(byYear, slog.Int(strconv.Itoa(year.Year), year.Gone))
		}
		log.InfoContext(ctx, "decisions whose time was up were removed",
			"site", string(site), "decisions", gone, "frozen", frozen, slog.Group("by_year", byYear...))
	}
	for _, year := range years {
		if year.Dropped {
			log.InfoContext(ctx, "no decision of the year was left, so its ledger was removed; its last checkpoint stays", "site", string(site), "year", year.Year)
		}
	}
}
