package main_test

import (
	"bytes"
	bits "encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
)

// open opens the installation's database as a verb does.
func (i installation) open(t *testing.T) consent.Store {
	t.Helper()
	settings, err := config.Load("", nil, map[string]any{"storage.sqlite.path": filepath.Join(i.data, "samtykke.db")})
	if err != nil {
		t.Fatal(err)
	}
	store, err := storage.OpenShared(t.Context(), settings, time.Now, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	return store
}

// fill stores decisions of many kinds, n of them, half a minute apart from a
// Monday on.
func (i installation) fill(t *testing.T, n int) {
	t.Helper()
	store := i.open(t)
	var next atomic.Int64
	var group sync.WaitGroup
	for range 64 {
		group.Go(func() {
			for at := next.Add(1) - 1; at < int64(n); at = next.Add(1) - 1 {
				if _, err := store.Append(t.Context(), someDecision(exampleBundle(t), at)); err != nil {
					t.Error(err)
					return
				}
			}
		})
	}
	group.Wait()
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// someDecision makes the decision of a number, always the same.
func someDecision(bundle string, n int64) *consent.Decision {
	d := &consent.Decision{
		Site: "gjerdrum", Notice: 1, Bundle: consent.BundleID(bundle), Language: consent.Bokmaal, Method: consent.RejectAll,
		Layer: consent.LayerFirst, State: consent.StateRefused, GPC: n%11 == 0, Skew: time.Duration(n%7-3) * time.Second,
		Time:   time.Date(2026, 11, 2, 0, 0, 0, 0, time.UTC).Add(time.Duration(n) * 30 * time.Second),
		Choice: consent.Choice{Categories: map[consent.CategoryKey]bool{consent.Statistics: false}},
	}
	switch n % 5 {
	case 0:
		d.Method, d.State, d.Choice.Categories[consent.Statistics] = consent.AcceptAll, consent.StateGiven, true
	case 1:
		d.Method, d.State, d.Layer, d.Language = consent.Save, consent.StatePartlyGiven, consent.LayerSecond, consent.Nynorsk
		d.Choice.Services = map[consent.ServiceRef]bool{"marketing/youtube": n%2 == 0, "statistics/kommunekart": true}
	case 2:
		d.Method, d.Layer, d.State = consent.PlaceholderOnce, consent.LayerPlaceholder, consent.StatePartlyGiven
		d.Choice.Services = map[consent.ServiceRef]bool{"functional/kommune-tv": true}
		bits.BigEndian.PutUint64(d.Previous[:], 0x019a_b0c4_8f3e_7cc1)
		bits.BigEndian.PutUint64(d.Previous[8:], 0x8d4b_0000_0000_0000|uint64(n))
	}
	at := uint64(d.Time.UnixMilli()) << 16
	bits.BigEndian.PutUint64(d.ID[:], at|0x7000|uint64(n&0xfff))
	bits.BigEndian.PutUint64(d.ID[8:], 0x8000_0000_0000_0000|uint64(n)*0x9e37_79b9&0x3fff_ffff_ffff_ffff)
	if n%9 == 0 { // a key that somebody made up: its text begins with a hyphen
		at |= 0xf8 << 56
	}
	bits.BigEndian.PutUint64(d.Visitor[:], at)
	bits.BigEndian.PutUint64(d.Visitor[8:], uint64(n)*0x9e37_79b9_7f4a_7c15)
	bits.BigEndian.PutUint64(d.Visitor[14:], uint64(n)*0xc2b2_ae3d_27d4_eb4f)
	return d
}

// TestExportGoesOn ends exports in the middle, at bytes of all kinds and by a
// kill, and goes on: the file is the one of an export that nothing ended.
func TestExportGoesOn(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 25_000)
	for _, flags := range []string{"--format csv --bom", "--format jsonl", "--format csv --method reject_all --from 2026-11-03"} {
		t.Run(flags, func(t *testing.T) {
			folder := t.TempDir()
			whole, path := filepath.Join(folder, "whole"), filepath.Join(folder, "resumed")
			args := append([]string{"log", "export", "gjerdrum", "--data", i.data}, strings.Fields(flags)...)
			must(t, append(args, "-o", whole)...)
			want := readFile(t, whole)
			args = append(args, "--resume", "-o", path)
			stops, resumed := 0, 0
			for _, share := range []int{0, 3, 35, 55, 77, 99} {
				before := notedSize(t, path)
				stopAt(t, len(want)*share/100, args)
				if _, err := os.Stat(path); err == nil {
					break
				}
				stops++
				if before > 0 {
					resumed++
				}
			}
			killed(t, path, args)
			must(t, args...)
			if have := readFile(t, path); have != want {
				t.Errorf("%d bytes, not the same as the %d of a whole export", len(have), len(want))
			}
			if left, _ := os.ReadDir(folder); len(left) != 2 {
				t.Errorf("left behind: %v", left)
			}
			if stops < 4 || resumed == 0 {
				t.Errorf("%d exports stopped and %d went on: the test proves little", stops, resumed)
			}
		})
	}
}

// stopAt runs an export that may not write further than a byte of a file.
func stopAt(t *testing.T, size int, args []string) {
	t.Helper()
	// The limit is in blocks of 512 bytes and holds for every file, so the smallest lets the database be opened.
	script := fmt.Sprintf("ulimit -f %d; exec \"$@\"", max(size, 100_000)/512)
	cmd := exec.Command("sh", append([]string{"-c", script, "sh", program(t)}, args...)...)
	cmd.Env = append(os.Environ(), "TZ=UTC")
	out, err := cmd.CombinedOutput()
	if err == nil {
		t.Errorf("an export wrote past its limit of %d bytes", size)
	} else if !bytes.Contains(out, []byte("too large")) && !bytes.Contains(out, []byte("SIGXFSZ")) {
		t.Errorf("stopped for another reason: %v %s", err, out[:min(len(out), 500)])
	}
}

// killed kills an export as soon as it has written something new.
func killed(t *testing.T, path string, args []string) {
	t.Helper()
	before := partSize(path)
	cmd := exec.Command(program(t), args...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	done := make(chan struct{})
	go func() {
		_ = cmd.Wait() // it is killed
		close(done)
	}()
	for {
		select {
		case <-done:
			return
		default:
			if partSize(path) != before {
				_ = cmd.Process.Kill()
				<-done
				return
			}
		}
	}
}

func partSize(path string) int64 {
	info, err := os.Stat(path + ".part")
	if err != nil {
		return -1
	}
	return info.Size()
}

// notedSize gives how much of an unfinished file is known to be whole.
func notedSize(t *testing.T, path string) int64 {
	t.Helper()
	var noted struct{ Size int64 }
	text, err := os.ReadFile(path + ".part.state")
	if err == nil {
		err = json.Unmarshal(text, &noted)
	}
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		t.Fatal(err)
	}
	return noted.Size
}

// TestExportGoesOnWithItsOwnFileOnly refuses to join what does not belong together.
func TestExportGoesOnWithItsOwnFileOnly(t *testing.T) {
	i := newInstallation(t)
	i.fill(t, 15_000)
	path := filepath.Join(t.TempDir(), "log.csv")
	args := []string{"log", "export", "gjerdrum", "--data", i.data, "--resume", "-o", path}
	stopAt(t, 5<<20, args)
	if notedSize(t, path) == 0 {
		t.Fatal("nothing was noted: the test proves nothing")
	}
	refused := func(want string, args ...string) {
		t.Helper()
		if done := invoke(t, args...); done.code != 1 || !strings.Contains(done.err, want) || !strings.Contains(done.err, "remove it") {
			t.Errorf("%v: exit code %d, %s", args, done.code, done.err)
		}
	}
	refused("another export", append(args, "--method", "save")...)
	refused("another export", append(args, "--bom")...)
	other := newInstallation(t)
	other.fill(t, 10)
	refused("does not hold", "log", "export", "gjerdrum", "--data", other.data, "--resume", "-o", path)
	if err := os.Truncate(path+".part", 1000); err != nil {
		t.Fatal(err)
	}
	refused("shorter than it was", args...)
	for _, file := range []string{path + ".part", path + ".part.state"} {
		if err := os.Remove(file); err != nil {
			t.Fatal(err)
		}
	}
	must(t, args...)
}
