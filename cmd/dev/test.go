package main

import (
	"bufio"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"sort"
	"strings"
)

// test runs everything that must hold. With packages it runs only their tests.
func test(ctx context.Context, args []string) error {
	if len(args) > 0 {
		return runSteps(ctx, []step{{"install", install}, {"tests", goTests(args)}})
	}
	steps := append([]step{{"install", install}}, checks()...)
	return runSteps(ctx, append(steps,
		step{"TypeScript tests", command("banner", "npm", "test", "--silent")},
		step{"tests", goTests([]string{"./..."})},
	))
}

// event is a line of go test -json.
type event struct {
	Action, Package, Test, Output string
	Elapsed                       float64
}

// tally counts what go test reports and keeps the output of what failed.
type tally struct {
	passed, failed, skipped int
	output                  map[string][]string
	broken                  []string
}

// goTests runs Go tests with the race detector: one line a package, the output
// of what failed, and the counts at the end.
func goTests(packages []string) func(context.Context) error {
	return func(ctx context.Context) error {
		args := append([]string{"test", "-race", "-json", "-count=1", "-timeout=45m"}, packages...)
		cmd := exec.CommandContext(ctx, "go", args...)
		stderr := &strings.Builder{}
		cmd.Stderr = stderr
		stdout, err := cmd.StdoutPipe()
		if err != nil {
			return err
		}
		if err := cmd.Start(); err != nil {
			return err
		}
		t := tally{output: map[string][]string{}}
		t.read(stdout)
		err = cmd.Wait()
		fmt.Print(stderr.String())
		t.print()
		if err == nil && t.passed == 0 {
			return errors.New("no test ran")
		}
		return err
	}
}

func (t *tally) read(r io.Reader) {
	lines := bufio.NewScanner(r)
	lines.Buffer(nil, 1<<20)
	for lines.Scan() {
		var e event
		if json.Unmarshal(lines.Bytes(), &e) != nil {
			fmt.Println(lines.Text())
			continue
		}
		t.add(e)
	}
}

func (t *tally) add(e event) {
	key := e.Package + " " + e.Test
	switch e.Action {
	case "output", "build-output":
		t.output[key] = append(t.output[key], e.Output)
	case "pass", "fail", "skip":
		if e.Test == "" {
			t.addPackage(e, key)
			return
		}
		t.addTest(e, key)
	}
}

func (t *tally) addPackage(e event, key string) {
	if e.Action == "skip" {
		return
	}
	fmt.Printf("  %-4s %-60s %6.1fs\n", e.Action, e.Package, e.Elapsed)
	if e.Action == "fail" {
		t.broken = append(t.broken, key)
	}
}

func (t *tally) addTest(e event, key string) {
	switch e.Action {
	case "pass":
		t.passed++
		delete(t.output, key)
	case "skip":
		t.skipped++
	case "fail":
		t.failed++
		t.broken = append(t.broken, key)
	}
}

func (t *tally) print() {
	sort.Strings(t.broken)
	for _, key := range t.broken {
		fmt.Printf("\n--- %s\n%s", key, strings.Join(t.output[key], ""))
	}
	fmt.Printf("\n%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped)
}
