package main

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

type figuresCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	By   string          `default:"outcomes" enum:"outcomes,days,categories,languages,notices,methods,delays,placeholders,visits" placeholder:"WHAT" help:"What is told apart: outcomes, days, categories, languages, notices, methods, delays (how long answers took), placeholders (that were opened) or visits (how often the banner was shown, decided, stored and acknowledged)."`
	From string          `placeholder:"DATE" help:"From this day on (UTC); 30 days in all when left out."`
	To   string          `placeholder:"DATE" help:"Up to and with this day (UTC); today when left out."`
	CSV  bool            `name:"csv" xor:"form" help:"Write a CSV file."`
	separated
	JSON bool `name:"json" xor:"form" help:"Write one JSON object per line."`
}

// Help says why numbers stand together.
func (c *figuresCmd) Help() string {
	return `The numbers are those of the page: none is about fewer than five people, and none can be worked out of others. So days are counted together once, mostly to the end of a month, and what is shown is about those that were complete within the range; what was shown once never changes. What could not be told apart stands together with a +; what would be about few is hidden.

Examples:

  samtykke figures gjerdrum
  samtykke figures gjerdrum --by languages --from 2026-01-01 --to 2026-06-30
  samtykke figures gjerdrum --by days --csv`
}

// The days that are counted: usually, and at most (ten years).
const (
	usualDays = 30
	mostDays  = 3660
)

// Run counts and shows one table.
func (c *figuresCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.semicolons() && !c.CSV {
		return misusef("--separator belongs to --csv; nothing else has cells")
	}
	span, err := c.span(t.clock())
	if err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := figures.Close(ctx, store, c.Site, t.clock()); err != nil {
		return err
	}
	found, err := figures.Between(ctx, store, c.Site, span)
	if err != nil {
		return err
	}
	made := countsBy(c.By, found)
	if len(made.rows) == 0 && !c.JSON && !c.CSV {
		t.say("There is nothing to show between %s and %s: too few decided, or the days are not counted together yet.", span.First.Format(time.DateOnly), span.Last.Format(time.DateOnly))
		return nil
	}
	switch {
	case c.JSON:
		return made.lines(t)
	case c.CSV:
		return made.file(&c.separated, t.out)
	}
	return made.show(t)
}

// span gives the days to count.
func (c *figuresCmd) span(now time.Time) (figures.Span, error) {
	today := consent.MidnightOf(now)
	span := figures.Span{Last: today}
	var err error
	if c.To != "" {
		if span.Last, err = time.Parse(time.DateOnly, c.To); err != nil {
			return span, misusef("--to %q is no day; write it as 2026-11-22", c.To)
		}
	}
	if span.Last.After(today) {
		span.Last = today
	}
	span.First = span.Last.AddDate(0, 0, 1-usualDays)
	if c.From != "" {
		if span.First, err = time.Parse(time.DateOnly, c.From); err != nil {
			return span, misusef("--from %q is no day; write it as 2026-11-22", c.From)
		}
	}
	switch {
	case span.First.After(span.Last):
		return span, misusef("--from must not lie after --to, nor after today")
	case span.Days() > mostDays:
		return span, misusef("these are %d days, and at most %d are counted at once", span.Days(), mostDays)
	}
	return span, nil
}
