package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"slices"
	"time"
)

// measure is one figure of a bench, with the budget that design sets.
type measure struct {
	Name   string  `json:"name"`
	Value  float64 `json:"value"`
	Unit   string  `json:"unit"`
	Budget string  `json:"budget"`
	Met    bool    `json:"met"`
}

// connections are the kept-alive connections of a load.
const connections = 64

// bench measures rates as ratios: the program and a bare Fiber handler take
// turns in one run on one machine, so that a noisy machine is noisy for both.
// What is promised as a time is measured as one.
func bench(ctx context.Context, args []string) error {
	flags := flag.NewFlagSet("bench", flag.ContinueOnError)
	asJSON := flags.Bool("json", false, "one object a line")
	rounds := flags.Int("rounds", 5, "turns of each side")
	length := flags.Duration("length", 3*time.Second, "length of a turn")
	stored := flags.Int("stored", 300_000, "decisions that the ledger is measured with")
	if err := flags.Parse(args); err != nil {
		return errMisuse
	}
	benches := map[string]benched{
		"decisions": benchDecisions, "script": benchScript, "follow": benchFollow, "ledger": benchLedger, "banner": benchBanner,
		"admin": benchAdmin,
	}
	names := flags.Args()
	if len(names) == 0 {
		names = []string{"decisions", "script", "follow", "ledger", "banner"}
	}
	for _, name := range names {
		run := benches[name]
		if run == nil {
			return fmt.Errorf("there is no bench %q, only decisions, script, follow, ledger, banner and admin: %w", name, errMisuse)
		}
		fmt.Fprintln(os.Stderr, name)
		found, err := run.serve(ctx, effort{*rounds, *length, *stored})
		if err != nil {
			return err
		}
		printMeasures(os.Stdout, found, *asJSON)
	}
	return nil
}

// served is a running server with the example published, and its folder.
type served struct{ dir, address string }

// benched measures something of a running server.
type benched func(context.Context, served, effort) ([]measure, error)

// serve runs the bench on a server and in a folder of its own.
func (run benched) serve(ctx context.Context, e effort) ([]measure, error) {
	dir, err := os.MkdirTemp("", "samtykke-bench")
	if err != nil {
		return nil, err
	}
	defer os.RemoveAll(dir)
	defer running.Wait()
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	address, err := samtykkeServer(ctx, dir)
	if err != nil {
		return nil, err
	}
	return run(ctx, served{dir, address}, e)
}

func printMeasures(w io.Writer, found []measure, asJSON bool) {
	for _, m := range found {
		if asJSON {
			line, _ := json.Marshal(m)
			fmt.Fprintln(w, string(line))
			continue
		}
		verdict := ""
		if m.Budget != "" {
			verdict = "misses " + m.Budget
			if m.Met {
				verdict = "meets " + m.Budget
			}
		}
		fmt.Fprintf(w, "  %-34s %12.2f %-6s %s\n", m.Name, m.Value, m.Unit, verdict)
	}
}

// effort says how long a comparison runs, and how much there is to search.
type effort struct {
	rounds int
	length time.Duration
	stored int // decisions
}

// compare lets two loads take turns and gives the median rate of each.
func (e effort) compare(ctx context.Context, a, b func(context.Context) (float64, error)) (medianA, medianB float64, err error) {
	fmt.Fprintf(os.Stderr, "  %d turns of %v each side, %d connections\n", e.rounds, e.length, connections)
	var ratesA, ratesB []float64
	for i := range e.rounds {
		ra, err := a(ctx)
		if err != nil {
			return 0, 0, err
		}
		rb, err := b(ctx)
		if err != nil {
			return 0, 0, err
		}
		fmt.Fprintf(os.Stderr, "  turn %d: %8.0f/s against %8.0f/s\n", i+1, ra, rb)
		ratesA, ratesB = append(ratesA, ra), append(ratesB, rb)
	}
	slices.Sort(ratesA)
	slices.Sort(ratesB)
	return ratesA[len(ratesA)/2], ratesB[len(ratesB)/2], nil
}
