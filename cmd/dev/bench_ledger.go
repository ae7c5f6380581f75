package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"slices"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
)

// benchLedger measures what an auditor waits for: the audit, a receipt, a
// search, an export. It fills the database of a server past the server.
func benchLedger(ctx context.Context, s served, e effort) ([]measure, error) {
	bundle, err := bundleOf(ctx, s.dir)
	if err != nil {
		return nil, err
	}
	settings, err := config.Load(filepath.Join(s.dir, "samtykke.yaml"), nil, nil)
	if err != nil {
		return nil, err
	}
	store, err := storage.OpenShared(ctx, settings, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		return nil, err
	}
	fmt.Fprintf(os.Stderr, "  %d decisions\n", e.stored)
	filled := &filling{bundle: consent.BundleID(bundle), total: e.stored}
	measures, err := measureStore(ctx, store, filled)
	if err := errors.Join(err, store.Close()); err != nil {
		return nil, err
	}
	more, err := measureVerbs(ctx, s.dir, e.stored)
	return append(measures, more...), err
}

// measureStore fills a store and measures what one caller waits for.
func measureStore(ctx context.Context, store consent.Store, f *filling) ([]measure, error) {
	if err := f.fill(ctx, store); err != nil {
		return nil, err
	}
	ratio := f.rate(0.9, 1) / f.rate(0, 0.1)
	measures := []measure{
		{"appended, 64 callers", f.rate(0, 1), "1/s", "", true},
		{"last tenth, beside the first", ratio, "×", "≥ 0.80", ratio >= 0.8},
	}
	for _, search := range searches(store, f) {
		found, err := search.measure(ctx)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", search.name, err)
		}
		measures = append(measures, found...)
	}
	return measures, nil
}

// search is something that one person waits for.
type search struct {
	name   string
	looks  int
	budget float64 // milliseconds that 99 of 100 must stay under
	look   func(ctx context.Context, i int) error
}

func searches(store consent.Store, f *filling) []search {
	const looks = 1000
	page := func(query consent.LogQuery) func(context.Context, int) error {
		query.Site = "gjerdrum"
		return func(ctx context.Context, _ int) error {
			_, err := store.Read(ctx, query)
			return err
		}
	}
	amid := f.sample[len(f.sample)/2].Time
	return []search{
		{"receipt with its proof", looks, 1, func(ctx context.Context, i int) error {
			_, err := store.Receipt(ctx, "gjerdrum", f.sample[i%len(f.sample)].ID)
			return err
		}},
		{"find by receipt", looks, 5, func(ctx context.Context, i int) error {
			_, err := store.Read(ctx, consent.LogQuery{Site: "gjerdrum", ID: f.sample[i%len(f.sample)].ID})
			return err
		}},
		{"find by token", looks, 5, func(ctx context.Context, i int) error {
			_, err := store.Decisions(ctx, "gjerdrum", f.sample[i%len(f.sample)].Visitor)
			return err
		}},
		{"first page, all", 100, 50, page(consent.LogQuery{})},
		{"first page, a method", 100, 50, page(consent.LogQuery{Method: consent.AcceptAll})},
		{"first page, nothing found", 100, 50, page(consent.LogQuery{Method: consent.Withdraw})},
		{"first page, a category", 100, 50, page(consent.LogQuery{Category: consent.Statistics, Oldest: true})},
		{"first page, a time", 100, 50, page(consent.LogQuery{From: amid, To: amid.Add(time.Hour)})},
		{"first page, a time and a method", 100, 50, page(consent.LogQuery{From: amid, To: amid.Add(90 * 24 * time.Hour), Method: consent.Withdraw})},
	}
}

func (s *search) measure(ctx context.Context) ([]measure, error) {
	times := make([]time.Duration, s.looks)
	for i := range times {
		begun := time.Now()
		if err := s.look(ctx, i); err != nil {
			return nil, err
		}
		times[i] = time.Since(begun)
	}
	slices.Sort(times)
	at := func(percent int) float64 { return float64(times[s.looks*percent/100]) / float64(time.Millisecond) }
	return []measure{
		{s.name + ", median", at(50), "ms", "", true},
		{s.name + ", p99", at(99), "ms", fmt.Sprintf("≤ %g", s.budget), at(99) <= s.budget},
	}, nil
}
