package export

import (
	"context"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
)

// Page is how many decisions are read at a time: an export of any length holds no
// more than this many in memory, and no read transaction is long.
const Page = 2000

// Format writes decisions, in the order in which they come.
type Format interface {
	// Begin writes what stands before the first decision.
	Begin() error
	Put(entry *consent.Entry, shared *Circumstance) error
	// Finish writes what stands after the last one.
	Finish() error
}

// Each reads the query to its end and hands on every decision, and the last
// one of each page. One page is read while another is written.
func Each(ctx context.Context, store consent.Store, query consent.LogQuery, recorder *Recorder,
	put func(*consent.Entry, *Circumstance) error, done func(last *consent.Entry) error,
) error {
	group, ctx := errgroup.WithContext(ctx)
	pages := make(chan []consent.Entry)
	group.Go(func() error {
		defer close(pages)
		return readPages(ctx, store, query, pages)
	})
	group.Go(func() error {
		for entries := range pages {
			for i := range entries {
				shared, err := recorder.Circumstance(ctx, &entries[i])
				if err != nil {
					return err
				}
				if err := put(&entries[i], shared); err != nil {
					return err
				}
			}
			if err := done(&entries[len(entries)-1]); err != nil {
				return err
			}
		}
		return nil
	})
	return group.Wait()
}

// readPages sends the pages of a query that hold something, in order.
func readPages(ctx context.Context, store consent.Log, query consent.LogQuery, pages chan<- []consent.Entry) error {
	for {
		entries, err := store.Read(ctx, query)
		if err != nil || len(entries) == 0 {
			return err
		}
		select {
		case pages <- entries:
		case <-ctx.Done():
			return ctx.Err()
		}
		query.After = entries[len(entries)-1].Index
	}
}
