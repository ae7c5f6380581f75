package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// insertNotice does nothing unless the number is the next one, so that of two
// people who publish at once only one wins.
const insertNotice = `
INSERT INTO notice (site, number, hash, published, json)
SELECT site.id, ?1, ?2, ?3, ?4 FROM site
WHERE site.key = ?5 AND ?1 = 1 + coalesce((SELECT max(number) FROM notice WHERE notice.site = site.id), 0)`

// SaveNotice appends a notice and makes it the current one.
func (s *Store) SaveNotice(ctx context.Context, site consent.SiteKey, notice *consent.Notice) error {
	return s.saveNotice(ctx, site, notice, func(ctx context.Context, conn *sql.Conn) error { return planEnds(ctx, conn, site) })
}

// SaveAlone does so where nobody else has to agree.
func (s *Store) SaveAlone(ctx context.Context, site consent.SiteKey, notice *consent.Notice) error {
	return s.saveNotice(ctx, site, notice, func(ctx context.Context, conn *sql.Conn) error {
		if err := mayAlone(ctx, conn, site); err != nil {
			return err
		}
		return planEnds(ctx, conn, site)
	})
}

func planEnds(ctx context.Context, conn *sql.Conn, site consent.SiteKey) error {
	if _, err := conn.ExecContext(ctx, endPlan, string(site)); err != nil {
		return fmt.Errorf("end the plan: %w", err)
	}
	return nil
}

// saveNotice appends a notice when what was planned before could be ended.
func (s *Store) saveNotice(ctx context.Context, site consent.SiteKey, notice *consent.Notice, end job) error {
	if consent.HashOf(notice.JSON) != notice.Hash {
		return consent.Errorf(consent.Invalid, "wrong_hash", "The hash of notice %d is not that of its text. Freeze the draft again.", notice.Number)
	}
	number, hash, published, text := notice.Number, notice.Hash, millis(notice.Published), string(notice.JSON)
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		if err := end(ctx, conn); err != nil {
			return err
		}
		result, err := conn.ExecContext(ctx, insertNotice, int(number), hash[:], published, text, string(site))
		if err != nil {
			return fmt.Errorf("store the notice: %w", err)
		}
		if n, err := result.RowsAffected(); err != nil || n == 1 {
			return err
		}
		return whyNotNext(ctx, conn, site, number)
	})
}

func whyNotNext(ctx context.Context, conn *sql.Conn, site consent.SiteKey, number consent.NoticeNumber) error {
	var sites int
	var current consent.NoticeNumber
	err := conn.QueryRowContext(ctx, `
SELECT count(DISTINCT site.id), coalesce(max(notice.number), 0) FROM site LEFT JOIN notice ON notice.site = site.id
WHERE site.key = ?`, string(site)).Scan(&sites, &current)
	if err != nil {
		return fmt.Errorf("read the current notice: %w", err)
	}
	if sites == 0 {
		return errNoSite(site)
	}
	return consent.Errorf(consent.Conflict, "notice_number", "Notice %d cannot follow notice %d. Somebody published meanwhile: read the current notice again and publish as number %d.", number, current, current+1)
}

// CurrentNotice gives the entry of the newest notice.
func (s *Store) CurrentNotice(ctx context.Context, site consent.SiteKey) (consent.NoticeEntry, error) {
	entry, err := scanNotice(s.reads.row(ctx, currentNotice, string(site)))
	if errors.Is(err, sql.ErrNoRows) {
		return consent.NoticeEntry{}, consent.Errorf(consent.NotFound, "no_notice", "There is no site %q with a published notice. Import its site file and publish it.", site)
	}
	return entry, err
}

// NoticeEntry gives the entry of one notice.
func (s *Store) NoticeEntry(ctx context.Context, site consent.SiteKey, number consent.NoticeNumber) (consent.NoticeEntry, error) {
	entry, err := scanNotice(s.reads.row(ctx, noticeEntry, string(site), int(number)))
	if errors.Is(err, sql.ErrNoRows) {
		return consent.NoticeEntry{}, errNoNotice(site, number)
	}
	return entry, err
}

// Notice gives one notice with its draft decoded.
func (s *Store) Notice(ctx context.Context, site consent.SiteKey, number consent.NoticeNumber) (*consent.Notice, error) {
	var text []byte
	err := s.reads.row(ctx, oneNotice, string(site), int(number)).Scan(&text)
	if errors.Is(err, sql.ErrNoRows) {
		return nil, errNoNotice(site, number)
	}
	if err != nil {
		return nil, fmt.Errorf("read the notice: %w", err)
	}
	notice, err := consent.ParseNotice(text)
	if err != nil {
		return nil, fmt.Errorf("decode notice %d of %s: %w", number, site, err)
	}
	return notice, nil
}

// Notices lists a site's notices, newest first.
func (s *Store) Notices(ctx context.Context, site consent.SiteKey) ([]consent.NoticeEntry, error) {
	rows, err := s.reads.query(ctx, allNotices, string(site))
	if err != nil {
		return nil, fmt.Errorf("list the notices: %w", err)
	}
	defer rows.Close()
	var notices []consent.NoticeEntry
	for rows.Next() {
		entry, err := scanNotice(rows)
		if err != nil {
			return nil, err
		}
		notices = append(notices, entry)
	}
	return notices, rows.Err()
}

// scanNotice reads the row of an entry.
func scanNotice(row interface{ Scan(into ...any) error }) (consent.NoticeEntry, error) {
	var entry consent.NoticeEntry
	var hash []byte
	var published int64
	if err := row.Scan(&entry.Number, &hash, &published); err != nil {
		return consent.NoticeEntry{}, fmt.Errorf("read the entry of a notice: %w", err)
	}
	copy(entry.Hash[:], hash)
	entry.Published = moment(published)
	return entry, nil
}

func errNoNotice(site consent.SiteKey, number consent.NoticeNumber) error {
	return consent.Errorf(consent.NotFound, "unknown_notice", "There is no notice %d of the site %q.", number, site)
}
