//go:build !race

package sqlite

import (
	"bytes"
	"database/sql"
	"fmt"
	"maps"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// cell is a value of the database.
type cell struct {
	table, column string
	row           string // a condition that finds its row
	kind          string // as SQLite has it: integer, text, blob
	value         []byte // integers as text
	key           bool   // the column is the row's number
	of            string // which rows of the table
}

func (c *cell) class() string { return c.table + "." + c.column + c.of }

// cells gives every value of the log and its ledger but NULLs, row by row.
func cells(t *testing.T, conn *sql.Conn) []cell {
	t.Helper()
	var all []cell
	for _, table := range []string{"site", "notice", "bundle", "bundle_file", "circumstance", "decision", "hour", "tree", "leaf", "event", "erased", "frozen", "daily", "tally"} {
		row, of := "'rowid = ' || rowid", "''"
		switch table {
		case "bundle_file":
			of = "' of ' || name"
		case "erased":
			row = "'site = ' || site || ' AND hex(id) = ''' || hex(id) || ''''"
		case "daily":
			row = "'site = ' || site || ' AND day = ' || day || ' AND circumstance = ' || circumstance || ' '"
		case "tally":
			row = "'site = ' || site || ' AND day = ' || day || ' AND kind = ''' || kind || ''' '"
		}
		number := strings.Join(strs(t, conn, "SELECT name FROM pragma_table_info('"+table+"') WHERE pk AND type = 'INTEGER'"), "")
		for _, column := range strs(t, conn, "SELECT name FROM pragma_table_info('"+table+"')") {
			query := fmt.Sprintf("SELECT %s, %s, typeof(%s), CAST(%[3]s AS BLOB) FROM %[4]s WHERE %[3]s IS NOT NULL", row, of, column, table)
			eachRow(t, conn, query, func(rows *sql.Rows) error {
				c := cell{table: table, column: column, key: column == number}
				err := rows.Scan(&c.row, &c.of, &c.kind, &c.value)
				all = append(all, c)
				return err
			})
		}
	}
	return all
}

// set writes a value past every guard, and says whether the table could take it.
func (c *cell) set(t *testing.T, conn *sql.Conn, value []byte) bool {
	t.Helper()
	as := "CAST(? AS " + c.kind + ")"
	if c.kind == "blob" {
		as = "?"
	}
	_, err := conn.ExecContext(t.Context(), "UPDATE "+c.table+" SET "+c.column+" = "+as+" WHERE "+c.row, value)
	if err != nil && !isConstraint(err) {
		t.Fatalf("%s: %v", c.class(), err)
	}
	if rowid, is := strings.CutPrefix(c.row, "rowid = "); is && err == nil && rowid == string(c.value) && c.key {
		c.row = "rowid = " + string(value)
	}
	if (c.table == "daily" || c.table == "tally") && err == nil {
		named := func(value []byte) string {
			if c.kind == "text" {
				return c.column + " = '" + string(value) + "' "
			}
			return c.column + " = " + string(value) + " "
		}
		c.row = strings.Replace(c.row, named(c.value), named(value), 1)
	}
	if c.table == "erased" && err == nil {
		c.row = strings.ReplaceAll(c.row, fmt.Sprintf("'%X'", c.value), fmt.Sprintf("'%X'", value))
		if c.column == "site" {
			c.row = strings.Replace(c.row, "site = "+string(c.value)+" ", "site = "+string(value)+" ", 1)
		}
	}
	return err == nil
}

// flipped gives the value with one bit changed.
func (c *cell) flipped(random *rand.Rand) []byte {
	if c.kind == "integer" {
		n, _ := strconv.ParseInt(string(c.value), 10, 64)
		return strconv.AppendInt(nil, n^1<<random.IntN(20), 10)
	}
	value := bytes.Clone(c.value)
	value[random.IntN(len(value))] ^= 1 << random.IntN(8)
	return value
}

// Any bit of any value that is flipped is found by the audit.
func TestFlippedBitsAreFound(t *testing.T) {
	path := filepath.Join(t.TempDir(), "samtykke.db")
	s := filled(t, path)
	restrictOne(t, s, 30, false)
	if err := s.anchors.move(); err != nil { // as within a second anyway
		t.Fatal(err)
	}
	conn, guards := unguarded(t, path)
	byClass := make(map[string][]cell)
	for _, c := range cells(t, conn) {
		if len(c.value) > 0 {
			byClass[c.class()] = append(byClass[c.class()], c)
		}
	}
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	classes := slices.Sorted(maps.Keys(byClass))
	flips, unseen := 0, make(map[string]int)
	for round := range 25 {
		for _, class := range classes {
			if round > 0 && unvouched[class] != "" {
				continue
			}
			all := byClass[class]
			c := all[random.IntN(len(all))]
			value := c.flipped(random)
			before := c
			if !c.set(t, conn, value) {
				continue
			}
			flips++
			found, err := s.Audit(t.Context(), "", func(int64, int64) {})
			if err == nil && len(found.Faults) == len(guards) { // each is missed
				unseen[class]++
			}
			c.value = value
			if !c.set(t, conn, before.value) {
				t.Fatalf("%s could not be put back", class)
			}
		}
	}
	for _, guard := range guards {
		if _, err := conn.ExecContext(t.Context(), guard); err != nil {
			t.Fatal(err)
		}
	}
	green(t, s)
	t.Logf("seed %d: %d flips in %d kinds of values; unseen: %v", seed, flips, len(classes), unseen)
	for class, n := range unseen {
		if unvouched[class] == "" {
			t.Errorf("%d flips of %s were not found", n, class)
		}
	}
}

// unvouched is what an audit need not find, and why it does no harm.
var unvouched = map[string]string{
	"site.name": "a draft is no evidence", "site.draft": "a draft is no evidence", "site.organisation": "a draft is no evidence", "site.changed": "a draft is no evidence", "site.revision": "a draft is no evidence", "site.saver": "a draft is no evidence", "site.review_months": "no decision depends on it",
	"organisation.id": "a notice says who answers for it", "organisation.name": "a notice says who answers for it", "organisation.number": "a notice says who answers for it", "organisation.created": "no decision depends on it", "organisation.two": "no decision depends on it", "organisation.two_since": "no decision depends on it", "organisation.two_ender": "no decision depends on it", "organisation.two_asked": "no decision depends on it",
	"notice.id": "nothing refers to it", "notice.published": "the notice itself says so, too", "bundle.built": "a record holds the bundle's hash",
	"erased.seq": "the stub's id keeps the decision away", "erased.time": "the event in the ledger says so, too",
	"hour.first": "a longer hour is only searched longer", "hour.last": "a longer hour is only searched longer", "hour.hour": "an hour without decisions is searched in vain",
	"leaf.seq": "that of an event is only a hint where to look",
}
