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

const upsertSite = `
INSERT INTO site (key, organisation, name, draft, changed) VALUES (?, ?, ?, ?, ?)
ON CONFLICT (key) DO UPDATE SET
  organisation = excluded.organisation, name = excluded.name, draft = excluded.draft, changed = excluded.changed`

// SaveDraft creates the site or replaces its draft.
func (s *Store) SaveDraft(ctx context.Context, draft consent.Draft, now time.Time) error {
	name, err := json.Marshal(draft.Site.Name)
	if err != nil {
		return fmt.Errorf("encode the site's name: %w", err)
	}
	text, err := json.Marshal(draft)
	if err != nil {
		return fmt.Errorf("encode the draft: %w", err)
	}
	key, organisation := string(draft.Site.Key), string(draft.Organisation.ID)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		_, err := conn.ExecContext(ctx, upsertSite, key, organisation, string(name), string(text), millis(now))
		if isConstraint(err) {
			return &consent.Error{Kind: consent.Invalid, Code: "invalid_site", Message: fmt.Sprintf("The site key %q cannot be used. Write 1 to 40 of a-z, 0-9 and hyphen, beginning with a letter or digit.", key), Err: err}
		}
		if err != nil {
			return fmt.Errorf("store the draft: %w", err)
		}
		return nil
	})
}

// Draft gives a site's draft.
func (s *Store) Draft(ctx context.Context, site consent.SiteKey) (*consent.Draft, error) {
	var text []byte
	err := s.reads.row(ctx, oneDraft, string(site)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoSite(site)
	}
	if err != nil {
		return nil, fmt.Errorf("read the draft: %w", err)
	}
	draft := new(consent.Draft)
	if err := json.Unmarshal(text, draft); err != nil {
		return nil, fmt.Errorf("decode the draft of %s: %w", site, err)
	}
	return draft, nil
}

// Sites gives every site in key order.
func (s *Store) Sites(ctx context.Context) ([]consent.SiteEntry, error) {
	rows, err := s.reads.query(ctx, allSites)
	if err != nil {
		return nil, fmt.Errorf("list the sites: %w", err)
	}
	defer rows.Close()
	var sites []consent.SiteEntry
	for rows.Next() {
		var e consent.SiteEntry
		var name []byte
		var changed int64
		if err := rows.Scan(&e.Key, &e.Organisation, &name, &changed, &e.Notice); err != nil {
			return nil, fmt.Errorf("read a site: %w", err)
		}
		if err := json.Unmarshal(name, &e.Name); err != nil {
			return nil, fmt.Errorf("decode the name of %s: %w", e.Key, err)
		}
		e.Changed = moment(changed)
		sites = append(sites, e)
	}
	return sites, rows.Err()
}
