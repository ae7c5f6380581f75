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
	catalogueOf  = `SELECT imported, importer, language, entries, refused, refusals FROM catalogue WHERE organisation = ?`
	setCatalogue = `
INSERT OR REPLACE INTO catalogue (organisation, imported, importer, language, entries, refused, refusals) VALUES (?, ?, ?, ?, ?, ?, ?)`
	dropCatalogue = `DELETE FROM catalogue WHERE organisation = ?`
)

// Catalogue gives that of an organisation.
func (s *Store) Catalogue(ctx context.Context, organisation consent.OrganisationID) (*consent.Catalogue, error) {
	catalogue := &consent.Catalogue{Organisation: organisation}
	var imported int64
	var entries, refused []byte
	err := s.reads.row(ctx, catalogueOf, string(organisation)).
		Scan(&imported, &catalogue.Importer, &catalogue.Language, &entries, &refused, &catalogue.Refusals)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, consent.Errorf(consent.NotFound, "no_catalogue", "The organisation has no catalogue.")
	}
	if err == nil {
		err = errors.Join(json.Unmarshal(entries, &catalogue.Entries), json.Unmarshal(refused, &catalogue.Refused))
	}
	if err != nil {
		return nil, fmt.Errorf("read the catalogue: %w", err)
	}
	catalogue.Imported = moment(imported)
	return catalogue, nil
}

// SetCatalogue stores one in place of the one that was there.
func (s *Store) SetCatalogue(ctx context.Context, catalogue *consent.Catalogue) error {
	entries, err := json.Marshal(catalogue.Entries)
	if err != nil {
		return fmt.Errorf("encode the catalogue: %w", err)
	}
	refused, err := json.Marshal(catalogue.Refused)
	if err != nil {
		return fmt.Errorf("encode the catalogue: %w", err)
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, setCatalogue, string(catalogue.Organisation), millis(catalogue.Imported), int64(catalogue.Importer),
			string(catalogue.Language), string(entries), string(refused), catalogue.Refusals)
		return membershipError(err)
	})
}

// DropCatalogue takes it away.
func (s *Store) DropCatalogue(ctx context.Context, organisation consent.OrganisationID) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		return do(ctx, conn, dropCatalogue, string(organisation))
	})
}
