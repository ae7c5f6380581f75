package main

import (
	"context"
	"encoding/json"
	"errors"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/replay"
)

type noticePublishCmd struct {
	access
	Site       consent.SiteKey `arg:"" help:"Key of the site."`
	Comment    string          `placeholder:"TEXT" help:"What is said of it in the list of notices, on its page and in the audit trail."`
	JSON       bool            `name:"json" help:"Write one JSON object."`
	NoPictures bool            `help:"Take no pictures of the banner."`
	Browser    string          `placeholder:"PATH" help:"The browser to take pictures with; otherwise Chromium or Chrome is looked for."`
}

// Help says what publishing means.
func (c *noticePublishCmd) Help() string {
	return `The draft is checked, frozen with a number and a SHA-256, and shown to visitors from then on. A running server takes it up within a second. A notice is never changed: publish another one.

A draft that says what the newest notice says already is not published again.

Afterwards pictures of the banner are taken and kept with the notice, if there is a browser: both layers, narrow and wide, in every language. That takes no longer than a minute, and visitors do not wait for it.

Where the organisation asks for two people to publish, that is for the pages and the API. This command is the operator's, and publishes all the same. It ends what was proposed or planned for the site.

See first what would change: samtykke notice diff SITE

Example:

  samtykke notice publish gjerdrum --comment chat`
}

// Run publishes the draft and says what visitors will notice.
func (c *noticePublishCmd) Run(ctx context.Context, t *terminal) (err error) {
	if err := publishing.CheckComment(c.Comment); err != nil {
		return err
	}
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
	before, err := consent.InForce(ctx, store, c.Site)
	if err != nil {
		return err
	}
	telling, err := tellsOf(ctx, t, store, c.Site, consent.ActPublish, "")
	if err != nil {
		return err
	}
	done, err := banner.Publish(because(telling, c.Comment), store, draft, said, t.clock)
	var faults consent.Problems
	if errors.As(err, &faults) {
		t.refuseDraft(c.Site, faults, "published")
		return told{err}
	}
	if err != nil {
		return err
	}
	remarkAhead(t, draft)
	return c.told(ctx, t, store, before, done)
}

// told tells of the notice that was made, and takes its pictures.
func (c *noticePublishCmd) told(ctx context.Context, t *terminal, store consent.Store, before *consent.Notice, done *banner.Published) error {
	shortened, err := consent.FindShortened(ctx, store, before.Said(), &done.Notice.Draft.Site, t.clock())
	if err != nil {
		return err
	}
	if c.JSON {
		return c.object(t, done, shortened, c.pictures(ctx, t, store, done))
	}
	c.report(t, done)
	sayShortened(t, shortened)
	if taken := c.pictures(ctx, t, store, done); taken > 0 {
		t.say("Took %s of the banner. See them: samtykke notice pictures %s %d --to DIR%s", plural(taken, "picture"), c.Site, done.Notice.Number, c.again())
	}
	return nil
}

// pictures gives how many were taken. Without any the notice is as published.
func (c *noticePublishCmd) pictures(ctx context.Context, t *terminal, store consent.Store, done *banner.Published) int {
	if c.NoPictures || !done.Fresh {
		return 0
	}
	shown, err := replay.Find(ctx, store, replay.Wish{Site: c.Site, Notice: done.Notice.Number})
	taken := 0
	if err == nil {
		taken, err = takePictures(ctx, store, shown, c.Browser, besidePublishing, t.clock)
	}
	if taken > 0 {
		remarkUnconfined(t)
	}
	if err != nil {
		t.remark("No pictures were taken of the banner. Take them later with: samtykke notice pictures %s %d%s\n%s", c.Site, done.Notice.Number, c.again(), err)
	}
	return taken
}

func (c *noticePublishCmd) object(t *terminal, done *banner.Published, shortened *consent.Shortened, pictures int) error {
	notice := done.Notice
	lines := json.NewEncoder(t.out)
	return lines.Encode(struct {
		Site      consent.SiteKey      `json:"site"`
		Notice    consent.NoticeNumber `json:"notice"`
		Hash      string               `json:"hash"`
		Published string               `json:"published"`
		New       bool                 `json:"new"`
		consent.Asked
		Pictures  int                `json:"pictures"`
		Shortened *consent.Shortened `json:"shortened"` // null when decisions are kept no shorter
	}{c.Site, notice.Number, notice.Hash.String(), notice.Published.Format(time.RFC3339), done.Fresh, done.Asks, pictures, shortened})
}

func (c *noticePublishCmd) report(t *terminal, done *banner.Published) {
	notice := done.Notice
	if !done.Fresh {
		t.say("The draft says what notice %d says; there is nothing new to publish.", notice.Number)
		return
	}
	t.say("Published notice %d of %s, SHA-256 %s.", notice.Number, c.Site, notice.Hash)
	t.say("Its script is %s bytes (brotli).", grouped(done.Script))
	sayAsks(t, done.Asks, notice.Number == 1)
}
