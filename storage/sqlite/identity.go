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
	insertIdentity = `INSERT INTO identity (issuer, subject, tenant, object, account, added) VALUES (?, ?, ?, ?, ?, ?)`
	dropIdentity   = `DELETE FROM identity WHERE account = ? AND issuer = ?`
	dropIdentities = `DELETE FROM identity WHERE account = ?`
	hasPassword    = `SELECT password <> '' FROM account WHERE id = ?`

	identityTable = `SELECT issuer, subject, tenant, object, account, added FROM identity`
	oneIdentity   = identityTable + ` WHERE issuer = ? AND subject = ?`
	haveIdentity  = `SELECT DISTINCT account FROM identity`
	identityOf    = identityTable + ` WHERE account = ? AND issuer = ?`
)

// Identity gives the identity of a subject at a provider.
func (s *Store) Identity(ctx context.Context, issuer, subject string) (*consent.Identity, error) {
	return s.identity(ctx, oneIdentity, issuer, subject)
}

// IdentityOf gives the identity of an account at a provider.
func (s *Store) IdentityOf(ctx context.Context, account consent.AccountID, issuer string) (*consent.Identity, error) {
	return s.identity(ctx, identityOf, int64(account), issuer)
}

// HaveIdentities gives the accounts that have an identity.
func (s *Store) HaveIdentities(ctx context.Context) (map[consent.AccountID]bool, error) {
	have := make(map[consent.AccountID]bool)
	err := s.reads.each(ctx, haveIdentity, func(rows *sql.Rows) error {
		var id consent.AccountID
		err := rows.Scan(&id)
		have[id] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list who has an identity: %w", err)
	}
	return have, nil
}

func (s *Store) identity(ctx context.Context, text string, args ...any) (*consent.Identity, error) {
	i := new(consent.Identity)
	var added int64
	err := s.reads.row(ctx, text, args...).Scan(&i.Issuer, &i.Subject, &i.Tenant, &i.Object, &i.Account, &added)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "unknown_identity", "Nobody here has this identity.")
	}
	if err != nil {
		return nil, fmt.Errorf("read the identity: %w", err)
	}
	i.Added = moment(added)
	return i, nil
}

// SetIdentity stores an identity in place of an earlier one.
func (s *Store) SetIdentity(ctx context.Context, identity *consent.Identity) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return putIdentity(ctx, conn, identity)
	})
}

func putIdentity(ctx context.Context, conn *sql.Conn, i *consent.Identity) error {
	if err := do(ctx, conn, dropIdentity, int64(i.Account), i.Issuer); err != nil {
		return err
	}
	_, err := conn.ExecContext(ctx, insertIdentity, i.Issuer, i.Subject, i.Tenant, i.Object, int64(i.Account), millis(i.Added))
	switch {
	case isKey(err):
		return consent.Errorf(consent.Conflict, "identity_taken", "Another account has this identity already.")
	case isConstraint(err):
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_identity", Message: "The identity breaks a rule: its subject has at most 255 characters.", Err: err}
	case err != nil:
		return fmt.Errorf("store the identity: %w", err)
	}
	return nil
}

// DropIdentity takes an identity away, and ends the logins.
func (s *Store) DropIdentity(ctx context.Context, account consent.AccountID, issuer string, except consent.LoginID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		var has bool
		if err := conn.QueryRowContext(ctx, hasPassword, int64(account)).Scan(&has); err != nil {
			return fmt.Errorf("read whether there is a password: %w", err)
		}
		if !has {
			return consent.Errorf(consent.Conflict, "only_way", "The account has no password, and could not log in any more. Choose a password first.")
		}
		return errors.Join(do(ctx, conn, dropIdentity, int64(account), issuer), do(ctx, conn, endOthers, int64(account), except[:]))
	})
}

// RedeemLinkAs stores an identity and ends the link.
func (s *Store) RedeemLinkAs(ctx context.Context, id consent.LinkID, identity *consent.Identity, now time.Time) (account consent.AccountID, err error) {
	acting := consent.ActingOf(ctx)
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if account, err = (ended{s.writer, conn, acting}).useLink(ctx, id, "", now); err != nil {
			return err
		}
		owned := *identity
		owned.Account = account
		return putIdentity(ctx, conn, &owned)
	})
	return account, err
}

// TakeInvitationAs makes an account with an identity, and a member of it.
func (s *Store) TakeInvitationAs(ctx context.Context, id consent.InvitationID, account *consent.Account, identity *consent.Identity, now time.Time) (who consent.AccountID, err error) {
	acting := consent.ActingOf(ctx)
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if who, err = (ended{s.writer, conn, acting}).takeUp(ctx, id, account, now); err != nil {
			return err
		}
		owned := *identity
		owned.Account = who
		return putIdentity(ctx, conn, &owned)
	})
	return who, err
}
