package publishing

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Comparison is what publishing a draft would change.
type Comparison struct {
	Draft    *consent.Draft
	Revision consent.DraftRevision
	Before   *consent.Notice // in force; nil when nothing is published
	Settled  consent.Draft   // the draft as its notice would have it
	Asked    consent.Asked
	// Reworded, Retold and Shortened are nil when nothing is published.
	Reworded  []consent.Reworded // ask again by their words alone
	Retold    []consent.Reworded // say something else in some languages, and ask nobody
	Shortened *consent.Shortened // also nil when nothing stored goes by it
	Changed   bool               // the draft says something else than the notice
}

// CompareStore is what a comparison is made of.
type CompareStore interface {
	consent.DraftStore
	consent.NoticeStore
	consent.Log
}

// Compare says what publishing the draft of a site would change.
func Compare(ctx context.Context, store CompareStore, site consent.SiteKey, now time.Time) (*Comparison, error) {
	draft, revision, err := store.DraftAt(ctx, site)
	if err != nil {
		return nil, err
	}
	return CompareDraft(ctx, store, draft, revision, now)
}

// CompareDraft is Compare for who has read the draft already. Nobody changes it, as
// what is compared shares it.
func CompareDraft(ctx context.Context, store CompareStore, draft *consent.Draft, revision consent.DraftRevision, now time.Time) (*Comparison, error) {
	before, err := consent.InForce(ctx, store, draft.Site.Key)
	if err != nil {
		return nil, err
	}
	c := &Comparison{Draft: draft, Revision: revision, Before: before, Settled: consent.Revise(*draft, before.Said()), Changed: true}
	c.Asked = consent.CompareAsks(before.Said(), &c.Settled)
	if before == nil {
		return c, nil
	}
	c.Reworded = consent.FindReworded(&before.Draft, draft, &c.Settled, c.Asked)
	c.Retold = consent.FindRetold(&before.Draft, &c.Settled)
	if c.Shortened, err = consent.FindShortened(ctx, store, before.Said(), &c.Settled.Site, now); err != nil {
		return nil, err
	}
	c.Changed = changed(&c.Settled, before)
	return c, nil
}

// Known gives what the draft is shown beside: the notice in force, or before the first
// one the same draft without its services, for whoever publishes has to see what pages
// will load from.
func (c *Comparison) Known() *consent.Draft {
	if c.Before != nil {
		was, _ := consent.Comparing(&c.Before.Draft, &c.Settled)
		return was
	}
	bare := c.Settled
	bare.Services = nil
	return &bare
}

// Differences gives what publishing the draft would change, field by field: before the
// first notice all that it says.
func (c *Comparison) Differences() ([]consent.Difference, error) {
	if c.Before == nil {
		return consent.Differences(&consent.Draft{}, &c.Settled)
	}
	return consent.Differences(c.Known(), &c.Settled)
}

// Changed says whether publishing a draft would make another notice than this one.
func Changed(draft *consent.Draft, notice *consent.Notice) bool {
	settled := consent.Revise(*draft, &notice.Draft)
	return changed(&settled, notice)
}

// changed is that of a settled draft. What cannot be published is no notice's.
func changed(settled *consent.Draft, notice *consent.Notice) bool {
	return !notice.Says(settled) || len(settled.Validate().Faults()) > 0
}

// checkChanged refuses what would publish nothing: Conflict (code "nothing_changed").
func (p *Publisher) checkChanged(ctx context.Context, draft *consent.Draft) error {
	before, err := consent.InForce(ctx, p.store, draft.Site.Key)
	if before == nil || err != nil {
		return err
	}
	if !Changed(draft, before) {
		return errNothingChanged()
	}
	return nil
}

func errNothingChanged() error {
	return consent.Errorf(consent.Conflict, "nothing_changed", "The draft says what the notice in force says. Nothing was planned, because there is nothing to publish.")
}
