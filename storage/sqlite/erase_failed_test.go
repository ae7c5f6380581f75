package sqlite

import (
	"context"
	"database/sql"
	"path/filepath"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// An erasure whose commit fails was begun for good, and everybody is told so: who
// asked for it, the audit, and who would freeze what it erases. Whichever comes
// first, the same request or the next start, finishes it.
func TestErasureThatCouldNotBeCommittedIsFinished(t *testing.T) {
	erasure := consent.Erasure{ID: storagetest.ID(30), Actor: consent.ActorOperator, Time: storagetest.Morning}
	for name, finish := range map[string]func(t *testing.T, s *Store, path string) *Store{
		"asked again": func(t *testing.T, s *Store, _ string) *Store {
			t.Helper()
			erase(t, s, erasure)
			return s
		},
		"started anew": func(t *testing.T, s *Store, path string) *Store {
			t.Helper()
			if err := s.Close(); err != nil {
				t.Fatal(err)
			}
			return openTest(t, Options{Path: path, Exclusive: true})
		},
	} {
		t.Run(name, func(t *testing.T) {
			path := filepath.Join(t.TempDir(), "samtykke.db")
			s := filled(t, path)
			letGo := hold(t, s)
			var wg sync.WaitGroup
			wg.Go(func() {
				if _, err := s.Erase(t.Context(), "skogen", erasure); code(err) != "unavailable/erasure_unfinished" {
					t.Errorf("an erasure in a failed batch got %v", err)
				}
			})
			queued(t, s, 1)
			wg.Go(func() {
				_ = s.writer.run(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
					_, err := conn.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON; INSERT INTO bundle_file VALUES (99, 'stray', x'')")
					return err
				})
			})
			queued(t, s, 2)
			letGo()
			wg.Wait()

			wantOneFault(t, s, erasure.ID.String()+" is erased according to the journal, and is there")
			freeze := consent.Restriction{ID: erasure.ID, Reason: consent.ReasonClaim, Time: storagetest.Morning}
			if n, err := s.Restrict(t.Context(), "skogen", freeze); code(err) != "conflict/erasure_unfinished" {
				t.Errorf("%d were frozen: %v", n, err)
			}
			s = finish(t, s, path)
			green(t, s)
			if found, err := s.Read(t.Context(), consent.LogQuery{Site: "skogen", ID: erasure.ID}); err != nil || len(found) > 0 {
				t.Errorf("it is there: %+v, %v", found, err)
			}
		})
	}
}
