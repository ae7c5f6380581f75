package sqlite

import (
	"cmp"
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const (
	selectTrails = `SELECT id, organisation, year, part, origin, size, root, seal FROM trail `
	allTrails    = selectTrails + `ORDER BY id`
	trailsOf     = selectTrails + `WHERE organisation = ? ORDER BY year, part`
	trailOf      = selectTrails + `WHERE organisation = ? AND year = ? ORDER BY part DESC LIMIT 1`

	plant  = `INSERT INTO trail (organisation, year, part, origin, size, root, seal) VALUES (?, ?, ?, ?, 0, ?, ?)`
	moveOn = `UPDATE trail SET size = ?, root = ?, seal = ? WHERE id = ?`
	addAct = `
INSERT INTO act (trail, number, time, account, site, action, object, reason, changes, salt, hashes) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`
	actHashes = `SELECT number, hashes FROM json_each(?2) AS wanted CROSS JOIN act ON act.trail = ?1 AND act.number = wanted.value`
)

// installation is how the trail that belongs to no organisation is called in names
// of files and trees. No organisation has such a key.
const installation = "_installation"

// RecordAct stores an act that changes nothing else: also when whoever did it is not let in
// any more.
func (s *Store) RecordAct(ctx context.Context, act consent.Act) error {
	act, _ = consent.ActOf(consent.WithAct(ctx, act)) // its texts cut
	return s.writer.run(consent.WithoutAct(consent.WithoutPass(ctx)), func(ctx context.Context, _ *sql.Conn) error {
		return s.writer.record(ctx, &act)
	})
}

// record appends an act in the transaction of the job that it is.
func (w *writer) record(ctx context.Context, act *consent.Act) error {
	t, err := w.trail(ctx, act.Organisation, act.Time.UTC().Year())
	if err != nil {
		return err
	}
	if err := w.holdTrail(ctx, t); err != nil {
		return err
	}
	frontier, err := ledger.ResumeFrontier(t.size, actReader(ctx, w.conn, t.id))
	if err != nil {
		return err
	}
	if frontier.Root() != t.root {
		return fmt.Errorf("the audit trail %s does not give the root that is kept of it: nothing is appended to it; run samtykke log verify", t.origin)
	}
	if err := w.trails.ready(t); err != nil {
		return err
	}
	changes, err := encodeChanges(act)
	if err != nil {
		return err
	}
	record, err := encodeAct(act, changes)
	if err != nil {
		return err
	}
	var salt ledger.Salt
	_, _ = rand.Read(salt[:]) // never fails
	hashes := frontier.Append(nil, ledger.RecordLeaf(&salt, record))
	_, err = w.conn.ExecContext(ctx, addAct, t.id, t.size, millis(act.Time), int64(act.Account), string(act.Site), act.Action, act.Object, act.Reason, changes, salt[:], hashes)
	if err != nil {
		return fmt.Errorf("append to the audit trail: %w", err)
	}
	t.size, t.root = frontier.Size(), frontier.Root()
	if err := w.trails.seal(t, false); err != nil {
		return err
	}
	if _, err := w.conn.ExecContext(ctx, moveOn, t.size, t.root[:], t.seal[:], t.id); err != nil {
		return fmt.Errorf("move the head of %s: %w", t.origin, err)
	}
	w.walked = append(w.walked, t)
	return nil
}

// trail gives the trail of an organisation and year, and begins it when it is the
// first act.
func (w *writer) trail(ctx context.Context, organisation consent.OrganisationID, year int) (*tree, error) {
	t, err := scanTrail(w.conn.QueryRowContext(ctx, trailOf, string(organisation), year))
	if !errors.Is(err, sql.ErrNoRows) {
		return t, err
	}
	t = w.newTrail(organisation, year, 1)
	return t, w.plantTrail(ctx, organisation, t)
}

// newTrail gives an empty trail that is stored nowhere yet.
func (w *writer) newTrail(organisation consent.OrganisationID, year, part int) *tree {
	name := consent.SiteKey(cmp.Or(string(organisation), installation))
	var empty ledger.Frontier
	return &tree{site: name, year: year, part: part, origin: w.host + "/audit/" + string(name) + "/" + shard(year, part), root: empty.Root()}
}

// plantTrail stores it. It is signed before its first act is stored, so that one
// with acts and without a signed head has lost that.
func (w *writer) plantTrail(ctx context.Context, organisation consent.OrganisationID, t *tree) error {
	var another bool // then there must be a secret
	if err := w.conn.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM trail)").Scan(&another); err != nil {
		return fmt.Errorf("look for trails: %w", err)
	}
	if err := w.trails.seal(t, !another); err != nil {
		return err
	}
	done, err := w.conn.ExecContext(ctx, plant, string(organisation), t.year, t.part, t.origin, t.root[:], t.seal[:])
	if err != nil {
		return fmt.Errorf("begin the audit trail %s: %w", t.origin, err)
	}
	if t.id, err = done.LastInsertId(); err != nil {
		return err
	}
	if err := w.trails.make(t); err != nil {
		return err
	}
	signed, err := w.trails.sign(t)
	if err != nil {
		return err
	}
	return w.trailAnchors.file.Advance(map[string][]byte{t.origin: signed})
}

// holdTrail refuses to append to a trail that is not what was signed of it: that
// would hide what is lost.
func (w *writer) holdTrail(ctx context.Context, t *tree) error {
	anchored, err := w.trailAnchors.file.Load()
	if err != nil {
		return err
	}
	broken, err := w.trails.holds(ctx, w.conn, t.origin, anchored[t.origin], t)
	if broken != nil {
		broken.path = w.path
		return broken
	}
	return err
}

func scanTrail(row oneRow) (*tree, error) {
	t := &tree{}
	var root, seal []byte
	if err := row.Scan(&t.id, &t.site, &t.year, &t.part, &t.origin, &t.size, &root, &seal); err != nil {
		return nil, err
	}
	t.site = consent.SiteKey(cmp.Or(string(t.site), installation))
	copy(t.root[:], root)
	copy(t.seal[:], seal)
	return t, nil
}

// actReader gives the stored hashes of a trail.
func actReader(ctx context.Context, from querier, trail int64) ledger.LeafHashes {
	return func(leaves []int64) ([][]byte, error) {
		list, err := json.Marshal(leaves)
		if err != nil {
			return nil, err
		}
		rows, err := from.QueryContext(ctx, actHashes, trail, string(list))
		if err != nil {
			return nil, fmt.Errorf("read the audit trail: %w", err)
		}
		defer rows.Close()
		found := make(map[int64][]byte, len(leaves))
		for rows.Next() {
			var number int64
			var hashes []byte
			if err := rows.Scan(&number, &hashes); err != nil {
				return nil, fmt.Errorf("read an act: %w", err)
			}
			found[number] = hashes
		}
		all := make([][]byte, len(leaves))
		for i, number := range leaves {
			if all[i] = found[number]; all[i] == nil {
				return nil, errors.Join(rows.Err(), fmt.Errorf("act %d of the audit trail is missing: run samtykke log verify", number))
			}
		}
		return all, rows.Err()
	}
}

// vouchTrails signs the heads of the trails that a commit moved.
func (w *writer) vouchTrails(ctx context.Context) {
	for _, t := range w.walked {
		signed, err := w.trails.sign(t)
		if err != nil {
			w.log.ErrorContext(ctx, "a head of the audit trail could not be signed", "origin", t.origin, "error", err)
			continue
		}
		w.trailAnchors.note(t.origin, signed)
	}
	w.walked = w.walked[:0]
}
