package main

import (
	"context"
	"crypto/rand"
	"encoding/binary"
	"errors"
	"fmt"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
)

// ledgerDecisions is how many decisions the ledger is measured with.
const ledgerDecisions = 300_000

// benchLedger measures what an auditor waits for: the audit, a receipt, an
// export. It fills the database of a server past the server.
func benchLedger(ctx context.Context, s served, _ turns) ([]measure, error) {
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
	measures, err := measureLedger(ctx, store, s.dir, consent.BundleID(bundle))
	return measures, errors.Join(err, store.Close())
}

func measureLedger(ctx context.Context, store consent.Store, dir string, bundle consent.BundleID) ([]measure, error) {
	fmt.Fprintf(os.Stderr, "  %d decisions\n", ledgerDecisions)
	ids, filled, err := fill(ctx, store, bundle)
	if err != nil {
		return nil, err
	}
	begun := time.Now()
	audited, err := store.Audit(ctx, "", func(int64, int64) {})
	if err != nil {
		return nil, err
	}
	if len(audited.Faults) > 0 {
		return nil, fmt.Errorf("the ledger does not hold: %s", audited.Faults[0].Why)
	}
	verify := ledgerDecisions / time.Since(begun).Seconds()
	receipt, err := slowReceipt(ctx, store, ids)
	if err != nil {
		return nil, err
	}
	begun = time.Now()
	export := exec.CommandContext(ctx, filepath.Join(dir, "samtykke"), "log", "export", "gjerdrum", "-o", filepath.Join(dir, "all.csv"),
		"--config", filepath.Join(dir, "samtykke.yaml"))
	if out, err := export.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("export: %w: %s", err, out)
	}
	exported := ledgerDecisions / time.Since(begun).Seconds()
	return []measure{
		{"appended, 64 callers", filled, "1/s", "", true},
		{"audit", verify, "leaf/s", "≥ 300,000", verify >= 300_000},
		{"receipt, p99 of 1,000", receipt, "ms", "≤ 1", receipt <= 1},
		{"CSV export", exported, "row/s", "≥ 200,000", exported >= 200_000},
	}, nil
}

// fill appends decisions from as many callers as a load has connections.
func fill(ctx context.Context, store consent.Store, bundle consent.BundleID) (ids []consent.DecisionID, rate float64, err error) {
	ids = make([]consent.DecisionID, ledgerDecisions)
	var next atomic.Int64
	var failed atomic.Pointer[error]
	var group sync.WaitGroup
	begun := time.Now()
	for range connections {
		group.Go(func() {
			for n := next.Add(1) - 1; n < ledgerDecisions && failed.Load() == nil; n = next.Add(1) - 1 {
				d := someDecision(bundle, n)
				ids[n] = d.ID
				if _, err := store.Append(ctx, d); err != nil {
					failed.Store(&err)
				}
			}
		})
	}
	group.Wait()
	if first := failed.Load(); first != nil {
		return nil, 0, *first
	}
	return ids, ledgerDecisions / time.Since(begun).Seconds(), nil
}

func someDecision(bundle consent.BundleID, n int64) *consent.Decision {
	d := &consent.Decision{
		Site: "gjerdrum", Notice: 1, Bundle: bundle, Language: consent.Bokmaal, Method: consent.RejectAll, Layer: consent.LayerFirst,
		State: consent.StateRefused, Time: time.Now(),
		Choice: consent.Choice{Categories: map[consent.CategoryKey]bool{consent.Statistics: n%3 == 0}},
	}
	if n%3 == 0 {
		d.Method, d.State = consent.AcceptAll, consent.StateGiven
	}
	_, _ = rand.Read(d.ID[:])
	_, _ = rand.Read(d.Visitor[:])
	for _, at := range [][]byte{d.ID[:8], d.Visitor[:8]} {
		binary.BigEndian.PutUint64(at, uint64(d.Time.UnixMilli())<<16|uint64(n&0x0fff))
	}
	return d
}

// slowReceipt gives the time that 99 of 100 receipts stay under, in milliseconds.
func slowReceipt(ctx context.Context, store consent.Store, ids []consent.DecisionID) (float64, error) {
	const looks = 1000
	times := make([]time.Duration, looks)
	for i := range looks {
		begun := time.Now()
		if _, err := store.Receipt(ctx, "gjerdrum", ids[i*len(ids)/looks]); err != nil {
			return 0, err
		}
		times[i] = time.Since(begun)
	}
	slices.Sort(times)
	return float64(times[looks*99/100]) / float64(time.Millisecond), nil
}
