package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// Options say where the database is and how it is opened.
type Options struct {
	// Path is the database file. It is created when it does not exist; its
	// folder must exist.
	Path string
	// Exclusive is for the server: it holds a lock until Close, so that a
	// second server on the same file is refused. Commands open without it and
	// may write drafts and notices while the server runs.
	Exclusive bool
	// Restoring accepts, with Exclusive, a database that is older than its anchor,
	// or whose anchor is lost, so that it learns again what was erased and frozen.
	// A tree that is rolled back is told by Begin.
	Restoring bool
	// Copy is for a copy of a database whose anchor and journal know more than it
	// does: an audit does not ask them.
	Copy bool
	// Queue is how many requests may wait for the writer; a further one is
	// Unavailable. 0 means 4,096.
	Queue int
	// Readers is the number of reading connections. 0 means 4.
	Readers int
	// Keys is the folder of the ledger's signing keys. Empty means "keys" beside
	// the database.
	Keys string
	// Anchor is the file that guards the database against being rolled back.
	// Empty means the database's path with ".anchor" after it.
	Anchor string
	// Erasures is the journal of what was erased. Empty means the database's path
	// with ".erasures" after it.
	Erasures string
	// Host begins the origins of the ledger's trees: the name that visitors
	// reach the server by. Empty means "localhost".
	Host string
	// Quorum is whose cosignatures are kept, beside the anchor. May be empty.
	Quorum consent.Quorum
	// Log hears about housekeeping and repaired faults. Nil means silence.
	Log *slog.Logger
}

// Store keeps everything in one SQLite file.
type Store struct {
	path         string
	log          *slog.Logger
	lock         *fileLock // nil without Exclusive
	readers      *sql.DB
	reads        *statements
	writer       *writer
	shared       *circumstances
	signers      *signers
	anchors      *anchors
	trails       *signers // of the audit trails of administrators
	trailAnchors *anchors
	journal      *ledger.Journal
	witness      *ledger.WitnessFile

	restoring, copied bool

	closing sync.Once
	closed  error // what closing gave
}

var _ consent.Store = (*Store)(nil)

// Open opens the database, creates or migrates it where needed, and starts the
// writer. It refuses a too-old SQLite, a database that is newer than this
// program and, with Exclusive, a database that another server holds or whose
// schema is not the program's.
func Open(ctx context.Context, options Options) (*Store, error) {
	options = withDefaults(options)
	if err := checkLibrary(); err != nil {
		return nil, err
	}
	path, err := filepath.Abs(options.Path)
	if err != nil {
		return nil, fmt.Errorf("resolve the database path %s: %w", options.Path, err)
	}
	s := &Store{path: path, log: options.Log, restoring: options.Restoring, copied: options.Copy}
	if err := s.open(ctx, options); err != nil {
		return nil, errors.Join(err, s.release(ctx))
	}
	return s, nil
}

func withDefaults(options Options) Options {
	if options.Queue <= 0 {
		options.Queue = 4096
	}
	if options.Readers <= 0 {
		options.Readers = 4
	}
	if options.Keys == "" {
		options.Keys = filepath.Join(filepath.Dir(options.Path), "keys")
	}
	if options.Anchor == "" {
		options.Anchor = options.Path + ".anchor"
	}
	if options.Erasures == "" {
		options.Erasures = options.Path + ".erasures"
	}
	if options.Host == "" {
		options.Host = "localhost"
	}
	if options.Log == nil {
		options.Log = slog.New(slog.DiscardHandler)
	}
	return options
}

