package ledger_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// known gives what the witness says that it knows; -1 for another answer.
func known(err error) int64 {
	var other *consent.SizeError
	if errors.As(err, &other) {
		return other.Known
	}
	return -1
}

// alterSignature changes one of the last signature's characters to another of
// base64, so that the note stays one that can be read.
func alterSignature(checkpoint []byte) {
	c := &checkpoint[len(checkpoint)-9]
	if *c == 'A' {
		*c = 'B'
	} else {
		*c = 'A'
	}
}

// TestWitnessFollowsALedgerThatGrows and refuses everything else, with the
// answers of C2SP tlog-witness.
func TestWitnessFollowsALedgerThatGrows(t *testing.T) {
	l, stranger := newWitnessedLog(t, 9), newWitnessedLog(t, 9)
	folder := t.TempDir()
	w, _ := witnessOf(t, folder, "b.example.no", l.hostKey())
	add := func(s *consent.Submission) error {
		_, err := w.AddCheckpoint(t.Context(), s, morning)
		return err
	}
	for _, s := range []*consent.Submission{l.submission(0, 3), l.submission(3, 3), l.submission(3, 7)} {
		if err := add(s); err != nil {
			t.Fatalf("from %d: %v", s.From, err)
		}
	}
	altered := func(change func(s *consent.Submission)) *consent.Submission {
		s := l.submission(7, 9)
		s.Path, s.Checkpoint = slices.Clone(s.Path), bytes.Clone(s.Checkpoint)
		change(s)
		return s
	}
	// A tree beside those of the host: its name only begins the same.
	beside := newWitnessedLog(t, 2)
	beside.origin = "a.example.no/consentful/x/2026"
	for i := range beside.roots {
		beside.roots[i].Origin = beside.origin
	}
	for name, c := range map[string]struct {
		s    *consent.Submission
		kind consent.Kind
		code string
	}{
		"signed by a stranger":     {stranger.submission(0, 3), consent.Forbidden, "unsigned"},
		"signed by the tree alone": {altered(func(s *consent.Submission) { s.Checkpoint = l.checkpoint(9) }), consent.Forbidden, "unsigned"},
		"an unknown ledger":        {beside.submission(0, 2), consent.NotFound, "unknown_ledger"},
		"shorter than it says":     {&consent.Submission{From: 9, Checkpoint: l.endorsed(7)}, consent.Invalid, "malformed"},
		"no checkpoint":            {&consent.Submission{From: 7, Checkpoint: []byte("x\n")}, consent.Invalid, "malformed"},
		"a size with a zero before": {altered(func(s *consent.Submission) {
			s.Checkpoint = bytes.Replace(s.Checkpoint, []byte("\n9\n"), []byte("\n09\n"), 1)
		}), consent.Invalid, "malformed"},
		"an altered hash":      {altered(func(s *consent.Submission) { s.Path[0][5] ^= 1 }), consent.Invalid, "bad_proof"},
		"a hash too few":       {altered(func(s *consent.Submission) { s.Path = s.Path[1:] }), consent.Invalid, "bad_proof"},
		"a hash too many":      {altered(func(s *consent.Submission) { s.Path = append(s.Path, consent.Hash{}) }), consent.Invalid, "bad_proof"},
		"a proof of the same":  {&consent.Submission{From: 7, Path: []consent.Hash{{}}, Checkpoint: l.endorsed(7)}, consent.Invalid, "bad_proof"},
		"an altered signature": {altered(func(s *consent.Submission) { alterSignature(s.Checkpoint) }), consent.Forbidden, "unsigned"},
	} {
		err := add(c.s)
		var own *consent.Error
		if !errors.As(err, &own) || own.Kind != c.kind || own.Code != c.code {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, s := range map[string]*consent.Submission{
		"an older checkpoint again":     l.submission(0, 3),
		"the newest from an older size": l.submission(3, 9),
		"from a size it never saw":      l.submission(8, 9),
	} {
		if got := known(add(s)); got != 7 {
			t.Errorf("%s: the witness knows %d", name, got)
		}
	}
	w, _ = witnessOf(t, folder, "b.example.no", l.hostKey()) // after a restart
	if got := known(add(l.submission(0, 3))); got != 7 {
		t.Errorf("after a restart it knows %d", got)
	}
	if err := add(l.submission(7, 9)); err != nil {
		t.Error(err)
	}
}

// TestWitnessRefusesASplitView: of two ledgers with one name and key, which part
// at the fourth leaf, it cosigns one.
func TestWitnessRefusesASplitView(t *testing.T) {
	l := newWitnessedLog(t, 3)
	fork := *l
	forkTree, err := ledger.LeafHashes(func(leaves []int64) ([][]byte, error) {
		found := make([][]byte, len(leaves))
		for i, leaf := range leaves {
			found[i] = l.hashes[leaf]
		}
		return found, nil
	}).Root(3)
	if err != nil || forkTree != l.tree.Root() {
		t.Fatal("the beginnings differ", err)
	}
	fork.tree, fork.hashes, fork.roots = ledger.Frontier{}, nil, fork.roots[:1:1]
	fork.grow("leaf", 3)
	l.grow("yes", 3)
	fork.grow("no", 5)
	folder := t.TempDir()
	w, _ := witnessOf(t, folder, "b.example.no", l.hostKey())
	for _, s := range []*consent.Submission{l.submission(0, 3), l.submission(3, 6)} {
		if _, err := w.AddCheckpoint(t.Context(), s, morning); err != nil {
			t.Fatal(err)
		}
	}
	// What it refused and why stays to be read; what can be told by anyone goes when
	// the ledger grows, and the proof of two ledgers does not.
	refused := func(kind ledger.RefusalKind, size int64, signed []byte) {
		t.Helper()
		all, err := ledger.FollowedIn(filepath.Join(folder, "watched"))
		if err != nil || len(all) != 1 || all[0].Origin != l.origin {
			t.Fatalf("it follows %+v, %v", all, err)
		}
		switch got := all[0].Refused; {
		case got == nil && kind != "", got != nil && (got.Kind != kind || got.Size != size || got.Checkpoint != string(signed)):
			t.Errorf("it has refused %+v, instead of %s at %d", got, kind, size)
		}
	}
	refused("", 0, nil)
	_, err = w.AddCheckpoint(t.Context(), fork.submission(6, 8), morning)
	var own *consent.Error
	if !errors.As(err, &own) || own.Code != "bad_proof" {
		t.Errorf("a longer one with other leaves: %v", err)
	}
	refused(ledger.Unproven, 8, fork.endorsed(8))
	if _, err := w.AddCheckpoint(t.Context(), fork.submission(3, 8), morning); known(err) != 6 {
		t.Errorf("from before they part: %v", err)
	}
	l.grow("yes", 1)
	if _, err := w.AddCheckpoint(t.Context(), l.submission(6, 7), morning); err != nil {
		t.Fatal(err)
	}
	refused("", 0, nil)
	if _, err := w.AddCheckpoint(t.Context(), fork.submission(0, 5), morning); known(err) != 7 {
		t.Errorf("a shorter one: %v", err)
	}
	refused(ledger.Shorter, 5, fork.endorsed(5))
	if _, err := w.AddCheckpoint(t.Context(), fork.submission(7, 7), morning); known(err) != 7 {
		t.Errorf("the same size with another root: %v", err)
	}
	refused(ledger.OtherRoot, 7, fork.endorsed(7))
	if _, err := w.AddCheckpoint(t.Context(), fork.submission(7, 8), morning.Add(time.Hour)); err == nil {
		t.Error("a longer one with other leaves is cosigned")
	}
	l.grow("yes", 1)
	if _, err := w.AddCheckpoint(t.Context(), l.submission(7, 8), morning); err != nil {
		t.Fatal(err)
	}
	refused(ledger.OtherRoot, 7, fork.endorsed(7))
}

// TestOneOfTwoForksWins: two heads that extend the same one come at the same
// time, to two processes on one memory, and only one is cosigned.
func TestOneOfTwoForksWins(t *testing.T) {
	for range 20 {
		l := newWitnessedLog(t, 2)
		fork := &witnessedLog{t: t, keys: l.keys, origin: l.origin, roots: l.roots[:1:1]}
		fork.grow("leaf", 2)
		l.grow("yes", 1)
		fork.grow("no", 1)
		folder := t.TempDir()
		one, _ := witnessOf(t, folder, "b.example.no", l.hostKey())
		two, _ := witnessOf(t, folder, "b.example.no", l.hostKey())
		if _, err := one.AddCheckpoint(t.Context(), l.submission(0, 2), morning); err != nil {
			t.Fatal(err)
		}
		errs := make([]error, 2)
		submissions := []*consent.Submission{l.submission(2, 3), fork.submission(2, 3)}
		var group sync.WaitGroup
		for i, w := range []*ledger.Witness{one, two} {
			group.Go(func() { _, errs[i] = w.AddCheckpoint(context.Background(), submissions[i], morning) })
		}
		group.Wait()
		if (errs[0] == nil) == (errs[1] == nil) || known(errors.Join(errs...)) != 3 {
			t.Fatalf("both won, or neither: %v", errs)
		}
	}
}

// TestWitnessThatEndsBeforeItAnswers: what was put on disk before the end is
// known after it, and the same is cosigned when it is asked again; what was not
// put on disk was never cosigned.
func TestWitnessThatEndsBeforeItAnswers(t *testing.T) {
	l := newWitnessedLog(t, 4)
	folder := t.TempDir()
	w, _ := witnessOf(t, folder, "b.example.no", l.hostKey())
	if _, err := w.AddCheckpoint(t.Context(), l.submission(0, 2), morning); err != nil {
		t.Fatal(err)
	}
	memory := filepath.Join(folder, "watched")
	files, err := filepath.Glob(filepath.Join(memory, "*.checkpoint"))
	if err != nil || len(files) != 1 {
		t.Fatal(files, err)
	}
	// As a kill between the disk and the answer leaves it.
	if err := os.WriteFile(files[0], l.endorsed(4), 0o600); err != nil {
		t.Fatal(err)
	}
	w, _ = witnessOf(t, folder, "b.example.no", l.hostKey())
	if _, err := w.AddCheckpoint(t.Context(), l.submission(2, 4), morning); known(err) != 4 {
		t.Errorf("asked as before: %v", err)
	}
	if line, err := w.AddCheckpoint(t.Context(), l.submission(4, 4), morning); err != nil || len(line) == 0 {
		t.Errorf("asked anew: %v", err)
	}
	// When it cannot be put on disk, nothing is signed.
	l.grow("leaf", 1)
	if err := os.RemoveAll(memory); err != nil {
		t.Fatal(err)
	}
	if line, err := w.AddCheckpoint(t.Context(), l.submission(0, 5), morning); err == nil {
		t.Errorf("it signs what it cannot keep: %s", line)
	}
	// And a damaged memory is not taken for an empty one.
	w, _ = witnessOf(t, folder, "b.example.no", l.hostKey())
	if err := os.WriteFile(files[0], []byte("\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := w.AddCheckpoint(t.Context(), l.submission(0, 5), morning); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("a damaged memory: %v", err)
	}
}

// TestWitnessedKeepsWhatCounts: the checkpoint that enough have cosigned stays
// until a newer one has enough; late signatures are added to it; nothing is lost
// between two runs.
func TestWitnessedKeepsWhatCounts(t *testing.T) {
	l := newWitnessedLog(t, 9)
	witnesses := make([]*ledger.Witness, 3)
	keys := make([]consent.VerifierKey, 3)
	for i, host := range []string{"b.example.no", "c.example.no", "d.example.no"} {
		witnesses[i], keys[i] = witnessOf(t, t.TempDir(), host, l.hostKey())
	}
	quorum, err := consent.NewQuorum(keys, 2)
	if err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "witnessed")
	sizes := [3]int64{}
	ask := func(i int, size int64) consent.WitnessAnswer {
		line, err := witnesses[i].AddCheckpoint(t.Context(), l.submission(sizes[i], size), morning)
		if err != nil {
			t.Fatal(err)
		}
		sizes[i] = size
		return consent.WitnessAnswer{
			Origin: l.origin, Checkpoint: l.checkpoint(size), Cosignature: line,
			WitnessState: consent.WitnessState{Witness: keys[i].Name, Size: size, Time: morning},
		}
	}
	trouble := consent.WitnessAnswer{Origin: l.origin, Checkpoint: l.checkpoint(9), WitnessState: consent.WitnessState{Witness: keys[1].Name, Size: 6, Trouble: "it does not answer"}}
	for n, step := range []struct {
		answers []consent.WitnessAnswer
		size    int64
		by      int
	}{
		{[]consent.WitnessAnswer{ask(0, 3)}, 0, 0},
		{[]consent.WitnessAnswer{ask(1, 3)}, 3, 2},
		{[]consent.WitnessAnswer{ask(0, 6)}, 3, 2},
		{[]consent.WitnessAnswer{ask(2, 3)}, 3, 3},
		{[]consent.WitnessAnswer{ask(1, 6), ask(2, 6)}, 6, 3},
		{[]consent.WitnessAnswer{ask(0, 9), trouble}, 6, 3},
		{[]consent.WitnessAnswer{ask(2, 9)}, 9, 2},
	} {
		w, err := ledger.OpenWitnessFile(path, quorum) // as after a restart
		if err != nil {
			t.Fatal(err)
		}
		if err := w.Add(step.answers); err != nil {
			t.Fatal(err)
		}
		again, err := ledger.OpenWitnessFile(path, quorum)
		if err != nil {
			t.Fatal(err)
		}
		for _, each := range []*ledger.WitnessFile{w, again} {
			signed, states := each.Tree(l.origin)
			size, by := int64(0), 0
			if signed != nil {
				head, err := ledger.ParseHead(signed)
				names, errNames := ledger.Cosigners(signed, quorum)
				if err != nil || errNames != nil || head.Root != l.roots[head.Size].Root {
					t.Fatal(err, errNames)
				}
				size, by = head.Size, len(names)
			}
			if size != step.size || by != step.by || len(states) != 3 {
				t.Errorf("step %d: size %d by %d instead of %d by %d: %+v", n, size, by, step.size, step.by, states)
			}
		}
	}
	stricter, err := consent.NewQuorum(keys, 3)
	if err != nil {
		t.Fatal(err)
	}
	w, err := ledger.OpenWitnessFile(path, stricter)
	if err != nil {
		t.Fatal(err)
	}
	if signed, states := w.Tree(l.origin); signed != nil || states[1].Trouble == "" || states[1].Size != 6 {
		t.Errorf("with three required: %s, %+v", signed, states)
	}
}
