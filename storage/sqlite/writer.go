package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"log/slog"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// maxBatch is how many requests one transaction takes.
const maxBatch = 256

// quiet is how long the writer must have had nothing to do before it moves the
// WAL into the database and truncates it.
const quiet = 500 * time.Millisecond

// job is a change other than an appended decision. It runs in a savepoint of
// the batch's transaction.
type job func(ctx context.Context, conn *sql.Conn) error

// request is one thing for the writer: a job or, without one, a decision. Until
// the writer has answered on done it belongs to the writer, afterwards to the
// waiting caller. A caller that gave up never touches it again.
type request struct {
	job    job
	acting *consent.Acting // the act of an administrator that the job is
	pass   consent.Pass    // without which the job is refused
	row    row
	err    error
	done   chan struct{}
}

// requests are used again, because each decision needs one for a moment.
var requests = sync.Pool{New: func() any { return &request{done: make(chan struct{}, 1)} }}

func newRequest() *request {
	return requests.Get().(*request) //nolint:forcetypeassert // the pool holds nothing else
}

// recycle takes back a request that was answered.
func (r *request) recycle() {
	*r = request{done: r.done}
	requests.Put(r)
}

// writer is the one goroutine that changes the database.
type writer struct {
	path         string
	host         string // with which origins begin
	log          *slog.Logger
	shared       *circumstances
	signers      *signers
	anchors      *anchors
	trails       *signers // of the audit trails
	trailAnchors *anchors
	journal      *ledger.Journal
	vouch        func(context.Context, *tree) error // that a tree was not rolled back

	restoring bool // a tree that was rolled back is told later

	queue   chan *request
	stopped chan struct{}

	mu     sync.RWMutex // guards closed, and sends against closing the queue
	closed bool

	// Only the writer's goroutine touches what follows.
	db      *sql.DB
	conn    *sql.Conn // nil after a fault, until it could be reopened
	inserts inserts
	growers growers
	walked  []*tree               // audit trails that this batch has moved
	changes []consent.FieldChange // what the job that runs changes, for its act
	// completing has that act tell what nobody knew before the job ran, nil for nothing.
	completing func(*consent.Act)
	dirty      bool // the WAL holds something
}

func startWriter(ctx context.Context, s *Store, options Options) (*writer, error) {
	w := &writer{
		path: s.path, host: options.Host, log: s.log, shared: s.shared, signers: s.signers, anchors: s.anchors, journal: s.journal, trails: s.trails, trailAnchors: s.trailAnchors, vouch: s.vouchAnchored, restoring: s.restoring,
		queue: make(chan *request, options.Queue), stopped: make(chan struct{}),
	}
	if err := w.reopen(ctx); err != nil {
		return nil, err
	}
	go w.loop(context.WithoutCancel(ctx))
	return w, nil
}

// submit queues a request and waits until the writer has answered it, or for
// the context: then the request is the writer's for good, and may still be
// stored. The writer's answer is in the request.
func (w *writer) submit(ctx context.Context, r *request) error {
	if err := ctx.Err(); err != nil {
		return errCancelled(err)
	}
	if err := w.enqueue(r); err != nil {
		return err
	}
	select {
	case <-r.done:
		return nil
	case <-ctx.Done():
		return errCancelled(ctx.Err())
	}
}

func (w *writer) enqueue(r *request) error {
	w.mu.RLock()
	defer w.mu.RUnlock()
	if w.closed {
		return errClosed()
	}
	select {
	case w.queue <- r:
		return nil
	default:
		return errFull()
	}
}

// run has the writer do a job and waits for its commit.
func (w *writer) run(ctx context.Context, j job) error {
	r := newRequest()
	r.job, r.acting, r.pass = j, consent.ActingOf(ctx), consent.PassOf(ctx)
	if err := w.submit(ctx, r); err != nil {
		return err
	}
	defer r.recycle()
	return r.err
}

// close commits what is queued, truncates the WAL and ends the goroutine.
func (w *writer) close(ctx context.Context) error {
	w.mu.Lock()
	w.closed = true
	close(w.queue)
	w.mu.Unlock()
	<-w.stopped
	w.checkpoint(ctx)
	return w.release()
}

