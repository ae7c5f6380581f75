package sqlite

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// decisionColumns is what a page of the log is read from.
const decisionColumns = `decision.seq, circumstance, decision.id, visitor, visitor_rest, previous, time, skew`

// entryColumns say besides whether a decision is frozen, and held by the operator.
const entryColumns = decisionColumns + `, EXISTS (SELECT 1 FROM frozen WHERE frozen.seq = decision.seq), EXISTS (SELECT 1 FROM frozen WHERE frozen.seq = decision.seq AND reason <> 'asked')`

// The reading statements. Every text is constant; input only comes as parameters.
const (
	// A walk reads a stretch of the log in order and keeps what is wanted. It
	// suits queries that many rows match. (The plus keeps SQLite from the index.)
	walkOldest = `
SELECT ` + entryColumns + ` FROM decision
WHERE seq > ?1 AND seq <= ?2 AND +circumstance IN (SELECT value FROM json_each(?4)) AND time >= ?5 AND time < ?6
ORDER BY seq LIMIT ?3`
	walkNewest = `
SELECT ` + entryColumns + ` FROM decision
WHERE seq > ?1 AND seq <= ?2 AND +circumstance IN (SELECT value FROM json_each(?4)) AND time >= ?5 AND time < ?6
ORDER BY seq DESC LIMIT ?3`

	// A seek takes the next rows of each wanted circumstance from the index
	// and merges them. It suits queries that few rows match.
	seekOldest = `
SELECT ` + entryColumns + ` FROM json_each(?4) AS wanted
JOIN decision ON decision.seq IN (
  SELECT seq FROM decision AS d
  WHERE d.circumstance = wanted.value AND d.seq > ?1 AND d.seq <= ?2 AND d.time >= ?5 AND d.time < ?6
  ORDER BY d.seq LIMIT ?3)
ORDER BY decision.seq LIMIT ?3`
	seekNewest = `
SELECT ` + entryColumns + ` FROM json_each(?4) AS wanted
JOIN decision ON decision.seq IN (
  SELECT seq FROM decision AS d
  WHERE d.circumstance = wanted.value AND d.seq > ?1 AND d.seq <= ?2 AND d.time >= ?5 AND d.time < ?6
  ORDER BY d.seq DESC LIMIT ?3)
ORDER BY decision.seq DESC LIMIT ?3`

	byReceipt = `
SELECT ` + entryColumns + ` FROM decision WHERE site = (SELECT id FROM site WHERE key = ?) AND id = ?`
	byVisitor = `
SELECT ` + entryColumns + ` FROM decision
WHERE visitor = ? AND visitor_rest = ? AND site = (SELECT id FROM site WHERE key = ?) ORDER BY seq`

	// wantedCircumstances gives the site's circumstances, or those of a method, a
	// language or a notice, or that grant something in a category. It reads the
	// site's part of the table, which is small, and never the log.
	wantedCircumstances = `
SELECT coalesce(json_group_array(circumstance.id), '[]') FROM circumstance
WHERE site = (SELECT id FROM site WHERE key = ?1)
  AND (?2 = '' OR method = ?2)
  AND (?4 = '' OR language = ?4)
  AND (?5 = 0 OR notice = ?5)
  AND (?3 = ''
    OR EXISTS (SELECT 1 FROM json_each(choice, '$.categories') AS c WHERE c.key = ?3 AND c.value)
    OR EXISTS (SELECT 1 FROM json_each(choice, '$.services') AS s
               WHERE substr(s.key, 1, length(?3) + 1) = ?3 || '/' AND s.value))`

	circumstanceByID = `
SELECT site.id, site.key, circumstance.notice, bundle.key, language, method, layer, state, gpc, choice,
  notice.hash, bundle.hash, notice.json ->> '$.draft.organisation.id'
FROM circumstance JOIN site ON site.id = circumstance.site JOIN bundle ON bundle.id = circumstance.bundle
JOIN notice ON notice.site = site.id AND notice.number = circumstance.notice
WHERE circumstance.id = ?`

	// hourBounds gives the part of the log in which the hours lie.
	hourBounds = `SELECT coalesce(min(first), 0) - 1, coalesce(max(last), -1) FROM hour WHERE hour BETWEEN ? AND ?`
	newestSeq  = `SELECT coalesce(max(seq), 0) FROM decision`

	// An entry stands before the text in its row, so the text is not touched.
	noticeEntries = `SELECT number, hash, published FROM notice WHERE site = (SELECT id FROM site WHERE key = ?)`
	allNotices    = noticeEntries + ` ORDER BY number DESC`
	currentNotice = allNotices + ` LIMIT 1`
	noticeEntry   = noticeEntries + ` AND number = ?`
	oneNotice     = `SELECT json FROM notice WHERE site = (SELECT id FROM site WHERE key = ?) AND number = ?`

	oneDraft = `SELECT draft, revision FROM site WHERE key = ?`
	siteSize = `
SELECT max(octet_length(draft), coalesce((SELECT max(octet_length(json)) FROM notice WHERE notice.site = site.id), 0)) FROM site WHERE key = ?`
	// The index has what stands behind the draft in the row, which would be read through.
	siteEntries = `
SELECT key, organisation, name, changed, coalesce((SELECT max(number) FROM notice WHERE notice.site = site.id), 0) FROM site INDEXED BY site_entry`
	allSites = siteEntries + ` ORDER BY key`
	oneSite  = siteEntries + ` WHERE key = ?`

	allBundles = `SELECT key FROM bundle WHERE site = (SELECT id FROM site WHERE key = ?) ORDER BY id`

	bundleEntry = `
SELECT bundle.notice, notice.hash, bundle.hash, bundle.built
FROM site
JOIN bundle ON bundle.site = site.id AND bundle.key = ?
JOIN notice ON notice.site = site.id AND notice.number = bundle.notice
WHERE site.key = ?`
	bundleAndFiles = `
SELECT bundle.notice, notice.hash, bundle.hash, bundle.built, bundle_file.name, bundle_file.body
FROM site
JOIN bundle ON bundle.site = site.id AND bundle.key = ?
JOIN notice ON notice.site = site.id AND notice.number = bundle.notice
JOIN bundle_file ON bundle_file.bundle = bundle.id
WHERE site.key = ?`

	screenshots = `
SELECT language, layer, width, taken, screenshot.hash, png
FROM site JOIN bundle ON bundle.site = site.id AND bundle.key = ? JOIN screenshot ON screenshot.bundle = bundle.id
WHERE site.key = ? ORDER BY language, layer, width`

	// What is left out goes by no count: it would tell which of two was seen more often.
	recentFindings = `
SELECT day, kind, name, count, last FROM finding WHERE site = (SELECT id FROM site WHERE key = ?)
ORDER BY day DESC, kind IN ('stuck', 'residual') DESC, kind, name LIMIT 1000`
)

