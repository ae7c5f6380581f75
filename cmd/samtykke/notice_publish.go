package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
)

type noticePublishCmd struct {
	access
	Site       consent.SiteKey `arg:"" help:"Key of the site."`
	JSON       bool            `name:"json" help:"Write one JSON object."`
	NoPictures bool            `help:"Take no pictures of the banner."`
	Browser    string          `placeholder:"PATH" help:"The browser to take pictures with; otherwise Chromium or Chrome is looked for."`
}

// Help says what publishing means.
func (c *noticePublishCmd) Help() string {
	return `The draft is checked, frozen with a number and a SHA-256, and shown to visitors from then on. A running server takes it up within a second. A notice is never changed: publish another one.

A draft that says what the newest notice says already is not published again.

Afterwards pictures of the banner are taken and kept with the notice, if there is a browser: both layers, narrow and wide, in every language. That takes no longer than a minute, and visitors do not wait for it.

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
	settings, said, err := c.spoken(t)
	if err != nil {
		return err
	}
	store, err := c.openWith(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, err := known(ctx, store, c.Site)
	if err != nil {
		return err
	}
	done, err := publish(ctx, store, draft, said, t.clock)
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
	if c.JSON {
		return c.object(t, done, c.pictures(ctx, t, store, done))
	}
	c.report(t, done)
	if taken := c.pictures(ctx, t, store, done); taken > 0 {
		t.say("Took %s of the banner. See them: samtykke notice pictures %s %d --to DIR", plural(taken, "picture"), c.Site, done.notice.Number)
	}
	return nil
}

// pictures gives how many were taken. Without any the notice is as published.
func (c *noticePublishCmd) pictures(ctx context.Context, t *terminal, store consent.Store, done *published) int {
	if c.NoPictures || !done.fresh {
		return 0
	}
	shown, err := replay.Find(ctx, store, replay.Wish{Site: c.Site, Notice: done.notice.Number})
	taken := 0
	if err == nil {
		taken, err = takePictures(ctx, t, store, shown, c.Browser, besidePublishing)
	}
	if err != nil {
		t.remark("No pictures were taken of the banner. Take them later with: samtykke notice pictures %s %d\n%s", c.Site, done.notice.Number, err)
	}
	return taken
}

func (c *noticePublishCmd) object(t *terminal, done *published, pictures int) error {
	notice := done.notice
	lines := json.NewEncoder(t.out)
	return lines.Encode(struct {
		Site      consent.SiteKey      `json:"site"`
		Notice    consent.NoticeNumber `json:"notice"`
		Hash      string               `json:"hash"`
		Published string               `json:"published"`
		New       bool                 `json:"new"`
		asked
		Pictures int `json:"pictures"`
	}{c.Site, notice.Number, notice.Hash.String(), notice.Published.Format(time.RFC3339), done.fresh, done.asks, pictures})
}

func (c *noticePublishCmd) report(t *terminal, done *published) {
	notice := done.notice
	if !done.fresh {
		t.say("The draft says what notice %d says; there is nothing new to publish.", notice.Number)
		return
	}
	t.say("Published notice %d of %s, SHA-256 %s.", notice.Number, c.Site, notice.Hash)
	t.say("Its script is %s bytes (brotli).", grouped(done.script))
	done.asks.say(t, notice.Number == 1)
}

// publish freezes the draft as the next notice. The script is built before
// anything is published, so that visitors never meet one that cannot be built.
func publish(ctx context.Context, store consent.Store, draft *consent.Draft, said consent.Translations, clock func() time.Time) (*published, error) {
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
	built, err := banner.New(scratch{}, said, clock).Current(ctx, done.notice)
	if err != nil {
		return nil, err
	}
	done.script = len(built.Files[consent.MainFile].Brotli())
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
