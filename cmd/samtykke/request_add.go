package main

import (
	"context"
	"crypto/rand"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

type requestAddCmd struct {
	access
	subject
	Site     consent.SiteKey        `arg:"" help:"Key of the site."`
	Kind     consent.RequestKind    `required:"" enum:"access,rectification,erasure,restriction,portability,objection" placeholder:"KIND" help:"What is asked for: access, rectification, erasure, restriction, portability or objection."`
	Channel  consent.RequestChannel `required:"" enum:"self_service,email,phone,letter,in_person" placeholder:"WAY" help:"How it came: self_service, email, phone, letter or in_person."`
	Received string                 `placeholder:"DATE" help:"Day on which it came, such as 2026-11-22; today when left out."`
	Case     consent.CaseNumber     `placeholder:"NUMBER" help:"Number of the case in your archive, such as 2026/1234. That is where the person's name is."`
	JSON     bool                   `name:"json" help:"Write the request as JSON."`
}

// Help says what is kept and what is not.
func (c *requestAddCmd) Help() string {
	return `The request is due one calendar month after the day on which it came, and when nobody works in Norway on that day, on the next working day.

The register keeps no name, address or sentence about the person. Give the receipt or the token when the person has one: only receipts are kept, and they lead to the decisions until these are erased.

Examples:

  samtykke request add gjerdrum --kind access --channel letter --case 2026/1234
  samtykke request add gjerdrum --kind erasure --channel email --receipt RECEIPT`
}

// Run enters the request.
func (c *requestAddCmd) Run(ctx context.Context, t *terminal) (err error) {
	now := t.clock()
	received, err := dayOr(c.Received, now, "--received")
	if err != nil {
		return err
	}
	var random [10]byte
	_, _ = rand.Read(random[:]) // never fails (crypto/rand)
	made := consent.Request{ID: consent.NewRequestID(now, random), Site: c.Site, Kind: c.Kind, Channel: c.Channel, Case: c.Case}
	if _, err := consent.Receive(made, received, now); err != nil {
		return misused{err}
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if c.given() {
		entries, err := c.decisions(ctx, t, store, c.Site)
		if err != nil {
			return err
		}
		shown, _ := consent.ParseDecisionID(strings.TrimSpace(c.Receipt)) // which was read before
		rights.LeadTo(&made, entries, shown)
	}
	request, err := consent.Receive(made, received, now)
	if err != nil {
		return err
	}
	if ctx, err = tellsOf(ctx, t, store, c.Site, "request.add", request.ID.String()); err != nil {
		return err
	}
	if err := store.AddRequest(ctx, request); err != nil {
		return err
	}
	if c.JSON {
		return requestLine(t, request, nil, consent.DayOf(now))
	}
	if n := len(made.Others); n > 0 {
		t.say("It leads to %s of the same person, too, until these are erased.", plural(n, "other decision"))
	}
	t.say("Request %s is due on %s.\nHow to go on: samtykke request show %s %s%s", request.ID, weekday(request.Due()), c.Site, request.ID, c.again())
	return nil
}
