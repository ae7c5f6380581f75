package main

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

type logRefusalsCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object per line."`
}

// Help says what is counted.
func (c *logRefusalsCmd) Help() string {
	return `With "refusals: count" in its site file, a site keeps nothing of a visitor whose first answer is no to everything: the browser makes no key, and the log gets no decision. What is left is a number for each day (UTC), notice and language.

Shown is what the figures tell of them (samtykke figures SITE --by methods), for all days that are counted together: each day by itself on a busy site, mostly a month else. Today and other days that are not counted yet are not told, and neither are notices and languages: such a number, less what the figures tell of the same days, would be about a few visitors, or one. Where the refusals themselves were few, they are counted "with others", and JSON has null.

The numbers are near: a browser that sends the same refusal again more than ten minutes later, or to a server that was started anew, is counted twice.

Example:

  samtykke log refusals gjerdrum`
}

// Run lists the numbers, the oldest first.
func (c *logRefusalsCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if err := figures.Close(ctx, store, c.Site, t.clock()); err != nil {
		return err
	}
	found, err := figures.Refusals(ctx, store, c.Site, figures.Span{First: time.Unix(0, 0).UTC(), Last: consent.MidnightOf(t.clock())})
	if err != nil {
		return err
	}
	if c.JSON {
		return refusalLines(t, c.Site, found)
	}
	if len(found) == 0 {
		t.say("There are no refusals to show: none were counted, too few, or the days are not counted together yet. Decisions are in samtykke log list %s%s.", c.Site, c.again())
		return nil
	}
	list := newTable(t, column{title: "FROM"}, column{title: "TO"}, column{title: "REFUSALS", right: true})
	for _, each := range found {
		shown := "with others"
		if !each.Joint {
			shown = strconv.Itoa(each.Count)
		}
		list.add(each.First.Format(time.DateOnly), each.Last.Format(time.DateOnly), shown)
	}
	return list.write()
}

// refusalLines writes null for a number that is not told by itself.
func refusalLines(t *terminal, site consent.SiteKey, found []figures.Refused) error {
	lines := json.NewEncoder(t.out)
	for i := range found {
		var shown *int
		if !found[i].Joint {
			shown = &found[i].Count
		}
		err := lines.Encode(map[string]any{
			"site": site, "from": found[i].First.Format(time.DateOnly), "to": found[i].Last.Format(time.DateOnly), "count": shown,
		})
		if err != nil {
			return err
		}
	}
	return nil
}
