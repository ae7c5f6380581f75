package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	setApp = `
INSERT INTO app (account, sealed, step) VALUES (?, ?, ?)
ON CONFLICT (account) DO UPDATE SET sealed = excluded.sealed, step = excluded.step`
	useApp       = `UPDATE app SET step = ?2 WHERE account = ?1 AND step < ?2`
	dropApp      = `DELETE FROM app WHERE account = ?`
	insertCode   = `INSERT INTO recovery (account, code) VALUES (?, ?)`
	useCode      = `DELETE FROM recovery WHERE account = ? AND code = ?`
	dropCodes    = `DELETE FROM recovery WHERE account = ?`
	dropIdle     = `DELETE FROM recovery WHERE account = ?1 AND NOT EXISTS (SELECT 1 FROM app WHERE account = ?1) AND NOT EXISTS (SELECT 1 FROM passkey WHERE account = ?1)`
	insertKey    = `INSERT INTO passkey (id, account, name, credential, added) VALUES (?, ?, ?, ?, ?)`
	usePasskey   = `UPDATE passkey SET credential = ?2, used = ?3, copied = ?4 WHERE id = ?1`
	dropPasskey  = `DELETE FROM passkey WHERE account = ? AND id = ?`
	dropPasskeys = `DELETE FROM passkey WHERE account = ?`
	setNeeds     = `UPDATE organisation SET factor = ?2 WHERE id = ?1`

	appOf       = `SELECT sealed, step FROM app WHERE account = ?`
	codesOf     = `SELECT count(*) FROM recovery WHERE account = ?`
	keysTable   = `SELECT id, account, name, credential, added, used, copied FROM passkey`
	passkeysOf  = keysTable + ` WHERE account = ? ORDER BY added, id`
	onePasskey  = keysTable + ` WHERE id = ?`
	haveFactors = `SELECT account FROM app UNION SELECT account FROM passkey`
	factorWas   = `SELECT iif(factor, 'yes', 'no') FROM organisation WHERE id = ?`
	needsFactor = `SELECT factor FROM organisation WHERE id = ?`
	lacksFactor = `
SELECT EXISTS (SELECT 1 FROM organisation WHERE id = ?1 AND factor)
  AND NOT EXISTS (SELECT 1 FROM app WHERE account = ?2) AND NOT EXISTS (SELECT 1 FROM passkey WHERE account = ?2)`
)

// Factors gives how an account proves who it is beside its password.
func (s *Store) Factors(ctx context.Context, account consent.AccountID) (*consent.Factors, error) {
	f := new(consent.Factors)
	err := s.reads.row(ctx, appOf, int64(account)).Scan(&f.Sealed, &f.Step)
	f.App = err == nil
	if err != nil && !errors.Is(err, sql.ErrNoRows) {
		return nil, fmt.Errorf("read the authenticator app: %w", err)
	}
	if err := s.reads.row(ctx, codesOf, int64(account)).Scan(&f.Codes); err != nil {
		return nil, fmt.Errorf("count the recovery codes: %w", err)
	}
	err = s.reads.each(ctx, passkeysOf, func(rows *sql.Rows) error {
		passkey, err := scanPasskey(rows)
		if err == nil {
			f.Passkeys = append(f.Passkeys, *passkey)
		}
		return err
	}, int64(account))
	if err != nil {
		return nil, fmt.Errorf("list the passkeys: %w", err)
	}
	return f, nil
}

// HaveFactors gives the accounts that have a second factor.
func (s *Store) HaveFactors(ctx context.Context) (map[consent.AccountID]bool, error) {
	have := make(map[consent.AccountID]bool)
	err := s.reads.each(ctx, haveFactors, func(rows *sql.Rows) error {
		var id consent.AccountID
		err := rows.Scan(&id)
		have[id] = true
		return err
	})
	if err != nil {
		return nil, fmt.Errorf("list who has a second factor: %w", err)
	}
	return have, nil
}

// SetApp sets up an authenticator app.
func (s *Store) SetApp(ctx context.Context, account consent.AccountID, sealed []byte, step int64) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, setApp, int64(account), sealed, step)
	})
}

// UseApp keeps that a step's code was used.
func (s *Store) UseApp(ctx context.Context, account consent.AccountID, step int64) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		done, err := conn.ExecContext(ctx, useApp, int64(account), step)
		if err != nil {
			return fmt.Errorf("use the code: %w", err)
		}
		if n, err := done.RowsAffected(); err != nil || n > 0 {
			return err
		}
		return consent.Errorf(consent.Conflict, "used_code", "The code was used already. Wait for the next one.")
	})
}

