package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"math/rand/v2"
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
	count := flags.Int("kills", 10_000, "how many kills")
	seed := flags.Uint64("seed", rand.Uint64(), "of the moments; it is printed, to do the same again")
	of := flags.String("of", "server", "what is killed: server, or store (the store alone: quicker)")
	asJSON := flags.Bool("json", false, "the summary as one object")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 || *count < 1 {
		return errMisuse
	}
	dir, err := os.MkdirTemp("", "samtykke-soak")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	target, err := killed(ctx, *of, dir)
	if err != nil {
		return err
	}
	bar := progressbar.Default(int64(*count), "kills")
	seen, err := soak.Kills{
		Target: target, Count: *count, Seed: *seed, Now: time.Now, Report: func(done int) { _ = bar.Set(done) },
	}.Run(ctx)
	_ = bar.Exit()
	printSeen(os.Stdout, *asJSON, seen, []row{
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
		program := filepath.Join(dir, "appender")
		return soak.Store{Program: program, Folder: dir}, quiet(ctx, ".", "go", "build", "-o", program, "./cmd/dev/appender")
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

// row is a line of a summary.
type row struct {
	what  string
	value any
}

func printSeen(w io.Writer, asJSON bool, seen any, rows []row) {
	if asJSON {
		line, _ := json.Marshal(seen)
		fmt.Fprintln(w, string(line))
		return
	}
	for _, r := range rows {
		fmt.Fprintf(w, "  %-28s %v\n", r.what, r.value)
	}
}
