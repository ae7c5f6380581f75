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
	insertLogin = `
INSERT INTO login (id, account, created, seen, confirmed, provider, means)
SELECT ?1, id, ?3, ?4, ?5, ?6, ?7 FROM account
WHERE id = ?2 AND NOT closed AND (?8 = '' OR password = ?8)
  AND (?9 IS NULL OR EXISTS (SELECT 1 FROM passkey WHERE passkey.id = ?9 AND passkey.account = ?2))
  AND (?10 = '' OR EXISTS (SELECT 1 FROM identity WHERE issuer = ?10 AND subject = ?11 AND identity.account = ?2))`
	seenOn       = `UPDATE account SET seen = ?2 WHERE id = ?1`
	touchLogin   = `UPDATE login SET seen = max(seen, ?2), confirmed = ?3 WHERE id = ?1`
	endLogin     = `DELETE FROM login WHERE account = ? AND id = ?`
	nameLogin    = `UPDATE login SET name = ?3 WHERE account = ?1 AND id = ?2`
	renewLogin   = `UPDATE login SET id = ?2 WHERE id = ?1`
	endOldLogins = `DELETE FROM login WHERE seen < ? OR created < ?`
	upsertLink   = `
INSERT INTO link (id, account, expires, maker) VALUES (?, ?, ?, nullif(?, 0))
ON CONFLICT (account) DO UPDATE SET id = excluded.id, expires = excluded.expires, maker = excluded.maker`
	redeemLink  = `DELETE FROM link WHERE id = ? AND expires > ? RETURNING account, coalesce(maker, 0)`
	loginsTable = `SELECT id, account, created, seen, confirmed, provider, means, name FROM login`

	oneLogin = loginsTable + ` WHERE id = ?`
	loginsOf = loginsTable + ` WHERE account = ? ORDER BY created DESC`
	oneLink  = `SELECT account, expires, coalesce(maker, 0) FROM link WHERE id = ? AND expires > ?`
)

// AddLogin stores a login, unless what was shown opens the account no more.
func (s *Store) AddLogin(ctx context.Context, login *consent.Login) error {
	shown, at := login.Shown, consent.Identity{}
	if shown.Identity != nil {
		at = *shown.Identity
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		done, err := conn.ExecContext(ctx, insertLogin, login.ID[:], int64(login.Account), millis(login.Created), millis(login.Seen), millis(login.Confirmed),
			login.Provider, string(login.Means), shown.Password, shown.Passkey, at.Issuer, at.Subject)
		if err != nil {
			return fmt.Errorf("store the login: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, consent.Errorf(consent.Conflict, "login_overtaken", "What you logged in with was changed meanwhile. Log in again."))
		}
		day := consent.DayOf(login.Created).Start() // as people read it
		return errors.Join(
			do(ctx, conn, loginDone, int64(login.Account), shown.Password, shown.Fresh),
			do(ctx, conn, seenOn, int64(login.Account), millis(day)))
	})
}

// Login gives one login.
func (s *Store) Login(ctx context.Context, id consent.LoginID) (*consent.Login, error) {
	login, err := scanLogin(s.reads.row(ctx, oneLogin, id[:]))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "unknown_login", "There is no such login.")
	}
	if err != nil {
		return nil, fmt.Errorf("read the login: %w", err)
	}
	return login, nil
}

// Logins gives those of an account, newest first.
func (s *Store) Logins(ctx context.Context, account consent.AccountID) ([]consent.Login, error) {
	all, err := listed(ctx, s.reads, loginsOf, scanLogin, int64(account))
	if err != nil {
		return nil, fmt.Errorf("list the logins: %w", err)
	}
	return all, nil
}

// TouchLogin keeps when a login was last seen and confirmed.
func (s *Store) TouchLogin(ctx context.Context, id consent.LoginID, seen, confirmed time.Time) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, touchLogin, id[:], millis(seen), millis(confirmed))
	})
}

// EndLogin ends one login.
func (s *Store) EndLogin(ctx context.Context, account consent.AccountID, id consent.LoginID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, endLogin, int64(account), id[:])
	})
}

// EndLogins ends those of an account but one.
func (s *Store) EndLogins(ctx context.Context, account consent.AccountID, but consent.LoginID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, endOthers, int64(account), but[:])
	})
}

