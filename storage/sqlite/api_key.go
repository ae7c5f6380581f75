package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The statements are named by what a key gives: linters take "key" for a secret.
const (
	insertAccess = `
INSERT INTO api_key (id, hash, organisation, name, scopes, maker, created, expires) VALUES (?, ?, ?, ?, ?, ?, ?, ?)`
	useAccess    = `UPDATE api_key SET used = ?2 WHERE id = ?1 AND used < ?2`
	revokeAccess = `DELETE FROM api_key WHERE organisation = ? AND id = ?`

	accessTable  = `SELECT id, hash, organisation, name, scopes, maker, created, expires, used FROM api_key`
	accessByHash = accessTable + ` WHERE hash = ?`
	accessesOf   = accessTable + ` WHERE organisation = ? ORDER BY created DESC, id`
)

// AddAPIKey stores a key.
func (s *Store) AddAPIKey(ctx context.Context, key *consent.APIKey) error {
	scopes, err := json.Marshal(key.Scopes)
	if err != nil {
		return fmt.Errorf("encode the scopes: %w", err)
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, insertAccess, string(key.ID), key.Hash[:], string(key.Organisation), key.Name, string(scopes),
			int64(key.Maker), millis(key.Created), millis(key.Expires))
		s.writer.changed("name", "", key.Name)
		s.writer.changed("scopes", "", scopesTold(key.Scopes))
		s.writer.changed("expires", "", dayTold(key.Expires))
		return membershipError(err)
	})
}

// APIKeyOf gives the key whose secret has a hash.
func (s *Store) APIKeyOf(ctx context.Context, hash consent.Hash) (*consent.APIKey, error) {
	key, err := scanAPIKey(s.reads.row(ctx, accessByHash, hash[:]))
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoAPIKey()
	}
	if err != nil {
		return nil, fmt.Errorf("read the key: %w", err)
	}
	return key, nil
}

// APIKeys gives those of an organisation.
func (s *Store) APIKeys(ctx context.Context, organisation consent.OrganisationID) ([]consent.APIKey, error) {
	all, err := listed(ctx, s.reads, accessesOf, scanAPIKey, string(organisation))
	if err != nil {
		return nil, fmt.Errorf("list the keys: %w", err)
	}
	return all, nil
}

// UseAPIKey keeps the day of a use.
func (s *Store) UseAPIKey(ctx context.Context, id consent.APIKeyID, day time.Time) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, useAccess, string(id), millis(consent.MidnightOf(day)))
	})
}

// RevokeAPIKey ends a key.
func (s *Store) RevokeAPIKey(ctx context.Context, organisation consent.OrganisationID, id consent.APIKeyID) error {
	acting := consent.ActingOf(ctx)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		key, err := scanAPIKey(conn.QueryRowContext(ctx, accessTable+" WHERE organisation = ? AND id = ?", string(organisation), string(id)))
		if errors.Is(err, sql.ErrNoRows) {
			return errNoAPIKey()
		}
		if err != nil {
			return fmt.Errorf("read the key: %w", err)
		}
		s.writer.changed("name", key.Name, "")
		s.writer.changed("scopes", scopesTold(key.Scopes), "")
		s.writer.changed("expires", dayTold(key.Expires), "")
		if err := (ended{s.writer, conn, acting}).offers(ctx, madeWith, string(id)); err != nil {
			return err
		}
		done, err := conn.ExecContext(ctx, revokeAccess, string(organisation), string(id))
		if err != nil {
			return fmt.Errorf("revoke the key: %w", err)
		}
		return changedOne(done, "unknown_key", "There is no such key.")
	})
}

func errNoAPIKey() error {
	return consent.Errorf(consent.NotFound, "unknown_key", "There is no such key.")
}

func scanAPIKey(row oneRow) (*consent.APIKey, error) {
	key := new(consent.APIKey)
	var hash []byte
	var scopes string
	var created, expires, used int64
	if err := row.Scan(&key.ID, &hash, &key.Organisation, &key.Name, &scopes, &key.Maker, &created, &expires, &used); err != nil {
		return nil, err
	}
	copy(key.Hash[:], hash)
	key.Created, key.Expires = moment(created), moment(expires)
	if used > 0 {
		key.Used = moment(used)
	}
	return key, json.Unmarshal([]byte(scopes), &key.Scopes)
}