func (w *writer) loop(ctx context.Context) {
	defer close(w.stopped)
	idle := time.NewTimer(quiet)
	defer idle.Stop()
	batch := make([]*request, 0, maxBatch)
	for {
		select {
		case r, open := <-w.queue:
			if !open {
				return
			}
			batch = w.gather(append(batch[:0], r))
			w.commit(ctx, batch)
			idle.Reset(quiet)
		case <-idle.C:
			if w.checkpoint(ctx); w.dirty {
				idle.Reset(quiet)
			}
		}
	}
}

// gather adds what waits already. It never waits for more.
func (w *writer) gather(batch []*request) []*request {
	for len(batch) < maxBatch {
		select {
		case r, open := <-w.queue:
			if !open {
				return batch
			}
			batch = append(batch, r)
		default:
			return batch
		}
	}
	return batch
}

// commit stores a batch and answers it. After an error nothing of the batch is
// acknowledged, because nobody knows whether the commit happened; the
// connection is thrown away, and the callers' retries find out by their ids.
func (w *writer) commit(ctx context.Context, batch []*request) {
	err := w.transact(ctx, batch)
	if err != nil {
		w.log.ErrorContext(ctx, "a batch could not be committed", "error", err, "requests", len(batch))
		w.discard(ctx)
		for _, r := range batch {
			r.err = errFailed(err)
		}
	}
	for _, r := range batch {
		r.done <- struct{}{}
	}
}

func (w *writer) transact(ctx context.Context, batch []*request) error {
	if w.conn == nil {
		if err := w.reopen(ctx); err != nil {
			return err
		}
	}
	if err := w.exec(ctx, "BEGIN IMMEDIATE"); err != nil {
		return err
	}
	if err := w.growers.fresh(ctx, w.conn, w.signers); err != nil {
		return err
	}
	fresh := make(map[circumstanceKey]*circumstance)
	if err := w.append(ctx, batch, fresh); err != nil {
		return err
	}
	for _, r := range batch {
		if r.job == nil {
			continue
		}
		if err := w.perform(ctx, r); err != nil {
			return err
		}
	}
	if err := w.exec(ctx, "COMMIT"); err != nil {
		return err
	}
	w.dirty = true
	w.shared.keep(fresh)
	w.witness(ctx, batch)
	w.vouchTrails(ctx)
	return nil
}

// perform runs one job in a savepoint, so that its failure leaves the batch be.
func (w *writer) perform(ctx context.Context, r *request) error {
	if err := w.exec(ctx, "SAVEPOINT job"); err != nil {
		return err
	}
	w.growers.evented, w.changes, w.completing = false, nil, nil
	walked := len(w.walked)
	acts := r.acting != nil && r.acting.Waits()
	if r.err = passes(ctx, w.conn, r.pass); r.err == nil && acts {
		acts, r.err = w.act(ctx, r)
	} else if r.err == nil {
		r.err = r.job(passing(ctx, r.pass), w.conn)
	}
	if r.err != nil {
		if isFault(r.err) || w.growers.evented {
			return r.err
		}
		if err := w.exec(ctx, "ROLLBACK TO job"); err != nil {
			return err
		}
		w.walked = w.walked[:walked] // what it appended to trails is gone, and not signed
	}
	if r.err == nil && acts {
		r.acting.Stored()
	}
	return w.exec(ctx, "RELEASE job")
}

// act runs a job that is an act, and stores the act with what the job changes. One that
// changes nothing is no act: what it was to erase or to take away is gone already, or it
// only looked. The act waits for a change then.
func (w *writer) act(ctx context.Context, r *request) (acts bool, err error) {
	before, err := w.rowsChanged(ctx)
	if err != nil {
		return false, err
	}
	if err := r.job(passing(ctx, r.pass), w.conn); err != nil {
		return false, err
	}
	after, err := w.rowsChanged(ctx)
	if err != nil || after == before {
		return false, err
	}
	act := r.acting.Act
	if w.completing != nil {
		w.completing(&act)
	}
	if err := act.Changing(w.changes...); err != nil {
		return false, err
	}
	return true, w.record(ctx, &act)
}

// rowsChanged counts the rows that have changed since the connection was opened.
func (w *writer) rowsChanged(ctx context.Context) (rows int64, err error) {
	if err := w.conn.QueryRowContext(ctx, "SELECT total_changes()").Scan(&rows); err != nil {
		return 0, fmt.Errorf("count what was changed: %w", err)
	}
	return rows, nil
}

func (w *writer) exec(ctx context.Context, statement string) error {
	if _, err := w.conn.ExecContext(ctx, statement); err != nil {
		return fmt.Errorf("%s: %w", statement, err)
	}
	return nil
}
