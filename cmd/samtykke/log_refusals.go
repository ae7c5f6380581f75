package main

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

type logRefusalsCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object per line."`
}

// Help says what is counted.
func (c *logRefusalsCmd) Help() string {
	return `With "refusals: count" in its site file, a site keeps nothing of a visitor whose first answer is no to everything: the browser makes no key, and the log gets no decision. What is left is a number for each day (UTC), notice and language. Numbers below 5 are not shown, because few visitors could be told apart.

The numbers are near: a browser that sends the same refusal again more than ten minutes later, or to a server that was started anew, is counted twice.

Example:

  samtykke log refusals gjerdrum`
}

// fewest is the least number that is shown.
const fewest = 5

// Run lists the numbers, newest day first.
func (c *logRefusalsCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	counts, err := store.Refusals(ctx, c.Site)
	if err != nil {
		return err
	}
	if c.JSON {
		return refusalLines(t, counts)
	}
	if len(counts) == 0 {
		t.say("No refusals were counted. Decisions are in samtykke log list %s.", c.Site)
		return nil
	}
	list := newTable(t, column{title: "DAY"}, column{title: "NOTICE", right: true}, column{title: "LANG"}, column{title: "REFUSALS", right: true})
	for _, count := range counts {
		shown := "< " + strconv.Itoa(fewest)
		if count.Count >= fewest {
			shown = strconv.Itoa(count.Count)
		}
		list.add(count.Day.UTC().Format(time.DateOnly), strconv.Itoa(int(count.Notice)), string(count.Language), shown)
	}
	return list.write()
}

// refusalLines writes null for a number that is too small to be told.
func refusalLines(t *terminal, counts []consent.RefusalCount) error {
	lines := json.NewEncoder(t.out)
	for _, count := range counts {
		var shown *int
		if count.Count >= fewest {
			shown = &count.Count
		}
		err := lines.Encode(map[string]any{
			"site": count.Site, "day": count.Day.UTC().Format(time.DateOnly), "notice": count.Notice, "language": count.Language, "count": shown,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
