package main

import (
	"context"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

type noticeShowCmd struct {
	access
	Site   consent.SiteKey      `arg:"" help:"Key of the site."`
	Number consent.NoticeNumber `arg:"" optional:"" help:"Number of the notice; the newest when left out."`
	JSON   bool                 `name:"json" help:"Write the canonical JSON that the SHA-256 is taken over, byte for byte. With --as-shown, one JSON object with the address."`
	asShown
}

// Help says what --as-shown is for.
func (c *noticeShowCmd) Help() string {
	return `With --as-shown it shows what visitors saw: it serves a page on this machine, prints its address and goes on until it is interrupted. In the page a sandboxed frame runs the very bytes that are stored, beside their SHA-256 computed anew and the one on record. If they are not equal it says so and runs nothing. Presses in the frame go nowhere.

For a decision it is the notice, the script and the language of that decision, with what was answered. "samtykke log list SITE" names the decisions, and the notice and the beginning of the script's hash for each.

Examples:

  samtykke notice show gjerdrum
  samtykke notice show gjerdrum 3 --as-shown --lang nn
  samtykke notice show gjerdrum --as-shown --decision 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b`
}

// Run shows one notice.
func (c *noticeShowCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.Number < 0 {
		return misusef("notices are numbered from 1")
	}
	if err := c.check(); err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if c.AsShown {
		return c.replay(ctx, t, store)
	}
	notice, err := c.notice(ctx, store)
	if err != nil {
		return err
	}
	if c.JSON {
		_, err = t.out.Write(notice.JSON)
		return err
	}
	past, err := readPast(ctx, store, c.Site, notice.Number)
	if err != nil {
		return err
	}
	return show(t, notice, past)
}

func (c *noticeShowCmd) notice(ctx context.Context, store consent.Store) (*consent.Notice, error) {
	newest, err := inForce(ctx, store, c.Site)
	if err != nil {
		return nil, err
	}
	if c.Number == 0 {
		return newest, nil
	}
	if c.Number > newest.Number {
		return nil, consent.Errorf(consent.NotFound, "unknown_notice",
			"The site %s has no notice %d. Its notices are 1 to %d.", c.Site, c.Number, newest.Number)
	}
	return store.Notice(ctx, c.Site, c.Number)
}

func show(t *terminal, notice *consent.Notice, past *pastReader) error {
	draft := &notice.Draft
	facts := newTable(t, column{}, column{})
	facts.add("Notice", strconv.Itoa(int(notice.Number)))
	facts.add("Site", wording(draft.Site.Name)+" ("+string(draft.Site.Key)+")")
	facts.add("Published", whenShown(notice.Published))
	past.addTo(facts, notice.Number)
	facts.add("SHA-256", notice.Hash.String())
	facts.add("Languages", join(draft.Site.Languages))
	facts.add("Origins", join(draft.Site.Origins))
	facts.add("A decision holds", orDash(draft.Site.Validity.Words(consent.English)))
	facts.add("and is kept", orDash(draft.Site.Retention.Words(consent.English)))
	if draft.Site.Refusals == consent.RefusalsCount {
		facts.add("A first no", "is only counted")
	}
	if err := facts.flush(); err != nil {
		return err
	}
	t.say("")
	if err := showAsks(t, draft); err != nil {
		return err
	}
	t.say("")
	return showServices(t, draft)
}

func showAsks(t *terminal, draft *consent.Draft) error {
	asks := newTable(t, column{title: "ASKED"}, column{title: "WHERE"}, column{title: "CHECKSUM"}, column{title: "FOR"})
	for _, unit := range draft.Asks() {
		where := consent.AskBanner
		if unit.Service != "" {
			where = consent.AskInPlace
		}
		asks.add(unit.Name(), string(where), unit.Checksum, join(unit.Refs))
	}
	return asks.write()
}

func showServices(t *terminal, draft *consent.Draft) error {
	services := newTable(t, column{title: "SERVICE"}, column{title: "COMPANY"}, column{title: "CATEGORY"},
		column{title: "ASKED"}, column{title: "COOKIES", right: true})
	for i := range draft.Services {
		service := &draft.Services[i]
		services.add(string(service.Key), orDash(service.Provider.Name), string(service.Category),
			string(service.Ask), strconv.Itoa(len(service.Cookies)))
	}
	return services.write()
}
