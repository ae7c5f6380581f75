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
	before, err := consent.InForce(ctx, store, site)
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
	c.Changed, err = Changed(draft, before)
	return c, err
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
func Changed(draft *consent.Draft, notice *consent.Notice) (bool, error) {
	repeats, err := notice.Repeats(consent.Revise(*draft, &notice.Draft))
	if consent.KindOf(err) == consent.Invalid {
		return true, nil
	}
	return err == nil && !repeats, err
}

// checkChanged refuses what would publish nothing: Conflict (code "nothing_changed").
func (p *Publisher) checkChanged(ctx context.Context, draft *consent.Draft) error {
	before, err := consent.InForce(ctx, p.store, draft.Site.Key)
	if before == nil || err != nil {
		return err
	}
	changed, err := Changed(draft, before)
	if err == nil && !changed {
		err = errNothingChanged()
	}
	return err
}

func errNothingChanged() error {
	return consent.Errorf(consent.Conflict, "nothing_changed", "The draft says what the notice in force says. Nothing was planned, because there is nothing to publish.")
}
