package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

const (
	countDecisions = `
SELECT count(*) FROM decision WHERE site IN (SELECT id FROM site WHERE key = ?1 OR ?1 = '')`
	looseDecisions = `
SELECT site.key, seq FROM decision JOIN site ON site.id = decision.site WHERE site.key = ?1 OR ?1 = '' ORDER BY seq`
	noticesToAudit = `
SELECT site.key, number, hash, json FROM notice JOIN site ON site.id = notice.site WHERE site.key = ?1 OR ?1 = '' ORDER BY 1, 2`
	bundlesToAudit = `
SELECT site.key, bundle.key, hash, body FROM bundle
JOIN site ON site.id = bundle.site
LEFT JOIN bundle_file ON bundle_file.bundle = bundle.id AND bundle_file.name = '` + consent.MainFile + `'
WHERE site.key = ?1 OR ?1 = '' ORDER BY 1, bundle.id`
)

// around audits what the leaves do not hold: decisions without one, notices and
// bundles that are not what their hashes say, and trees that the anchor knows
// and the database does not.
func (a *auditor) around(ctx context.Context, site consent.SiteKey) error {
	if err := a.loose(ctx, site); err != nil {
		return fmt.Errorf("look for decisions without a leaf: %w", err)
	}
	if err := a.published(ctx, site, noticesToAudit, "notice"); err != nil {
		return err
	}
	if err := a.published(ctx, site, bundlesToAudit, "bundle"); err != nil {
		return err
	}
	if err := a.references(ctx); err != nil {
		return fmt.Errorf("look for what belongs to nothing: %w", err)
	}
	if err := a.stubs(ctx, site); err != nil {
		return fmt.Errorf("look for what was erased: %w", err)
	}
	for _, origin := range slices.Sorted(maps.Keys(a.anchored)) {
		if _, of := yearIn(origin, site); of || site == "" {
			a.fault(consent.LedgerFault{Origin: origin, Index: -1, Why: "the anchor knows this ledger, and the database does not: it was rolled back or replaced"})
		}
	}
	return nil
}

// loose finds decisions that no leaf holds. They are only looked for when there
// are too many.
func (a *auditor) loose(ctx context.Context, site consent.SiteKey) error {
	var count int64
	if err := a.reads.row(ctx, countDecisions, string(site)).Scan(&count); err != nil || count == a.seenCount {
		return err
	}
	return a.reads.each(ctx, looseDecisions, func(rows *sql.Rows) error {
		var of consent.SiteKey
		var seq int64
		if err := rows.Scan(&of, &seq); err != nil {
			return err
		}
		if !a.seen.Has(seq) {
			a.fault(consent.LedgerFault{Site: of, Index: -1, Why: fmt.Sprintf("decision %d of the log has no leaf: it was put there past the ledger", seq)})
		}
		return nil
	}, string(site))
}

// published holds what was published against its hash.
func (a *auditor) published(ctx context.Context, site consent.SiteKey, text, what string) error {
	err := a.reads.each(ctx, text, func(rows *sql.Rows) error {
		var of consent.SiteKey
		var name string
		var hash, body sql.RawBytes
		if err := rows.Scan(&of, &name, &hash, &body); err != nil {
			return err
		}
		if sum := consent.HashOf(body); !bytes.Equal(sum[:], hash) {
			a.fault(consent.LedgerFault{Site: of, Index: -1, Why: what + " " + name + " is not what its hash says: it was changed"})
		}
		return nil
	}, string(site))
	if err != nil {
		return fmt.Errorf("audit each %s: %w", what, err)
	}
	return nil
}
