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
	insertAccount = `
INSERT INTO account (email, name, language, operator, closed, created, password) VALUES (?, ?, ?, ?, ?, ?, ?)`
	changeAccount = `UPDATE account SET email = ?2, name = ?3, language = ?4, operator = ?5, closed = ?6 WHERE id = ?1`
	nameWas       = `SELECT name FROM account WHERE id = ?`
	setProfile    = `UPDATE account SET name = ?2, language = ?3 WHERE id = ?1`
	// lastOperator says whether an account is the only operator who can log in, and
	// leaderless gives an organisation of which it is the only administrator who can.
	lastOperator = `
SELECT EXISTS (SELECT 1 FROM account WHERE id = ?1 AND operator AND NOT closed)
  AND NOT EXISTS (SELECT 1 FROM account WHERE id <> ?1 AND operator AND NOT closed)`
	leaderless = `
SELECT organisation FROM membership AS own JOIN account ON account.id = own.account
WHERE account = ?1 AND role = 'administrator' AND NOT closed AND NOT EXISTS (
  SELECT 1 FROM membership AS other JOIN account ON account.id = other.account
  WHERE other.organisation = own.organisation AND other.role = 'administrator' AND other.account <> ?1 AND NOT closed)
ORDER BY organisation LIMIT 1`
	setPassword   = `UPDATE account SET password = ?2, failures = 0, retry = 0 WHERE id = ?1`
	loginFailed   = `UPDATE account SET failures = iif(retry < ?3, 0, failures) + 1, retry = max(retry, ?2) WHERE id = ?1`
	loginDone     = `UPDATE account SET failures = 0, retry = 0, password = iif(?3 <> '' AND password = ?2, ?3, password) WHERE id = ?1`
	endOthers     = `DELETE FROM login WHERE account = ? AND id <> ?`
	endLinks      = `DELETE FROM link WHERE account = ?`
	endLinksBy    = `DELETE FROM link WHERE maker = ?`
	accountsTable = `SELECT id, email, name, language, operator, closed, created, password, failures, retry, seen FROM account`

	oneAccount     = accountsTable + ` WHERE id = ?`
	accountByEmail = accountsTable + ` WHERE email = ?`
	// Old versions kept addresses as they were written.
	accountByOldEmail = accountsTable + ` WHERE lower(email) = ?`
	allAccounts       = accountsTable + ` ORDER BY name, email`
)

// AddAccount stores an account with its memberships.
func (s *Store) AddAccount(ctx context.Context, account *consent.Account) (id consent.AccountID, err error) {
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		id, err = addAccount(ctx, conn, account)
		return err
	})
	return id, err
}

func addAccount(ctx context.Context, conn *sql.Conn, account *consent.Account) (consent.AccountID, error) {
	done, err := conn.ExecContext(ctx, insertAccount, account.Email, account.Name, string(account.Language),
		account.Operator, account.Closed, millis(account.Created), account.Password)
	if err != nil {
		return 0, accountError(err)
	}
	number, err := done.LastInsertId()
	if err != nil {
		return 0, fmt.Errorf("number the account: %w", err)
	}
	for _, m := range account.Memberships {
		if _, err := conn.ExecContext(ctx, setRole, number, string(m.Organisation), string(m.Role)); err != nil {
			return 0, membershipError(err)
		}
	}
	return consent.AccountID(number), nil
}

// ChangeAccount changes what an account says of its person.
func (s *Store) ChangeAccount(ctx context.Context, account *consent.Account) error {
	id, acting := int64(account.ID), consent.ActingOf(ctx)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if err := mayLeave(ctx, conn, account); err != nil {
			return err
		}
		was, err := s.writer.accountChanged(ctx, conn, account)
		if err != nil {
			return err
		}
		done, err := conn.ExecContext(ctx, changeAccount, id, account.Email, account.Name, string(account.Language), account.Operator, account.Closed)
		if err != nil {
			return accountError(err)
		}
		if err := changedOne(done, "unknown_account", "There is no such account."); err != nil {
			return err
		}
		if account.Operator != was.Operator || account.Closed || was.Closed {
			if err := do(ctx, conn, endOthers, id, []byte{}); err != nil {
				return err
			}
		}
		ends := ended{s.writer, conn, acting}
		if account.Closed || was.Closed {
			return errors.Join(do(ctx, conn, endLinks, id), ends.all(ctx, account.ID))
		}
		if account.Operator != was.Operator { // as with roles, none wakes with the right
			return ends.operators(ctx, account.ID)
		}
		return nil
	})
}

// mayLeave refuses a change after which nobody could log in who runs the
// installation, or administers an organisation.
func mayLeave(ctx context.Context, conn *sql.Conn, account *consent.Account) error {
	var last bool
	if err := conn.QueryRowContext(ctx, lastOperator, int64(account.ID)).Scan(&last); err != nil {
		return fmt.Errorf("look for operators: %w", err)
	}
	if last && (account.Closed || !account.Operator) {
		return consent.Errorf(consent.Conflict, "last_operator", "The installation would have no operator any more. Make somebody else operator first.")
	}
	if !account.Closed {
		return nil
	}
	var organisation string
	err := conn.QueryRowContext(ctx, leaderless, int64(account.ID)).Scan(&organisation)
	if errors.Is(err, sql.ErrNoRows) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look for administrators: %w", err)
	}
	return consent.Errorf(consent.Conflict, "last_administrator", "The organisation %s would have no administrator any more. Make somebody else administrator first, or on the machine: samtykke account add EMAIL --role %s=administrator", organisation, organisation)
}