// RenewLogin gives a login another id.
func (s *Store) RenewLogin(ctx context.Context, id, next consent.LoginID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		done, err := conn.ExecContext(ctx, renewLogin, id[:], next[:])
		if err != nil {
			return fmt.Errorf("renew the login: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n == 0 {
			return errors.Join(err, consent.ErrPassEnded())
		}
		return nil
	})
}

// NameLogin keeps what the person calls one of their own.
func (s *Store) NameLogin(ctx context.Context, account consent.AccountID, id consent.LoginID, name string) error {
	if err := consent.CheckLoginName(name); err != nil {
		return err
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		done, err := conn.ExecContext(ctx, nameLogin, int64(account), id[:], name)
		if err != nil {
			return fmt.Errorf("name the login: %w", err)
		}
		return changedOne(done, "unknown_login", "There is no such login.")
	})
}

// EndOldLogins removes those that are over.
func (s *Store) EndOldLogins(ctx context.Context, now time.Time) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, endOldLogins, millis(now.Add(-consent.LoginIdle)), millis(now.Add(-consent.LoginLong)))
	})
}

// AddLink stores a link in place of the account's earlier one.
func (s *Store) AddLink(ctx context.Context, link *consent.Link) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, upsertLink, link.ID[:], int64(link.Account), millis(link.Expires), int64(link.Maker))
	})
}

// Link gives a link that can be used.
func (s *Store) Link(ctx context.Context, id consent.LinkID, now time.Time) (*consent.Link, error) {
	link := &consent.Link{ID: id}
	var expires int64
	err := s.reads.row(ctx, oneLink, id[:], millis(now)).Scan(&link.Account, &expires, &link.Maker)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoLink()
	}
	if err != nil {
		return nil, fmt.Errorf("read the link: %w", err)
	}
	link.Expires = moment(expires)
	return link, nil
}

// RedeemLink sets the password, and ends the link and all that opened the account.
func (s *Store) RedeemLink(ctx context.Context, id consent.LinkID, password string, now time.Time) (account consent.AccountID, err error) {
	acting := consent.ActingOf(ctx)
	err = s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		account, err = ended{s.writer, conn, acting}.useLink(ctx, id, password, now)
		return err
	})
	return account, err
}

// useLink uses a link up: its account has the password from now on, "" for none.
func (e ended) useLink(ctx context.Context, id consent.LinkID, password string, now time.Time) (account consent.AccountID, err error) {
	var maker int64
	err = e.conn.QueryRowContext(ctx, redeemLink, id[:], millis(now)).Scan(&account, &maker)
	if errors.Is(err, sql.ErrNoRows) {
		return 0, errNoLink()
	}
	if err != nil {
		return 0, fmt.Errorf("use the link: %w", err)
	}
	return account, errors.Join(do(ctx, e.conn, setPassword, int64(account), password), e.shut(ctx, account), letIn(ctx, e.conn, account, maker, "", now))
}

// shut ends everything beside the password that opens an account, and the keys, links and
// invitations that it has made: whoever has set it up, or made them, may be somebody else.
func (e ended) shut(ctx context.Context, account consent.AccountID) error {
	conn := e.conn
	return errors.Join(
		do(ctx, conn, dropApp, int64(account)), do(ctx, conn, dropCodes, int64(account)), do(ctx, conn, dropPasskeys, int64(account)),
		do(ctx, conn, dropIdentities, int64(account)), do(ctx, conn, endOthers, int64(account), []byte{}),
		do(ctx, conn, endLinksBy, int64(account)), e.all(ctx, account))
}

func scanLogin(row oneRow) (*consent.Login, error) {
	login := new(consent.Login)
	var id []byte
	var created, seen, confirmed int64
	if err := row.Scan(&id, &login.Account, &created, &seen, &confirmed, &login.Provider, &login.Means, &login.Name); err != nil {
		return nil, err
	}
	copy(login.ID[:], id)
	login.Created, login.Seen, login.Confirmed = moment(created), moment(seen), moment(confirmed)
	return login, nil
}

func errNoLink() error {
	return consent.Errorf(consent.NotFound, "unknown_link", "The link has been used, or its time is up. Ask for a new one.")
}
