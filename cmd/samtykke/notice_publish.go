package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
)

type noticePublishCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object."`
}

// Help says what publishing means.
func (c *noticePublishCmd) Help() string {
	return `The draft is checked, frozen with a number and a SHA-256, and shown to visitors from then on. A running server takes it up within a second. A notice is never changed: publish another one.

A draft that says what the newest notice says already is not published again.

See first what would change: samtykke notice diff SITE`
}

// published is what publishing did.
type published struct {
	notice *consent.Notice
	fresh  bool // false: the draft was published already
	asks   asked
	script int // size of the main file, bytes of brotli
}

// Run publishes the draft and says what visitors will notice.
func (c *noticePublishCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, err := known(ctx, store, c.Site)
	if err != nil {
		return err
	}
	done, err := publish(ctx, store, draft, t.clock)
	var faults consent.Problems
	if errors.As(err, &faults) {
		writeProblems(t.err, "", faults.Faults())
		t.remark("\n%s. Nothing was published. Correct the site file and import it again.",
			capital(plural(len(faults.Faults()), "fault")))
		return told{err}
	}
	if err != nil {
		return err
	}
	return c.report(t, done)
}

func (c *noticePublishCmd) report(t *terminal, done *published) error {
	notice := done.notice
	if c.JSON {
		lines := json.NewEncoder(t.out)
		return lines.Encode(struct {
			Site      consent.SiteKey      `json:"site"`
			Notice    consent.NoticeNumber `json:"notice"`
			Hash      string               `json:"hash"`
			Published string               `json:"published"`
			New       bool                 `json:"new"`
			asked
		}{c.Site, notice.Number, notice.Hash.String(), notice.Published.Format(time.RFC3339), done.fresh, done.asks})
	}
	if !done.fresh {
		t.say("The draft says what notice %d says; there is nothing new to publish.", notice.Number)
		return nil
	}
	t.say("Published notice %d of %s, SHA-256 %s.", notice.Number, c.Site, notice.Hash)
	t.say("Its script is %s bytes (brotli).", grouped(done.script))
	done.asks.say(t, notice.Number == 1)
	return nil
}

// publish freezes the draft as the next notice. The script is built before
// anything is published, so that visitors never meet one that cannot be built.
func publish(ctx context.Context, store consent.Store, draft *consent.Draft, clock func() time.Time) (*published, error) {
	before, err := current(ctx, store, draft.Site.Key)
	if err != nil {
		return nil, err
	}
	number, settled := consent.NoticeNumber(1), consent.Revise(*draft, nil)
	if before != nil {
		number, settled = before.Number+1, consent.Revise(*draft, &before.Draft)
		again, err := consent.Freeze(settled, before.Number, before.Published)
		if err != nil {
			return nil, err
		}
		if again.Hash == before.Hash {
			return &published{notice: before, asks: compareAsks(&before.Draft, &settled)}, nil
		}
	}
	done := &published{fresh: true, asks: compareAsks(draftOf(before), &settled)}
	if done.notice, err = consent.Freeze(settled, number, clock()); err != nil {
		return nil, err
	}
	built, err := banner.New(scratch{}, clock).Current(ctx, done.notice)
	if err != nil {
		return nil, err
	}
	done.script = len(built.Files[consent.MainFile].Brotli)
	if err := store.SaveNotice(ctx, draft.Site.Key, done.notice); err != nil {
		return nil, err
	}
	return done, store.SaveBundle(ctx, built.Bundle)
}

// draftOf gives what a notice says; nil for none.
func draftOf(notice *consent.Notice) *consent.Draft {
	if notice == nil {
		return nil
	}
	return &notice.Draft
}
