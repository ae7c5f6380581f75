package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// requestKey names one request of a site.
type requestKey struct {
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	ID   string          `arg:"" name:"request" help:"Id of the request, from \"samtykke request list\"."`
}

func (k requestKey) parse() (consent.RequestID, error) {
	id, err := consent.ParseRequestID(k.ID)
	if err != nil {
		return id, misusef("the request: %w", err)
	}
	return id, nil
}

type requestShowCmd struct {
	access
	requestKey
	JSON bool `name:"json" help:"Write the request as JSON."`
}

// Run shows a request.
func (c *requestShowCmd) Run(ctx context.Context, t *terminal) (err error) {
	id, err := c.parse()
	if err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	request, err := store.Request(ctx, c.Site, id)
	if err != nil {
		return err
	}
	theirs, err := rights.Theirs(ctx, store, request)
	if err != nil {
		return err
	}
	history, err := historyOf(ctx, store, request)
	if err != nil {
		return err
	}
	today := consent.DayOf(t.clock())
	if c.JSON {
		return requestLine(t, request, history, today)
	}
	facts := newTable(t, column{}, column{})
	facts.add("Request", request.ID.String())
	facts.add("Site", string(request.Site))
	facts.add("Asks for", request.Kind.Words(consent.English))
	facts.add("Came by", string(request.Channel))
	facts.add("Case", orDash(string(request.Case)))
	facts.add("Receipt", orDash(request.Receipt.String()))
	addTheirs(facts, theirs)
	facts.add("Due", weekday(request.Due())+", "+standing(request, today))
	if err := facts.flush(); err != nil {
		return err
	}
	t.say("")
	if err := writeHistory(ctx, t, store, request, history); err != nil {
		return err
	}
	if left := c.left(request, theirs); left != "" {
		t.say("\n%s", left)
	}
	return nil
}
