package soak

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// faulty is a store whose calls to the system fail at chosen places.
type faulty struct {
	Store
	p *promises
}

func newFaulty(t *testing.T) faulty {
	t.Helper()
	return faulty{Store{Program: program(t), Folder: inMemory(t)}, newPromises()}
}

// appends has a process store so many decisions, each sent until it is stored,
// and says whether a fault came in its way. Whatever was answered holds, and
// nothing is there twice, although what was answered with an error was sent again.
func (f faulty) appends(t *testing.T, count int64, env ...string) (struck bool, refused int) {
	t.Helper()
	running, err := f.append(t.Context(), f.p, f.p.sent+count, env...)
	if err != nil {
		t.Fatal(err)
	}
	before := f.p.refused
	running.await(1<<30, aliveFor)
	select {
	case <-running.ended:
	default:
		t.Fatalf("%v: it does not end", env)
	}
	said := running.stderr.String()
	struck = strings.Contains(said, "injected")
	if running.err != nil && (!struck && f.under == nil || len(strings.TrimSpace(strings.ReplaceAll(said, "injected", ""))) < 40) {
		t.Errorf("%v: it ended with %v and says: %s", env, running.err, said)
	}
	if running.wrong != nil {
		t.Errorf("%v: %v", env, running.wrong)
	}
	if err := f.p.check(t.Context(), f.options(), true); err != nil {
		t.Fatalf("%v: %v", env, err)
	}
	return struck, f.p.refused - before
}

// Any call with which SQLite writes or syncs fails, the first, the second, and so
// on, until there is none left: no answer was wrong, and the store goes on by
// itself.
func TestEveryWriteAndSyncFails(t *testing.T) {
	variable, err := preload(t.Context(), t.TempDir())
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	for _, c := range []struct {
		call        string
		errno       syscall.Errno // 0: half of it is written
		times, step int
	}{{"sync", syscall.EIO, 1, 1}, {"sync", syscall.EIO, 4, 3}, {"write", syscall.ENOSPC, 1, 13}, {"write", syscall.EIO, 1, 17}, {"write", 0, 2, 29}} {
		t.Run(fmt.Sprintf("%s %v %d", c.call, c.errno, c.times), func(t *testing.T) {
			f := newFaulty(t)
			f.appends(t, 1)
			refused, places := 0, 0
			for nth := 1; ; nth += c.step {
				struck, n := f.appends(t, 24, variable, fmt.Sprintf("SAMTYKKE_FAULT=%s:%d:%d:%d", c.call, c.errno, nth, c.times))
				if !struck {
					break
				}
				refused, places = refused+n, places+1
			}
			t.Logf("%d places, %d answers were refusals", places, refused)
			if places < 4 || refused == 0 && c.errno != 0 {
				t.Error("too few faults struck to prove anything")
			}
		})
	}
}

// A disk that is full, or broken, while a database is made, leaves nothing that
// a later start cannot go on with.
func TestFirstStartFails(t *testing.T) {
	variable, err := preload(t.Context(), t.TempDir())
	if err != nil {
		t.Skipf("skipped: %v", err)
	}
	for fault, step := range map[string]int{"sync:5:%d:1": 2, "write:28:%d:9999": 31} {
		for nth := 1; ; nth += step {
			f := newFaulty(t)
			struck, _ := f.appends(t, 8, variable, "SAMTYKKE_FAULT="+fmt.Sprintf(fault, nth))
			f.appends(t, 8)
			if got := len(f.p.stored); got < 8 {
				t.Errorf(fault+": a later start stores %d decisions", nth, got)
			}
			if !struck {
				break
			}
		}
	}
}

// The files beside the database, its anchor, the keys and the journal of
// erasures, are written by the program itself: their calls fail too.
func TestFilesBesideFail(t *testing.T) {
	strace, err := exec.LookPath("strace")
	if err != nil {
		t.Skipf("skipped: apt-get install strace: %v", err)
	}
	if out, err := exec.CommandContext(t.Context(), strace, "-f", "-o", os.DevNull, "true").CombinedOutput(); err != nil {
		t.Skipf("skipped: strace may not trace here (a container needs CAP_SYS_PTRACE): %v: %s", err, out)
	}
	for _, fault := range []string{"fsync:error=EIO", "renameat:error=ENOSPC", "ftruncate:error=EIO"} {
		t.Run(fault, func(t *testing.T) {
			for nth := 1; ; nth += 2 {
				f, log := newFaulty(t), filepath.Join(t.TempDir(), "strace")
				call, _, _ := strings.Cut(fault, ":")
				f.under = []string{strace, "-f", "-qq", "-o", log, "-e", "trace=" + call, "-e", fmt.Sprintf("inject=%s:when=%d", fault, nth)}
				f.appends(t, 60)
				traced, err := os.ReadFile(log)
				if err != nil {
					t.Fatal(err)
				}
				f.under = nil
				f.appends(t, 8)
				if !strings.Contains(string(traced), "INJECTED") {
					t.Logf("%d places", nth/2)
					break
				}
			}
		})
	}
}
