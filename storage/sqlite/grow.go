package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"fmt"

	"github.com/mattn/go-sqlite3"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// growing is a tree that the writer appends to.
type growing struct {
	tree
	frontier   ledger.Frontier
	touched    bool   // in this batch
	checkpoint []byte // of the last commit that touched it
}

// treeKey finds a growing tree.
type treeKey struct {
	site consent.SiteKey
	year int
}

// growers are the trees that the writer knows the frontiers of. They hold only
// while nobody else writes to the database, and never across a fault.
type growers struct {
	known   map[treeKey]*growing
	touched []*growing
	version int64 // of the database, as this connection sees it
	evented bool  // the job that runs has appended a leaf

	leaves   []newLeaf
	hashes   []byte // of the new leaves, in a row
	record   []byte
	salts    []byte
	inserted multiRow
}

// newLeaf is a row of that table on its way.
type newLeaf struct {
	id, seq     int64
	first, last int // where its hashes lie
}

const leafColumns = 3

// forget drops what is known of the trees: it is read again when needed.
func (g *growers) forget() {
	g.known, g.touched = make(map[treeKey]*growing), nil
}

// fresh forgets the trees, and the keys, when another process has written
// meanwhile.
func (g *growers) fresh(ctx context.Context, conn *sql.Conn, signers *signers) error {
	var version int64
	if err := conn.QueryRowContext(ctx, "PRAGMA data_version").Scan(&version); err != nil {
		return fmt.Errorf("read the version of the data: %w", err)
	}
	if version != g.version || g.known == nil {
		g.forget()
		g.version = version
		signers.forget()
	}
	return nil
}

// begin empties the list of new leaves.
func (g *growers) begin() { g.leaves, g.hashes = g.leaves[:0], g.hashes[:0] }

// salt gives each row a salt of its own: one read of randomness for the batch.
func (g *growers) salt(rs []*request) {
	need := len(rs) * len(ledger.Salt{})
	if cap(g.salts) < need {
		g.salts = make([]byte, need)
	}
	salts := g.salts[:need]
	_, _ = rand.Read(salts) // never fails: the program ends instead
	for i, r := range rs {
		copy(r.row.salt[:], salts[i*len(r.row.salt):])
	}
}

// grow appends a leaf for each row that was inserted.
func (w *writer) grow(ctx context.Context, rs []*request) error {
	g := &w.growers
	for _, r := range rs { // apart, because a tree may begin with a leaf of its own
		if r.err != nil || r.row.earlier != nil {
			continue
		}
		var err error
		if r.row.tree, err = w.growingTree(ctx, r.row.shared.key.site, yearOf(r.row.time)); err != nil {
			return err
		}
	}
	g.begin()
	for _, r := range rs {
		if row := &r.row; row.tree != nil {
			g.record = row.encode(g.record[:0], row.shared)
			row.index = g.append(row.tree, row.seq, ledger.RecordLeaf(&row.salt, g.record))
		}
	}
	return w.storeLeaves(ctx)
}

// append adds a leaf to a tree, to be stored with the others.
func (g *growers) append(t *growing, seq int64, hash [ledger.HashSize]byte) (index int64) {
	index = t.frontier.Size()
	first := len(g.hashes)
	g.hashes = t.frontier.Append(g.hashes, hash)
	g.leaves = append(g.leaves, newLeaf{leafID(t.id, index), seq, first, len(g.hashes)})
	if !t.touched {
		t.touched = true
		g.touched = append(g.touched, t)
	}
	return index
}

// storeLeaves inserts the new leaves and moves the heads of their trees.
func (w *writer) storeLeaves(ctx context.Context) error {
	g := &w.growers
	if len(g.leaves) == 0 {
		return nil
	}
	if err := w.conn.Raw(g.insert); err != nil {
		return fmt.Errorf("insert leaves: %w", err)
	}
	for _, t := range g.touched {
		t.size, t.root = t.frontier.Size(), t.frontier.Root()
		if err := w.signers.seal(&t.tree, false); err != nil {
			return err
		}
		if _, err := w.conn.ExecContext(ctx, "UPDATE tree SET size = ?, root = ?, seal = ? WHERE id = ?", t.size, t.root[:], t.seal[:], t.id); err != nil {
			return fmt.Errorf("move the head of %s: %w", t.origin, err)
		}
	}
	return nil
}

func (g *growers) insert(driverConn any) error {
	conn, ok := driverConn.(*sqlite3.SQLiteConn)
	if !ok {
		return fmt.Errorf("the connection is a %T", driverConn)
	}
	if err := g.inserted.prepare(conn, "INSERT INTO leaf (id, seq, hashes) VALUES ", leafColumns, ""); err != nil {
		return err
	}
	for rest := g.leaves; len(rest) > 0; {
		n := g.inserted.fits(len(rest))
		for i, leaf := range rest[:n] {
			values := g.inserted.row(i)
			values[0].Value, values[1].Value, values[2].Value = leaf.id, leaf.seq, g.hashes[leaf.first:leaf.last]
		}
		if _, err := g.inserted.exec(n); err != nil {
			return err
		}
		rest = rest[n:]
	}
	return nil
}

