package sqlite

import (
	"context"
	"crypto/rand"
	"database/sql"
	"encoding/binary"
	"fmt"
	"time"
)

// Ended counts what let somebody in, and lets nobody in any more.
type Ended struct {
	Logins, Links, Invitations, Keys, Codes int64
}

// Any says whether there was anything.
func (e *Ended) Any() bool { return *e != Ended{} }

// codesUsed has no app's code of before work again, nor one that is still to come for
// a moment: the newest that was used is not known.
const codesUsed = `UPDATE app SET step = max(step, ?)`

// codeLasts is how long each code of an app is the newest.
const codeLasts = 30 * time.Second

// EndAccess ends, in a database that was put back from a backup, all that lets somebody
// in who holds it, and all that works once. Which of it has been ended or used since,
// the database cannot know. What people know or have stays as the backup had it:
// passwords, apps, passkeys and who they are at a provider.
func (s *Store) EndAccess(ctx context.Context, now time.Time) (*Ended, error) {
	ended := new(Ended)
	err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		for _, each := range []struct {
			count     *int64
			statement string
		}{
			{&ended.Logins, "DELETE FROM login"},
			{&ended.Links, "DELETE FROM link"},
			{&ended.Invitations, "DELETE FROM invitation"}, // before the keys that have made some
			{new(int64), "DELETE FROM repeat"},             // what the keys have asked for
			{&ended.Keys, "DELETE FROM api_key"},
			{&ended.Codes, "DELETE FROM recovery"},
		} {
			done, err := conn.ExecContext(ctx, each.statement)
			if err != nil {
				return fmt.Errorf("end what lets people in: %w", err)
			}
			if *each.count, err = done.RowsAffected(); err != nil {
				return err
			}
		}
		return do(ctx, conn, codesUsed, now.Unix()/int64(codeLasts/time.Second)+1)
	})
	return ended, err
}

// How far a draft's revision jumps: past all that was saved after the backup, by a
// number that nobody guesses and no other restore of the same backup gives, and so that
// a program reads it exactly (below 2^53) after a million restores.
const leastJump = int64(1) << 32

// How often a draft was saved is raised without anybody having saved it: the saver is
// turned over meanwhile, so that draft_is_changed does not count them. Plans stay those
// of the draft that they were made for.
const (
	raiseDrafts = `UPDATE site SET revision = revision + ?, saver = -saver`
	keepSavers  = `UPDATE site SET saver = -saver`
	raisePlans  = `UPDATE plan SET revision = revision + ?`
)

// NumberAnew gives the drafts of a database that was put back from a backup revisions
// that it had never given out. The database that it replaces has given out those that
// would come next, for other content: whoever has read that must not overwrite, or
// publish, what they have not seen.
func (s *Store) NumberAnew(ctx context.Context) error {
	var drawn [4]byte
	_, _ = rand.Read(drawn[:]) // never fails
	jump := leastJump + int64(binary.BigEndian.Uint32(drawn[:]))
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		for _, each := range []struct {
			statement string
			args      []any
		}{{raiseDrafts, []any{jump}}, {keepSavers, nil}, {raisePlans, []any{jump}}} {
			if _, err := conn.ExecContext(ctx, each.statement, each.args...); err != nil {
				return fmt.Errorf("number the drafts anew: %w", err)
			}
		}
		return nil
	})
}
