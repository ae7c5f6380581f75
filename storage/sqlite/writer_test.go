package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"sync"
	"testing"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/storagetest"
)

// hold has the writer wait, so that what is sent meanwhile shares a batch.
func hold(t *testing.T, s *Store) (letGo func()) {
	t.Helper()
	held, gate := make(chan struct{}), make(chan struct{})
	var wg sync.WaitGroup
	wg.Go(func() {
		err := s.writer.run(t.Context(), func(context.Context, *sql.Conn) error {
			close(held)
			<-gate
			return nil
		})
		if err != nil {
			t.Error(err)
		}
	})
	<-held
	return func() { close(gate); wg.Wait() }
}

// queued waits until n requests wait for the writer.
func queued(t *testing.T, s *Store, n int) {
	t.Helper()
	for len(s.writer.queue) < n {
		if t.Context().Err() != nil {
			t.Fatal("the queue did not fill")
		}
	}
}

func code(err error) string {
	var e *consent.Error
	if errors.As(err, &e) {
		return string(e.Kind) + "/" + e.Code
	}
	return ""
}

func TestFullQueue(t *testing.T) {
	s := openTest(t, Options{Queue: 4})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	letGo := hold(t, s)
	var wg sync.WaitGroup
	for n := range 4 {
		wg.Go(func() {
			if _, err := s.Append(t.Context(), site.Decision(n)); err != nil {
				t.Error(err)
			}
		})
	}
	queued(t, s, 4)
	_, err := s.Append(t.Context(), site.Decision(5))
	if code(err) != "unavailable/full" {
		t.Fatalf("a full queue gave %v", err)
	}
	if err := s.Ready(t.Context()); code(err) != "unavailable/full" {
		t.Fatalf("a store with a full queue says about being ready: %v", err)
	}
	letGo()
	wg.Wait()
	if _, err := s.Append(t.Context(), site.Decision(5)); err != nil {
		t.Fatal(err)
	}
}

// failedBatch sends ten decisions together with a job that spoils the batch and
// asserts that none was acknowledged, that none is half there, and that the
// store mends itself.
func failedBatch(t *testing.T, spoil job, wantCode string) {
	t.Helper()
	s := openTest(t, Options{})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 100, 101)
	letGo := hold(t, s)
	var wg sync.WaitGroup
	for n := range 10 {
		wg.Go(func() {
			d := site.Decision(n)
			d.Language = consent.Nynorsk // a new circumstance, which is rolled back too
			if _, err := s.Append(t.Context(), d); code(err) != wantCode {
				t.Errorf("a decision in a failed batch got %v, want %s", err, wantCode)
			}
		})
	}
	queued(t, s, 10)
	wg.Go(func() {
		if err := s.writer.run(t.Context(), spoil); code(err) != wantCode {
			t.Errorf("the spoiler got %v, want %s", err, wantCode)
		}
	})
	queued(t, s, 11)
	letGo()
	wg.Wait()

	entries, err := s.Read(t.Context(), consent.LogQuery{Site: "skogen"})
	if err != nil || len(entries) != 1 {
		t.Fatalf("after the failure the log holds %d entries (%v), want 1", len(entries), err)
	}
	for n := range 10 {
		d := site.Decision(n)
		d.Language = consent.Nynorsk
		if _, err := s.Append(t.Context(), d); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Ready(t.Context()); err != nil {
		t.Fatal(err)
	}
}

func TestCommitFails(t *testing.T) {
	failedBatch(t, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "PRAGMA defer_foreign_keys = ON; INSERT INTO bundle_file VALUES (99, 'stray', x'')")
		return err
	}, "unavailable/not_stored")
}

func TestTransactionIsLost(t *testing.T) {
	failedBatch(t, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, "ROLLBACK")
		return err
	}, "unavailable/not_stored")
}

func TestDatabaseFull(t *testing.T) {
	failedBatch(t, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `
PRAGMA max_page_count = 1;
CREATE TABLE filler (a);
INSERT INTO filler VALUES (zeroblob(1000000))`)
		return err
	}, "unavailable/disk_full")
}

// A decision that breaks a rule of the table fails alone, although it shared a
// statement with others. Its circumstance is in order, so only the row's own
// rule can refuse it.
func TestBadRowFailsAlone(t *testing.T) {
	s := openTest(t, Options{})
	site := storagetest.Publish(t.Context(), t, s, "skogen")
	appendN(t, s, site, 100, 103)
	err := s.writer.run(t.Context(), func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, `
CREATE TRIGGER no_five BEFORE INSERT ON decision WHEN NEW.time % 1000 = 5
BEGIN SELECT RAISE(ABORT, 'no five'); END`)
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	letGo := hold(t, s)
	var wg sync.WaitGroup
	for n := range 40 {
		wg.Go(func() {
			d := site.Decision(n)
			want := ""
			if n%8 == 0 {
				d.Time, want = d.Time.Add(5e6), "invalid/invalid_decision"
			}
			if _, err := s.Append(t.Context(), d); code(err) != want {
				t.Errorf("decision %d got %v, want %q", n, err, want)
			}
		})
	}
	queued(t, s, 40)
	letGo()
	wg.Wait()
	entries, err := s.Read(t.Context(), consent.LogQuery{Site: "skogen"})
	if err != nil || len(entries) != 38 {
		t.Fatalf("the log holds %d entries (%v), want 38", len(entries), err)
	}
}
