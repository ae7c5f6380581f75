package main

import (
	"bufio"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"sync"

	"golang.org/x/sync/errgroup"
)

// test runs everything that must hold. With packages it runs only their tests.
func test(ctx context.Context, args []string) error {
	if err := os.Setenv("GOGC", cmp.Or(os.Getenv("GOGC"), seldom)); err != nil {
		return err
	}
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

// tally counts what go test reports. What failed is printed when it fails, so that
// a run that is stopped has told.
type tally struct {
	passed, failed, skipped int
	output                  map[string][]string
	took                    []event // the tests, without their parts

	mu sync.Mutex // several processes report
}

// goTests runs Go tests with the race detector: one line a package, the output
// of what failed, and the counts at the end.
func goTests(packages []string) func(context.Context) error {
	return func(ctx context.Context) error {
		runs := []process{goTest(packages...)}
		if slices.Equal(packages, []string{"./..."}) {
			dir, err := os.MkdirTemp("", "samtykke-programs")
			if err != nil {
				return err
			}
			defer func() { _ = os.RemoveAll(dir) }()
			if err := buildPrograms(ctx, dir); err != nil {
				return err
			}
			if runs, err = shares(ctx, dir); err != nil {
				return err
			}
		}
		t := &tally{output: map[string][]string{}}
		group := errgroup.Group{} // one that fails does not end the others
		for _, p := range runs {
			group.Go(func() error { return t.run(ctx, p) })
		}
		err := group.Wait()
		t.print()
		if err == nil && t.passed == 0 {
			return errors.New("no test ran")
		}
		return err
	}
}

// slowest is the package whose tests take longer than all others together, and which
// tests the program itself.
const slowest = "./cmd/samtykke"

// shared are the packages whose tests would go on alone after all others, by how many
// processes share them: they drive browsers and wait for them, so that two processors have
// room for the tests of more than two processes.
var shared = []struct {
	path, built string
	among       int
}{{slowest, "slowest.test", 3}, {"./server/admin", "admin.test", 3}}

// early are packages whose tests take long, mostly waiting for the disk, and would be
// begun last: each has a process of its own from the start.
var early = []string{"./storage/sqlite"}

// arithmetic is a package whose tests compute in one goroutine.
const arithmetic = "./server/figures"

// unwatched are tests of one goroutine, where the race detector has nothing to see and
// takes most of the time: those that change every byte in turn or take figures apart,
// whose files have the build tag "!race", and arithmetic.
var unwatched = []process{
	goTest("-race=false", "-run=^Test(Flipped|Tampered)", "./storage/sqlite"),
	goTest("-race=false", "-run=^TestStrangerFinds", "./server/admin"),
	goTest("-race=false", arithmetic),
}

// slowestShown is how many tests the run names at its end.
const slowestShown = 20

// seldom is how much heaps grow before garbage is collected, in hundredths: what is built
// and tested ends soon, and time is scarcer than memory.
const seldom = "300"

// timeout bounds a run that hangs.
const timeout = "45m"

// process is a run of the go command that tells of tests as JSON.
type process struct {
	dir  string
	args []string
}

// watching has the race detector watch all that is built, but libraries that compute
// much, on memory that is theirs alone until they give what they made. How the standard
// library uses pointers is not checked beside that: it is not ours to mend.
var watching = []string{
	"-race", "-gcflags=std=-d=checkptr=0", unwatching("github.com/evanw/esbuild/..."), unwatching("github.com/andybalholm/brotli/..."),
	unwatching("golang.org/x/crypto/argon2"), unwatching("golang.org/x/net/html/..."),
}

func unwatching(library string) string { return "-gcflags=" + library + "=-race=false" }

// goTest builds the tests of packages, which flags may precede, and runs them.
func goTest(packages ...string) process {
	return process{".", slices.Concat([]string{"test", "-json", "-vet=off", "-count=1", "-timeout=" + timeout}, watching, packages)}
}

// buildPrograms builds once what every share of a package's tests would build: the tests
// themselves, and for those of the program that with the race detector, and without.
func buildPrograms(ctx context.Context, dir string) error {
	build := func(name, path string, how ...string) error {
		return quiet(ctx, ".", "go", append(how, "-ldflags=-s -w", "-o", filepath.Join(dir, name), path)...)
	}
	err := build("watched", slowest, append([]string{"build"}, watching...)...)
	if err == nil {
		err = build("plain", slowest, "build")
	}
	for _, p := range shared {
		if err == nil {
			err = build(p.built, p.path, append([]string{"test", "-c"}, watching...)...)
		}
	}
	return errors.Join(err, os.Setenv("DEV_TEST_PROGRAMS", dir))
}

var isTest = regexp.MustCompile(`^(Test|Fuzz|Example)\w*$`)

// shares gives each process that runs a share of all tests. What is shared is built in a
// folder.
func shares(ctx context.Context, dir string) ([]process, error) {
	all, err := lines(ctx, "go", "list", "./...")
	if err != nil {
		return nil, err
	}
	var alone, shares []process
	apart := append([]string{arithmetic}, early...)
	for _, path := range early {
		alone = append(alone, goTest(path))
	}
	for _, p := range shared {
		names, err := lines(ctx, filepath.Join(dir, p.built), "-test.list", ".")
		if err != nil {
			return nil, err
		}
		whole := all[slices.IndexFunc(all, is(p.path))]
		for _, names := range dealt(names, p.among) {
			shares = append(shares, process{p.path, []string{
				"tool", "test2json", "-t", "-p", whole,
				filepath.Join(dir, p.built), "-test.v=test2json", "-test.timeout=" + timeout, "-test.run=^(" + strings.Join(names, "|") + ")$",
			}})
		}
		apart = append(apart, p.path)
	}
	all = slices.DeleteFunc(all, func(name string) bool {
		return slices.ContainsFunc(apart, func(path string) bool { return is(path)(name) })
	})
	return slices.Concat([]process{goTest(all...)}, unwatched, alone, shares), nil
}

// is says whether a package is the one at a path here.
func is(path string) func(name string) bool {
	return func(name string) bool { return strings.HasSuffix(name, strings.TrimPrefix(path, ".")) }
}

// dealt deals out the tests among the names.
func dealt(names []string, among int) [][]string {
	hands, n := make([][]string, among), 0
	for _, name := range names {
		if isTest.MatchString(name) {
			hands[n%among] = append(hands[n%among], name)
			n++
		}
	}
	return hands
}

// lines runs a command and gives what it wrote, line by line.
func lines(ctx context.Context, name string, args ...string) ([]string, error) {
	out, err := exec.CommandContext(ctx, name, args...).Output()
	if err != nil {
		var failed *exec.ExitError
		if errors.As(err, &failed) {
			fmt.Print(string(out), string(failed.Stderr))
		}
		return nil, fmt.Errorf("%s %s: %w", name, strings.Join(args, " "), err)
	}
	return strings.Split(strings.TrimSpace(string(out)), "\n"), nil
}

// run runs one process and counts what it reports.
func (t *tally) run(ctx context.Context, p process) error {
	cmd := exec.CommandContext(ctx, "go", p.args...)
	cmd.Dir = p.dir
	stderr := &strings.Builder{}
	cmd.Stderr = stderr
	stdout, err := cmd.StdoutPipe()
	if err != nil {
		return err
	}
	if err := cmd.Start(); err != nil {
		return err
	}
	t.read(stdout)
	err = cmd.Wait()
	fmt.Print(stderr.String())
	return err
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
	t.mu.Lock()
	defer t.mu.Unlock()
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
		t.printOutput(key)
	}
}

func (t *tally) addTest(e event, key string) {
	if !strings.Contains(e.Test, "/") {
		t.took = append(t.took, e)
	}
	switch e.Action {
	case "pass":
		t.passed++
		delete(t.output, key)
	case "skip":
		t.skipped++
	case "fail":
		t.failed++
		t.printOutput(key)
	}
}

func (t *tally) printOutput(key string) {
	fmt.Printf("\n--- %s\n%s\n", key, strings.Join(t.output[key], ""))
}

// print gives the counts, and the tests that took the most time.
func (t *tally) print() {
	slices.SortFunc(t.took, func(a, b event) int { return cmp.Compare(b.Elapsed, a.Elapsed) })
	fmt.Println("\nThe slowest")
	for _, e := range t.took[:min(len(t.took), slowestShown)] {
		fmt.Printf("  %-60s %6.1fs\n", e.Test, e.Elapsed)
	}
	fmt.Printf("\n%d passed, %d failed, %d skipped\n", t.passed, t.failed, t.skipped)
}
