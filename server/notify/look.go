package notify

import (
	"context"
	"errors"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// morning is when people are told what does not hurry (hour in Norway).
const morning = 7

// look gives all that must be told, told already or not. What could be found is
// given with an error, too.
func (w *watch) look(ctx context.Context, now time.Time) ([]cause, error) {
	sites, err := w.sites(ctx)
	if err != nil {
		return nil, err
	}
	names := namesOf(sites, w.lang)
	var all []cause
	var errs []error
	add := func(causes []cause, err error) {
		all, errs = append(all, causes...), append(errs, err)
	}
	if w.whose == "" {
		add(w.leapt(ctx, now))
		add(w.changes(ctx, now))
	}
	add(w.bulks(ctx, now))
	add(w.gaps(ctx, sites, names, now))
	add(w.plans(ctx, sites, names, now))
	if consent.InNorway(now).Hour() >= morning {
		add(w.pressing(ctx, names, now))
		add(w.hurrying(ctx, sites, names, now))
		add(w.unknown(ctx, sites, names, now))
		add(w.lost(ctx, sites, names, now))
		add(w.reviews(ctx, sites, names, now))
	}
	add(w.audited(ctx, sites, names, now))
	if w.weekly(now) {
		add(w.week(ctx, sites, names, now))
	}
	owned(all, sites)
	return all, errors.Join(errs...)
}

// sites gives those that the people of a watch are told of.
func (w *watch) sites(ctx context.Context) ([]consent.SiteEntry, error) {
	all, err := w.Store.Sites(ctx)
	if err != nil || w.whose == "" {
		return all, err
	}
	return slices.DeleteFunc(all, func(site consent.SiteEntry) bool { return site.Organisation != w.whose }), nil
}

// leapt tells that the clock is doubted, once for each leap.
func (w *watch) leapt(ctx context.Context, now time.Time) ([]cause, error) {
	seen, err := w.Store.Clock(ctx)
	if err != nil || !seen.Doubted(now) {
		return nil, err
	}
	day := func(at time.Time) string { return consent.DayOf(at).Words(w.lang) }
	until := seen.Until().UTC()
	return []cause{{kind: clock, key: "clock " + seen.Since.Format(time.RFC3339), items: []Item{{At: seen.Since.UTC(), Until: &until}}, line: w.words.fill("clock_line",
		"from", day(seen.From), "to", day(seen.Since), "until", day(seen.Until()))}}, nil
}

// gaps tells of the last two days that are over. That of a day which goes on stands in
// the log of the server alone: whoever gets letters may have the banner count, too.
func (w *watch) gaps(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	end := consent.CountsEnd(now)
	var all []cause
	for _, site := range sites {
		found, err := w.gapsOf(ctx, site.Key, end.AddDate(0, 0, -2), end, now)
		if err != nil {
			return all, err
		}
		for _, each := range found {
			key := "gap " + string(each.Kind) + " " + string(site.Key) + " " + each.Day.Format(time.DateOnly)
			item := Item{Site: site.Key, At: each.Day, Link: w.page(site.Key, "/figures"), About: string(each.Kind), Size: each.Size()}
			all = append(all, cause{kind: gap, key: key, site: names[site.Key], items: []Item{item}, line: w.words.fill("gap_line",
				"site", names[site.Key], "link", item.Link, "day", consent.DayOf(each.Day).Words(w.lang), "what", w.words.fill(w.key("gap_"+string(each.Kind)), "size", w.words["size_"+string(each.Size())]))})
		}
	}
	return all, nil
}

// gapsOf gives a site's gaps that are alarms.
func (w *watch) gapsOf(ctx context.Context, site consent.SiteKey, from, to, now time.Time) ([]consent.Gap, error) {
	days, err := w.Store.Tallies(ctx, site, consent.ReconcileFrom(from), to)
	if err != nil {
		return nil, err
	}
	var alarms []consent.Gap
	for _, each := range consent.ReconcileTold(days, from, now) {
		if each.Kind.Alarms() {
			alarms = append(alarms, each)
		}
	}
	return alarms, nil
}

// pressing tells of requests 7 and 2 days before they are due, and each day
// once they are overdue: how many, and nothing of whose.
func (w *watch) pressing(ctx context.Context, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	open, err := w.Store.Requests(ctx, consent.RequestQuery{Open: true})
	if err != nil {
		return nil, err
	}
	today := consent.DayOf(now)
	var all []cause
	for i := range open {
		each := &open[i]
		name, ours := names[each.Site]
		if !ours {
			continue
		}
		since, overdue := consent.Day(0), each.Overdue(today)
		switch due := each.Due(); {
		case overdue:
			since = today
		case today >= due-2:
			since = due - 2
		case today >= due-7:
			since = due - 7
		default:
			continue
		}
		counts := map[string]int{"overdue": 0, "soon": 1}
		if overdue {
			counts = map[string]int{"overdue": 1, "soon": 0}
		}
		all = append(all, cause{
			kind: requests, key: "request " + each.ID.String() + " " + since.String(), site: name, overdue: overdue,
			items: []Item{{Site: each.Site, At: consent.MidnightOf(now), Link: w.page(each.Site, "/requests"), Counts: counts}},
		})
	}
	return all, nil
}
