package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const insertBundle = `
INSERT INTO bundle (site, key, notice, hash, built)
SELECT site.id, ?, notice.number, ?, ? FROM site JOIN notice ON notice.site = site.id
WHERE site.key = ? AND notice.number = ? AND notice.hash = ?
ON CONFLICT (site, key) DO NOTHING
RETURNING id`

// SaveBundle keeps a bundle. What is kept under its id already stays.
func (s *Store) SaveBundle(ctx context.Context, b *consent.Bundle) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		id, err := newBundle(ctx, conn, b)
		if err != nil || id == 0 {
			return err
		}
		for name, body := range b.Files {
			if body == nil {
				body = []byte{}
			}
			if _, err := conn.ExecContext(ctx, "INSERT INTO bundle_file (bundle, name, body) VALUES (?, ?, ?)", id, name, body); err != nil {
				return fmt.Errorf("store the bundle file %s: %w", name, err)
			}
		}
		return nil
	})
}

// newBundle gives the row's id, or 0 when the bundle is kept already.
func newBundle(ctx context.Context, conn *sql.Conn, b *consent.Bundle) (id int64, err error) {
	rows, err := conn.QueryContext(ctx, insertBundle, string(b.ID), b.Hash[:], millis(b.Built), string(b.Site), int(b.Notice), b.NoticeHash[:])
	if err != nil {
		return 0, fmt.Errorf("store the bundle: %w", err)
	}
	defer rows.Close()
	if rows.Next() {
		return id, rows.Scan(&id)
	}
	if err := rows.Err(); err != nil {
		return 0, fmt.Errorf("store the bundle: %w", err)
	}
	var known int
	err = conn.QueryRowContext(ctx, "SELECT count(*) FROM bundle WHERE key = ? AND site = (SELECT id FROM site WHERE key = ?)", string(b.ID), string(b.Site)).Scan(&known)
	if err != nil || known == 1 {
		return 0, err
	}
	return 0, consent.Errorf(consent.NotFound, "unknown_notice", "There is no notice %d with that hash of the site %q. Publish it before its bundle is built.", b.Notice, b.Site)
}

// Bundles gives the ids of a site's bundles, oldest first.
func (s *Store) Bundles(ctx context.Context, site consent.SiteKey) ([]consent.BundleID, error) {
	var ids []consent.BundleID
	err := s.reads.each(ctx, allBundles, func(rows *sql.Rows) error {
		var id consent.BundleID
		if err := rows.Scan(&id); err != nil {
			return err
		}
		ids = append(ids, id)
		return nil
	}, string(site))
	if err != nil {
		return nil, fmt.Errorf("list the bundles: %w", err)
	}
	return ids, nil
}

// BundleEntry gives one bundle's entry.
func (s *Store) BundleEntry(ctx context.Context, site consent.SiteKey, id consent.BundleID) (consent.BundleEntry, error) {
	var entry consent.BundleEntry
	var noticeHash, hash []byte
	var built int64
	err := s.reads.row(ctx, bundleEntry, string(id), string(site)).Scan(&entry.Notice, &noticeHash, &hash, &built)
	if errors.Is(err, sql.ErrNoRows) {
		return consent.BundleEntry{}, errNoBundle(site, id)
	}
	if err != nil {
		return consent.BundleEntry{}, fmt.Errorf("read the entry of the bundle %s: %w", id, err)
	}
	copy(entry.NoticeHash[:], noticeHash)
	copy(entry.Hash[:], hash)
	entry.Built = moment(built)
	return entry, nil
}

// Bundle gives one bundle with its files.
func (s *Store) Bundle(ctx context.Context, site consent.SiteKey, id consent.BundleID) (*consent.Bundle, error) {
	rows, err := s.reads.query(ctx, bundleAndFiles, string(id), string(site))
	if err != nil {
		return nil, fmt.Errorf("read the bundle: %w", err)
	}
	defer rows.Close()
	b := &consent.Bundle{Site: site, ID: id, Files: make(map[string][]byte)}
	for rows.Next() {
		var noticeHash, hash sql.RawBytes
		var built int64
		var name string
		var body []byte
		if err := rows.Scan(&b.Notice, &noticeHash, &hash, &built, &name, &body); err != nil {
			return nil, fmt.Errorf("read the bundle %s: %w", id, err)
		}
		copy(b.NoticeHash[:], noticeHash)
		copy(b.Hash[:], hash)
		b.Built = moment(built)
		b.Files[name] = body
	}
	if err := rows.Err(); err != nil {
		return nil, fmt.Errorf("read the bundle %s: %w", id, err)
	}
	if b.Notice == 0 {
		return nil, errNoBundle(site, id)
	}
	return b, nil
}

func errNoBundle(site consent.SiteKey, id consent.BundleID) error {
	return consent.Errorf(consent.NotFound, "unknown_bundle", "There is no bundle %q of the site %q.", id, site)
}
