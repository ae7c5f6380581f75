package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"os"
	"strings"
	"time"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

const goldenSizes = "banner/size.golden"

// otherSites are measured beside the example, the main file only: one that uses
// as little as can be, and one that uses everything.
var otherSites = []struct {
	name, path string
	budget     int
}{
	{"plain", "examples/plain/site.yaml", 6000},
	{"everything", "banner/testdata/everything.yaml", 11500},
}

// size weighs the banner of the example site against its budgets, and against
// the figures that were committed, so that no byte comes in unseen.
func size(_ context.Context, args []string) error {
	flags := flag.NewFlagSet("size", flag.ContinueOnError)
	update := flags.Bool("update", false, "write "+goldenSizes)
	if err := flags.Parse(args); err != nil {
		return errMisuse
	}
	sizes, err := weigh()
	if err != nil {
		return err
	}
	table, over := sizeTable(sizes)
	fmt.Print(table)
	if *update {
		if err := os.WriteFile(goldenSizes, []byte(table), 0o644); err != nil {
			return err
		}
	}
	if len(over) > 0 {
		return fmt.Errorf("over the budget: %s", strings.Join(over, ", "))
	}
	golden, err := os.ReadFile(goldenSizes)
	if err != nil {
		return err
	}
	if string(golden) != table {
		return errors.New("the sizes are not those of " + goldenSizes + "; if the change is worth its bytes: go run ./cmd/dev size --update")
	}
	return readmeTells(sizes[0])
}

// weigh gives the sizes of the example site and, after them, of the others, of the
// example in whichever language is heaviest, and of the administration's script.
func weigh() ([]banner.Size, error) {
	notice, err := exampleNotice("examples/gjerdrum/site.yaml")
	if err != nil {
		return nil, err
	}
	sizes, err := banner.Sizes(notice)
	if err != nil {
		return nil, err
	}
	for _, site := range otherSites {
		notice, err := exampleNotice(site.path)
		if err != nil {
			return nil, err
		}
		main, err := banner.MainSize(notice, "main of "+site.name, site.budget)
		if err != nil {
			return nil, err
		}
		sizes = append(sizes, main)
	}
	heaviest, err := banner.HeaviestSizes(notice)
	if err != nil {
		return nil, err
	}
	admin, err := banner.AdminSize()
	return append(append(sizes, heaviest...), admin), err
}

// readmeTells checks that the README states the measured size and no other.
func readmeTells(main banner.Size) error {
	text, err := os.ReadFile("README.md")
	if err != nil {
		return err
	}
	figure := fmt.Sprintf("%d,%03d bytes", main.Brotli/1000, main.Brotli%1000)
	if !strings.Contains(string(text), figure) {
		return fmt.Errorf("README.md does not say that the script is %s: write the measured size there", figure)
	}
	return nil
}

// sizeTable gives the sizes as aligned lines, and the names of what is too big.
func sizeTable(sizes []banner.Size) (string, []string) {
	var table strings.Builder
	var over []string
	for _, s := range sizes {
		fmt.Fprintf(&table, "%-18s %6d bytes brotli, budget %d\n", s.Name, s.Brotli, s.Budget)
		if s.Brotli > s.Budget {
			over = append(over, s.Name)
		}
	}
	return table.String(), over
}

// exampleNotice freezes a site file, always at the same moment.
func exampleNotice(path string) (*consent.Notice, error) {
	data, err := os.ReadFile(path)
	if err != nil {
		return nil, err
	}
	draft, problems, err := config.ParseSite(data)
	if err != nil {
		return nil, err
	}
	if faults := problems.Faults(); len(faults) > 0 {
		return nil, faults
	}
	return consent.Freeze(*draft, 1, time.Date(2026, 11, 22, 0, 0, 0, 0, time.UTC))
}
