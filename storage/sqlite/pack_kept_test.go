package sqlite

import (
	"bytes"
	"context"
	"errors"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// readLeaves is a store that counts the leaves that are read of it, and gives no
// more than some if that is not 0.
type readLeaves struct {
	consent.Store

	count, most int
}

func (s *readLeaves) Snapshot(ctx context.Context, read func(consent.Store) error) error {
	whole := s.Store
	defer func() { s.Store = whole }()
	return whole.Snapshot(ctx, func(at consent.Store) error {
		s.Store = at
		return read(s)
	})
}

var errInterrupted = errors.New("interrupted")

func (s *readLeaves) Leaves(ctx context.Context, origin string, from int64, yield func(*consent.Leaf) error) error {
	return s.Store.Leaves(ctx, origin, from, func(leaf *consent.Leaf) error {
		if s.count++; s.count == s.most {
			return errInterrupted
		}
		return yield(leaf)
	})
}

// keptPack is a pack in spans of eight leaves, which keeps them in a folder.
func keptPack(t *testing.T, s consent.Store, folder string) ledger.Pack {
	t.Helper()
	return ledger.Pack{Site: "skogen", Store: s, Made: storagetest.Morning, Span: 8, Keep: folder, Report: func(int64, int64) {}}
}

// interrupted gives a folder with the spans of a pack that never became whole.
func interrupted(t *testing.T, s *Store) string {
	t.Helper()
	folder := t.TempDir()
	if err := keptPack(t, &readLeaves{Store: s, most: 45}, folder).Write(t.Context(), &bytes.Buffer{}); !errors.Is(err, errInterrupted) {
		t.Fatalf("the pack was not interrupted: %v", err)
	}
	return folder
}

// resumed gives the files of a pack that went on, and how many leaves it read.
func resumed(t *testing.T, s *Store, folder string) (files map[string][]byte, read int) {
	t.Helper()
	counted := &readLeaves{Store: s}
	var pack bytes.Buffer
	if err := keptPack(t, counted, folder).Write(t.Context(), &pack); err != nil {
		t.Fatal(err)
	}
	found, err := verifyPack(pack.Bytes(), "")
	if err != nil || len(found.Faults) > 0 {
		t.Fatalf("the pack that went on: %v %+v", err, found.Faults)
	}
	files, _ = unzip(t, pack.Bytes())
	return files, counted.count
}

// wantFiles asserts that a pack is what one is that nothing interrupted.
func wantFiles(t *testing.T, s *Store, files map[string][]byte) {
	t.Helper()
	want, all := resumed(t, s, t.TempDir())
	if all < 50 {
		t.Fatalf("a whole pack reads %d leaves: it proves nothing", all)
	}
	for _, name := range slices.Sorted(maps.Keys(want)) {
		if !bytes.Equal(files[name], want[name]) {
			t.Errorf("%s is another than in a pack that nothing interrupted", name)
		}
	}
	if len(files) != len(want) {
		t.Errorf("%d files, want %d", len(files), len(want))
	}
}

// A pack goes on with the spans that are whole, and ends as if nothing had
// happened.
func TestPackGoesOn(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	folder := interrupted(t, s)
	files, read := resumed(t, s, folder)
	wantFiles(t, s, files)
	if read > 40 { // of 64; one of each kept span is looked at
		t.Errorf("it read %d leaves", read)
	}
	again, read := resumed(t, s, folder)
	wantFiles(t, s, again)
	if read > 20 {
		t.Errorf("with all spans kept it read %d leaves", read)
	}
}

// What was removed between the runs is not in the pack, and only the span that it
// was in is written again.
func TestPackForgetsMeanwhile(t *testing.T) {
	for name, remove := range map[string]func(*testing.T, *Store){
		"erased": func(t *testing.T, s *Store) {
			erase(t, s, consent.Erasure{ID: storagetest.ID(12), Actor: consent.ActorOperator, Time: storagetest.Morning})
		},
		"expired": func(t *testing.T, s *Store) {
			newestFirst := decisionsBefore(t, s, yearEnd)
			if _, err := s.Expire(t.Context(), "skogen", newestFirst[len(newestFirst)-4].Time, wellAfter); err != nil {
				t.Fatal(err)
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
			folder := interrupted(t, s)
			_, _ = resumed(t, s, folder)
			remove(t, s)
			files, read := resumed(t, s, folder)
			if read > 40 {
				t.Errorf("it read %d leaves: more than one span was written again", read)
			}
			wantFiles(t, s, files)
			again, _ := resumed(t, s, folder)
			wantFiles(t, s, again)
		})
	}
}

// An erasure in an earlier part is told in a later one.
func TestPackForgetsInAnEarlierPart(t *testing.T) {
	path, _ := rolledBack(t)
	s := openTest(t, Options{Path: path})
	if _, err := s.Begin(t.Context(), "skogen", storagetest.Morning); err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	_, _ = resumed(t, s, folder)
	erase(t, s, consent.Erasure{ID: storagetest.ID(3), Actor: consent.ActorOperator, Time: storagetest.Morning})
	files, _ := resumed(t, s, folder)
	if first := string(files["ledger/2026/leaves.jsonl"]); strings.Count(first, `"index"`) != 8 || strings.Count(first, `"record"`) != 7 {
		t.Errorf("the erased record is in the pack: %s", first)
	}
}

// Spans of another database, and such that were changed, do not come into a pack.
func TestForeignSpansAreNotPacked(t *testing.T) {
	one, other := filled(t, filepath.Join(t.TempDir(), "samtykke.db")), filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	folder := interrupted(t, one)
	files, _ := resumed(t, other, folder)
	wantFiles(t, other, files)

	kept := filepath.Join(folder, "2027-0.deflated")
	data, err := os.ReadFile(kept)
	if err != nil {
		t.Fatal(err)
	}
	data[len(data)/2] ^= 1
	if err := os.WriteFile(kept, data, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := keptPack(t, other, folder).Write(t.Context(), &bytes.Buffer{}); err == nil || !strings.Contains(err.Error(), "was changed") {
		t.Errorf("a span that was changed: %v", err)
	}
}
