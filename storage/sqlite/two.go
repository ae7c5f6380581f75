package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	needsTwo   = `SELECT coalesce((SELECT two FROM organisation WHERE id = ?), 0)`
	siteTwo    = `SELECT coalesce((SELECT two FROM organisation JOIN site ON site.organisation = organisation.id WHERE site.key = ?), 0)`
	twoRule    = `SELECT two, two_since, two_ender, two_asked FROM organisation WHERE id = ?`
	setTwoRule = `UPDATE organisation SET two = ?2, two_since = ?3, two_ender = ?4, two_asked = ?5 WHERE id = ?1`

	noteLetIn = `
INSERT INTO let_in (account, maker, organisation, time) SELECT ?1, ?2, ?3, ?4 WHERE ?1 <> ?2
ON CONFLICT (account, maker, organisation) DO UPDATE SET time = excluded.time`
	letInSince = `SELECT DISTINCT account, maker FROM let_in WHERE organisation IN ('', ?) AND time >= ? ORDER BY account, maker`
)

// NeedsTwo says whether nobody publishes alone.
func (s *Store) NeedsTwo(ctx context.Context, organisation consent.OrganisationID) (needed bool, err error) {
	err = s.reads.row(ctx, needsTwo, string(organisation)).Scan(&needed)
	return needed, err
}

// mayAlone refuses what one person publishes where two are required. Whoever asks before the
// change may be told what does not hold any more when it is made.
func mayAlone(ctx context.Context, conn *sql.Conn, site consent.SiteKey) error {
	return unlessTwo(ctx, conn, siteTwo, string(site), consent.ErrApprovalNeeded)
}

// mayByKey refuses a role that publishes from a key where two people are required.
func mayByKey(ctx context.Context, conn *sql.Conn, organisation consent.OrganisationID, role consent.AccountRole, refuse func() error) error {
	if !role.May(consent.MayPublish) {
		return nil
	}
	return unlessTwo(ctx, conn, needsTwo, string(organisation), refuse)
}

func unlessTwo(ctx context.Context, conn *sql.Conn, query, of string, refuse func() error) error {
	var needed bool
	if err := conn.QueryRowContext(ctx, query, of).Scan(&needed); err != nil {
		return fmt.Errorf("read whether two people are required: %w", err)
	}
	if needed {
		return refuse()
	}
	return nil
}

// TwoRule gives whether nobody publishes alone, and who wants to end that.
func (s *Store) TwoRule(ctx context.Context, organisation consent.OrganisationID) (consent.TwoRule, error) {
	return scanTwoRule(s.reads.row(ctx, twoRule, string(organisation)))
}

// SetTwoRule stores it in place of what it was.
func (s *Store) SetTwoRule(ctx context.Context, organisation consent.OrganisationID, rule, was consent.TwoRule) error {
	return s.writer.run(ctx, func(ctx context.Context, conn *sql.Conn) error {
		is, err := scanTwoRule(conn.QueryRowContext(ctx, twoRule, string(organisation)))
		if err != nil {
			return err
		}
		if is != was {
			return consent.Errorf(consent.Conflict, "two_changed", "Somebody else has changed this meanwhile. Look at it again.")
		}
		s.writer.changed("two_people", yesNo(was.On), yesNo(rule.On))
		s.writer.changed("two_people.end_proposed_by", accountTold(was.Ender), accountTold(rule.Ender))
		_, err = conn.ExecContext(ctx, setTwoRule, string(organisation), rule.On, millisOrNone(rule.Since), int64(rule.Ender), millisOrNone(rule.Asked))
		return organisationError(err)
	})
}

func scanTwoRule(row oneRow) (rule consent.TwoRule, err error) {
	var since, asked int64
	err = row.Scan(&rule.On, &since, &rule.Ender, &asked)
	if errors.Is(err, sql.ErrNoRows) {
		return rule, consent.Errorf(consent.NotFound, "unknown_organisation", "There is no such organisation.")
	}
	rule.Since, rule.Asked = momentOrNone(since), momentOrNone(asked)
	return rule, err
}

// LetInSince gives who was let in by whom from a moment on, as far as it counts in an
// organisation.
func (s *Store) LetInSince(ctx context.Context, organisation consent.OrganisationID, from time.Time) (all []consent.LetIn, err error) {
	err = s.reads.each(ctx, letInSince, func(rows *sql.Rows) error {
		var let consent.LetIn
		err := rows.Scan(&let.Account, &let.Maker)
		all = append(all, let)
		return err
	}, string(organisation), millisOrNone(from))
	return all, err
}

// letIn keeps that an account came in by another's hand, into an organisation or, where
// that is "", as a whole; 0 is a command on the machine.
func letIn(ctx context.Context, conn *sql.Conn, account consent.AccountID, maker int64, organisation string, now time.Time) error {
	if maker == 0 {
		return nil
	}
	if _, err := conn.ExecContext(ctx, noteLetIn, int64(account), maker, organisation, millis(now)); err != nil {
		return fmt.Errorf("keep who let somebody in: %w", err)
	}
	return nil
}