// accountChanged tells the act what of an account changes, and gives what it was. The
// address stays untold.
func (w *writer) accountChanged(ctx context.Context, conn *sql.Conn, account *consent.Account) (*consent.Account, error) {
	was, err := scanAccount(conn.QueryRowContext(ctx, oneAccount, int64(account.ID)))
	if errors.Is(err, sql.ErrNoRows) {
		return &consent.Account{}, nil // the change itself says so
	}
	if err != nil {
		return nil, fmt.Errorf("read the account: %w", err)
	}
	w.changed("name", was.Name, account.Name)
	w.changed("operator", yesNo(was.Operator), yesNo(account.Operator))
	w.changed("closed", yesNo(was.Closed), yesNo(account.Closed))
	return was, nil
}

// SetProfile changes name and language. Another name is told in the trails of the
// person's organisations, too: there it stands beside what they did.
func (s *Store) SetProfile(ctx context.Context, account consent.AccountID, name string, language consent.Language) error {
	acting := consent.ActingOf(ctx)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		before, err := was(ctx, conn, nameWas, int64(account))
		if err != nil {
			return err
		}
		s.writer.changed("name", before, name)
		if _, err = conn.ExecContext(ctx, setProfile, int64(account), name, string(language)); err != nil || before == name {
			return accountError(err)
		}
		return s.writer.tellTheirs(ctx, account, acting)
	})
}

// SetPassword replaces the hash of the password.
func (s *Store) SetPassword(ctx context.Context, account consent.AccountID, password string, except consent.LoginID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return errors.Join(do(ctx, conn, setPassword, int64(account), password), do(ctx, conn, endOthers, int64(account), except[:]), do(ctx, conn, endLinks, int64(account)))
	})
}

// LoginFailed counts a failure.
func (s *Store) LoginFailed(ctx context.Context, account consent.AccountID, retry, forgotten time.Time) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, loginFailed, int64(account), millis(retry), millis(forgotten))
	})
}

// LoginSucceeded forgets the failures.
func (s *Store) LoginSucceeded(ctx context.Context, account consent.AccountID, was, fresh string) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, loginDone, int64(account), was, fresh)
	})
}

// Account gives one account.
func (s *Store) Account(ctx context.Context, id consent.AccountID) (*consent.Account, error) {
	return s.account(ctx, oneAccount, int64(id))
}

// AccountOf gives the account with an e-mail address.
func (s *Store) AccountOf(ctx context.Context, email string) (*consent.Account, error) {
	account, err := s.account(ctx, accountByEmail, email)
	if consent.KindOf(err) == consent.NotFound {
		return s.account(ctx, accountByOldEmail, email)
	}
	return account, err
}

func (s *Store) account(ctx context.Context, text string, key any) (*consent.Account, error) {
	account, err := scanAccount(s.reads.row(ctx, text, key))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "unknown_account", "There is no such account.")
	}
	if err != nil {
		return nil, fmt.Errorf("read the account: %w", err)
	}
	err = s.reads.each(ctx, membershipsOf, func(rows *sql.Rows) error {
		_, m, err := scanMembership(rows)
		account.Memberships = append(account.Memberships, m)
		return err
	}, int64(account.ID))
	if err != nil {
		return nil, fmt.Errorf("read the memberships: %w", err)
	}
	return account, nil
}

// Accounts gives all, by name.
func (s *Store) Accounts(ctx context.Context) ([]consent.Account, error) {
	all, err := listed(ctx, s.reads, allAccounts, scanAccount)
	if err != nil {
		return nil, fmt.Errorf("list the accounts: %w", err)
	}
	of := make(map[consent.AccountID][]consent.Membership)
	err = s.reads.each(ctx, allMemberships, func(rows *sql.Rows) error {
		id, m, err := scanMembership(rows)
		of[id] = append(of[id], m)
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list the memberships: %w", err)
	}
	for i := range all {
		all[i].Memberships = of[all[i].ID]
	}
	return all, nil
}

// oneRow is a row, or the current one of several.
type oneRow interface{ Scan(dest ...any) error }

func scanAccount(row oneRow) (*consent.Account, error) {
	a := new(consent.Account)
	var created, retry, seen int64
	if err := row.Scan(&a.ID, &a.Email, &a.Name, &a.Language, &a.Operator, &a.Closed, &created, &a.Password, &a.Failures, &retry, &seen); err != nil {
		return nil, err
	}
	a.Created, a.Retry = moment(created), moment(retry)
	if seen > 0 {
		a.Seen = moment(seen)
	}
	return a, nil
}

// do runs a statement of which nothing is asked.
func do(ctx context.Context, conn *sql.Conn, statement string, args ...any) error {
	if _, err := conn.ExecContext(ctx, statement, args...); err != nil {
		return fmt.Errorf("store the account: %w", err)
	}
	return nil
}

func accountError(err error) error {
	switch {
	case isKey(err):
		return consent.Errorf(consent.Conflict, "email_taken", "There is an account with this e-mail address already.")
	case isConstraint(err):
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_account", Message: "The account breaks a rule: the name has at most 200 characters, the e-mail address at most 254.", Err: err}
	case err != nil:
		return fmt.Errorf("store the account: %w", err)
	}
	return nil
}
