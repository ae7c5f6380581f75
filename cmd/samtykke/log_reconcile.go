package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

type logReconcileCmd struct {
	access
	Site consent.SiteKey `arg:"" optional:"" help:"Key of the site; all sites when left out."`
	From string          `placeholder:"DATE" help:"From this day (UTC) on; two weeks ago when left out."`
	To   string          `placeholder:"DATE" help:"Up to and with this day (UTC); today when left out."`
	JSON bool            `name:"json" help:"Write one JSON object per line."`
}

// Help says what the numbers mean.
func (c *logReconcileCmd) Help() string {
	return `Four things are counted for each site and day (UTC), without anything about a visitor. Numbers below 5 are not shown.

shown: the banner stood on a page and asked; its page says so once.

decided: a valid decision reached the server. Sent again, it is the same.

stored: it was committed. The database counts this itself, with the decision.

acknowledged: the answer with the receipt was written out.

What is missing between two of them names the part that fails. A few may be on their way (5, and one in a hundred). Fewer decisions than half of what is usual for as many banners, by the two weeks before, mean that the banner is broken for visitors; for that, counts are rounded to tens. A running server compares every ten minutes, and writes ALARM into its log. Pages, letters, programs and samtykke_reconcile_gaps among the metrics tell of a day when it is over: whoever sees them might find the exact number of a day that goes on, by having the banner count.

A choice that has not reached the server yet waits in the visitor's browser and is in no number. A server that is killed forgets what it counted in its last seconds, never what it stored. The exit code is 1 when something is missing. What was missing on one day and may have come on another is said, and is no reason to fail: nobody can tell whether it is the same.

Examples:

  samtykke log reconcile
  samtykke log reconcile gjerdrum --from 2026-11-01 --json`
}

// Run compares and shows.
func (c *logReconcileCmd) Run(ctx context.Context, t *terminal) (err error) {
	from, to, err := c.days(t.clock())
	if err != nil {
		return err
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	sites, err := c.sites(ctx, store)
	if err != nil {
		return err
	}
	missing := 0
	for _, site := range sites {
		gaps, days, err := reconciled(ctx, store, site, from, to)
		if err != nil {
			return err
		}
		for _, gap := range gaps {
			if gap.Kind.Alarms() {
				missing++
			}
		}
		show := c.words
		if c.JSON {
			show = c.lines
		}
		if err := show(t, site, days, gaps); err != nil {
			return err
		}
	}
	if missing > 0 {
		return told{fmt.Errorf("%d gaps", missing)}
	}
	return nil
}

// days reads the flags: from inclusive, to exclusive, both midnight UTC.
func (c *logReconcileCmd) days(now time.Time) (from, to time.Time, err error) {
	today := consent.MidnightOf(now)
	from, to = today.AddDate(0, 0, -13), today
	for _, each := range []struct {
		flag, text string
		day        *time.Time
	}{{"--from", c.From, &from}, {"--to", c.To, &to}} {
		if each.text == "" {
			continue
		}
		if *each.day, err = time.Parse(time.DateOnly, each.text); err != nil {
			return from, to, misusef("%s: %q is not a day; write %s", each.flag, each.text, today.Format(time.DateOnly))
		}
	}
	if to.Before(from) {
		return from, to, misusef("--from must not lie after --to")
	}
	return from, to.AddDate(0, 0, 1), nil
}

func (c *logReconcileCmd) sites(ctx context.Context, store consent.Store) ([]consent.SiteKey, error) {
	if c.Site != "" {
		_, err := known(ctx, store, c.Site)
		return []consent.SiteKey{c.Site}, err
	}
	all, err := store.Sites(ctx)
	keys := make([]consent.SiteKey, len(all))
	for i, site := range all {
		keys[i] = site.Key
	}
	return keys, err
}

func (c *logReconcileCmd) words(t *terminal, site consent.SiteKey, days []consent.Tally, gaps []consent.Gap) error {
	if len(days) == 0 {
		t.say("%s: nothing was counted on these days.", site)
		return nil
	}
	t.say("%s", t.bold(string(site)))
	list := newTable(t, column{title: "DAY"}, column{title: "SHOWN", right: true}, column{title: "DECIDED", right: true},
		column{title: "STORED", right: true}, column{title: "ACKNOWLEDGED", right: true}, column{title: "DECIDED OF SHOWN"})
	for _, day := range days {
		list.add(day.Day.Format(time.DateOnly), crowd(day.Shown), crowd(day.Decided), crowd(day.Stored), crowd(day.Acknowledged), share(day))
	}
	if err := list.write(); err != nil {
		return err
	}
	for _, gap := range gaps {
		words := gapWords[gap.Kind]
		t.say("\n%s, %s: about %s %s.\n  %s\n  %s", site, gap.Day.Format(time.DateOnly), grouped(gap.Missing), words.seen, words.cause, words.repair)
	}
	if len(gaps) == 0 {
		t.say("Nothing is missing.")
	}
	if slices.ContainsFunc(days, func(day consent.Tally) bool { return day.Stored > day.Decided }) {
		t.say("More was stored than was counted before: a server that is killed, or that still runs, has\nnot written what it counted last. What it stored is all there.")
	}
	t.say("")
	return nil
}

// crowd gives a count, unless it is so small that it might be somebody.
func crowd(count int) string {
	if count > 0 && count < consent.Crowd {
		return "< " + strconv.Itoa(consent.Crowd)
	}
	return grouped(count)
}

// crowdNumber gives it for programs: as a number, where it may be shown.
func crowdNumber(count int) any {
	if text := crowd(count); strings.HasPrefix(text, "<") {
		return text
	}
	return count
}

// share draws how many of ten banners were answered, where there are enough.
func share(day consent.Tally) string {
	if day.Shown < consent.Crowd || day.Decided > 0 && day.Decided < consent.Crowd {
		return "–"
	}
	part := min(100, 100*day.Decided/day.Shown)
	full := (part + 5) / 10
	return fmt.Sprintf("%s%s %d %%", strings.Repeat("█", full), strings.Repeat("░", 10-full), part)
}

func (c *logReconcileCmd) lines(t *terminal, site consent.SiteKey, days []consent.Tally, gaps []consent.Gap) error {
	lines := json.NewEncoder(t.out)
	errs := make([]error, 0, len(days))
	for _, day := range days {
		missing := map[consent.GapKind]int{}
		for _, gap := range gaps {
			if gap.Day.Equal(day.Day) {
				missing[gap.Kind] = gap.Missing
			}
		}
		errs = append(errs, lines.Encode(map[string]any{
			"site": site, "day": day.Day.Format(time.DateOnly), "shown": crowdNumber(day.Shown), "decided": crowdNumber(day.Decided),
			"stored": crowdNumber(day.Stored), "acknowledged": crowdNumber(day.Acknowledged), "missing": missing,
		}))
	}
	return errors.Join(errs...)
}
