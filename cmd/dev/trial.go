package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
)

// trial is something that is done many times over at random moments, in a folder
// of its own.
type trial struct {
	count  int
	seed   uint64
	asJSON bool
	dir    string
}

// newTrial reads the command line, on which the count has a name of its own.
// Whoever gets a trial removes its folder.
func newTrial(flags *flag.FlagSet, name string, usual int, args []string) (*trial, error) {
	t := &trial{}
	flags.IntVar(&t.count, name, usual, "how many times")
	flags.Uint64Var(&t.seed, "seed", rand.Uint64(), "of the moments; it is printed, to do the same again")
	flags.BoolVar(&t.asJSON, "json", false, "the summary as one object")
	if err := flags.Parse(args); err != nil || flags.NArg() > 0 || t.count < 1 {
		return nil, errMisuse
	}
	var err error
	t.dir, err = os.MkdirTemp("", "samtykke-"+flags.Name())
	return t, err
}

// row is a line of a summary.
type row struct {
	what  string
	value any
}

// print writes what was seen: for people the rows, for programs all of it.
func (t *trial) print(seen any, rows []row) {
	if t.asJSON {
		line, _ := json.Marshal(seen)
		fmt.Println(string(line))
		return
	}
	for _, r := range rows {
		fmt.Printf("  %-28s %v\n", r.what, r.value)
	}
}

// appender builds the store alone as a program.
func appender(ctx context.Context, dir string) (program string, err error) {
	program = filepath.Join(dir, "appender")
	return program, quiet(ctx, ".", "go", "build", "-o", program, "./cmd/dev/appender")
}
