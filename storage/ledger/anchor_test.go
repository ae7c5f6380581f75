package ledger_test

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/storage/ledger"
)

// anchorVariable has a child process move the anchor at that path.
const anchorVariable = "SAMTYKKE_TEST_ANCHOR"

// at gives the signed checkpoint of a tree at a size.
func at(t testing.TB, origin string, size int64) []byte {
	t.Helper()
	signer, _ := key(t, origin, 1)
	return sign(t, ledger.Head{Origin: origin, Size: size, Root: anyLeaf(int(size))}, signer)
}

// holds says so when the anchor does not hold the given size of each tree.
func holds(t *testing.T, anchor ledger.Anchor, want map[string]int64) {
	t.Helper()
	known, err := anchor.Load()
	if err != nil {
		t.Fatal(err)
	}
	if len(known) != len(want) {
		t.Errorf("the anchor holds %d trees instead of %d", len(known), len(want))
	}
	for origin, size := range want {
		if have := string(known[origin]); have != string(at(t, origin, size)) {
			t.Errorf("the anchor holds, instead of the tree of %s at the size %d,\n%s", origin, size, have)
		}
	}
}

// TestTheFirstAnchorIsEmpty as before the first start.
func TestTheFirstAnchorIsEmpty(t *testing.T) {
	anchor := ledger.Anchor{Path: filepath.Join(t.TempDir(), "anchor")}
	holds(t, anchor, nil)
	if err := anchor.Advance(nil); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(anchor.Path); !os.IsNotExist(err) {
		t.Errorf("the anchor of nothing was written: %v", err)
	}
}

// TestTheAnchorMovesForwardOnly each tree for itself.
func TestTheAnchorMovesForwardOnly(t *testing.T) {
	anchor := ledger.Anchor{Path: filepath.Join(t.TempDir(), "anchor")}
	advance := func(sizes map[string]int64) {
		t.Helper()
		checkpoints := make(map[string][]byte)
		for origin, size := range sizes {
			checkpoints[origin] = at(t, origin, size)
		}
		if err := anchor.Advance(checkpoints); err != nil {
			t.Fatal(err)
		}
	}
	advance(map[string]int64{"one": 5})
	holds(t, anchor, map[string]int64{"one": 5})
	advance(map[string]int64{"two": 0})
	holds(t, anchor, map[string]int64{"one": 5, "two": 0})
	advance(map[string]int64{"one": 5, "two": 9})
	holds(t, anchor, map[string]int64{"one": 5, "two": 9})
	advance(map[string]int64{"one": 4, "two": 10})
	holds(t, anchor, map[string]int64{"one": 5, "two": 10})
	advance(map[string]int64{"one": 1, "two": 9})
	holds(t, anchor, map[string]int64{"one": 5, "two": 10})
	advance(map[string]int64{"one": 1 << 39})
	holds(t, anchor, map[string]int64{"one": 1 << 39, "two": 10})
	info, err := os.Stat(anchor.Path)
	if err != nil || info.Mode() != 0o600 {
		t.Errorf("the anchor has the mode %v, %v", info.Mode(), err)
	}
	if files, err := filepath.Glob(anchor.Path + ".*"); err != nil || len(files) != 1 {
		t.Errorf("beside the anchor and its lock there is more: %v, %v", files, err)
	}
}

// TestAForkIsAnError and moves nothing.
func TestAForkIsAnError(t *testing.T) {
	anchor := ledger.Anchor{Path: filepath.Join(t.TempDir(), "anchor")}
	if err := anchor.Advance(map[string][]byte{"one": at(t, "one", 5)}); err != nil {
		t.Fatal(err)
	}
	signer, _ := key(t, "one", 1)
	fork := sign(t, ledger.Head{Origin: "one", Size: 5, Root: anyLeaf(6)}, signer)
	if err := anchor.Advance(map[string][]byte{"one": fork}); err == nil || !strings.Contains(err.Error(), "the tree of one was forked: it has two roots at the size 5") {
		t.Errorf("the fork: %v", err)
	}
	holds(t, anchor, map[string]int64{"one": 5})
}

// TestWhatIsNoCheckpointDoesNotBecomeTheAnchor though it be the first.
func TestWhatIsNoCheckpointDoesNotBecomeTheAnchor(t *testing.T) {
	anchor := ledger.Anchor{Path: filepath.Join(t.TempDir(), "anchor")}
	for _, bad := range []string{"", "nonsense", "one\n5\n", string(at(t, "two", 5))} {
		if err := anchor.Advance(map[string][]byte{"one": []byte(bad)}); err == nil {
			t.Errorf("the anchor took %q for the tree of one", bad)
		}
		holds(t, anchor, nil)
	}
}

