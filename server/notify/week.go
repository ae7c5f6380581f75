package notify

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// weekly says whether the last week is to be told: from Monday morning, and on
// Tuesday for a server that was away.
func (w *watch) weekly(now time.Time) bool {
	local := consent.InNorway(now)
	return local.Weekday() == time.Monday && local.Hour() >= morning || local.Weekday() == time.Tuesday
}

// week tells how last week was, once to each: half a page for whoever answers
// for it. Small numbers are hidden, and nobody is named.
func (w *watch) week(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	monday := consent.DayOf(now)
	for monday.Weekday() != time.Monday {
		monday--
	}
	key := "week " + monday.String() + string(w.whose)
	if w.toldAll(key) {
		return nil, nil // nothing is counted in vain
	}
	if w.report.key == key {
		return []cause{w.report}, nil // one of the channels waits for it
	}
	to := consent.MidnightOf(now)
	for to.Weekday() != time.Monday {
		to = to.AddDate(0, 0, -1)
	}
	from := to.AddDate(0, 0, -7)
	open, err := w.Store.Requests(ctx, consent.RequestQuery{Open: true})
	if err != nil {
		return nil, err
	}
	parts := []string{w.verdict(sites)}
	budget := maxRead
	for i := range sites {
		if sites[i].Notice == 0 {
			continue // nobody is asked yet
		}
		part, err := w.weekOf(ctx, sites[i].Key, names[sites[i].Key], open, from, to, now, &budget)
		if err != nil {
			return nil, err
		}
		parts = append(parts, part)
	}
	if w.whose != "" && len(parts) == 1 {
		return nil, nil // there is nothing to tell of
	}
	first, last := monday-7, monday-1
	w.report = cause{kind: week, key: key, line: strings.Join(parts, "\n\n"), subject: w.words.fill("week_subject", "from", first.Words(w.lang), "to", last.Words(w.lang))}
	return []cause{w.report}, nil
}

func (w *watch) toldAll(key string) bool {
	for _, each := range w.channels {
		if !w.memory.told(each.name(), key) {
			return false
		}
	}
	return true
}

// verdict says in a line what the last audit found.
func (w *watch) verdict(sites []consent.SiteEntry) string {
	faults := 0
	for _, each := range w.ours(sites) {
		faults += each.Count
	}
	switch {
	case w.memory.Audited == "":
		return w.words["week_not_audited"]
	case faults == 0:
		return w.words["week_holds"]
	default:
		return w.words.count(w.key("week_faults"), faults)
	}
}

// weekOf tells of one site.
func (w *watch) weekOf(ctx context.Context, site consent.SiteKey, name string, open []consent.Request, from, to, now time.Time, budget *int) (string, error) {
	counts, err := w.countsOf(ctx, site, from, to)
	if err != nil {
		return "", err
	}
	lines := append([]string{name}, counts...)
	answers, err := w.answersOf(ctx, site, from, to, budget)
	if err != nil {
		return "", err
	}
	if text := w.share(answers); text != "" {
		lines = append(lines, text)
	}
	published, err := w.publishedOf(ctx, site, from, to)
	if err != nil {
		return "", err
	}
	lines = append(append(lines, published...), w.openOf(site, open, consent.DayOf(now)))
	gaps, err := w.gapsOf(ctx, site, from, to)
	if err != nil {
		return "", err
	}
	found, err := w.unknownOf(ctx, site, from, to)
	if err != nil {
		return "", err
	}
	if len(gaps) > 0 {
		lines = append(lines, w.words.count("week_gaps", len(gaps)))
	}
	if len(found) > 0 {
		lines = append(lines, w.words.count("week_unknown", len(found)))
	}
	if len(gaps)+len(found) == 0 {
		lines = append(lines, w.words["week_fine"])
	}
	return strings.Join(lines, "\n  – "), nil
}

// countsOf tells how often the banner was shown and answered, and that of the week before
// where it was asked already.
func (w *watch) countsOf(ctx context.Context, site consent.SiteKey, from, to time.Time) ([]string, error) {
	days, err := w.Store.Tallies(ctx, site, from.AddDate(0, 0, -7), to)
	if err != nil {
		return nil, err
	}
	var now, before consent.Tally
	for _, day := range days {
		week := &now
		if day.Day.Before(from) {
			week = &before
		}
		week.Shown, week.Decided = week.Shown+day.Shown, week.Decided+day.Decided
	}
	lines := []string{w.words.fill("week_counts", "shown", w.crowd(now.Shown), "decided", w.crowd(now.Decided))}
	if before.Shown+before.Decided > 0 {
		lines = append(lines, w.words.fill("week_before", "shown", w.crowd(before.Shown), "decided", w.crowd(before.Decided)))
	}
	return lines, nil
}

// publishedOf tells which notices came into force.
func (w *watch) publishedOf(ctx context.Context, site consent.SiteKey, from, to time.Time) ([]string, error) {
	all, err := w.Store.Notices(ctx, site)
	if err != nil {
		return nil, err
	}
	var lines []string
	first, next := consent.DayOf(from), consent.DayOf(to)
	for _, each := range slices.Backward(all) {
		if day := consent.DayOf(each.Published); first <= day && day < next {
			lines = append(lines, w.words.fill("week_published", "n", strconv.Itoa(int(each.Number)), "day", day.Words(w.lang)))
		}
	}
	if more := len(lines) - mostNotices; more > 0 {
		lines = append(lines[:mostNotices], w.words.count("more", more))
	}
	return lines, nil
}

// mostNotices is how many notices of a week are named.
const mostNotices = 5

// openOf tells of a site's requests that wait for an answer.
func (w *watch) openOf(site consent.SiteKey, open []consent.Request, today consent.Day) string {
	waiting, overdue := 0, 0
	for i := range open {
		if open[i].Site == site {
			waiting++
			if open[i].Overdue(today) {
				overdue++
			}
		}
	}
	switch {
	case waiting == 0:
		return w.words["week_no_requests"]
	case overdue == 0:
		return w.words.count("week_requests", waiting)
	case waiting == 1:
		return w.words["week_requests_one_overdue"]
	default:
		return w.words.count("week_requests", waiting) + ", " + w.words.count("week_overdue", overdue)
	}
}

// crowd writes a count, but for one that might be somebody.
func (w *watch) crowd(n int) string {
	if n > 0 && n < consent.Crowd {
		return w.words["few"]
	}
	return grouped(n)
}
