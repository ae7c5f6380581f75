package sqlite

import (
	"errors"
	"fmt"
	"path/filepath"

	"github.com/mattn/go-sqlite3"

	"github.com/samtykke/samtykke/consent"
)

// The errors of a store that cannot take a request now. Nothing was promised;
// the caller sends the same request again.
func errFull() error {
	return consent.Errorf(consent.Unavailable, "full", "The server has as much to store as it can take right now. Send the same request again in a moment.")
}

func errClosed() error {
	return consent.Errorf(consent.Unavailable, "closed", "The server is stopping. Send the same request again in a moment.")
}

func errCancelled(cause error) error {
	return &consent.Error{Kind: consent.Unavailable, Code: "cancelled", Message: "The request ended before it was stored. Send the same request again.", Err: cause}
}

// errFailed gives the error for a batch that could not be committed.
func errFailed(cause error) error {
	e := &consent.Error{Kind: consent.Unavailable, Code: "not_stored", Message: "The request could not be stored. Send the same request again in a moment.", Err: cause}
	var fault sqlite3.Error
	if errors.As(cause, &fault) {
		switch fault.Code {
		case sqlite3.ErrFull:
			e.Code, e.Message = "disk_full", "The disk or the database is full. Free some space, then send the same request again."
		case sqlite3.ErrBusy, sqlite3.ErrLocked:
			e.Code, e.Message = "busy", "Another program is writing to the database. Send the same request again in a moment."
		}
	}
	return e
}

// errUnfinished is for an erasure that the journal knows, which is the point of no
// return: whoever asked for it wants it done, and a disk that failed once does not
// change that.
func errUnfinished(cause error) error {
	return &consent.Error{
		Kind: consent.Unavailable, Code: "erasure_unfinished",
		Message: "The erasure was begun and could not be finished. Send the same request again, which finishes it. If nobody does, the server finishes it when it starts next.",
		Err:     cause,
	}
}

func errNoSite(site consent.SiteKey) error {
	return consent.Errorf(consent.NotFound, "unknown_site", "There is no site %q. Import its site file first.", site)
}

func errErased(id string) error {
	return consent.Errorf(consent.NotFound, "erased", "The decision %s was erased at the visitor's request. Forget it.", id)
}

// isConstraint says that a row broke a rule of its table, while the
// transaction around it is sound.
func isConstraint(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && fault.Code == sqlite3.ErrConstraint
}

// isFault says that the connection or the disk failed, rather than a rule. Such
// an error ends the whole batch, and the connection with it.
func isFault(err error) bool {
	var fault sqlite3.Error
	if !errors.As(err, &fault) {
		return false
	}
	switch fault.Code {
	case sqlite3.ErrConstraint, sqlite3.ErrMismatch, sqlite3.ErrTooBig, sqlite3.ErrRange:
		return false
	default:
		return true
	}
}

func errNoFolder(path string) error {
	return fmt.Errorf("the folder %s of the database does not exist: create it, with the database and the first account in it, by \"samtykke init EMAIL\" with the same --config and --data. "+
		"If the database is elsewhere, name its folder with --data DIR or correct storage.sqlite.path", filepath.Dir(path))
}

// isKey says that a row with that key is there already.
func isKey(err error) bool {
	var fault sqlite3.Error
	return errors.As(err, &fault) && (fault.ExtendedCode == sqlite3.ErrConstraintPrimaryKey || fault.ExtendedCode == sqlite3.ErrConstraintUnique)
}

// errJournalCut keeps an older database from being taken for whole: what the lines
// erased is in it again.
func errJournalCut(path string, missing int) error {
	return consent.Errorf(consent.Conflict, "journal_cut", "The journal of erasures %s has lost %d of its lines: what they erased may be in the database again, and what they froze may not be frozen. "+
		"Put the journal back, and run this again. If it is lost, add --without-journal.", path, missing)
}
