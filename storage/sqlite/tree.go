package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// indexBits is the part of a leaf's id that is its index.
const indexBits = 40

// leafID names a leaf in the whole database.
func leafID(tree, index int64) int64 { return tree<<indexBits | index }

// tree is a row of that table, with the head of the moment it was read.
type tree struct {
	id     int64
	site   consent.SiteKey
	year   int
	part   int
	origin string
	size   int64
	root   tlog.Hash
	seal   ledger.Seal

	dropped *dropped // nil while its leaves are there
}

// name is that of the tree's key files.
func (t *tree) name() string { return string(t.site) + "-" + shard(t.year, t.part) }

func (t *tree) head() ledger.Head { return ledger.Head{Origin: t.origin, Size: t.size, Root: t.root} }

// shard names a year's part: 2026, 2026-b, 2026-c.
func shard(year, part int) string {
	text := strconv.Itoa(year)
	switch {
	case part == 1:
		return text
	case part > 1 && part <= maxParts:
		return text + "-" + "abcdefghijklmnopqrstuvwxyz"[part-1:part]
	default: // somebody changed it: the name fits nothing, and the audit says so
		return text + "-" + strconv.Itoa(part)
	}
}

// originOf names a tree in the whole world.
func originOf(host string, site consent.SiteKey, year, part int) string {
	return host + "/consent/" + string(site) + "/" + shard(year, part)
}

// hostOf gives the host that an origin begins with.
func hostOf(origin string) string {
	host, _, _ := strings.Cut(origin, "/consent/")
	return host
}

// yearOf gives the year whose tree a decision belongs to.
func yearOf(ms int64) int { return time.UnixMilli(ms).UTC().Year() }

const selectTrees = `
SELECT tree.id, site.key, year, part, origin, size, root, seal, dropped.time, dropped.lost, dropped.checkpoint
FROM tree JOIN site ON site.id = tree.site LEFT JOIN dropped ON dropped.tree = tree.id
`

const (
	allTrees     = selectTrees + `WHERE site.key = ?1 OR ?1 = '' ORDER BY site.key, year DESC, part DESC`
	treesOfYear  = selectTrees + `WHERE site.key = ? AND year = ? ORDER BY part DESC`
	treeByOrigin = selectTrees + `WHERE origin = ? ORDER BY part DESC`

	oneLeaf    = `SELECT seq, EXISTS (SELECT 1 FROM event WHERE event.leaf = leaf.id) FROM leaf WHERE id = ?`
	leavesByID = `SELECT leaf.id, hashes FROM json_each(?) AS wanted CROSS JOIN leaf ON leaf.id = wanted.value`
)

// querier is a connection, or the prepared statements of the readers.
type querier interface {
	QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error)
}

func readTrees(ctx context.Context, from querier, text string, args ...any) ([]*tree, error) {
	rows, err := from.QueryContext(ctx, text, args...)
	if err != nil {
		return nil, fmt.Errorf("read the trees: %w", err)
	}
	defer rows.Close()
	var trees []*tree
	for rows.Next() {
		t := &tree{}
		var root, seal, signed []byte
		var at, lost sql.NullInt64
		if err := rows.Scan(&t.id, &t.site, &t.year, &t.part, &t.origin, &t.size, &root, &seal, &at, &lost, &signed); err != nil {
			return nil, fmt.Errorf("read a tree: %w", err)
		}
		copy(t.root[:], root)
		copy(t.seal[:], seal)
		if at.Valid {
			last := ledger.Dropped{Head: t.head(), Time: moment(at.Int64), Lost: lost.Int64}
			t.dropped = &dropped{last, signed}
		}
		trees = append(trees, t)
	}
	return trees, rows.Err()
}

// leafReader gives the stored hashes of a tree.
func leafReader(ctx context.Context, from querier, tree int64) ledger.LeafHashes {
	return func(leaves []int64) ([][]byte, error) {
		ids := make([]int64, len(leaves))
		for i, index := range leaves {
			ids[i] = leafID(tree, index)
		}
		found, err := readHashes(ctx, from, ids)
		if err != nil {
			return nil, err
		}
		hashes := make([][]byte, len(leaves))
		for i, id := range ids {
			if hashes[i] = found[id]; hashes[i] == nil {
				return nil, errNoLeaf(id)
			}
		}
		return hashes, nil
	}
}

// readHashes gives what is kept of those leaves, by their ids.
func readHashes(ctx context.Context, from querier, ids []int64) (map[int64][]byte, error) {
	list, err := json.Marshal(ids)
	if err != nil {
		return nil, err
	}
	rows, err := from.QueryContext(ctx, leavesByID, string(list))
	if err != nil {
		return nil, fmt.Errorf("read leaves: %w", err)
	}
	defer rows.Close()
	found := make(map[int64][]byte, len(ids))
	for rows.Next() {
		var id int64
		var hashes []byte
		if err := rows.Scan(&id, &hashes); err != nil {
			return nil, fmt.Errorf("read a leaf: %w", err)
		}
		found[id] = hashes
	}
	return found, rows.Err()
}

func errNoLeaf(id int64) error {
	return fmt.Errorf("leaf %d of the ledger is missing: run samtykke log verify", id&(1<<indexBits-1))
}

// leafSeq gives the number of the decision that a leaf is of. That of an event is
// the newest one's of its moment, which may lie in an earlier part.
func leafSeq(ctx context.Context, from querier, id int64) (seq int64, event bool, err error) {
	rows, err := from.QueryContext(ctx, oneLeaf, id)
	if err != nil {
		return 0, false, fmt.Errorf("read a leaf: %w", err)
	}
	defer rows.Close()
	if !rows.Next() {
		if err := rows.Err(); err != nil {
			return 0, false, err
		}
		return 0, false, errNoLeaf(id)
	}
	return seq, event, rows.Scan(&seq, &event)
}

// locate finds the leaf of a decision. Indexes and numbers both grow, and mostly
// by ones: the first guess is as far from the end as the number is. The next are
// in proportion, and each second one halves what is left, so that they are never
// many.
func locate(ctx context.Context, from querier, t *tree, seq int64) (index int64, found bool, err error) {
	if t.size == 0 || t.dropped != nil {
		return 0, false, nil
	}
	low, lowSeq, high := int64(-1), int64(0), t.size-1 // the leaf is behind low, and at high or before
	highSeq, event, err := leafSeq(ctx, from, leafID(t.id, high))
	if err != nil || highSeq < seq {
		return 0, false, err
	}
	guess := high - (highSeq - seq)
	for looks := 1; high-low > 1; looks++ {
		guess = min(max(guess, low+1), high-1)
		at, isEvent, err := leafSeq(ctx, from, leafID(t.id, guess))
		if err != nil {
			return 0, false, err
		}
		switch {
		case at == seq && !isEvent:
			return guess, true, nil
		case at < seq:
			low, lowSeq = guess, at
		default:
			high, highSeq, event = guess, at, isEvent
		}
		guess = low + (high-low)/2
		if looks%2 == 1 && highSeq > lowSeq {
			guess = low + int64(float64(high-low)*float64(seq-lowSeq)/float64(highSeq-lowSeq))
		}
	}
	return high, highSeq == seq && !event, nil
}
