package sqlite

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// act is one that the tests' organisation does.
func act(action string) consent.Act {
	return consent.Act{Time: storagetest.Morning, Account: 7, Organisation: "kommunen", Action: action}
}

// replaced makes a database of nine acts, has nine more done, and puts back what was
// there when before was called, which may do more.
func replaced(t *testing.T, before func(path string)) (path string) {
	t.Helper()
	path = filepath.Join(t.TempDir(), "samtykke.db")
	before(path)
	old, err := os.ReadFile(path)
	must(t, err)
	walkedTrail(t, path)
	must(t, os.WriteFile(path, old, 0o600))
	return path
}

func nineActs(t *testing.T) func(string) {
	t.Helper()
	return func(path string) { walkedTrail(t, path) }
}

// refusedStart wants that no server starts.
func refusedStart(t *testing.T, path, why string) {
	t.Helper()
	if s, err := Open(t.Context(), Options{Path: path, Exclusive: true}); err == nil {
		must(t, s.Close())
		t.Error("a server starts")
	} else if !strings.Contains(err.Error(), why) || !strings.Contains(err.Error(), "samtykke log begin") {
		t.Errorf("a server is refused with %v", err)
	}
}

// wantRefused wants that nothing goes on before somebody has told of the loss: not a
// server, and no verb that changes something.
func wantRefused(t *testing.T, path, why string) {
	t.Helper()
	refusedStart(t, path, why)
	s, err := Open(t.Context(), Options{Path: path})
	must(t, err)
	defer s.Close()
	for range 20 { // more than were lost
		if err := s.RecordAct(t.Context(), act("site.add")); err == nil || !strings.Contains(err.Error(), "samtykke log begin") {
			t.Fatalf("an act was recorded: %v", err)
		}
	}
}

// begun tells of the loss, and gives what was told.
func begun(t *testing.T, path string) []consent.TrailBreak {
	t.Helper()
	s, err := Open(t.Context(), Options{Path: path})
	must(t, err)
	told, err := s.BeginTrails(t.Context(), storagetest.Morning.Add(time.Hour))
	must(t, err)
	again, err := s.BeginTrails(t.Context(), storagetest.Morning.Add(time.Hour))
	must(t, err)
	if len(again) > 0 {
		t.Errorf("told again: %+v", again)
	}
	must(t, s.Close())
	s, err = Open(t.Context(), Options{Path: path, Exclusive: true})
	must(t, err)
	must(t, s.RecordAct(t.Context(), act("site.add")))
	must(t, s.Close())
	return told
}

// wantBroken wants an audit without faults that says how many acts are lost of which
// trails.
func wantBroken(t *testing.T, path string, want map[string]int64) {
	t.Helper()
	got := map[string]int64{}
	for _, audit := range trailFaults(t, path) {
		if audit.Fault.Code != "" {
			t.Errorf("the trail of %d, part %d: %s", audit.Year, audit.Part, audit.Fault.Why)
		}
		if audit.Broke != nil {
			got[audit.Broke.Trail] = audit.Broke.Lost()
		}
	}
	if len(got) != len(want) {
		t.Errorf("broke off: %v, want %v", got, want)
	}
	for trail, lost := range want {
		if n, ok := got[trail]; !ok || n != lost {
			t.Errorf("broke off: %v, want %v", got, want)
		}
	}
}

// Acts that are lost are told in a part that goes on, and can never be hidden by
// as many new ones.
func TestRolledBackTrailGoesOnInAPart(t *testing.T) {
	path := replaced(t, nineActs(t))
	wantRefused(t, path, "has 9 acts, and 18 were signed")
	told := begun(t, path)
	if len(told) != 1 || told[0].Trail != "2026" || told[0].Lost() != 9 || told[0].Held.Acts != 9 {
		t.Fatalf("told %+v", told)
	}
	wantBroken(t, path, map[string]int64{"2026": 9})

	t.Run("its acts are read in order", func(t *testing.T) {
		s, err := Open(t.Context(), Options{Path: path})
		must(t, err)
		defer s.Close()
		query := consent.TrailQuery{Organisation: "kommunen", Limit: 1}
		var read []string
		for {
			acts, err := s.Acts(t.Context(), query)
			must(t, err)
			if len(acts) == 0 {
				break
			}
			place, ok := consent.ParseActPlace(acts[0].Place())
			if !ok {
				t.Fatalf("%q is no place", acts[0].Place())
			}
			read, query.Before = append(read, acts[0].Action), place
		}
		if len(read) != 11 || read[0] != "site.add" || read[1] != consent.TrailBegin || read[2] != "draft.save" {
			t.Errorf("read %q", read)
		}
	})

	t.Run("a second loss is told beside the first", func(t *testing.T) {
		old, err := os.ReadFile(path)
		must(t, err)
		walkedTrail(t, path)
		must(t, os.WriteFile(path, old, 0o600))
		wantRefused(t, path, "has 2 acts, and 11 were signed")
		begun(t, path)
		wantBroken(t, path, map[string]int64{"2026": 9, "2026-b": 9})
	})
}

// What was left when the loss was told may not become less.
func TestNoMoreOfABrokenTrailMayBeLost(t *testing.T) {
	path := replaced(t, nineActs(t))
	begun(t, path)
	conn, guards := unguarded(t, path)
	for _, statement := range append([]string{"PRAGMA foreign_keys = OFF", "DELETE FROM act WHERE trail = 1", "DELETE FROM trail WHERE id = 1"}, guards...) {
		if _, err := conn.ExecContext(t.Context(), statement); err != nil {
			t.Fatal(err)
		}
	}
	must(t, conn.Close())
	refusedStart(t, path, "is gone: 18 acts of it were signed")
}

// A database from before a trail was begun goes on, too.
func TestLostTrailGoesOnInAPart(t *testing.T) {
	path := replaced(t, func(path string) {
		s, err := Open(t.Context(), Options{Path: path, Exclusive: true})
		must(t, err)
		must(t, s.Close())
	})
	wantRefused(t, path, "The trail of 2026 is gone: 9 acts of it were signed")
	begun(t, path)
	wantBroken(t, path, map[string]int64{"2026": 9})
}

// Without the signed heads, nobody can tell what is lost: that is told as well.
func TestTrailWithoutSignedHeadGoesOnInAPart(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	walkedTrail(t, path)
	must(t, os.Remove(path+".anchor.audit"))
	wantRefused(t, path, "nobody can tell whether it was rolled back")
	if found := trailFaults(t, path); len(found) != 1 || found[0].Fault.Code == "" {
		t.Errorf("the audit says %+v", found)
	}
	if told := begun(t, path); len(told) != 1 || told[0].Lost() != 0 || told[0].Held.Acts != 9 {
		t.Errorf("told %+v", told)
	}
}

// A signed head that cannot be read is no loss that can be told.
func TestDamagedHeadIsNotTold(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	walkedTrail(t, path)
	heads, err := os.ReadFile(path + ".anchor.audit")
	must(t, err)
	at := strings.LastIndex(string(heads), "=") - 8
	heads[at] ^= 1
	must(t, os.WriteFile(path+".anchor.audit", heads, 0o600))
	s, err := Open(t.Context(), Options{Path: path})
	must(t, err)
	defer s.Close()
	if _, err := s.BeginTrails(t.Context(), storagetest.Morning); err == nil || !strings.Contains(err.Error(), "Put back the file") {
		t.Errorf("it is told as %v", err)
	}
}
