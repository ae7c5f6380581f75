package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

type requestListCmd struct {
	access
	Site    consent.SiteKey `arg:"" optional:"" help:"Key of the site; all sites when left out."`
	All     bool            `xor:"which" help:"Closed ones, too."`
	Overdue bool            `xor:"which" help:"Only those that should have been answered already."`
	Check   bool            `help:"Fail when one is overdue, so that a timed job notices."`
	JSON    bool            `name:"json" help:"Write one JSON object per line."`
}

// Help says what a timed job does with it.
func (c *requestListCmd) Help() string {
	return `Those that are due first come first, so that what is overdue stands on top. A running server writes a line to its log 7 and 2 days before a request is due, and each day afterwards.

Examples:

  samtykke request list
  samtykke request list gjerdrum --overdue --check`
}

// Run lists requests.
func (c *requestListCmd) Run(ctx context.Context, t *terminal) (err error) {
	open := c.open
	if c.Site != "" {
		open = func(ctx context.Context, t *terminal) (consent.Store, error) { return c.openSite(ctx, t, c.Site) }
	}
	store, err := open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	requests, err := store.Requests(ctx, consent.RequestQuery{Site: c.Site, Open: !c.All})
	if err != nil {
		return err
	}
	today := consent.DayOf(t.clock())
	shown, overdue := c.chosen(requests, today)
	if err := c.write(ctx, t, store, shown, today); err != nil {
		return err
	}
	if c.Check && overdue > 0 {
		return consent.Errorf(consent.Conflict, "overdue", "%d overdue. The person may complain: answer now, and say why it is late.", overdue)
	}
	return nil
}

// chosen gives the requests to show, and how many of all are overdue.
func (c *requestListCmd) chosen(requests []consent.Request, today consent.Day) (shown []*consent.Request, overdue int) {
	for i := range requests {
		late := requests[i].Overdue(today)
		if late {
			overdue++
		}
		if late || !c.Overdue {
			shown = append(shown, &requests[i])
		}
	}
	return shown, overdue
}

func (c *requestListCmd) write(ctx context.Context, t *terminal, store consent.Store, requests []*consent.Request, today consent.Day) error {
	if c.JSON {
		history, err := historyOf(ctx, store, requests...)
		if err != nil {
			return err
		}
		for _, each := range requests {
			if err := requestLine(t, each, history, today); err != nil {
				return err
			}
		}
		return nil
	}
	if len(requests) == 0 {
		t.say("No requests.")
		return nil
	}
	list := newTable(t, column{title: "DUE"}, column{title: "LEFT"}, column{title: "KIND"}, column{title: "CHANNEL"},
		column{title: "RECEIVED"}, column{title: "CASE"}, column{title: "SITE"}, column{title: "REQUEST"})
	for _, each := range requests {
		list.add(each.Due().String(), standing(each, today), string(each.Kind), string(each.Channel),
			each.Received().String(), orDash(string(each.Case)), string(each.Site), each.ID.String())
	}
	return list.write()
}

// standing says how much time is left, or what the outcome was.
func standing(r *consent.Request, today consent.Day) string {
	if answer := r.Answer(); answer != nil {
		return string(answer.Outcome)
	}
	text := left(r.Due(), today)
	if r.Extended() {
		text += ", extended"
	}
	return text
}
