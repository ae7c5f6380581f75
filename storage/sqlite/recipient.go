package sqlite

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	allRecipients = `
SELECT id, told, (SELECT json_group_array(address) FROM (SELECT address FROM recipient WHERE recipient.organisation = organisation.id ORDER BY address))
FROM organisation ORDER BY id`
	toldWas = `
SELECT told, (SELECT json_group_array(address) FROM recipient WHERE recipient.organisation = organisation.id) FROM organisation WHERE id = ?`
	setTold         = `UPDATE organisation SET told = ?2 WHERE id = ?1`
	dropRecipients  = `DELETE FROM recipient WHERE organisation = ?`
	insertRecipient = `INSERT INTO recipient (organisation, address) VALUES (?, ?) ON CONFLICT DO NOTHING`
)

// Recipients gives who is told, for every organisation.
func (s *Store) Recipients(ctx context.Context) ([]consent.Recipients, error) {
	all, err := listed(ctx, s.reads, allRecipients, func(row oneRow) (*consent.Recipients, error) {
		var of consent.Recipients
		var addresses []byte
		if err := row.Scan(&of.Organisation, &of.Language, &addresses); err != nil {
			return nil, err
		}
		return &of, json.Unmarshal(addresses, &of.Addresses)
	})
	if err != nil {
		return nil, fmt.Errorf("list who is told: %w", err)
	}
	return all, nil
}

// SetRecipients puts a list in place of the old one.
func (s *Store) SetRecipients(ctx context.Context, to *consent.Recipients) error {
	if len(to.Addresses) > consent.MaxRecipients {
		return consent.Errorf(consent.Invalid, "many_recipients", "At most %d addresses are told of an organisation.", consent.MaxRecipients)
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if err := s.writer.tellRecipients(ctx, conn, to); err != nil {
			return err
		}
		done, err := conn.ExecContext(ctx, setTold, string(to.Organisation), string(to.Language))
		if err != nil {
			return recipientError(err)
		}
		if err := changedOne(done, "unknown_organisation", "There is no such organisation."); err != nil {
			return err
		}
		if _, err := conn.ExecContext(ctx, dropRecipients, string(to.Organisation)); err != nil {
			return recipientError(err)
		}
		for _, address := range to.Addresses {
			if _, err := conn.ExecContext(ctx, insertRecipient, string(to.Organisation), address); err != nil {
				return recipientError(err)
			}
		}
		return nil
	})
}

// tellRecipients tells the act how the list changes.
func (w *writer) tellRecipients(ctx context.Context, conn *sql.Conn, to *consent.Recipients) error {
	var language string
	var list []byte
	err := conn.QueryRowContext(ctx, toldWas, string(to.Organisation)).Scan(&language, &list)
	if errors.Is(err, sql.ErrNoRows) {
		return nil // the change itself says so
	}
	var before []string
	if err == nil {
		err = json.Unmarshal(list, &before)
	}
	if err != nil {
		return fmt.Errorf("read who is told: %w", err)
	}
	w.recipientsChanged(before, to.Addresses)
	w.changed("language", language, string(to.Language))
	return nil
}

// recipientError names no address.
func recipientError(err error) error {
	if isConstraint(err) {
		return &consent.Error{Kind: consent.Invalid, Code: "invalid_recipients", Err: err, Message: "Write addresses of at most 254 characters, and choose bokmål, nynorsk or English."}
	}
	return fmt.Errorf("store who is told: %w", err)
}
