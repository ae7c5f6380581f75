package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/samtykke/samtykke/cmd/dev/soak"
)

// controls is how many cuts without syncing show that a cut loses something.
const controls = 3

// powercut cuts the power of the disk under the store, over and over, and looks
// whether it has kept its word.
func powercut(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("powercut", flag.ContinueOnError)
	count := flags.Int("cycles", 1000, "how many cuts")
	seed := flags.Uint64("seed", rand.Uint64(), "of the moments; it is printed, to do the same again")
	asJSON := flags.Bool("json", false, "the summary as one object")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 || *count < 1 {
		return errMisuse
	}
	dir, err := os.MkdirTemp("", "samtykke-powercut")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	cuts := soak.Cuts{Program: filepath.Join(dir, "appender"), Folder: dir, Count: *count, Seed: *seed, Now: time.Now}
	if err := quiet(ctx, ".", "go", "build", "-o", cuts.Program, "./cmd/dev/appender"); err != nil {
		return err
	}
	if err := control(ctx, cuts); err != nil {
		return err
	}
	bar := progressbar.Default(int64(*count), "power cuts")
	cuts.Report = func(done int) { _ = bar.Set(done) }
	seen, err := cuts.Run(ctx)
	_ = bar.Exit()
	printSeen(os.Stdout, *asJSON, seen, []row{
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
