package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	setRole = `
INSERT INTO membership (account, organisation, role) VALUES (?, ?, ?)
ON CONFLICT (account, organisation) DO UPDATE SET role = excluded.role`
	// lastAdministrator says whether an account is the only administrator.
	lastAdministrator = `
SELECT EXISTS (SELECT 1 FROM membership WHERE account = ?1 AND organisation = ?2 AND role = 'administrator')
  AND NOT EXISTS (SELECT 1 FROM membership JOIN account ON account.id = membership.account
    WHERE organisation = ?2 AND role = 'administrator' AND account <> ?1 AND NOT closed)`
	dropRole = `DELETE FROM membership WHERE account = ? AND organisation = ?`
	roleIn   = `SELECT role FROM membership WHERE account = ? AND organisation = ?`

	allMemberships = `SELECT account, organisation, role FROM membership ORDER BY account, organisation`
	membershipsOf  = `SELECT account, organisation, role FROM membership WHERE account = ? ORDER BY organisation`
)

// SetRole gives an account a role, or takes it away.
func (s *Store) SetRole(ctx context.Context, account consent.AccountID, organisation consent.OrganisationID, role consent.AccountRole) error {
	acting := consent.ActingOf(ctx)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		var last bool
		if err := conn.QueryRowContext(ctx, lastAdministrator, int64(account), string(organisation)).Scan(&last); err != nil {
			return fmt.Errorf("look for administrators: %w", err)
		}
		if last && role != consent.RoleAdministrator {
			return consent.Errorf(consent.Conflict, "last_administrator", "The organisation would have no administrator any more. Make somebody else administrator first.")
		}
		if err := keyGives(ctx, conn, account, organisation, role); err != nil {
			return err
		}
		return ended{s.writer, conn, acting}.giving(ctx, account, organisation, role)
	})
}

// keyGives refuses what a key does not give. What somebody has already is kept.
func keyGives(ctx context.Context, conn *sql.Conn, account consent.AccountID, organisation consent.OrganisationID, role consent.AccountRole) error {
	if consent.PassOf(ctx).Key == "" {
		return nil
	}
	before, err := was(ctx, conn, roleIn, int64(account), string(organisation))
	if err != nil || consent.AccountRole(before).Covers(role) {
		return err
	}
	return mayByKey(ctx, conn, organisation, role, consent.ErrGivenByKey)
}

// giving gives a role, or takes it away, and ends the keys that go beyond it, and the
// invitations of who administers no more. Those that went beyond the role before end, too:
// they do not wake with the new one. So do the logins: nobody who has had one in hand before
// has the new role with it. The one that makes the change gets another id after it.
func (e ended) giving(ctx context.Context, account consent.AccountID, organisation consent.OrganisationID, role consent.AccountRole) error {
	before, err := was(ctx, e.conn, roleIn, int64(account), string(organisation))
	if err != nil {
		return err
	}
	e.changed("role", before, string(role))
	err = errors.Join(e.beyond(ctx, account, organisation, consent.AccountRole(before)), e.beyond(ctx, account, organisation, role))
	if err != nil {
		return err
	}
	if !consent.AccountRole(before).May(consent.MayAdminister) || !role.May(consent.MayAdminister) {
		if err := e.offers(ctx, madeIn, int64(account), string(organisation)); err != nil {
			return err
		}
	}
	if before != string(role) {
		acting := consent.PassOf(ctx).Login
		if err := do(ctx, e.conn, endOthers, int64(account), acting[:]); err != nil {
			return err
		}
	}
	if role == "" {
		return do(ctx, e.conn, dropRole, int64(account), string(organisation))
	}
	_, err = e.conn.ExecContext(ctx, setRole, int64(account), string(organisation), string(role))
	return membershipError(err)
}

// tellTheirs tells the organisations of a person of the act that the job is.
func (w *writer) tellTheirs(ctx context.Context, account consent.AccountID, acting *consent.Acting) error {
	if acting == nil || !acting.Waits() {
		return nil
	}
	theirs, err := organisationsOf(ctx, w.conn, account)
	if err != nil {
		return err
	}
	for _, organisation := range theirs {
		if organisation == acting.Act.Organisation {
			continue // told with the change
		}
		act := acting.Act
		act.Organisation = organisation
		if err := act.Changing(w.changes...); err != nil {
			return err
		}
		if err := w.record(ctx, &act); err != nil {
			return err
		}
	}
	return nil
}

func organisationsOf(ctx context.Context, conn *sql.Conn, account consent.AccountID) (theirs []consent.OrganisationID, err error) {
	rows, err := conn.QueryContext(ctx, membershipsOf, int64(account))
	if err != nil {
		return nil, fmt.Errorf("read the memberships: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		_, m, err := scanMembership(rows)
		if err != nil {
			return nil, fmt.Errorf("read a membership: %w", err)
		}
		theirs = append(theirs, m.Organisation)
	}
	return theirs, rows.Err()
}

func scanMembership(row oneRow) (id consent.AccountID, m consent.Membership, err error) {
	err = row.Scan(&id, &m.Organisation, &m.Role)
	return id, m, err
}

func membershipError(err error) error {
	if isConstraint(err) {
		return &consent.Error{Kind: consent.NotFound, Code: "unknown_organisation", Message: "There is no such account, organisation or role.", Err: err}
	}
	if err != nil {
		return fmt.Errorf("store the role: %w", err)
	}
	return nil
}
