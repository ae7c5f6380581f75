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
// for it. Its numbers are those of days that are complete, and nobody is named.
func (w *watch) week(ctx context.Context, sites []consent.SiteEntry, names map[consent.SiteKey]string, now time.Time) ([]cause, error) {
	monday := consent.DayOf(now)
	for monday.Weekday() != time.Monday {
		monday--
	}
	key := "week " + monday.String() + string(w.whose)
	if w.toldAll(key) {
		return nil, nil // nothing is counted in vain
	}
	if w.Audits.Due() {
		return nil, nil // the report says what the day's audit found
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
	if sites, err = w.askingBefore(ctx, sites, monday); err != nil {
		return nil, err
	}
	verdict, verdicts := w.verdict(sites)
	parts, items := []string{verdict}, []Item{}
	for i := range sites {
		heading := []string{names[sites[i].Key]}
		if own := verdicts[sites[i].Key]; own != "" {
			heading = append(heading, own)
		}
		part, item, err := w.weekOf(ctx, sites[i].Key, heading, open, from, to, now)
		if err != nil {
			return nil, err
		}
		parts, items = append(parts, part), append(items, item)
	}
	if len(items) == 0 {
		return nil, nil // no site asked anybody, and faults of a log are told of by themselves
	}
	_, number := (monday - 7).Start().ISOWeek()
	days := []any{"n", number, "days", (monday - 7).WordsTo(monday-1, w.lang)}
	w.report = cause{kind: week, key: key, items: items, line: strings.Join(parts, "\n\n"), subject: w.words.fill("week_subject", days...), intro: w.words.fill("week_intro", days...)}
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

// askingBefore leaves out the sites that asked nobody before the next week began: there is
// nothing to tell of them yet.
func (w *watch) askingBefore(ctx context.Context, sites []consent.SiteEntry, next consent.Day) (asked []consent.SiteEntry, err error) {
	for i := range sites {
		if sites[i].Notice == 0 {
			continue
		}
		notices, err := w.Store.Notices(ctx, sites[i].Key)
		if err != nil {
			return nil, err
		}
		if first := len(notices) - 1; first >= 0 && consent.DayOf(notices[first].Published) < next {
			asked = append(asked, sites[i])
		}
	}
	return asked, nil
}

// weekOf tells of one site, under a heading.
func (w *watch) weekOf(ctx context.Context, site consent.SiteKey, lines []string, open []consent.Request, from, to, now time.Time) (string, Item, error) {
	item := Item{Site: site, At: to, Link: w.page(site, "/figures")}
	numbers, told, err := w.numbersOf(ctx, site, from, to, now)
	if err != nil {
		return "", item, err
	}
	lines = append(lines, numbers...)
	published, err := w.publishedOf(ctx, site, from, to)
	if err != nil {
		return "", item, err
	}
	waiting, overdue := openOf(site, open, consent.DayOf(now))
	lines = append(append(lines, published...), w.openWords(waiting, overdue))
	gaps, err := w.gapsOf(ctx, site, from, to, now)
	if err != nil {
		return "", item, err
	}
	found, err := w.findingsOf(ctx, site, from, to, now)
	if err != nil {
		return "", item, err
	}
	item.Counts = map[string]int{"requests": waiting, "overdue": overdue, "gaps": len(gaps)}
	for _, kind := range consent.FindingKinds {
		item.Counts[string(kind)] = len(found[kind])
	}
	item.counted(told)
	if len(gaps) > 0 {
		lines = append(lines, w.words.count("week_gaps", len(gaps)))
	}
	lines = append(lines, w.weekLines(site, found)...)
	if len(gaps)+len(found)+overdue == 0 {
		lines = append(lines, w.words["week_fine"])
	}
	lines = append(lines, w.words.fill("week_link", "link", item.Link))
	return strings.Join(lines, "\n  – "), item, nil
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

// openOf counts a site's requests that wait for an answer.
func openOf(site consent.SiteKey, open []consent.Request, today consent.Day) (waiting, overdue int) {
	for i := range open {
		if open[i].Site == site {
			waiting++
			if open[i].Overdue(today) {
				overdue++
			}
		}
	}
	return waiting, overdue
}

// openWords tells of them.
func (w *watch) openWords(waiting, overdue int) string {
	switch {
	case waiting == 0:
		return w.words["week_no_requests"]
	case overdue == 0:
		return w.words.count("week_requests", waiting)
	case waiting == 1:
		return w.words["week_requests_one_overdue"]
	default:
		return w.words.count("week_requests_overdue", overdue, "waiting", w.words.grouped(waiting))
	}
}
