package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/samtykke/samtykke/cmd/dev/soak"
)

// controls is how many cuts without syncing show that a cut loses something.
const controls = 3

// powercut cuts the power of the disk under the store, over and over, and looks
// whether it has kept its word.
func powercut(ctx context.Context, args []string) error {
	t, err := newTrial(flag.NewFlagSet("powercut", flag.ContinueOnError), "cycles", 1000, args)
	if err != nil {
		return err
	}
	defer os.RemoveAll(t.dir)
	program, err := appender(ctx, t.dir)
	if err != nil {
		return err
	}
	cuts := soak.Cuts{Program: program, Folder: t.dir, Count: t.count, Seed: t.seed, Now: time.Now}
	if err := control(ctx, cuts); err != nil {
		return err
	}
	bar := progressbar.Default(int64(t.count), "power cuts")
	cuts.Report = func(done int) { _ = bar.Set(done) }
	seen, err := cuts.Run(ctx)
	_ = bar.Exit()
	t.print(seen, []row{
		{"seed", seen.Seed},
		{"control cuts, all with losses", controls},
		{"power cuts", seen.Cuts},
		{"  before the first answer", seen.Early},
		{"  while it stopped in order", seen.Stopping},
		{"decisions acknowledged", seen.Acknowledged},
		{"  erased again", seen.Erased},
		{"receipts checked", seen.Receipts},
		{"audits of everything", seen.Audits},
		{"seconds", int(seen.Seconds)},
	})
	return err
}

// control cuts the power of a store that syncs nothing: it must lose something
// each time, or the cuts prove nothing.
func control(ctx context.Context, cuts soak.Cuts) error {
	cuts.Unsynced, cuts.Count, cuts.Report = true, 1, func(int) {}
	for n := range controls {
		cuts.Seed += uint64(n)
		_, err := cuts.Run(ctx)
		if err == nil {
			return errors.New("a store that synced nothing lost nothing in a power cut: the harness does not work here, so nothing was tested")
		}
		if !errors.Is(err, soak.ErrBroken) {
			return fmt.Errorf("no disk whose power could be cut: %w", err)
		}
	}
	return nil
}
