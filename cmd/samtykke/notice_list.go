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

// Help says whom the columns name.
func (c *noticeListCmd) Help() string {
	return `BY is who published the notice, proposed it or set its time, and APPROVED BY who agreed, as the audit trail tells it: the address of an account, with "command" for a command on this machine and "key" for a program. A notice itself names nobody who works with it.`
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
	numbers := make([]consent.NoticeNumber, len(notices))
	for i := range notices {
		numbers[i] = notices[i].Number
	}
	past, err := readPast(ctx, store, c.Site, numbers...)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.lines(t, notices, past)
	}
	if len(notices) == 0 {
		t.say("Nothing is published yet. Publish with: samtykke notice publish %s%s", c.Site, c.again())
		return nil
	}
	list := newTable(t, column{title: "NOTICE", right: true}, column{title: "PUBLISHED"}, column{title: "BY"}, column{title: "APPROVED BY"}, column{title: "SHA-256"}, column{title: "COMMENT"})
	for _, notice := range notices {
		list.add(strconv.Itoa(int(notice.Number)),
			whenShown(notice.Published), orDash(past.by(past.past[notice.Number].Maker)),
			orDash(past.approver(notice.Number)), notice.Hash.String(), orDash(shortened(past.comment(notice.Number))))
	}
	return list.write()
}

// noticeObject is a notice for a script.
type noticeObject struct {
	Site      consent.SiteKey      `json:"site"`
	Notice    consent.NoticeNumber `json:"notice"`
	Hash      string               `json:"hash"`
	Published string               `json:"published"`
	pastObject
}

func (c *noticeListCmd) lines(t *terminal, notices []consent.NoticeEntry, past *pastReader) error {
	lines := json.NewEncoder(t.out)
	for _, notice := range notices {
		err := lines.Encode(noticeObject{c.Site, notice.Number, notice.Hash.String(), notice.Published.UTC().Format(time.RFC3339), past.object(notice.Number)})
		if err != nil {
			return err
		}
	}
	return nil
}
