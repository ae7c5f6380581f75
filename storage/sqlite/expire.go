package sqlite

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// expireAtOnce is how many decisions expire in one transaction, so that new ones
// need not wait for old ones.
const expireAtOnce = 500

const (
	insertExpiring = `
INSERT INTO expiring (seq)
SELECT seq FROM decision
WHERE seq > ?1 AND seq <= ?2 AND time < ?3 AND site = (SELECT id FROM site WHERE key = ?4)
  AND seq NOT IN (SELECT seq FROM frozen)
ORDER BY seq LIMIT ?5`
	readExpiring      = `SELECT ` + namedColumns + ` FROM decision WHERE seq IN (SELECT seq FROM expiring) ORDER BY seq`
	deleteAllExpiring = `DELETE FROM expiring`

	deleteExpiring = `DELETE FROM decision WHERE seq IN (SELECT seq FROM expiring)`
)

// Expire removes a site's decisions from before a moment, but not frozen ones, and
// the ledgers of past years of which none is left. What is frozen the journal
// knows best: a command may run on a database that no server has opened since it
// was put back.
func (s *Store) Expire(ctx context.Context, site consent.SiteKey, before, now time.Time) ([]consent.Expired, error) {
	if err := s.restrictAgain(ctx); err != nil {
		return nil, err
	}
	until, err := s.expiredUntil(ctx, before)
	if err != nil {
		return nil, err
	}
	event := ledger.Event{Kind: ledger.Expire, Time: now, Reason: "retention"}
	if event.Notice, err = s.wordOf(ctx, site); err != nil {
		return nil, err
	}
	went := make(map[int]int)
	for after := int64(0); ; {
		var gone []named
		err := s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) (err error) {
			if gone, err = expire(ctx, conn, site, after, until, before); err != nil || len(gone) == 0 {
				return err
			}
			told, err := s.writer.locate(ctx, site, gone)
			if err != nil {
				return err
			}
			return s.writer.tell(ctx, told, event)
		})
		if err != nil {
			return expiredYears(went, nil, nil), err
		}
		if len(gone) == 0 {
			break
		}
		for _, one := range gone {
			went[yearOf(one.time)]++
		}
		after = gone[len(gone)-1].seq
	}
	dropped, err := s.dropYears(ctx, site, before, now)
	if err != nil {
		return expiredYears(went, nil, dropped), err
	}
	kept, err := s.countByYear(ctx, frozenByYear, site, until, before)
	return expiredYears(went, kept, dropped), err
}

// wordOf gives the hash of the notice in force, which says how long decisions are
// kept: of what stands there, whatever hash is beside it.
func (s *Store) wordOf(ctx context.Context, site consent.SiteKey) (string, error) {
	notice, err := consent.InForce(ctx, s, site)
	if err != nil || notice == nil {
		return "", err
	}
	return consent.HashOf(notice.JSON).String(), nil
}

// expire removes some of what has expired. What lies in its table before was put
// there by somebody else.
func expire(ctx context.Context, conn *sql.Conn, site consent.SiteKey, after, until int64, before time.Time) ([]named, error) {
	if _, err := conn.ExecContext(ctx, deleteAllExpiring); err != nil {
		return nil, fmt.Errorf("begin to find what has expired: %w", err)
	}
	if _, err := conn.ExecContext(ctx, insertExpiring, after, until, millis(before), string(site), expireAtOnce); err != nil {
		return nil, fmt.Errorf("find what has expired: %w", err)
	}
	gone, err := readNamed(ctx, conn, readExpiring)
	if err != nil || len(gone) == 0 {
		return nil, err
	}
	for _, statement := range []string{deleteExpiring, deleteAllExpiring} {
		if _, err := conn.ExecContext(ctx, statement); err != nil {
			return nil, fmt.Errorf("remove what has expired: %w", err)
		}
	}
	return gone, nil
}