// growingTree gives the newest tree of a site and year, and plants it when it is
// the first.
func (w *writer) growingTree(ctx context.Context, site consent.SiteKey, year int) (*growing, error) {
	key := treeKey{site, year}
	if t := w.growers.known[key]; t != nil {
		return t, nil
	}
	parts, err := readTrees(ctx, w.conn, treesOfYear, site, year)
	if err != nil {
		return nil, err
	}
	var t *growing
	switch {
	case len(parts) == 0:
		t, err = w.plant(ctx, w.host, site, year, 1)
	case parts[0].dropped != nil:
		t, err = w.regrow(ctx, parts[0])
	default:
		t, err = w.resume(ctx, parts[0])
	}
	if err == nil {
		w.growers.known[key] = t
	}
	return t, err
}

// regrow begins the next part of a year that was dropped. A decision belongs there
// when the clock was set back by years.
func (w *writer) regrow(ctx context.Context, from *tree) (*growing, error) {
	if from.part == maxParts {
		return nil, errTooManyParts(from.year)
	}
	t, err := w.plant(ctx, hostOf(from.origin), from.site, from.year, from.part+1)
	if err != nil {
		return nil, err
	}
	begin := ledger.Event{Kind: ledger.Begin, Time: from.dropped.Time, Checkpoint: string(from.dropped.checkpoint)}
	return t, w.appendEventAfter(ctx, t, 0, &begin) // before any decision's
}

// resume reads back what a tree must remember to grow.
func (w *writer) resume(ctx context.Context, from *tree) (*growing, error) {
	t := &growing{tree: *from}
	var err error
	if t.frontier, err = ledger.ResumeFrontier(t.size, leafReader(ctx, w.conn, t.id)); err != nil {
		return nil, err
	}
	if t.frontier.Root() != t.root {
		return nil, fmt.Errorf("the ledger %s does not give the root that is kept of it: nothing is appended to it; run samtykke log verify", t.origin)
	}
	if err := w.signers.ready(&t.tree); err != nil {
		return nil, err // what could not be signed is not stored
	}
	return t, w.vouch(ctx, &t.tree)
}

// plant makes an empty tree, whose origin begins with a host.
func (w *writer) plant(ctx context.Context, host string, site consent.SiteKey, year, part int) (*growing, error) {
	t := &tree{site: site, year: year, part: part, origin: originOf(host, site, year, part)}
	if err := w.refuseOrphan(t); err != nil {
		return nil, err
	}
	var empty ledger.Frontier
	t.root = empty.Root()
	var another bool // that has leaves: then there must be a secret
	if err := w.conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM tree WHERE size > 0)").Scan(&another); err != nil {
		return nil, fmt.Errorf("look for trees: %w", err)
	}
	if err := w.signers.seal(t, !another); err != nil {
		return nil, err
	}
	result, err := w.conn.ExecContext(ctx, "INSERT INTO tree (site, year, part, origin, size, root, seal) SELECT id, ?, ?, ?, 0, ?, ? FROM site WHERE key = ?",
		year, part, t.origin, t.root[:], t.seal[:], string(site))
	if err != nil {
		return nil, fmt.Errorf("plant the tree %s: %w", t.origin, err)
	}
	if t.id, err = result.LastInsertId(); err != nil {
		return nil, err
	}
	if err := w.signers.make(t); err != nil {
		return nil, err
	}
	planted, err := w.resume(ctx, t)
	if err != nil {
		return nil, err
	}
	if err := w.anchorEmpty(t); err != nil {
		return nil, err
	}
	if err := w.signers.keys.Begin(t.name(), t.origin); err != nil {
		return nil, err
	}
	return planted, w.sealJournal(ctx)
}

// witness signs the heads of a commit and tells the batch's decisions. It comes
// after the commit and before any answer: what is signed is stored.
func (w *writer) witness(ctx context.Context, batch []*request) {
	for _, t := range w.growers.touched {
		t.touched = false
		var err error
		if t.checkpoint, err = w.signers.sign(&t.tree); err != nil {
			w.log.ErrorContext(ctx, "a checkpoint could not be signed", "origin", t.origin, "error", err)
			continue
		}
		w.anchors.note(t.origin, t.checkpoint)
	}
	w.growers.touched = w.growers.touched[:0]
	for _, r := range batch {
		if t := r.row.tree; t != nil {
			r.row.origin, r.row.checkpoint = t.origin, t.checkpoint
		}
	}
}
