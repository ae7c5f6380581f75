package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// erasing is a context in which an erasure is an act of somebody.
func erasing(t *testing.T) context.Context {
	t.Helper()
	return consent.WithAct(t.Context(), consent.Act{Time: storagetest.Morning, Account: 8, Organisation: "kommunen", Site: "skogen", Action: "log.erase"})
}

// told gives what the trail tells of erasures.
func toldErasures(t *testing.T, s *Store) int {
	t.Helper()
	acts, err := s.Acts(t.Context(), consent.TrailQuery{Organisation: "kommunen", Action: "log.erase"})
	if err != nil {
		t.Fatal(err)
	}
	return len(acts)
}

// An erasure that is refused stands in no trail, also when it came while a decision was
// being frozen, or when the database had to learn again what the journal says is frozen.
func TestRefusedErasureIsNotTold(t *testing.T) {
	erasure := consent.Erasure{ID: storagetest.ID(30), Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: storagetest.Morning}
	freeze := consent.Restriction{ID: erasure.ID, Reason: consent.ReasonClaim, Time: storagetest.Morning}
	line := restrictionLine("skogen", erasure.ID, freeze)
	refused := func(t *testing.T, s *Store) {
		t.Helper()
		if n, err := s.Erase(erasing(t), "skogen", erasure); code(err) != "conflict/frozen" {
			t.Errorf("erased %d: %v", n, err)
		}
	}
	t.Run("while it is being frozen", func(t *testing.T) {
		s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
		noted, gate := make(chan struct{}), make(chan struct{})
		var wg sync.WaitGroup
		wg.Go(func() {
			err := s.writer.run(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
				found, err := readNamed(ctx, conn, ofReceipt, erasure.ID[:], "skogen")
				if err != nil {
					return err
				}
				if err := restrict(ctx, conn, found[0].seq, freeze); err != nil {
					return err
				}
				defer func() { close(noted); <-gate }()
				return s.journal.Add([]ledger.Line{line})
			})
			if err != nil {
				t.Error(err)
			}
		})
		<-noted
		wg.Go(func() { refused(t, s) })
		queued(t, s, 1)
		close(gate)
		wg.Wait()
		if n := toldErasures(t, s); n != 0 {
			t.Errorf("the trail tells of %d erasures", n)
		}
		green(t, s)
	})
	t.Run("in a database that was put back", func(t *testing.T) {
		s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
		if err := s.journal.Add([]ledger.Line{line}); err != nil {
			t.Fatal(err)
		}
		refused(t, s)
		if n := toldErasures(t, s); n != 0 {
			t.Errorf("the trail tells of %d erasures", n)
		}
		green(t, s)
	})
}

// Of two who erase one decision at once, one has done it, and the trail names that one.
func TestOneErasureIsToldOnce(t *testing.T) {
	s := filled(t, filepath.Join(t.TempDir(), "samtykke.db"))
	var mu sync.Mutex
	var wg sync.WaitGroup
	erased := 0
	for _, ground := range []consent.ErasureReason{consent.ErasedUnlawful, consent.ErasedChild} {
		wg.Go(func() {
			n, err := s.Erase(erasing(t), "skogen", consent.Erasure{ID: storagetest.ID(30), Actor: consent.ActorOperator, Reason: ground, Time: storagetest.Morning})
			if err != nil {
				t.Error(err)
			}
			mu.Lock()
			erased += n
			mu.Unlock()
		})
	}
	wg.Wait()
	if n := toldErasures(t, s); n != 1 || erased != 1 {
		t.Errorf("%d were erased, and the trail tells of %d", erased, n)
	}
	green(t, s)
}
