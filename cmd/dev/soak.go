package main

import (
	"context"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"time"

	"github.com/schollz/progressbar/v3"

	"github.com/samtykke/samtykke/cmd/dev/soak"
)

// kills kills the program under load, over and over, and looks whether it has
// kept its word.
func kills(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("soak", flag.ContinueOnError)
	of := flags.String("of", "server", "what is killed: server, or store (the store alone: quicker)")
	t, err := newTrial(flags, "kills", 10_000, args)
	if err != nil {
		return err
	}
	defer os.RemoveAll(t.dir)
	target, err := killed(ctx, *of, t.dir)
	if err != nil {
		return err
	}
	bar := progressbar.Default(int64(t.count), "kills")
	seen, err := soak.Kills{
		Target: target, Count: t.count, Seed: t.seed, Now: time.Now, Report: func(done int) { _ = bar.Set(done) },
	}.Run(ctx)
	_ = bar.Exit()
	t.print(seen, []row{
		{"killed", *of},
		{"seed", seen.Seed},
		{"kills", seen.Kills},
		{"  before its first answer", seen.Early},
		{"  while it stopped in order", seen.Stopping},
		{"decisions acknowledged", seen.Acknowledged},
		{"  erased again", seen.Erased},
		{"sent again after a kill", seen.Again},
		{"receipts checked", seen.Receipts},
		{"audits of everything", seen.Audits},
		{"seconds", int(seen.Seconds)},
	})
	return err
}

// killed builds and prepares what is to be killed.
func killed(ctx context.Context, of, dir string) (soak.Target, error) {
	switch of {
	case "store":
		program, err := appender(ctx, dir)
		return soak.Store{Program: program, Folder: dir}, err
	case "server":
		prepared, cancel := context.WithCancel(ctx)
		defer cancel()
		address, err := samtykkeServer(prepared, dir)
		if err != nil {
			return nil, err
		}
		bundle, err := bundleOf(ctx, dir)
		return soak.Server{
			Program: filepath.Join(dir, "samtykke"), Settings: filepath.Join(dir, "samtykke.yaml"), Database: filepath.Join(dir, "bench.db"),
			Address: address, Origin: origin, Bundle: bundle,
		}, err
	default:
		return nil, fmt.Errorf("there is no %q to kill, only server and store: %w", of, errMisuse)
	}
}
