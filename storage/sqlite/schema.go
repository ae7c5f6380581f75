package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"

	"github.com/pressly/goose/v3"

	"github.com/samtykke/samtykke/consent"
)

// A trigger runs within the server's own statements: it can keep what is erased,
// or drop what is stored. So the schema must be the program's, to the letter.

// allSchema leaves out what is not made by this program's migrations: the table
// that counts them, and what an administrator's ANALYZE writes. Only tables of
// these names are left out: others may call a trigger so.
const allSchema = `
SELECT type, name, tbl_name, coalesce(sql, '') FROM sqlite_schema
WHERE NOT (type = 'table' AND name IN ('goose_db_version', 'sqlite_stat1', 'sqlite_stat4')) ORDER BY 1, 2, 3, 4`

// schemaRow is a row of SQLite's list of tables, indexes, triggers and views.
type schemaRow struct{ kind, name, table, sql string }

func readSchema(ctx context.Context, db *sql.DB) ([]schemaRow, error) {
	rows, err := db.QueryContext(ctx, allSchema)
	if err != nil {
		return nil, fmt.Errorf("read the schema: %w", err)
	}
	defer rows.Close()
	var all []schemaRow
	for rows.Next() {
		var one schemaRow
		if err := rows.Scan(&one.kind, &one.name, &one.table, &one.sql); err != nil {
			return nil, fmt.Errorf("read the schema: %w", err)
		}
		all = append(all, one)
	}
	return all, rows.Err()
}

// programSchema gives the schema that the migrations make. They never change while
// the program runs.
var programSchema = sync.OnceValues(func() (all []schemaRow, err error) {
	ctx := context.Background()
	db := sql.OpenDB(newConnector(":memory:", "", nil))
	db.SetMaxOpenConns(1) // each connection has a memory of its own
	defer func() { err = errors.Join(err, db.Close()) }()
	steps, err := goose.NewProvider(goose.DialectSQLite3, db, Migrations())
	if err != nil {
		return nil, fmt.Errorf("read the migrations: %w", err)
	}
	if _, err := steps.Up(ctx); err != nil {
		return nil, fmt.Errorf("make the schema: %w", err)
	}
	return readSchema(ctx, db)
})

// strangeness says of each part of the schema that is not the program's what is
// wrong with it, and what repairs it. The database is at the program's version.
func (s *Store) strangeness(ctx context.Context) ([]consent.LedgerFault, error) {
	want, err := programSchema()
	if err != nil {
		return nil, err
	}
	have, err := readSchema(ctx, s.readers)
	if err != nil {
		return nil, err
	}
	var strange []consent.LedgerFault
	for _, row := range have {
		if !slices.ContainsFunc(want, row.isNamed) {
			strange = append(strange, row.extra())
		}
	}
	for _, row := range want {
		switch {
		case !slices.ContainsFunc(have, row.isNamed):
			strange = append(strange, row.lacking("is missing"))
		case !slices.Contains(have, row):
			strange = append(strange, row.lacking("is not as the program made it"))
		}
	}
	return strange, nil
}

func (r schemaRow) isNamed(other schemaRow) bool { return r.kind == other.kind && r.name == other.name }

// extra is about a row that the program does not make. Its name is another's.
func (r schemaRow) extra() consent.LedgerFault {
	return consent.LedgerFault{Index: -1, Flaw: consent.Flaw{Code: consent.FlawSchemaExtra, Name: r.name, Why: fmt.Sprintf("there is a %s %q on %q that is not the program's: it was put there past the server; stop the server, look what it holds or does, and take it out with the sqlite3 tool: DROP %s %q;",
		r.kind, r.name, r.table, strings.ToUpper(r.kind), r.name)}}
}

// lacking is about a row that the program makes. A table cannot be made again
// around its rows.
func (r schemaRow) lacking(how string) consent.LedgerFault {
	fault := consent.LedgerFault{Index: -1}
	fault.Code, fault.Name = consent.FlawSchemaChanged, r.name
	fault.Why = fmt.Sprintf("the %s %s of the schema %s: it was changed past the server; ", r.kind, r.name, how)
	if r.kind == "table" || r.sql == "" {
		fault.Why += "put back a backup that does not have this fault (samtykke db restore)"
		return fault
	}
	fault.Why += "stop the server, and make it again with the sqlite3 tool"
	fault.Repair = fmt.Sprintf("DROP %s IF EXISTS %s; %s;", strings.ToUpper(r.kind), r.name, r.sql)
	return fault
}

// refuseStrange keeps a server from a database whose schema is not the program's.
func (s *Store) refuseStrange(ctx context.Context) error {
	strange, err := s.strangeness(ctx)
	if err != nil || len(strange) == 0 {
		return err
	}
	lines := make([]string, len(strange))
	for i, fault := range strange {
		lines[i] = fault.Why
		if fault.Repair != "" {
			lines[i] += ": " + fault.Repair
		}
	}
	return consent.Errorf(consent.Conflict, "strange_schema", "The database %s has a schema that is not this program's, and may keep what is erased or lose what is stored. Repair it first:\n%s",
		s.path, strings.Join(lines, "\n"))
}

// schema audits the list of tables, indexes, triggers and views.
func (a *auditor) schema(ctx context.Context) error {
	strange, err := a.strangeness(ctx)
	for _, fault := range strange {
		a.fault(fault)
	}
	return err
}
