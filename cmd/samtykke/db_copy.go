package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// dbCopy is a copy of a database in a folder of its own, which goes with all that
// SQLite puts beside it.
type dbCopy struct{ folder, path string }

// newCopy makes the folder beside a file, so that the copy can be renamed to it.
func newCopy(beside string) (*dbCopy, error) {
	folder, err := os.MkdirTemp(filepath.Dir(beside), ".samtykke-*.part")
	if err != nil {
		return nil, unwritable(beside, err)
	}
	return &dbCopy{folder, filepath.Join(folder, databaseFile)}, nil
}

func (c *dbCopy) remove(err *error) { *err = errors.Join(*err, os.RemoveAll(c.folder)) }

// in names another file of the folder.
func (c *dbCopy) in(name string) string { return filepath.Join(c.folder, name) }

// audit checks the pages of a copy and the whole ledger in it. The anchor and the
// journal of the running database know more than a copy can.
func (c *dbCopy) audit(ctx context.Context, t *terminal, settings *config.Config, path string) (found *consent.LedgerAudit, err error) {
	if err := sqlite.Check(ctx, path); err != nil {
		return nil, err
	}
	store, err := sqlite.Open(ctx, sqlite.Options{Path: path, Copy: true, Keys: storage.ApartFrom(settings).Keys, Host: settings.Public.URL.Host()})
	if err != nil {
		return nil, err
	}
	defer closing(store, &err)
	report, finish := leafBar(t)
	defer finish()
	if found, err = store.Audit(ctx, "", report); err != nil {
		return nil, err
	}
	if len(found.Faults) > 0 {
		for _, fault := range found.Faults {
			t.remark("%s", faultLine(fault))
		}
		return nil, errors.New("its ledger does not hold")
	}
	return found, nil
}

// leavesOf counts what an audit went through.
func leavesOf(found *consent.LedgerAudit) (leaves int64) {
	for i := range found.Trees {
		leaves += found.Trees[i].Size
	}
	return leaves
}

// copyFile copies a file, if it is there, to a new one that only its owner may
// read. It is on disk when it returns.
func copyFile(from, to string) (err error) {
	source, err := os.Open(from) //nolint:gosec // the administrator names it
	if errors.Is(err, fs.ErrNotExist) {
		return nil
	}
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, source.Close()) }()
	file, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600) //nolint:gosec // beside the database
	if err != nil {
		return err
	}
	if _, err := io.Copy(file, source); err != nil {
		return errors.Join(fmt.Errorf("copy %s: %w", from, err), file.Close())
	}
	return errors.Join(file.Sync(), file.Close())
}
