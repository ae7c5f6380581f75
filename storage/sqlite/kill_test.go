package sqlite_test

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"sync"
	"sync/atomic"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// The child of TestKilled finds its database and its first decision here.
const (
	childDatabase = "SAMTYKKE_TEST_DATABASE"
	childFirst    = "SAMTYKKE_TEST_FIRST"
)

func TestMain(m *testing.M) {
	if path := os.Getenv(childDatabase); path != "" {
		first, err := strconv.Atoi(os.Getenv(childFirst))
		if err == nil {
			err = appendUntilKilled(path, first)
		}
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	os.Exit(m.Run())
}

// appendUntilKilled appends from 32 goroutines and writes the number of each
// decision to standard output once it was acknowledged.
func appendUntilKilled(path string, first int) error {
	ctx := context.Background()
	store, err := sqlite.Open(ctx, sqlite.Options{Path: path, Exclusive: true})
	if err != nil {
		return err
	}
	notice, err := store.Notice(ctx, "skogen", 1)
	if err != nil {
		return err
	}
	site := storagetest.Published{Site: "skogen", Notice: notice, Bundle: &consent.Bundle{ID: "bundle-one"}}
	var next atomic.Int64
	next.Store(int64(first))
	failed := make(chan error)
	for range 32 {
		go func() {
			for {
				n := int(next.Add(1))
				if _, err := store.Append(ctx, site.Decision(n)); err != nil {
					failed <- err
					return
				}
				if _, err := os.Stdout.WriteString(strconv.Itoa(n) + "\n"); err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// A server that is killed at any moment has every acknowledged decision, and
// none twice. (The page cache survives a kill, so this says nothing about a
// power cut.)
func TestKilled(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	store := open(t, sqlite.Options{Path: path})
	storagetest.Publish(t.Context(), t, store, "skogen")
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	seed := rand.Uint64()
	t.Logf("seed %d", seed)
	random := rand.New(rand.NewPCG(seed, 0))
	acknowledged := make(map[consent.DecisionID]bool)
	for cycle := range 20 {
		run(t, path, cycle*1_000_000, random.IntN(1500), acknowledged)
		verify(t, path, acknowledged)
	}
	t.Logf("%d decisions were acknowledged", len(acknowledged))
}

// run starts a child, kills it after so many acknowledgements, and notes all of
// them, those that were still in the pipe included.
func run(t *testing.T, path string, first, after int, acknowledged map[consent.DecisionID]bool) {
	t.Helper()
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^$")
	child.Env = append(os.Environ(), childDatabase+"="+path, childFirst+"="+strconv.Itoa(first))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	var once sync.Once
	lines, seen := bufio.NewScanner(out), 0
	for lines.Scan() {
		n, err := strconv.Atoi(lines.Text())
		if err != nil {
			t.Fatal(err) // a write this short is whole or not there
		}
		acknowledged[storagetest.ID(n)] = true
		if seen++; seen > after {
			once.Do(func() { err = child.Process.Kill() })
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := child.Wait(); err == nil || child.ProcessState.Exited() {
		t.Fatalf("the child ended by itself: %v", err)
	}
}

func verify(t *testing.T, path string, acknowledged map[consent.DecisionID]bool) {
	t.Helper()
	store := open(t, sqlite.Options{Path: path, Exclusive: true})
	found := make(map[consent.DecisionID]int)
	query := consent.LogQuery{Site: "skogen", Oldest: true, Limit: 10_000}
	for {
		page, err := store.Read(t.Context(), query)
		if err != nil {
			t.Fatal(err)
		}
		if len(page) == 0 {
			break
		}
		for _, e := range page {
			found[e.ID]++
			query.After = e.Index
		}
	}
	for id := range acknowledged {
		if found[id] == 0 {
			t.Errorf("decision %v was acknowledged and is lost", id)
		}
	}
	audited, err := store.Audit(t.Context(), "", func(int64, int64) {})
	if err != nil {
		t.Fatal(err)
	}
	for _, fault := range audited.Faults {
		t.Errorf("%s, index %d: %s", fault.Origin, fault.Index, fault.Why)
	}
	if len(audited.Trees) > 0 && audited.Trees[0].Opened != int64(len(found)) {
		t.Errorf("the ledger holds %d records, the log %d", audited.Trees[0].Opened, len(found))
	}
	for id, n := range found {
		if n > 1 {
			t.Errorf("decision %v is there %d times", id, n)
		}
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
	if t.Failed() {
		t.FailNow()
	}
}
