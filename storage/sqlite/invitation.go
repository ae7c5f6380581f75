package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	upsertInvitation = `
INSERT INTO invitation (id, organisation, email, role, maker, made_with, expires) VALUES (?, ?, ?, ?, ?, nullif(?, ''), ?)
ON CONFLICT (organisation, email) DO UPDATE
SET id = excluded.id, role = excluded.role, maker = excluded.maker, made_with = excluded.made_with, expires = excluded.expires`
	dropInvitation = `DELETE FROM invitation WHERE organisation = ? AND id = ?`
	takeInvitation = `DELETE FROM invitation WHERE id = ? AND expires > ? RETURNING organisation, role, maker, coalesce(made_with, '')`

	invitationTable = `SELECT id, organisation, email, role, maker, coalesce(made_with, ''), expires FROM invitation`
	oneInvitation   = invitationTable + ` WHERE id = ? AND expires > ?`
	invitationsTo   = invitationTable + ` WHERE organisation = ? AND expires > ? ORDER BY email`
)

// AddInvitation stores an invitation.
func (s *Store) AddInvitation(ctx context.Context, i *consent.Invitation) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, upsertInvitation, i.ID[:], string(i.Organisation), i.Email, string(i.Role), int64(i.Maker), string(i.Key), millis(i.Expires))
		return membershipError(err)
	})
}

// Invitations gives those to an organisation that can be taken up.
func (s *Store) Invitations(ctx context.Context, organisation consent.OrganisationID, now time.Time) ([]consent.Invitation, error) {
	all, err := listed(ctx, s.reads, invitationsTo, scanInvitation, string(organisation), millis(now))
	if err != nil {
		return nil, fmt.Errorf("list the invitations: %w", err)
	}
	return all, nil
}

// Invitation gives one that can be taken up.
func (s *Store) Invitation(ctx context.Context, id consent.InvitationID, now time.Time) (*consent.Invitation, error) {
	invitation, err := scanInvitation(s.reads.row(ctx, oneInvitation, id[:], millis(now)))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoLink()
	}
	if err != nil {
		return nil, fmt.Errorf("read the invitation: %w", err)
	}
	return invitation, nil
}

// DropInvitation withdraws an invitation.
func (s *Store) DropInvitation(ctx context.Context, organisation consent.OrganisationID, id consent.InvitationID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		done, err := conn.ExecContext(ctx, dropInvitation, string(organisation), id[:])
		if err != nil {
			return fmt.Errorf("withdraw the invitation: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return consent.Errorf(consent.Conflict, "invitation_gone", "The invitation has been used already, or was taken back by somebody else.")
	})
}

// TakeInvitation makes an account a member.
func (s *Store) TakeInvitation(ctx context.Context, id consent.InvitationID, account *consent.Account, now time.Time) (who consent.AccountID, err error) {
	acting := consent.ActingOf(ctx)
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		who, err = ended{s.writer, conn, acting}.takeUp(ctx, id, account, now)
		return err
	})
	return who, err
}

// takeUp uses an invitation up.
func (e ended) takeUp(ctx context.Context, id consent.InvitationID, account *consent.Account, now time.Time) (who consent.AccountID, err error) {
	taken := consent.Invitation{ID: id}
	err = e.conn.QueryRowContext(ctx, takeInvitation, id[:], millis(now)).Scan(&taken.Organisation, &taken.Role, &taken.Maker, &taken.Key)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errNoLink()
	}
	if err != nil {
		return 0, fmt.Errorf("take the invitation up: %w", err)
	}
	if taken.Key != "" {
		if err = mayByKey(ctx, e.conn, taken.Organisation, taken.Role, consent.ErrInvitedByKey); err != nil {
			return 0, err
		}
	}
	counts := string(taken.Organisation) // in which the newcomer may be who invited them
	if who = account.ID; who == 0 {
		counts = ""
		if who, err = addAccount(ctx, e.conn, account); err != nil {
			return 0, err
		}
	}
	if err = e.giving(ctx, who, taken.Organisation, taken.Role); err != nil {
		return 0, err
	}
	if err = e.joined(ctx, who, &taken); err != nil {
		return 0, err
	}
	return who, letIn(ctx, e.conn, who, int64(taken.Maker), counts, now)
}

// joined has the act tell the trail of the organisation who became what there and by whose
// invitation, and that of the installation of which organisation, too: nobody who joins by
// a link is known, or belongs anywhere, before.
func (e ended) joined(ctx context.Context, who consent.AccountID, taken *consent.Invitation) error {
	if e.by == nil || !e.by.Waits() {
		return nil
	}
	of := *taken
	e.completes(func(act *consent.Act) { act.Account, act.Organisation, act.Object = who, of.Organisation, of.Joined() })
	act := e.by.Act
	act.Account, act.Organisation, act.Object = who, "", of.Joined()+" organisation="+string(of.Organisation)
	return e.record(ctx, &act)
}

func scanInvitation(row oneRow) (*consent.Invitation, error) {
	i := new(consent.Invitation)
	var id []byte
	var expires int64
	if err := row.Scan(&id, &i.Organisation, &i.Email, &i.Role, &i.Maker, &i.Key, &expires); err != nil {
		return nil, err
	}
	copy(i.ID[:], id)
	i.Expires = moment(expires)
	return i, nil
}
