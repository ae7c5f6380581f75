package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// Begin starts the next part of each of a site's trees that were rolled back, or
// whose anchor is lost, or of which only the key is left, or of which a witness
// knows another. What no anchor knew is anchored after that, as it is.
func (s *Store) Begin(ctx context.Context, site consent.SiteKey, now time.Time) ([]string, error) {
	missing, err := s.journalCut(ctx)
	if err == nil && missing > 0 {
		err = errJournalCut(s.journal.Path(), missing)
	}
	if err != nil {
		return nil, err
	}
	all, err := s.behind(ctx)
	if err != nil {
		return nil, err
	}
	forked, err := s.forked(ctx, site, all)
	if err != nil {
		return nil, err
	}
	all = append(all, forked...)
	anchored, err := s.anchors.file.Load()
	if err != nil {
		return nil, err
	}
	var begun []string
	years := make(map[int]bool)     // that were begun
	late := make(map[string][]byte) // what no anchor knew
	for _, one := range all {
		year, ok := yearIn(one.origin, site)
		if !ok {
			continue
		}
		begin := ledger.Event{Kind: ledger.Begin, Time: now, Actor: string(consent.ActorOperator)}
		switch {
		case one.checkpoint == nil && one.tree == nil:
			begin.Origin = one.origin
		case one.checkpoint == nil:
			if one.checkpoint, err = s.newestHead(one.tree); err != nil {
				return nil, err
			}
			late[one.origin] = one.checkpoint
			if one.tree.dropped != nil || years[year] { // nothing is appended to it any more
				continue
			}
		}
		begin.Checkpoint = string(s.lastKnown(one))
		if begin.Held, err = s.held(one.tree); err != nil {
			return nil, err
		}
		origin, err := s.beginPart(ctx, hostOf(one.origin), site, year, anchored, begin)
		if err != nil {
			return nil, err
		}
		years[year] = true
		begun = append(begun, origin)
	}
	return begun, s.anchors.file.Advance(late)
}

// lastKnown gives the newest that was signed of a tree: that of the anchor, or one
// that enough witnesses have seen.
func (s *Store) lastKnown(one behind) []byte {
	seen, _ := s.witness.Tree(one.origin)
	if seen == nil {
		return one.checkpoint
	}
	anchored, err := ledger.ParseHead(one.checkpoint)
	witnessed, errSeen := ledger.ParseHead(seen)
	if errSeen == nil && (err != nil || witnessed.Size > anchored.Size) {
		return seen
	}
	return one.checkpoint
}

// forked gives the newest parts of which a witness knows another, which it will
// never follow. Nothing of one is lost here, so it is quoted as it stands.
func (s *Store) forked(ctx context.Context, site consent.SiteKey, besides []behind) (found []behind, err error) {
	trees, err := readTrees(ctx, s.reads, allTrees, string(site))
	if err != nil {
		return nil, err
	}
	years := make(map[int]bool) // whose newest part was looked at
	for _, t := range trees {   // the newest comes first
		if years[t.year] || t.dropped != nil || slices.ContainsFunc(besides, func(b behind) bool { return b.origin == t.origin }) {
			continue
		}
		years[t.year] = true
		_, states := s.witness.Tree(t.origin)
		if slices.ContainsFunc(states, func(w consent.WitnessState) bool { return w.Forked }) {
			found = append(found, behind{origin: t.origin, tree: t})
		}
	}
	return found, nil
}

// held gives the checkpoint of what the database has of a tree that is left behind:
// less than that it may never have. What cannot be signed any more was changed, and
// the audit names it whatever a later part says.
func (s *Store) held(t *tree) (string, error) {
	if t == nil || s.signers.ready(t) != nil {
		return "", nil
	}
	signed, err := s.newestHead(t)
	return string(signed), err
}

// maxParts is how many letters there are to name parts with.
const maxParts = 26

// yearIn reads the year out of the origin of one of the site's trees.
func yearIn(origin string, site consent.SiteKey) (int, bool) {
	_, shard, ok := strings.Cut(origin, "/consent/"+string(site)+"/")
	if !ok {
		return 0, false
	}
	text, _, _ := strings.Cut(shard, "-")
	year, err := strconv.Atoi(text)
	return year, err == nil
}

func (s *Store) beginPart(ctx context.Context, host string, site consent.SiteKey, year int, anchored map[string][]byte, event ledger.Event) (origin string, err error) {
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		var siteID int64
		if err := conn.QueryRowContext(ctx, "SELECT id FROM site WHERE key = ?", string(site)).Scan(&siteID); err != nil {
			return errNoSite(site)
		}
		parts, err := readTrees(ctx, conn, treesOfYear, string(site), year)
		if err != nil {
			return err
		}
		part := 2 // what was rolled back to nothing was the first
		if len(parts) > 0 {
			part = parts[0].part + 1
		}
		if part, err = s.freePart(host, site, year, part, anchored); err != nil {
			return err
		}
		s.writer.growers.evented = true
		t, err := s.writer.plant(ctx, host, site, year, part)
		if err != nil {
			return err
		}
		s.writer.growers.known[treeKey{site, year}] = t
		origin = t.origin
		if err := s.writer.appendEvent(ctx, t, &event); err != nil {
			return err
		}
		return s.writer.tellStubs(ctx, siteID, t, append([]*tree{&t.tree}, parts...), event.Time)
	})
	if err != nil {
		return "", fmt.Errorf("begin the next part of the ledger: %w", err)
	}
	return origin, nil
}

// freePart gives the first part from one on that never was: not even one that was
// begun before, and lost with the database.
func (s *Store) freePart(host string, site consent.SiteKey, year, part int, anchored map[string][]byte) (int, error) {
	for ; part <= maxParts; part++ {
		free := tree{site: site, year: year, part: part}
		there, err := s.signers.keys.Begun(free.name())
		if err != nil {
			return 0, err
		}
		if !there && anchored[originOf(host, site, year, part)] == nil {
			return part, nil
		}
	}
	return 0, errTooManyParts(year)
}

func errTooManyParts(year int) error {
	return consent.Errorf(consent.Conflict, "too_many_parts", "The ledger of %d was begun %d times already: find out why the database is lost so often.", year, maxParts)
}
