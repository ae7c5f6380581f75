package main

import (
	"context"

	"github.com/schollz/progressbar/v3"

	"github.com/samtykke/samtykke/consent"
)

// bar shows how far an export has come. A nil bar shows nothing.
type bar struct {
	shown *progressbar.ProgressBar
	first int64
}

// newBar measures by the index of the newest decision, which is a good guess
// at the work and costs no count. It is nil when nobody watches.
func newBar(ctx context.Context, t *terminal, store consent.Log, site consent.SiteKey) *bar {
	if !interactive(t.err) {
		return nil
	}
	edge := func(oldest bool) int64 {
		entries, err := store.Read(ctx, consent.LogQuery{Site: site, Oldest: oldest, Limit: 1})
		if err != nil || len(entries) == 0 {
			return 0
		}
		return entries[0].Index
	}
	first, last := edge(true), edge(false)
	if last-first < page {
		return nil
	}
	return &bar{first: first, shown: progressbar.NewOptions64(last-first+1,
		progressbar.OptionSetWriter(t.err),
		progressbar.OptionSetDescription("Decisions"),
		progressbar.OptionSetWidth(30),
		progressbar.OptionClearOnFinish(),
	)}
}

// reach moves the bar to an index.
func (b *bar) reach(index int64) {
	if b != nil {
		_ = b.shown.Set64(min(index-b.first, b.shown.GetMax64()))
	}
}

// finish takes the bar away.
func (b *bar) finish() {
	if b != nil {
		_ = b.shown.Finish()
	}
}
