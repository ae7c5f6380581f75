package sqlite

import (
	"database/sql"
	"testing"
)

// unguarded gives a connection to the database for which nothing is forbidden, and
// what puts the guards back.
func unguarded(t *testing.T, path string) (conn *sql.Conn, guards []string) {
	t.Helper()
	db := openWriting(path)
	t.Cleanup(func() { _ = db.Close() })
	conn, err := db.Conn(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close() })
	if _, err := conn.ExecContext(t.Context(), "PRAGMA synchronous = OFF"); err != nil {
		t.Fatal(err)
	}
	return conn, unguard(t, conn)
}

func strs(t *testing.T, conn *sql.Conn, query string) (all []string) {
	t.Helper()
	eachRow(t, conn, query, func(rows *sql.Rows) error {
		var one string
		err := rows.Scan(&one)
		all = append(all, one)
		return err
	})
	return all
}

func eachRow(t *testing.T, conn *sql.Conn, query string, do func(*sql.Rows) error) {
	t.Helper()
	rows, err := conn.QueryContext(t.Context(), query)
	if err != nil {
		t.Fatal(err)
	}
	defer rows.Close()
	for rows.Next() {
		if err := do(rows); err != nil {
			t.Fatal(err)
		}
	}
	if err := rows.Err(); err != nil {
		t.Fatal(err)
	}
}