// TestADamagedLineOfTheAnchorIsNamed by its number, with the file and the
// repair. A damaged anchor does not move.
func TestADamagedLineOfTheAnchorIsNamed(t *testing.T) {
	anchor := ledger.Anchor{Path: filepath.Join(t.TempDir(), "anchor")}
	if err := anchor.Advance(map[string][]byte{"a": at(t, "a", 1), "b": at(t, "b", 2), "c": at(t, "c", 3)}); err != nil {
		t.Fatal(err)
	}
	whole, err := os.ReadFile(anchor.Path)
	if err != nil {
		t.Fatal(err)
	}
	for name, damage := range map[string]func(line string) string{
		"nothing":               func(string) string { return "" },
		"cut off":               func(line string) string { return line[:len(line)/2] },
		"nonsense":              func(string) string { return "nonsense" },
		"two values":            func(line string) string { return line + line },
		"no origin":             func(line string) string { return strings.Replace(line, `"b"`, `""`, 1) },
		"twice the same":        func(line string) string { return line + "\n" + line },
		"no checkpoint":         func(string) string { return `{"origin":"b"}` },
		"half a checkpoint":     func(line string) string { return strings.Replace(line, `\n2\n`, ``, 1) },
		"another's checkpoint":  func(line string) string { return strings.Replace(line, `"b\n`, `"c\n`, 1) },
		"a size that is none":   func(line string) string { return strings.Replace(line, `\n2\n`, `\nx\n`, 1) },
		"a checkpoint unquoted": func(line string) string { return strings.Replace(line, `"b\n`, `b\n`, 1) },
	} {
		lines := strings.SplitAfter(string(whole), "\n")
		lines[1] = damage(strings.TrimSuffix(lines[1], "\n")) + "\n"
		damaged := strings.Join(lines, "")
		if err := os.WriteFile(anchor.Path, []byte(damaged), 0o600); err != nil {
			t.Fatal(err)
		}
		number := 2
		if name == "twice the same" {
			number = 3
		}
		want := fmt.Sprintf("line %d of the anchor %s is damaged", number, anchor.Path)
		if known, err := anchor.Load(); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s: %q, %v", name, known, err)
		}
		if err := anchor.Advance(map[string][]byte{"a": at(t, "a", 9)}); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s, and the anchor moves: %v", name, err)
		}
		if now, err := os.ReadFile(anchor.Path); err != nil || string(now) != damaged {
			t.Errorf("%s: the damaged anchor was replaced by %q, %v", name, now, err)
		}
	}
}

// TestConcurrentMovesEndAtTheHighest in two processes with several goroutines
// each, that all move several trees.
func TestConcurrentMovesEndAtTheHighest(t *testing.T) {
	if path := os.Getenv(anchorVariable); path != "" {
		move(t, ledger.Anchor{Path: path}, 1)
		return
	}
	anchor := ledger.Anchor{Path: filepath.Join(t.TempDir(), "anchor")}
	child := exec.CommandContext(t.Context(), os.Args[0], "-test.run=^"+t.Name()+"$")
	child.Env = append(os.Environ(), anchorVariable+"="+anchor.Path)
	var output strings.Builder
	child.Stdout, child.Stderr = &output, &output
	if err := child.Start(); err != nil {
		t.Fatal(err)
	}
	move(t, anchor, 0)
	if err := child.Wait(); err != nil {
		t.Fatalf("the other process: %v\n%s", err, output.String())
	}
	holds(t, anchor, map[string]int64{"mine-0": 19, "mine-1": 19, "shared": 39})
}

// move advances the tree of this process and the shared one, by four goroutines
// that overtake each other.
func move(t *testing.T, anchor ledger.Anchor, process int64) {
	mine := fmt.Sprintf("mine-%d", process)
	var group sync.WaitGroup
	for worker := range int64(4) {
		group.Go(func() {
			for round := range int64(5) {
				n := 4*round + worker
				err := anchor.Advance(map[string][]byte{mine: at(t, mine, n), "shared": at(t, "shared", 2*n+process)})
				if err != nil {
					t.Error(err)
				}
			}
		})
	}
	group.Wait()
}

// What a crash left of an anchor that was being written goes; the anchor stays, and
// so does everything else beside it.
func TestTidy(t *testing.T) {
	folder := t.TempDir()
	anchor := ledger.Anchor{Path: filepath.Join(folder, "samtykke.db.anchor")}
	if err := anchor.Advance(map[string][]byte{"one": at(t, "one", 5)}); err != nil {
		t.Fatal(err)
	}
	for _, name := range []string{"samtykke.db.anchor.461348091", "samtykke.db.anchor.audit", "samtykke.db.anchor.witnessed"} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte("x"), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := anchor.Tidy(); err != nil {
		t.Fatal(err)
	}
	left, err := filepath.Glob(anchor.Path + "*")
	if err != nil || len(left) != 4 || slices.Contains(left, anchor.Path+".461348091") {
		t.Errorf("left are %v: %v", left, err)
	}
	if known, err := anchor.Load(); err != nil || known["one"] == nil {
		t.Errorf("the anchor is %v: %v", known, err)
	}
}
