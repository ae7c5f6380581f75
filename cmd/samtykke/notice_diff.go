package main

import (
	"context"
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

type noticeDiffCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object."`
}

// Help says what asks again.
func (c *noticeDiffCmd) Help() string {
	return `Visitors are asked again only about what changed in substance: a company, a cookie, a transfer, a lifetime, or a purpose that says something else. Spelling and translations never ask again. To decide it yourself, write purpose_revision in the site file: the old number keeps the answers, a higher one asks again.`
}

// Run compares the draft with the published notice.
func (c *noticeDiffCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, err := known(ctx, store, c.Site)
	if err != nil {
		return err
	}
	notice, err := consent.InForce(ctx, store, c.Site)
	if err != nil {
		return err
	}
	said := notice.Said()
	settled := consent.Revise(*draft, said)
	if notice == nil {
		notice = &consent.Notice{}
	}
	changes, err := consent.Differences(&notice.Draft, &settled)
	if err != nil {
		return err
	}
	asks := consent.CompareAsks(&notice.Draft, &settled)
	found := consent.FindReworded(&notice.Draft, draft, &settled, asks)
	shortened, err := consent.FindShortened(ctx, store, said, &settled.Site, t.clock())
	if err != nil {
		return err
	}
	if c.JSON {
		return c.object(t, notice.Number, changes, asks, found, shortened)
	}
	if err := c.words(t, notice.Number, changes, asks); err != nil {
		return err
	}
	sayReworded(t, found)
	sayShortened(t, shortened)
	return nil
}

func (c *noticeDiffCmd) words(t *terminal, number consent.NoticeNumber, changes []consent.Difference, asks consent.Asked) error {
	if number == 0 {
		t.say("Nothing is published yet.")
		sayAsks(t, asks, true)
		return nil
	}
	if len(changes) == 0 {
		t.say("The draft says what notice %d says.", number)
		return nil
	}
	list := newTable(t, column{title: "CHANGE"}, column{title: "WHERE"}, column{title: "WHAT"})
	for _, change := range changes {
		where, what := difference(change).sentence()
		list.add(string(change.Change), where, what)
	}
	if err := list.write(); err != nil {
		return err
	}
	t.say("\n%s since notice %d.", capital(plural(len(changes), "change")), number)
	sayAsks(t, asks, false)
	return nil
}

func (c *noticeDiffCmd) object(t *terminal, number consent.NoticeNumber, changes []consent.Difference, asks consent.Asked, found []consent.Reworded, shortened *consent.Shortened) error {
	if changes == nil {
		changes = []consent.Difference{}
	}
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	return lines.Encode(struct {
		Site    consent.SiteKey      `json:"site"`
		Notice  consent.NoticeNumber `json:"notice"` // 0 when nothing is published
		Changes []consent.Difference `json:"changes"`
		consent.Asked
		Reworded  []consent.Reworded `json:"reworded"`  // what asks again by its words alone
		Shortened *consent.Shortened `json:"shortened"` // null when decisions are kept no shorter
	}{c.Site, number, changes, asks, found, shortened})
}

// inForce gives the notice in force, or says how to publish one.
func inForce(ctx context.Context, store consent.NoticeStore, site consent.SiteKey) (*consent.Notice, error) {
	notice, err := consent.InForce(ctx, store, site)
	if err != nil || notice != nil {
		return notice, err
	}
	return nil, consent.Errorf(consent.NotFound, "unpublished",
		"The site %s has published nothing yet. Publish its draft: samtykke notice publish %s", site, site)
}
