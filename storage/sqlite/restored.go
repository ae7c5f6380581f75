package sqlite

import (
	"context"
	"database/sql"
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
