package main

import (
	"context"
	"log/slog"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// retainEvery is how often a server looks for decisions whose time is up.
const retainEvery = 6 * time.Hour

// retain removes, at once and from time to time until ctx ends, decisions that
// are older than their site says. Nothing else of the server waits for it.
func retain(ctx context.Context, store consent.Store, clock func() time.Time, log *slog.Logger) error {
	tick := time.NewTicker(retainEvery)
	defer tick.Stop()
	for {
		sites, err := store.Sites(ctx)
		for _, site := range sites {
			var years []consent.Expired
			years, err = expireSite(ctx, store, site.Key, clock().UTC())
			logExpired(ctx, log, site.Key, years)
			if err != nil {
				break
			}
		}
		if err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "decisions whose time is up could not be removed; it is tried again", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
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
