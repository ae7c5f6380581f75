package soak

import (
	"errors"
	"math/rand/v2"
	"testing"
	"time"
)

// A disk that loses its power at any moment has lost nothing that was
// acknowledged before. Without syncing it does, or the test would prove nothing.
func TestPowerIsCut(t *testing.T) {
	cuts := Cuts{Program: program(t), Folder: t.TempDir(), Count: 1, Seed: rand.Uint64(), Unsynced: true, Now: time.Now, Report: func(int) {}}
	seen, err := cuts.Run(t.Context())
	switch {
	case err == nil:
		t.Fatalf("without syncing, a cut lost nothing: %+v", seen)
	case !errors.Is(err, ErrBroken):
		t.Skipf("skipped: no disk whose power could be cut: %v", err)
	}
	t.Logf("without syncing: %.200s", err)

	cuts.Unsynced, cuts.Count = false, cutsEach
	seen, err = cuts.Run(t.Context())
	t.Logf("%+v", seen)
	if err != nil {
		t.Fatal(err)
	}
}
