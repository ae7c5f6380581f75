package main

import (
	"context"

	"github.com/schollz/progressbar/v3"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
)

// bar shows how far long work has come. A nil bar shows nothing.
type bar struct {
	shown *progressbar.ProgressBar
	first int64
}

// newBar shows progress up to a total. It is nil when nobody watches, or the work
// is done at once.
func newBar(t *terminal, what string, first, total int64) *bar {
	if !interactive(t.err) || total < export.Page {
		return nil
	}
	return &bar{first: first, shown: progressbar.NewOptions64(total,
		progressbar.OptionSetWriter(t.err),
		progressbar.OptionSetDescription(what),
		progressbar.OptionSetWidth(30),
		progressbar.OptionClearOnFinish(),
	)}
}

// newExportBar measures by the index of the newest decision, which is a good
// guess at the work and costs no count.
func newExportBar(ctx context.Context, t *terminal, store consent.Log, site consent.SiteKey) *bar {
	edge := func(oldest bool) int64 {
		entries, err := store.Read(ctx, consent.LogQuery{Site: site, Oldest: oldest, Limit: 1})
		if err != nil || len(entries) == 0 {
			return 0
		}
		return entries[0].Index
	}
	first, last := edge(true), edge(false)
	return newBar(t, "Decisions", first, last-first+1)
}

// leafBar shows how far an audit has come.
func leafBar(t *terminal) (report func(done, total int64), finish func()) {
	var shown *bar
	report = func(done, total int64) {
		if shown == nil {
			shown = newBar(t, "Leaves", 0, total)
		}
		shown.reach(done)
	}
	return report, func() { shown.finish() }
}

// reach moves the bar to an index, or to what is done.
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
