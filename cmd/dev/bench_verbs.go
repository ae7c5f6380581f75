package main

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"syscall"
	"time"
)

// measureVerbs runs the long verbs as an administrator does, and measures their
// memory with their speed.
func measureVerbs(ctx context.Context, dir string, stored int) ([]measure, error) {
	audit, auditMemory, err := runVerb(ctx, dir, "log", "verify", "gjerdrum")
	if err != nil {
		return nil, err
	}
	file := filepath.Join(dir, "all.csv")
	export, exportMemory, err := runVerb(ctx, dir, "log", "export", "gjerdrum", "-o", file)
	if err != nil {
		return nil, err
	}
	size, err := databaseSize(dir)
	if err != nil {
		return nil, err
	}
	leaves, rows, each := float64(stored)/audit.Seconds(), float64(stored)/export.Seconds(), float64(size)/float64(stored)
	return []measure{
		{"audit", leaves, "leaf/s", "≥ 300,000", leaves >= 300_000},
		{"audit, memory", auditMemory, "MiB", "", true},
		{"CSV export", rows, "row/s", "≥ 200,000", rows >= 200_000},
		{"CSV export, memory", exportMemory, "MiB", "", true},
		{"disk a decision", each, "byte", "≤ 280", each <= 280},
	}, nil
}

// runVerb gives how long a verb of the program took and the most memory it had,
// in MiB.
func runVerb(ctx context.Context, dir string, words ...string) (took time.Duration, memory float64, err error) {
	words = append(words, "--config", filepath.Join(dir, "samtykke.yaml"))
	run := exec.CommandContext(ctx, filepath.Join(dir, "samtykke"), words...)
	begun := time.Now()
	if out, err := run.CombinedOutput(); err != nil {
		return 0, 0, fmt.Errorf("samtykke %v: %w: %s", words, err, out)
	}
	took = time.Since(begun)
	usage, ok := run.ProcessState.SysUsage().(*syscall.Rusage)
	if !ok {
		return took, 0, nil
	}
	return took, float64(usage.Maxrss) / 1024, nil
}

// databaseSize gives the bytes of the database with its WAL.
func databaseSize(dir string) (total int64, err error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.db*"))
	if err != nil {
		return 0, err
	}
	for _, file := range files {
		info, err := os.Stat(file)
		if err != nil {
			return 0, err
		}
		total += info.Size()
	}
	return total, nil
}
