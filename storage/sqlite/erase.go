package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const insertErased = `
INSERT INTO erased (site, id, seq, time)
SELECT site, id, seq, ? FROM decision
WHERE visitor = ? AND visitor_rest = ? AND site = (SELECT id FROM site WHERE key = ?)`

const deleteErased = `
DELETE FROM decision
WHERE visitor = ? AND visitor_rest = ? AND site = (SELECT id FROM site WHERE key = ?)`

// Erase removes all that a visitor decided on a site and leaves stubs. The
// bytes are overwritten in the database and leave the WAL with the next quiet
// moment.
func (s *Store) Erase(ctx context.Context, site consent.SiteKey, visitor consent.VisitorKey, now time.Time) (int, error) {
	if visitor.IsZero() {
		return 0, nil
	}
	first, rest := splitVisitor(visitor)
	var removed int64
	err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if _, err := conn.ExecContext(ctx, insertErased, millis(now), first, rest, string(site)); err != nil {
			return fmt.Errorf("leave stubs: %w", err)
		}
		result, err := conn.ExecContext(ctx, deleteErased, first, rest, string(site))
		if err != nil {
			return fmt.Errorf("remove decisions: %w", err)
		}
		removed, err = result.RowsAffected()
		return err
	})
	if err != nil {
		return 0, err
	}
	return int(removed), nil
}
