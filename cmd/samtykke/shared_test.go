package main_test

import (
	"os"
	"os/exec"
	"path/filepath"
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

// binary builds the program once, with the race detector, and gives its path.
var binary = sync.OnceValues(func() (string, error) {
	dir, err := os.MkdirTemp("", "samtykke-test")
	if err != nil {
		return "", err
	}
	stopLater(func() { _ = os.RemoveAll(dir) })
	path := filepath.Join(dir, "samtykke")
	out, err := exec.Command("go", "build", "-race", "-o", path, ".").CombinedOutput()
	if err != nil {
		return "", &exec.Error{Name: "go build: " + string(out), Err: err}
	}
	return path, nil
})

// program gives the path of the built program.
func program(t testing.TB) string {
	t.Helper()
	path, err := binary()
	if err != nil {
		t.Fatal(err)
	}
	return path
}
