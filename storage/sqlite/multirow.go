package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"
	"math/bits"
	"strings"

	"github.com/mattn/go-sqlite3"
)

// maxRows is how many rows one statement takes.
const maxRows = 64

// multiRow is an INSERT that takes 64, 32, 16 … 1 rows a statement, prepared once
// for a connection.
type multiRow struct {
	columns int
	byRows  [7]driver.StmtExecContext // by the logarithm of the number of rows
	opened  []driver.Stmt
	values  []driver.NamedValue // of the rows, one after the other
}

// prepare makes the statements: what stands before the rows, how many columns
// they have, and what stands after them.
func (m *multiRow) prepare(conn *sqlite3.SQLiteConn, before string, columns int, after string) error {
	if m.opened != nil {
		return nil
	}
	m.columns, m.values = columns, make([]driver.NamedValue, maxRows*columns)
	for i := range m.values {
		m.values[i].Ordinal = i + 1
	}
	row := ", (" + strings.Repeat(", ?", columns)[2:] + ")"
	for i := range m.byRows {
		statement, err := conn.Prepare(before + strings.Repeat(row, 1<<i)[2:] + after)
		if err != nil {
			return fmt.Errorf("prepare: %w", err)
		}
		m.opened = append(m.opened, statement)
		m.byRows[i] = statement.(driver.StmtExecContext) //nolint:forcetypeassert // go-sqlite3 statements are
	}
	return nil
}

// fits is how many of so many rows the next statement takes.
func (m *multiRow) fits(rows int) int { return min(maxRows, 1<<(bits.Len(uint(rows))-1)) }

// row gives the values of a row, to be set.
func (m *multiRow) row(i int) []driver.NamedValue { return m.values[i*m.columns : (i+1)*m.columns] }

// exec inserts the first rows, as many as fit, and says how many were new.
func (m *multiRow) exec(rows int) (int64, error) {
	result, err := m.byRows[bits.Len(uint(rows))-1].ExecContext(context.Background(), m.values[:rows*m.columns])
	if err != nil {
		return 0, err
	}
	return result.RowsAffected()
}

func (m *multiRow) close() error {
	errs := make([]error, 0, len(m.opened))
	for _, statement := range m.opened {
		errs = append(errs, statement.Close())
	}
	m.opened = nil
	return errors.Join(errs...)
}
