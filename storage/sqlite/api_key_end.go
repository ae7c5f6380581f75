package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

const (
	accessesBy = accessTable + ` WHERE maker = ? ORDER BY id`
	endAccess  = `DELETE FROM api_key WHERE id = ?`
)

// ended is why keys and invitations end: what was done, nil for nothing that a trail is told of.
type ended struct {
	*writer
	conn *sql.Conn
	by   *consent.Acting
}

// keys ends those of a maker's keys that a question is true of, each with an act in the
// trail of its organisation. They are removed: what is gone does not wake when a right
// comes back.
func (e ended) keys(ctx context.Context, maker consent.AccountID, is func(*consent.APIKey) bool) error {
	keys, err := keysBy(ctx, e.conn, maker)
	if err != nil {
		return err
	}
	for i := range keys {
		if !is(&keys[i]) {
			continue
		}
		if err := e.key(ctx, &keys[i]); err != nil {
			return err
		}
	}
	return nil
}

func (e ended) key(ctx context.Context, key *consent.APIKey) error {
	if err := e.offers(ctx, madeWith, string(key.ID)); err != nil {
		return err
	}
	if err := do(ctx, e.conn, endAccess, string(key.ID)); err != nil || e.by == nil {
		return err
	}
	act := consent.Act{Time: e.by.Act.Time, Account: e.by.Act.Account, Organisation: key.Organisation, Action: consent.KeyEnd, Object: string(key.ID) + " " + key.Name}
	return e.record(ctx, &act)
}

// beyond ends those of an organisation that were made for more than a role permits. What
// only operators may is not the role's to give or take.
func (e ended) beyond(ctx context.Context, maker consent.AccountID, organisation consent.OrganisationID, role consent.AccountRole) error {
	account := consent.Account{Operator: true, Memberships: []consent.Membership{{Organisation: organisation, Role: role}}}
	return e.keys(ctx, maker, func(key *consent.APIKey) bool {
		return key.Organisation == organisation && !key.Within(&account)
	})
}

// operators ends those that only an operator may make.
func (e ended) operators(ctx context.Context, maker consent.AccountID) error {
	return e.keys(ctx, maker, func(key *consent.APIKey) bool {
		return slices.ContainsFunc(key.Scopes, consent.Scope.OfInstallation)
	})
}

// all ends all keys and invitations of a maker.
func (e ended) all(ctx context.Context, maker consent.AccountID) error {
	if err := e.keys(ctx, maker, every); err != nil {
		return err
	}
	return e.offers(ctx, madeBy, int64(maker))
}

// every is true of all keys.
func every(*consent.APIKey) bool { return true }

// keysBy gives the keys that somebody has made, in every organisation.
func keysBy(ctx context.Context, conn *sql.Conn, maker consent.AccountID) (keys []consent.APIKey, err error) {
	rows, err := conn.QueryContext(ctx, accessesBy, int64(maker))
	if err != nil {
		return nil, fmt.Errorf("list the keys of the account: %w", err)
	}
	defer rows.Close()
	for rows.Next() {
		key, err := scanAPIKey(rows)
		if err != nil {
			return nil, fmt.Errorf("read a key of the account: %w", err)
		}
		keys = append(keys, *key)
	}
	return keys, rows.Err()
}

// APIKeysBy gives the keys that somebody has made.
func (s *Store) APIKeysBy(ctx context.Context, maker consent.AccountID) ([]consent.APIKey, error) {
	return listed(ctx, s.reads, accessesBy, scanAPIKey, int64(maker))
}

// EndAPIKeys ends the keys that somebody has made.
func (s *Store) EndAPIKeys(ctx context.Context, maker consent.AccountID) error {
	acting := consent.ActingOf(ctx)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return ended{s.writer, conn, acting}.keys(ctx, maker, every)
	})
}
