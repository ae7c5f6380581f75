package main

import (
	"context"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/ledger"
)

type logBeginCmd struct {
	access
	Site           consent.SiteKey `arg:"" optional:"" help:"Key of the site; every site without it."`
	WithoutJournal bool            `help:"Go on though the journal of erasures has lost lines. What they erased may be back, for good."`
}

// Help says when this is the right thing.
func (c *logBeginCmd) Help() string {
	return `A server refuses a database that is older than its anchor: decisions that were acknowledged are not in it, and new ones in their place would fork the ledger. If a newer database exists, put that back instead.

When it is lost, this starts the next part of the site's ledger for the year (2026-b). Its first leaf quotes the last checkpoint that the anchor knows, so anyone can see how many leaves were lost, and receipts of them still show that they once were there.

A server also refuses a database whose anchor is lost, because it may be an older one. Put the anchor back; if it is lost, this starts the next part as well, with a leaf that quotes the last checkpoint that the database knows. So no place of the ledger is given to two decisions, whatever was lost.

It is the same with the trails of what administrators have done: each one that lost acts goes on in a next part, whose first act says how many are lost. That is done for all of them, whichever site is named.

Example:

  samtykke log begin gjerdrum`
}

// Run begins the next part.
func (c *logBeginCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.WithoutJournal {
		if err := c.acceptJournal(t); err != nil {
			return err
		}
	}
	store, sites, err := c.about(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	now := t.clock().UTC()
	broke, err := store.BeginTrails(ctx, now)
	if err != nil {
		return err
	}
	for i := range broke {
		t.say("Told in the audit trail %s: %s.", called(broke[i].Organisation), brokeOff(&broke[i]))
	}
	for _, site := range sites {
		begun, err := store.Begin(ctx, site, now)
		if err != nil {
			return err
		}
		if len(begun) == 0 {
			t.say("Nothing to do: the database holds all that its anchor knows of %s.", site)
		}
		for _, origin := range begun {
			t.say("Begun: %s", origin)
		}
	}
	return nil
}

// about opens the database, and gives the site that is named or else all.
func (c *logBeginCmd) about(ctx context.Context, t *terminal) (store consent.Store, sites []consent.SiteKey, err error) {
	if c.Site != "" {
		store, err = c.openSite(ctx, t, c.Site)
		return store, []consent.SiteKey{c.Site}, err
	}
	if store, err = c.open(ctx, t); err != nil {
		return nil, nil, err
	}
	all, err := store.Sites(ctx)
	for _, each := range all {
		sites = append(sites, each.Key)
	}
	return store, sites, err
}

// acceptJournal has lines missed no more that are lost.
func (c *logBeginCmd) acceptJournal(t *terminal) error {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	return journalOf(settings).Accept()
}

// journalOf gives the journal of erasures.
func journalOf(settings *config.Config) *ledger.Journal {
	apart := storage.ApartFrom(settings)
	return ledger.NewJournal(apart.Erasures, ledger.Keys{Folder: apart.Keys})
}
