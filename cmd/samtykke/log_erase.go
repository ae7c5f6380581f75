package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

type logEraseCmd struct {
	access
	logChosen
	Reason string `placeholder:"TEXT" help:"Why, in a few words, such as objection. It stays in the ledger for ever: write nothing about the person."`
	Yes    bool   `help:"Do it. Without this, only what would go is shown."`
}

// Help says what stays.
func (c *logEraseCmd) Help() string {
	return `The record and the salt that opens its leaf are overwritten in the database and leave the write-ahead log with the next quiet moment. What stays is the leaf, which opens nothing any more, a later leaf that names it with time and reason, and the id, so that the browser's late retry cannot bring the decision back.

A frozen decision must be released first (log release); whoever has the token can erase it without.

Backups that were made before still hold what is erased: keep them no longer than your retention plan says.

Examples:

  samtykke log erase gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b
  samtykke log erase gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b --yes`
}

// maxReason bounds what stays in the ledger for ever.
const maxReason = 200

// Run erases, or says what it would erase.
func (c *logEraseCmd) Run(ctx context.Context, t *terminal) (err error) {
	if len(c.Reason) > maxReason {
		return misusef("--reason is longer than %d bytes; it is kept for ever", maxReason)
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
	entries, err := c.find(ctx, store, what.Visitor, what.ID)
	if err != nil {
		return err
	}
	if !c.Yes {
		t.say("%d of the site %s would be erased, %s. Run this again with --yes to do it.", len(entries), c.Site, between(entries))
		return nil
	}
	what.Actor, what.Reason, what.Time = consent.ActorOperator, c.Reason, t.clock().UTC()
	erased, err := store.Erase(ctx, c.Site, what)
	if err == nil {
		t.say("%d erased.", erased)
	}
	return err
}
