package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

type logFreezeCmd struct {
	access
	logChosen
	Reason consent.RestrictionReason `enum:"asked,accuracy,unlawful,claim,objection" default:"asked" placeholder:"CODE" help:"The ground of GDPR art. 18(1): asked (unless told), accuracy, unlawful, claim or objection."`
	Why    string                    `placeholder:"TEXT" help:"Why, in your words, needed: 1 to 500 characters, such as the number of the case, and nothing about the person."`
}

// Help says what freezing does.
func (c *logFreezeCmd) Help() string {
	return `A frozen decision is kept and nothing else (GDPR art. 18): it does not expire, log erase refuses it, statistics leave it out, and exports mark it. Whoever has the token can erase it all the same, except when the ground is claim, and release it when the ground is asked; what is frozen on another ground, only log release releases. Decisions that the visitor makes later are not frozen. A ground other than asked takes the place of asked, so that the visitor can no longer release what they froze first; any other ground stays until log release. When nothing changes, the exit code is 1.

The audit trail keeps why, and the page of the decision shows it until the release.

The journal of erasures remembers what is frozen, so that putting back a backup does not undo it.

The grounds: accuracy, somebody says that the record is wrong; unlawful, it should not be kept but is not to be erased; claim, somebody needs it for a legal claim; objection, an objection is being looked at.

Examples:

  samtykke log freeze gjerdrum --receipt 019ab0c4-8f3e-7cc1-9d4b-0a6f5e2d1c3b --why 2026/1234
  samtykke log freeze gjerdrum --reason claim --why 2026/1234 --token-file -
  samtykke log freeze gjerdrum --reason accuracy --why 2026/1234 --token-file - --request REQUEST`
}

// Run freezes, which costs nothing to undo.
func (c *logFreezeCmd) Run(ctx context.Context, t *terminal) error {
	if err := rights.CheckReason(c.Why); err != nil {
		return misusef("--why: %w Say why it is frozen, such as --why \"Case 2026/1234\", and nothing about the person", err)
	}
	return restrict(ctx, t, c.access, &c.logChosen, consent.Restriction{Reason: c.Reason, Why: c.Why}, "frozen")
}

// restrict changes what was named, and says how many it changed.
func restrict(ctx context.Context, t *terminal, where access, chosen *logChosen, what consent.Restriction, done string) (err error) {
	if what.Visitor, what.ID, err = chosen.who(t); err != nil {
		return err
	}
	store, err := where.openSite(ctx, t, chosen.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	request, err := chosen.sake(ctx, store)
	if err != nil {
		return err
	}
	if what.Visitor, what.ID, err = chosen.widened(ctx, store, what.Visitor, what.ID); err != nil {
		return err
	}
	entries, err := chosen.find(ctx, store, what.Visitor, what.ID)
	if err != nil {
		return err
	}
	what.Time = t.clock().UTC()
	action := "log.freeze"
	if what.Release {
		action = "log.release"
	}
	if ctx, err = tellsOf(ctx, t, store, chosen.Site, action, consent.ForRequest(chosen.object(entries), request)); err != nil {
		return err
	}
	ctx = because(ctx, what.Why)
	changed, err := store.Restrict(ctx, chosen.Site, what)
	switch {
	case err != nil:
		return err
	case changed == 0 && what.Release:
		return consent.Errorf(consent.Conflict, "not_frozen", "Nothing was changed: none of %d %s is frozen.", len(entries), between(entries))
	case changed == 0:
		return frozenAlready(chosen.Site, entries)
	}
	t.say("%d %s, of %d %s.", changed, done, len(entries), between(entries))
	return nil
}

// frozenAlready says why freezing changed nothing: whoever needs another ground
// must not believe that it is there.
func frozenAlready(site consent.SiteKey, entries []consent.Entry) error {
	return consent.Errorf(consent.Conflict, "frozen", "Nothing was changed: %d of %d %s were frozen already, and only the ground asked gives way to another. "+
		"\"samtykke request answer\" says on which ground. For another one, run \"samtykke log release %s\" first, and freeze again.", len(entries), len(entries), between(entries), site)
}