// statements are the reading statements, prepared once for the whole pool, or for
// one connection.
type statements struct {
	prepared map[string]*sql.Stmt
}

// preparer is a pool, or one connection of it.
type preparer interface {
	PrepareContext(ctx context.Context, text string) (*sql.Stmt, error)
}

func prepareReads(ctx context.Context, db preparer) (*statements, error) {
	s := &statements{prepared: make(map[string]*sql.Stmt)}
	for _, text := range []string{
		walkOldest, walkNewest, seekOldest, seekNewest, byReceipt, byVisitor, wantedCircumstances, circumstanceByID,
		hourBounds, newestSeq, currentNotice, noticeEntry, oneNotice, allNotices, oneDraft, siteSize, logSize, allSites, oneSite, allBundles,
		bundleEntry, bundleAndFiles, screenshots, recentFindings, oneRequest, manyRequests,
		saltedDecision, oneLeaf, leavesByID, allTrees, treesOfYear, treeByOrigin, laterParts,
		ofReceipt, allFrozen, dueByYear, frozenByYear, expireEvents, spentTrees,
		auditLeaves, countDecisions, sequenceAndNumbers, looseDecisions, noticesToAudit, serviceDaysApart, idOfSite, dailyOfSite, storedOfSite, frozenOfSite, bundlesToAudit,
		talliesBetween, siteKeys, oneHour, publishedAt, oneErased, oneStub, oneFrozen, allErased, danglingRows, figuresBetween, closedBetween, figuresJudged,
		allRefusals,
		allOrganisations, oneAccount, accountByEmail, accountByOldEmail, allAccounts, membershipsOf, allMemberships, oneLogin, loginsOf, oneLink, walkActs, seekActs, countActs, allTrails, trailsOf, trailBreaks, actHashes, wholeTrail, appOf, codesOf, passkeysOf, onePasskey, haveFactors, needsFactor, lacksFactor, oneInvitation, invitationsTo, oneIdentity, identityOf, haveIdentity, accessByHash, accessesOf, accessesBy,
		planOf, duePlans, proposals, draftSaver, draftSavers, needsTwo, twoRule, letInSince, readClock, originProofs, catalogueOf, allRecipients, allReviews, reviewInterval,
	} {
		statement, err := db.PrepareContext(ctx, text) //nolint:sqlclosecheck // closed with the others
		if err != nil {
			return nil, errors.Join(fmt.Errorf("prepare %q: %w", text, err), s.close())
		}
		s.prepared[text] = statement
	}
	return s, nil
}

// QueryContext makes the statements a querier.
func (s *statements) QueryContext(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return s.query(ctx, text, args...)
}

func (s *statements) query(ctx context.Context, text string, args ...any) (*sql.Rows, error) {
	return s.prepared[text].QueryContext(ctx, args...)
}

func (s *statements) row(ctx context.Context, text string, args ...any) *sql.Row {
	return s.prepared[text].QueryRowContext(ctx, args...)
}

// each runs over the rows of a statement.
func (s *statements) each(ctx context.Context, text string, row func(*sql.Rows) error, args ...any) error {
	rows, err := s.query(ctx, text, args...)
	if err != nil {
		return err
	}
	defer rows.Close()
	for rows.Next() {
		if err := row(rows); err != nil {
			return err
		}
	}
	return rows.Err()
}

// listed gives what the rows of a statement say, in their order.
func listed[T any](ctx context.Context, from *statements, text string, scan func(oneRow) (*T, error), args ...any) ([]T, error) {
	var all []T
	err := from.each(ctx, text, func(rows *sql.Rows) error {
		one, err := scan(rows)
		if err == nil {
			all = append(all, *one)
		}
		return err
	}, args...)
	return all, err
}

func (s *statements) close() error {
	errs := make([]error, 0, len(s.prepared))
	for _, statement := range s.prepared {
		errs = append(errs, statement.Close())
	}
	return errors.Join(errs...)
}
