package soak

import (
	"encoding/json"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync"
	"testing"
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

// A store that is killed a thousand times, at any moment, has lost nothing that
// it had acknowledged, and keeps nothing twice. (The page cache survives a kill,
// so this says nothing about a power cut.) What kills and looks is the command
// itself, whose program is not slowed by looking for races.
func TestKilledManyTimes(t *testing.T) {
	const kills = 1000
	dev := filepath.Join(binaries, "dev")
	if err := run("go", "build", "-o", dev, "github.com/samtykke/samtykke/cmd/dev"); err != nil {
		t.Fatal(err)
	}
	soak := exec.CommandContext(t.Context(), dev, "soak", "-of", "store", "-json", "-kills", strconv.Itoa(kills))
	soak.Dir, soak.Env = filepath.Join("..", "..", ".."), append(os.Environ(), "TMPDIR="+inMemory(t))
	var said strings.Builder
	soak.Stderr = &said
	out, err := soak.Output()
	t.Logf("%s", out)
	if err != nil {
		t.Fatalf("%v: %s", err, said.String())
	}
	var seen Killed
	if err := json.Unmarshal(out, &seen); err != nil {
		t.Fatal(err)
	}
	if seen.Kills != kills || seen.Early == 0 || seen.Stopping == 0 || seen.Again < kills || seen.Receipts < kills || seen.Audits < kills/auditEach {
		t.Errorf("the kills came at no interesting moments: %+v", seen)
	}
}
