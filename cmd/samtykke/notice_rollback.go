package main

import (
	"context"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/sitefile"
)

type noticeRollbackCmd struct {
	access
	Site   consent.SiteKey      `arg:"" help:"Key of the site."`
	Number consent.NoticeNumber `arg:"" help:"Number of the notice, as \"samtykke notice list\" shows it."`
}

// Help says that visitors do not see it yet.
func (c *noticeRollbackCmd) Help() string {
	return `What the notice says becomes the draft again, in place of what the draft says now. Nothing is published by that: see what would change, then publish. Notes for editors stay, and so does how long decisions are kept, which the notice of long ago does not decide.

Example:

  samtykke notice rollback gjerdrum 3
  samtykke notice diff gjerdrum
  samtykke notice publish gjerdrum`
}

// Run puts the content of the notice back as the draft.
func (c *noticeRollbackCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	notice, err := store.Notice(ctx, c.Site, c.Number)
	if consent.KindOf(err) == consent.NotFound {
		return consent.Errorf(consent.NotFound, "unknown_notice", "%s has no notice %d. See those that there are: samtykke notice list %s", c.Site, c.Number, c.Site)
	}
	if err != nil {
		return err
	}
	draft, revision, err := store.DraftAt(ctx, c.Site)
	if err != nil {
		return err
	}
	restored := publishing.Restored(notice, draft)
	kept := sitefile.Keep(draft, restored)
	if sitefile.Same(draft, restored) {
		t.say("The draft of %s says already what notice %d says.", c.Site, c.Number)
	} else if err := c.put(ctx, t, store, restored, revision); err != nil {
		return err
	}
	if kept {
		t.say("How long decisions are kept is as the draft had it.")
	}
	return nil
}

// put makes it the draft, in the place of the one that was seen.
func (c *noticeRollbackCmd) put(ctx context.Context, t *terminal, store consent.Store, restored *consent.Draft, seen consent.DraftRevision) error {
	telling, err := tellsOf(ctx, t, store, c.Site, "draft.restore", strconv.Itoa(int(c.Number)))
	if err != nil {
		return err
	}
	planned, err := planOf(ctx, store, c.Site)
	if err != nil {
		return err
	}
	if err := store.ReplaceDraft(telling, restored, seen, t.clock()); err != nil {
		return err
	}
	if err := c.remarkLapsed(ctx, t, store, planned); err != nil {
		return err
	}
	t.say("The draft of %s says what notice %d says. Nothing is published yet: samtykke notice publish %s%s", c.Site, c.Number, c.Site, c.again())
	return nil
}
