package main

import (
	"bytes"
	"context"
	"fmt"
	"os/exec"
	"strings"
	"time"
)

// step is one named part of a run.
type step struct {
	name string
	run  func(ctx context.Context) error
}

// runSteps runs every step, also after one has failed, and says at the end
// which did. A step that cannot start names its repair in its own error.
func runSteps(ctx context.Context, steps []step) error {
	var failed []string
	for _, s := range steps {
		start := time.Now()
		fmt.Printf("▸ %s\n", s.name)
		err := s.run(ctx)
		took := time.Since(start).Round(100 * time.Millisecond)
		if ctx.Err() != nil {
			return ctx.Err()
		}
		if err != nil {
			failed = append(failed, s.name)
			fmt.Printf("✗ %s (%v): %v\n", s.name, took, err)
			continue
		}
		fmt.Printf("✓ %s (%v)\n", s.name, took)
	}
	if len(failed) > 0 {
		return fmt.Errorf("%d of %d steps failed: %s", len(failed), len(steps), strings.Join(failed, ", "))
	}
	return nil
}

// quiet runs a command and shows its output only when it fails.
func quiet(ctx context.Context, dir, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, name, args...)
	cmd.Dir = dir
	var out bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &out
	if err := cmd.Run(); err != nil {
		fmt.Print(out.String())
		return fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return nil
}