func (s *Store) open(ctx context.Context, options Options) (err error) {
	if options.Exclusive {
		if s.lock, err = lockServer(ctx, s.path); err != nil {
			return err
		}
	}
	if err := create(s.path); err != nil {
		return err
	}
	if err := migrate(ctx, s.path, s.lock != nil); err != nil {
		return err
	}
	if err := syncFolder(filepath.Dir(s.path)); err != nil {
		return err
	}
	s.readers = openReaders(s.path, options.Readers)
	if options.Exclusive {
		if err := s.refuseStrange(ctx); err != nil {
			return err
		}
	}
	if s.reads, err = prepareReads(ctx, s.readers); err != nil {
		return err
	}
	s.shared, s.signers = newCircumstances(), newSigners(options.Keys)
	s.journal = ledger.NewJournal(options.Erasures, s.signers.keys)
	if s.witness, err = ledger.OpenWitnessFile(options.Anchor+".witnessed", options.Quorum); err != nil {
		return err
	}
	s.anchors = startAnchors(options.Anchor, s.log)               //nolint:contextcheck // it outlives this call
	s.trailAnchors = startAnchors(options.Anchor+".audit", s.log) //nolint:contextcheck // so does it
	s.trails = newSigners(filepath.Join(options.Keys, "audit"))
	if options.Exclusive {
		for _, each := range []*anchors{s.anchors, s.trailAnchors} {
			if err := each.file.Tidy(); err != nil { // what is left does no harm
				s.log.WarnContext(ctx, "what a crash left of the anchor could not be removed", "error", err)
			}
		}
		if err := s.vouch(ctx); err != nil {
			return err
		}
	} else if err := s.vouch(ctx); err != nil { // a verb may be what repairs it
		s.log.WarnContext(ctx, "what this database holds is not what its anchor vouches for; \"samtykke log verify\" tells more", "error", err)
	}
	if s.writer, err = startWriter(ctx, s, options); err != nil || !options.Exclusive {
		return err
	}
	if err := s.writer.sealJournal(ctx); err != nil && !errors.Is(err, fs.ErrNotExist) { // without a secret nothing was ever decided, or it is missed later
		return err
	}
	return s.forget(ctx)
}

// create makes an empty file that only its owner may read, unless there is a
// database already.
func create(path string) error {
	file, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600) //nolint:gosec // the path is the administrator's own setting
	if errors.Is(err, os.ErrNotExist) {
		return errNoFolder(path)
	}
	if err != nil {
		return fmt.Errorf("open the database: %w", err)
	}
	return file.Close()
}

// syncFolder puts the directory entries of a new database on disk, so that a
// power cut cannot lose the file under acknowledged decisions.
func syncFolder(folder string) error {
	dir, err := os.Open(folder) //nolint:gosec // the path is the administrator's own setting
	if err != nil {
		return fmt.Errorf("open the database folder: %w", err)
	}
	err = dir.Sync()
	return errors.Join(err, dir.Close())
}

// Ready says whether a decision could be stored now: it takes a place in the
// queue and opens and commits an empty transaction.
func (s *Store) Ready(ctx context.Context) error {
	return s.writer.run(ctx, func(context.Context, *sql.Conn) error { return nil })
}

// Close commits what has gathered and releases the file. Closing again does
// nothing.
func (s *Store) Close() error {
	s.closing.Do(func() { s.closed = s.release(context.Background()) })
	return s.closed
}

func (s *Store) release(ctx context.Context) error {
	var errs []error
	if s.writer != nil {
		errs = append(errs, s.writer.close(ctx))
	}
	for _, each := range []*anchors{s.anchors, s.trailAnchors} {
		if each != nil {
			errs = append(errs, each.close())
		}
	}
	if s.reads != nil {
		errs = append(errs, s.reads.close())
	}
	if s.readers != nil {
		errs = append(errs, s.readers.Close())
	}
	if s.lock != nil {
		errs = append(errs, s.lock.release())
	}
	return errors.Join(errs...)
}

// millis is how times are kept.
func millis(t time.Time) int64 { return t.UnixMilli() }

// moment is the reverse of millis.
func moment(ms int64) time.Time { return time.UnixMilli(ms).UTC() }

// millisOrNone is millis, and 0 for no time.
func millisOrNone(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return millis(t)
}

// momentOrNone is the reverse of millisOrNone.
func momentOrNone(ms int64) time.Time {
	if ms == 0 {
		return time.Time{}
	}
	return moment(ms)
}
