package sqlite

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"fmt"
	"net/url"

	"github.com/mattn/go-sqlite3"
)

// minLibrary is the first SQLite without the WAL-reset corruption bug.
const minLibrary = 3_051_003

func checkLibrary() error {
	text, number, _ := sqlite3.Version()
	return acceptLibrary(text, number)
}

func acceptLibrary(text string, number int) error {
	if number < minLibrary {
		return fmt.Errorf("this program was built with SQLite %s, which can corrupt a database: build it with SQLite 3.51.3 or newer (go-sqlite3 1.14.53 brings 3.54.1)", text)
	}
	return nil
}

// Every connection starts with these. secure_delete overwrites what is erased;
// recursive_triggers lets the guards see a REPLACE; temp_store keeps decisions
// out of temporary files.
var pragmas = []string{
	"PRAGMA busy_timeout = 5000",
	"PRAGMA foreign_keys = ON",
	"PRAGMA recursive_triggers = ON",
	"PRAGMA secure_delete = ON",
	"PRAGMA trusted_schema = OFF",
	"PRAGMA mmap_size = 0",
	"PRAGMA temp_store = MEMORY",
}

// The writing connection syncs the WAL at each commit. It moves pages from the
// WAL to the database seldom under load, because hot pages are rewritten often.
var writerPragmas = []string{
	"PRAGMA journal_mode = WAL",
	"PRAGMA synchronous = FULL",
	"PRAGMA wal_autocheckpoint = 4000",
	"PRAGMA cache_size = -16000",
}

var readerPragmas = []string{
	"PRAGMA query_only = ON",
}

// connector opens connections with their pragmas and without a global driver name.
type connector struct {
	dsn    string
	driver *sqlite3.SQLiteDriver
}

func newConnector(path, parameters string, more []string) *connector {
	hook := func(conn *sqlite3.SQLiteConn) error {
		for _, list := range [][]string{pragmas, more} {
			for _, pragma := range list {
				if _, err := conn.Exec(pragma, nil); err != nil {
					return fmt.Errorf("%s: %w", pragma, err)
				}
			}
		}
		return nil
	}
	dsn := "file:" + (&url.URL{Path: path}).EscapedPath() + "?" + parameters
	return &connector{dsn: dsn, driver: &sqlite3.SQLiteDriver{ConnectHook: hook}}
}

func (c *connector) Connect(context.Context) (driver.Conn, error) { return c.driver.Open(c.dsn) }

func (c *connector) Driver() driver.Driver { return c.driver }

// openWriting gives a pool of a single connection that may write.
func openWriting(path string) *sql.DB {
	db := sql.OpenDB(newConnector(path, "mode=rw&_txlock=immediate", writerPragmas))
	db.SetMaxOpenConns(1)
	return db
}

// openReaders gives a pool of connections that cannot write.
func openReaders(path string, n int) *sql.DB {
	db := sql.OpenDB(newConnector(path, "mode=ro", readerPragmas))
	db.SetMaxOpenConns(n)
	db.SetMaxIdleConns(n)
	return db
}
