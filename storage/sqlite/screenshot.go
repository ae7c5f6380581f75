package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

const (
	bundleRow        = `SELECT bundle.id FROM bundle JOIN site ON site.id = bundle.site WHERE site.key = ? AND bundle.key = ?`
	insertScreenshot = `
INSERT INTO screenshot (bundle, language, layer, width, taken, hash, png) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT (bundle, language, layer, width) DO NOTHING`
)

// SaveScreenshots keeps pictures of a bundle. Those that are kept already stay.
func (s *Store) SaveScreenshots(ctx context.Context, site consent.SiteKey, id consent.BundleID, taken []consent.Screenshot) error {
	for i := range taken {
		if consent.HashOf(taken[i].PNG) != taken[i].Hash {
			return consent.Errorf(consent.Invalid, "wrong_hash", "The hash of screenshot %d is not that of its picture. Take it again.", i+1)
		}
	}
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		var bundle int64
		err := conn.QueryRowContext(ctx, bundleRow, string(site), string(id)).Scan(&bundle)
		if errors.Is(err, sql.ErrNoRows) {
			return errNoBundle(site, id)
		}
		if err != nil {
			return fmt.Errorf("find the bundle %s: %w", id, err)
		}
		for i := range taken {
			shot := &taken[i]
			_, err := conn.ExecContext(ctx, insertScreenshot, bundle, string(shot.Language), string(shot.Layer), shot.Width,
				millis(shot.Taken), shot.Hash[:], shot.PNG)
			if err != nil {
				return fmt.Errorf("store a screenshot: %w", err)
			}
		}
		return nil
	})
}

// Screenshots gives the pictures of a bundle.
func (s *Store) Screenshots(ctx context.Context, site consent.SiteKey, id consent.BundleID) ([]consent.Screenshot, error) {
	var all []consent.Screenshot
	err := s.reads.each(ctx, screenshots, func(rows *sql.Rows) error {
		var shot consent.Screenshot
		var taken int64
		var hash sql.RawBytes
		if err := rows.Scan(&shot.Language, &shot.Layer, &shot.Width, &taken, &hash, &shot.PNG); err != nil {
			return err
		}
		copy(shot.Hash[:], hash)
		shot.Taken = moment(taken)
		all = append(all, shot)
		return nil
	}, string(id), string(site))
	if err != nil {
		return nil, fmt.Errorf("read the screenshots of the bundle %s: %w", id, err)
	}
	return all, nil
}
