package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"sync"
	"testing"
)

// shared holds what one test run starts once: stopped by TestMain.
var shared struct {
	sync.Mutex
	stops []func()
}

// stopLater registers what TestMain stops when every test is done.
func stopLater(stop func()) {
	shared.Lock()
	defer shared.Unlock()
	shared.stops = append(shared.stops, stop)
}

func TestMain(m *testing.M) {
	// A program with the race detector sleeps a second before it exits, to
	// catch what other threads are about to report. There are hundreds of runs.
	_ = os.Setenv("GORACE", "atexit_sleep_ms=0")
	code := m.Run()
	for _, stop := range shared.stops {
		stop()
	}
	os.Exit(code)
}

// The program, built once in each way: for what runs on and serves, with the race
// detector, which makes every start and every publication several times as dear;
// for the many commands that do one thing after another and end, without.
var (
	watched = built("watched", "-race")
	plain   = built("plain")
)

// built gives the path of what "dev test" has built for every run of these tests,
// or builds it.
func built(name string, flags ...string) func() (string, error) {
	return sync.OnceValues(func() (string, error) {
		if dir := os.Getenv("DEV_TEST_PROGRAMS"); dir != "" {
			return filepath.Join(dir, name), nil
		}
		dir, err := os.MkdirTemp("", "samtykke-test")
		if err != nil {
			return "", err
		}
		stopLater(func() { _ = os.RemoveAll(dir) })
		path := filepath.Join(dir, name)
		out, err := exec.Command("go", slices.Concat([]string{"build"}, flags, []string{"-o", path, "."})...).CombinedOutput()
		if err != nil {
			return "", &exec.Error{Name: "go build: " + string(out), Err: err}
		}
		return path, nil
	})
}

// program gives the path of the program for one command.
func program(t testing.TB) string {
	t.Helper()
	return builtFor(t, plain)
}

// daemon gives the path of the program that runs until it is stopped.
func daemon(t testing.TB) string {
	t.Helper()
	return builtFor(t, watched)
}

func builtFor(t testing.TB, build func() (string, error)) string {
	t.Helper()
	path, err := build()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