// DropApp takes the app away.
func (s *Store) DropApp(ctx context.Context, account consent.AccountID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return errors.Join(do(ctx, conn, dropApp, int64(account)), do(ctx, conn, dropIdle, int64(account)))
	})
}

// SetCodes replaces the recovery codes.
func (s *Store) SetCodes(ctx context.Context, account consent.AccountID, codes []consent.CodeID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if err := do(ctx, conn, dropCodes, int64(account)); err != nil {
			return err
		}
		for _, code := range codes {
			if err := do(ctx, conn, insertCode, int64(account), code[:]); err != nil {
				return err
			}
		}
		return nil
	})
}

// UseCode uses a recovery code up.
func (s *Store) UseCode(ctx context.Context, account consent.AccountID, code consent.CodeID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		done, err := conn.ExecContext(ctx, useCode, int64(account), code[:])
		if err != nil {
			return fmt.Errorf("use the recovery code: %w", err)
		}
		return changedOne(done, "unknown_code", "There is no such recovery code, or it was used already.")
	})
}

// AddPasskey stores a passkey.
func (s *Store) AddPasskey(ctx context.Context, passkey *consent.Passkey) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, insertKey, passkey.ID, int64(passkey.Account), passkey.Name, string(passkey.Credential), millis(passkey.Added))
		switch {
		case isKey(err):
			return consent.Errorf(consent.Conflict, "known_passkey", "This passkey is set up already.")
		case isConstraint(err):
			return &consent.Error{Kind: consent.Invalid, Code: "invalid_passkey", Message: "The passkey breaks a rule: its name has 1 to 100 characters.", Err: err}
		case err != nil:
			return fmt.Errorf("store the passkey: %w", err)
		}
		return nil
	})
}

// Passkey gives one passkey.
func (s *Store) Passkey(ctx context.Context, id []byte) (*consent.Passkey, error) {
	passkey, err := scanPasskey(s.reads.row(ctx, onePasskey, id))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "unknown_passkey", "There is no such passkey.")
	}
	if err != nil {
		return nil, fmt.Errorf("read the passkey: %w", err)
	}
	return passkey, nil
}

// UsePasskey keeps what a use has changed.
func (s *Store) UsePasskey(ctx context.Context, passkey *consent.Passkey) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, usePasskey, passkey.ID, string(passkey.Credential), millis(passkey.Used), passkey.Copied)
	})
}

// DropPasskey takes a passkey away.
func (s *Store) DropPasskey(ctx context.Context, account consent.AccountID, id []byte) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return errors.Join(do(ctx, conn, dropPasskey, int64(account), id), do(ctx, conn, dropIdle, int64(account)))
	})
}

// DropFactors takes every second factor away, and ends the logins.
func (s *Store) DropFactors(ctx context.Context, account consent.AccountID) error {
	id := int64(account)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return errors.Join(do(ctx, conn, dropApp, id), do(ctx, conn, dropPasskeys, id), do(ctx, conn, dropCodes, id), do(ctx, conn, endOthers, id, []byte{}))
	})
}

// NeedsFactor says whether everybody in an organisation needs a second factor.
func (s *Store) NeedsFactor(ctx context.Context, organisation consent.OrganisationID) (needed bool, err error) {
	if err := s.reads.row(ctx, needsFactor, string(organisation)).Scan(&needed); err != nil {
		return false, fmt.Errorf("read what the organisation asks for: %w", err)
	}
	return needed, nil
}

// SetNeedsFactor sets whether everybody in an organisation needs a second factor.
func (s *Store) SetNeedsFactor(ctx context.Context, organisation consent.OrganisationID, needed bool) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		before, err := was(ctx, conn, factorWas, string(organisation))
		if err != nil {
			return err
		}
		s.writer.changed("second_factor", before, yesNo(needed))
		return do(ctx, conn, setNeeds, string(organisation), needed)
	})
}

// LacksFactor says whether an account lacks what an organisation asks for.
func (s *Store) LacksFactor(ctx context.Context, organisation consent.OrganisationID, account consent.AccountID) (lacks bool, err error) {
	if err := s.reads.row(ctx, lacksFactor, string(organisation), int64(account)).Scan(&lacks); err != nil {
		return true, fmt.Errorf("read whether a second factor is needed: %w", err)
	}
	return lacks, nil
}

func scanPasskey(row oneRow) (*consent.Passkey, error) {
	p := new(consent.Passkey)
	var added, used int64
	if err := row.Scan(&p.ID, &p.Account, &p.Name, &p.Credential, &added, &used, &p.Copied); err != nil {
		return nil, err
	}
	p.Added = moment(added)
	if used > 0 {
		p.Used = moment(used)
	}
	return p, nil
}
