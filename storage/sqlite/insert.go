package sqlite

import (
	"context"
	"database/sql/driver"
	"errors"
	"fmt"

	"github.com/mattn/go-sqlite3"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// columns is how many values a decision takes.
const columns = 10

// inserts holds the prepared statements of one connection and the buffers that
// they are bound from. Decisions go in by 64, 32, 16 … 1 rows a statement.
type inserts struct {
	requests  []*request   // what to insert
	uncertain [][]*request // of which some rows were not inserted

	rows   multiRow
	newest driver.StmtQueryContext
	hour   driver.StmtExecContext
	tally  driver.StmtExecContext
	daily  driver.StmtExecContext
	opened []driver.Stmt

	bytes  [maxRows]rowBytes
	counts counts
}

// rowBytes is where a row's byte values lie while they are bound. The slices
// over it are boxed once, because boxing one allocates.
type rowBytes struct {
	id, previous [16]byte
	rest         [14]byte
	salt         ledger.Salt

	idValue, previousValue, restValue, saltValue driver.Value
}

func (in *inserts) clear() {
	in.requests, in.uncertain = in.requests[:0], in.uncertain[:0]
}

func (in *inserts) close() error {
	errs := make([]error, 0, 1+len(in.opened))
	errs = append(errs, in.rows.close())
	for _, statement := range in.opened {
		errs = append(errs, statement.Close())
	}
	in.opened = nil
	return errors.Join(errs...)
}

// run inserts the requests' rows in the open transaction.
func (in *inserts) run(driverConn any) error {
	conn, ok := driverConn.(*sqlite3.SQLiteConn)
	if !ok {
		return fmt.Errorf("the connection is a %T", driverConn)
	}
	if err := in.prepare(conn); err != nil {
		return err
	}
	next, err := in.next()
	if err != nil {
		return err
	}
	for _, r := range in.requests {
		r.row.seq = next
		next++
	}
	for rest := in.requests; len(rest) > 0; {
		n := in.rows.fits(len(rest))
		if err := in.insert(rest[:n]); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return in.markHours()
}

// insert tries all rows in one statement. When one of them breaks a rule of the
// table, each goes alone, so that it fails alone.
func (in *inserts) insert(rs []*request) error {
	inserted, err := in.exec(rs)
	switch {
	case err == nil && inserted < int64(len(rs)):
		in.uncertain = append(in.uncertain, rs)
		return nil
	case !isConstraint(err):
		return err
	case len(rs) > 1:
		for i := range rs {
			if err := in.insert(rs[i : i+1]); err != nil {
				return err
			}
		}
		return nil
	default:
		rs[0].err = &consent.Error{Kind: consent.Invalid, Code: "invalid_decision", Message: "The decision breaks a rule of the log. Send its fields as the manual names them.", Err: err}
		return nil
	}
}

func (in *inserts) exec(rs []*request) (int64, error) {
	for i, r := range rs {
		in.bind(i, &r.row)
	}
	return in.rows.exec(len(rs))
}

// bind puts a row into the buffers at place i.
func (in *inserts) bind(i int, r *row) {
	values, b := in.rows.row(i), &in.bytes[i]
	b.id, b.previous, b.salt = r.id, r.previous, r.salt
	values[0].Value = r.seq
	values[1].Value = r.shared.site
	values[2].Value = r.shared.id
	values[3].Value = b.idValue
	values[4].Value, values[5].Value, values[6].Value = nil, nil, nil
	if !r.visitor.IsZero() {
		first, rest := splitVisitor(r.visitor)
		copy(b.rest[:], rest)
		values[4].Value, values[5].Value = first, b.restValue
	}
	if !r.previous.IsZero() {
		values[6].Value = b.previousValue
	}
	values[7].Value = r.time
	values[8].Value = r.skew
	values[9].Value = b.saltValue
}

// next gives the number for the next decision: one read for the whole batch.
func (in *inserts) next() (int64, error) {
	rows, err := in.newest.QueryContext(context.Background(), nil)
	if err != nil {
		return 0, err
	}
	defer rows.Close()
	value := make([]driver.Value, 1)
	if err := rows.Next(value); err != nil {
		return 0, fmt.Errorf("read the newest index: %w", err)
	}
	newest, ok := value[0].(int64)
	if !ok {
		return 0, fmt.Errorf("the newest index is a %T", value[0])
	}
	return newest + 1, checkNumbers(newest)
}

const millisPerHour = 60 * 60 * 1000

// markHours notes where in the log the batch's hours lie.
func (in *inserts) markHours() error {
	rs := in.requests
	for first := 0; first < len(rs); {
		hour, last := rs[first].row.time/millisPerHour, first
		for last+1 < len(rs) && rs[last+1].row.time/millisPerHour == hour {
			last++
		}
		_, err := in.hour.ExecContext(context.Background(), []driver.NamedValue{
			{Ordinal: 1, Value: hour}, {Ordinal: 2, Value: rs[first].row.seq}, {Ordinal: 3, Value: rs[last].row.seq},
		})
		if err != nil {
			return fmt.Errorf("note the hour: %w", err)
		}
		first = last + 1
	}
	return nil
}

const insertHour = `
INSERT INTO hour (hour, first, last) VALUES (?, ?, ?)
ON CONFLICT (hour) DO UPDATE SET first = min(first, excluded.first), last = max(last, excluded.last)`

// newestNumber also asks the ledger: its leaves are vouched for, and the sequence
// is not. One that was set back would give a number twice.
const newestNumber = `
SELECT max(coalesce((SELECT seq FROM sqlite_sequence WHERE name = 'decision'), 0),
  coalesce((SELECT max(leaf.seq) FROM tree CROSS JOIN leaf ON leaf.id = (tree.id << 40 | tree.size - 1)), 0))`

const insertDecision = `
INSERT INTO decision (seq, site, circumstance, id, visitor, visitor_rest, previous, time, skew, salt) VALUES `

// prepare makes the statements on a new connection.
func (in *inserts) prepare(conn *sqlite3.SQLiteConn) error {
	if in.opened != nil {
		return nil
	}
	for i := range in.bytes {
		b := &in.bytes[i]
		b.idValue, b.previousValue, b.restValue, b.saltValue = b.id[:], b.previous[:], b.rest[:], b.salt[:]
	}
	if err := in.rows.prepare(conn, insertDecision, columns, " ON CONFLICT (site, id) DO NOTHING"); err != nil {
		return err
	}
	for text, to := range map[string]*driver.StmtExecContext{insertHour: &in.hour, addTally: &in.tally, addDaily: &in.daily} {
		if err := in.open(conn, text, to); err != nil {
			return err
		}
	}
	statement, err := conn.Prepare(newestNumber)
	if err != nil {
		return err
	}
	in.opened = append(in.opened, statement)
	in.newest = statement.(driver.StmtQueryContext) //nolint:forcetypeassert // go-sqlite3 statements are
	return nil
}

func (in *inserts) open(conn *sqlite3.SQLiteConn, text string, to *driver.StmtExecContext) error {
	statement, err := conn.Prepare(text)
	if err != nil {
		return fmt.Errorf("prepare: %w", err)
	}
	in.opened = append(in.opened, statement)
	*to = statement.(driver.StmtExecContext) //nolint:forcetypeassert // go-sqlite3 statements are
	return nil
}
