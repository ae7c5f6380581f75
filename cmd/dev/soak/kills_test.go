package soak

import (
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"sync"
	"testing"
	"time"
)

// program builds the appender, once.
func program(t *testing.T) string {
	t.Helper()
	path, err := built()
	if err != nil {
		t.Fatal(err)
	}
	return path
}

var binaries string // a folder; removed when the tests have ended

var built = sync.OnceValues(func() (string, error) {
	path := filepath.Join(binaries, "appender")
	return path, run("go", "build", "-o", path, "github.com/samtykke/samtykke/cmd/dev/appender")
})

func run(name string, args ...string) error {
	cmd := exec.Command(name, args...)
	cmd.Stderr = os.Stderr
	return cmd.Run()
}

func TestMain(m *testing.M) {
	var err error
	if binaries, err = os.MkdirTemp("", "samtykke-soak"); err != nil {
		panic(err)
	}
	code := m.Run()
	_ = os.RemoveAll(binaries)
	os.Exit(code)
}

// inMemory gives a folder in memory where there is one: what neither kill nor
// fault can tell from a disk need not wait for one.
func inMemory(t *testing.T) string {
	t.Helper()
	folder, err := os.MkdirTemp("/dev/shm", "samtykke-soak") //nolint:usetesting // t.TempDir is on a disk
	if err != nil {
		return t.TempDir()
	}
	t.Cleanup(func() {
		if err := os.RemoveAll(folder); err != nil {
			t.Error(err)
		}
	})
	return folder
}

// A store that is killed hundreds of times, at any moment, has lost nothing that
// it had acknowledged, and keeps nothing twice. (The page cache survives a kill,
// so this says nothing about a power cut.)
func TestKilledManyTimes(t *testing.T) {
	seen, err := Kills{
		Target: Store{Program: program(t), Folder: inMemory(t)}, Count: 150, Seed: rand.Uint64(), Now: time.Now, Report: func(int) {},
	}.Run(t.Context())
	t.Logf("%+v", seen)
	if err != nil {
		t.Fatal(err)
	}
	if seen.Early == 0 || seen.Stopping == 0 || seen.Again < seen.Kills || seen.Receipts < seen.Kills {
		t.Errorf("the kills came at no interesting moments: %+v", seen)
	}
}
