package main

import (
	"context"
	"encoding/json"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
)

type noticeListCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object per line."`
}

// Run lists the notices, newest first.
func (c *noticeListCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	notices, err := store.Notices(ctx, c.Site)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.lines(t, notices)
	}
	if len(notices) == 0 {
		t.say("Nothing is published yet. Publish with: samtykke notice publish %s%s", c.Site, c.again())
		return nil
	}
	list := newTable(t, column{title: "NOTICE", right: true}, column{title: "PUBLISHED"}, column{title: "SHA-256"})
	for _, notice := range notices {
		list.add(strconv.Itoa(int(notice.Number)),
			notice.Published.In(t.clock().Location()).Format(time.DateTime), notice.Hash.String())
	}
	return list.write()
}

func (c *noticeListCmd) lines(t *terminal, notices []consent.NoticeEntry) error {
	lines := json.NewEncoder(t.out)
	for _, notice := range notices {
		err := lines.Encode(map[string]any{
			"site": c.Site, "notice": notice.Number, "hash": notice.Hash.String(),
			"published": notice.Published.UTC().Format(time.RFC3339),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
