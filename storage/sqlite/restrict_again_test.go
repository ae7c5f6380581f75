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

// restricted is a filled database with a decision that is frozen, one that was
// released, and one that its owner has erased while it was frozen.
func restricted(t *testing.T, path string) *Store {
	t.Helper()
	s := filled(t, path)
	for _, n := range []int{30, 31, 32} {
		restrictOne(t, s, n, false)
	}
	restrictOne(t, s, 31, true)
	erase(t, s, consent.Erasure{Visitor: storagetest.Visitor(32), Actor: consent.ActorVisitor, Time: storagetest.Morning})
	return s
}

// Whoever freezes or releases behind the server's back is found, because the
// journal knows better, and what the audit says repairs it.
func TestRestrictionBehindTheJournalIsNamed(t *testing.T) {
	whole := t.TempDir()
	s := restricted(t, filepath.Join(whole, "samtykke.db"))
	green(t, s)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
	frozen, released := storagetest.ID(30).String(), storagetest.ID(31).String()
	const accuracy = " --reason accuracy"
	for name, c := range map[string]struct{ statement, why, repair string }{
		"no longer frozen":       {"DELETE FROM frozen", "says that the decision " + frozen + " is frozen", "log freeze skogen --receipt " + frozen + accuracy},
		"frozen, and never was":  {"INSERT INTO frozen VALUES (40, 1, 'accuracy', '')", "the journal does not say so", "log release skogen"},
		"frozen after a release": {"INSERT INTO frozen VALUES (32, 1, 'accuracy', '')", "says that the decision " + released + " was released", "log release skogen --receipt " + released + " --yes"},
		"another reason":         {"UPDATE frozen SET reason = 'asked'", "for another reason", "log freeze skogen --receipt " + frozen + accuracy},
		"another time":           {"UPDATE frozen SET time = time + 1", "since another time", "log release skogen --receipt " + frozen + " --yes"},
		"of no decision":         {"UPDATE frozen SET seq = 5000", "table frozen belongs to a decision that is not there", ""},
	} {
		t.Run(name, func(t *testing.T) {
			wantNamed(t, whole, c.statement, -1, c.why)
			wantNamed(t, whole, c.statement, -1, c.repair)
		})
	}
}

// wantOneFault asserts that the audit finds only that, of the site skogen.
func wantOneFault(t *testing.T, s *Store, why string) {
	t.Helper()
	faults := audit(t, s).Faults
	if len(faults) != 1 || faults[0].Site != "skogen" || !strings.Contains(faults[0].Why, why) {
		t.Errorf("the audit does not say %q alone: %+v", why, faults)
	}
}

// countAnew is what the tables' own triggers do when a frozen row comes or goes.
const countAnew = `
DELETE FROM daily;
INSERT INTO daily SELECT site, time / 86400000, circumstance, count(*) FROM decision WHERE seq NOT IN (SELECT seq FROM frozen) GROUP BY 1, 2, 3`

// The repairs that the audit names make it hold again.
func TestRestrictionIsRepaired(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := restricted(t, path)
	tamper(t, path, "DELETE FROM frozen;"+countAnew)
	wantOneFault(t, s, "freeze it again")
	if found, err := s.Audit(t.Context(), "havet", func(int64, int64) {}); err != nil || len(found.Faults) > 0 {
		t.Errorf("the audit of another site says %+v (%v)", found.Faults, err)
	}
	restrictOne(t, s, 30, false)
	green(t, s)

	tamper(t, path, "INSERT INTO frozen VALUES (40, 1, 'accuracy', '');"+countAnew)
	wantOneFault(t, s, "the journal does not say so")
	restrictOne(t, s, 39, true)
	green(t, s)
	restrictOne(t, s, 39, false)
	green(t, s)
}

// What the journal says is frozen stays, also in a database that no server has
// opened since it was changed.
func TestFrozenStaysByTheJournal(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	if err := restricted(t, path).Close(); err != nil {
		t.Fatal(err)
	}
	tamper(t, path, "DELETE FROM frozen;"+countAnew)
	command := openTest(t, Options{Path: path})
	erasure := consent.Erasure{ID: storagetest.ID(30), Actor: consent.ActorOperator, Time: storagetest.Morning}
	if n, err := command.Erase(t.Context(), "skogen", erasure); consent.KindOf(err) != consent.Conflict {
		t.Errorf("erased %d: %v", n, err)
	}
	green(t, command)
	tamper(t, path, "DELETE FROM frozen;"+countAnew)
	expireFirstYear(t, command, consent.Expired{Year: 2026, Gone: 35, Frozen: 1})
	green(t, command)
	if left := decisionsBefore(t, command, yearEnd); len(left) != 1 || left[0].ID != storagetest.ID(30) || !left[0].Frozen {
		t.Errorf("left is %+v", left)
	}
	data, err := os.ReadFile(path + ".erasures")
	if err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path+".erasures", append([]byte("{\n"), data...), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := command.Expire(t.Context(), "skogen", wellAfter, wellAfter); err == nil || !strings.Contains(err.Error(), "damaged") {
		t.Errorf("decisions expire without anybody knowing what is frozen: %v", err)
	}
}

// A stronger reason takes the place of the visitor's own wish, also in a database
// that was put back from before it, and the visitor can no longer release it.
func TestClaimReplacesWhatWasAsked(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	asked := consent.Restriction{ID: storagetest.ID(30), Reason: consent.ReasonAsked, Time: storagetest.Morning}
	claim := consent.Restriction{ID: storagetest.ID(30), Reason: consent.ReasonClaim, Time: storagetest.Morning.Add(time.Hour)}
	release := consent.Restriction{ID: storagetest.ID(30), Release: true, Reason: consent.ReasonAsked, Time: storagetest.Morning}
	changes := func(s *Store, what consent.Restriction, want int) {
		t.Helper()
		if n, err := s.Restrict(t.Context(), "skogen", what); err != nil || n != want {
			t.Errorf("%+v changed %d: %v", what, n, err)
		}
	}
	changes(s, asked, 1)
	changes(s, claim, 1)
	green(t, s)
	changes(s, claim, 0)
	changes(s, asked, 0)
	changes(s, release, 0)
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}

	tamper(t, path, "UPDATE frozen SET reason = 'asked', time = time - 3600000")
	wantOneFault(t, openTest(t, Options{Path: path}), "for another reason")
	server := openTest(t, Options{Path: path, Exclusive: true})
	green(t, server)
	changes(server, release, 0)
}
