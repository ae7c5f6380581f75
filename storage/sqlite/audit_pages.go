package sqlite

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"strings"

	"github.com/mattn/go-sqlite3"

	"github.com/samtykke/samtykke/consent"
)

// maxDamage is how many faults SQLite names: one page can break every row after.
const maxDamage = 20

// damage has SQLite check its pages and indexes: the audit reads the log in order,
// and look-ups and erasures find it by the indexes. The connection is one of its
// own, because it reads for as long as the derivation beside it.
func (s *Store) damage(ctx context.Context) (all []string, err error) {
	db := openReaders(s.path, 1)
	defer func() { err = errors.Join(err, db.Close()) }()
	rows, err := db.QueryContext(ctx, fmt.Sprintf("PRAGMA integrity_check(%d)", maxDamage))
	if err != nil {
		return brokenOff(all, err)
	}
	defer rows.Close()
	for rows.Next() {
		var said string
		if err := rows.Scan(&said); err != nil {
			return nil, err
		}
		if said != "ok" {
			all = append(all, said)
		}
	}
	return brokenOff(all, rows.Err())
}

// brokenOff notes that the check met something that it could not read past.
func brokenOff(all []string, err error) ([]string, error) {
	if isDamage(err) {
		return append(all, err.Error()), nil
	}
	return all, err
}

// isDamage says that SQLite met a page that it cannot read.
func isDamage(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && (fault.Code == sqlite3.ErrCorrupt || fault.Code == sqlite3.ErrNotADB)
}

// isStored says that an error lies in what is stored, which SQLite or whoever reads
// it does not understand, and not in the disk, a file beside, or the moment.
func isStored(err error) bool {
	var fault sqlite3.Error
	var file *fs.PathError
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded), errors.As(err, &file):
		return false
	case errors.As(err, &fault):
		return isDamage(err) || fault.Code == sqlite3.ErrError // of a statement that is right
	default:
		return true
	}
}

// pastDamage makes what cannot be read a fault of the tree that was being read, so
// that the audit goes on with the rest.
func (a *auditor) pastDamage(site consent.SiteKey, origin string, err error) error {
	if !isStored(err) {
		return err
	}
	a.fault(unreadable(site, origin, err))
	return nil
}

func unreadable(site consent.SiteKey, origin string, err error) consent.LedgerFault {
	return consent.LedgerFault{Site: site, Origin: origin, Index: -1, Flaw: consent.Flaw{Code: consent.FlawDatabaseDamaged, Why: fmt.Sprintf(
		"the database is damaged, and not all could be read: %v; put back a backup that does not have this fault (samtykke db restore)", err)}}
}

// damaged is the fault for something that SQLite said. A backup would not help with
// an index: VACUUM INTO copies what an index holds as it is.
func damaged(said string) consent.LedgerFault {
	code, repair := consent.FlawDatabaseDamaged, "put back a backup that does not have this fault (samtykke db restore)"
	if strings.Contains(said, "index") {
		code, repair = consent.FlawIndexDamaged, "look-ups and erasures may miss decisions; have the index built anew: stop the server, and run the sqlite3 tool on the database with REINDEX;"
	}
	return consent.LedgerFault{Index: -1, Flaw: consent.Flaw{Code: code, Why: fmt.Sprintf("SQLite finds it damaged: %q; %s", said, repair)}}
}
