package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

type logEraseCmd struct {
	access
	logChosen
	Reason consent.ErasureReason `enum:",not_needed,withdrawn,objection,unlawful,legal_obligation,child" default:"" placeholder:"CODE" help:"The ground of GDPR art. 17(1), needed with --yes. It stays in the ledger for ever: not_needed, withdrawn, objection, unlawful, legal_obligation or child."`
	Yes    bool                  `help:"Do it. Without this, only what would go is shown."`
}

// Help says what stays.
func (c *logEraseCmd) Help() string {
	return `The record and the salt that opens its leaf are overwritten in the database and leave the write-ahead log with the next quiet moment. What stays is the leaf, which opens nothing any more, a later leaf that names it with time and reason, and the id, so that the browser's late retry cannot bring the decision back.

A frozen decision must be released first (log release); whoever has the token can erase it without, unless it is frozen for a legal claim.

The grounds: not_needed (a), the record is not needed any more; withdrawn (b), consent to keep it is withdrawn; objection (c), somebody objected and nothing overrides it; unlawful (d), it should not have been kept; legal_obligation (e), the law wants it erased; child (f), a service was offered to a child. The ledger takes no other words: what stands there can never be erased.

Backups that were made before still hold what is erased: keep them no longer than your retention plan says.

Examples:

  samtykke log erase gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b
  samtykke log erase gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b --reason unlawful --yes
  samtykke log erase gjerdrum --token-file - --reason withdrawn --request REQUEST --yes`
}

// Run erases, or says what it would erase.
func (c *logEraseCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.Yes && c.Reason == "" {
		return errors.New("nothing was erased: say on which ground with --reason, such as --reason not_needed, because the ledger keeps it for ever")
	}
	var what consent.Erasure
	if what.Visitor, what.ID, err = c.who(t); err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	request, err := c.sake(ctx, store)
	if err != nil {
		return err
	}
	if what.Visitor, what.ID, err = c.widened(ctx, store, what.Visitor, what.ID); err != nil {
		return err
	}
	entries, err := c.find(ctx, store, what.Visitor, what.ID)
	if err != nil {
		return err
	}
	if !c.Yes {
		return c.preview(t, entries)
	}
	what.Actor, what.Reason, what.Time = consent.ActorOperator, c.Reason, t.clock().UTC()
	if ctx, err = tellsOf(ctx, t, store, c.Site, "log.erase", consent.ForRequest(c.object(entries)+" ground="+string(c.Reason), request)); err != nil {
		return err
	}
	erased, err := store.Erase(ctx, c.Site, what)
	switch {
	case err != nil:
		return err
	case erased == 0: // since they were shown
		return rights.ErrErasedMeanwhile()
	}
	t.say("%d erased.", erased)
	return nil
}

// preview says what would go, or why nothing would.
func (c *logEraseCmd) preview(t *terminal, entries []consent.Entry) error {
	if frozen := frozenAmong(entries); frozen > 0 {
		return consent.Errorf(consent.Conflict, "frozen", "Nothing would be erased: %d of %d %s are frozen (GDPR art. 18). "+
			"Release first what shall go: samtykke log release %s", frozen, len(entries), between(entries), c.Site)
	}
	what := "1 decision"
	if len(entries) > 1 {
		what = strconv.Itoa(len(entries)) + " decisions"
	}
	t.say("%s of the site %s would be erased, %s. Run this again with --reason and --yes to do it.", what, c.Site, between(entries))
	return nil
}
