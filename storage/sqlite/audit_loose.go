package sqlite

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

const (
	countDecisions = `
SELECT count(*) FROM decision WHERE site IN (SELECT id FROM site WHERE key = ?1 OR ?1 = '')`
	looseDecisions = `
SELECT site.key, seq FROM decision JOIN site ON site.id = decision.site WHERE site.key = ?1 OR ?1 = '' ORDER BY seq`
	noticesToAudit = `
SELECT site.key, number, hash, json FROM notice JOIN site ON site.id = notice.site WHERE site.key = ?1 OR ?1 = '' ORDER BY 1, 2`
	bundlesToAudit = `
SELECT site.key, bundle.key FROM bundle JOIN site ON site.id = bundle.site
WHERE site.key = ?1 OR ?1 = '' ORDER BY 1, bundle.id`
)

// around audits what the leaves do not hold: decisions without one, notices and
// bundles that are not what their hashes say, and trees that the anchor or a key
// knows and the database does not.
func (a *auditor) around(ctx context.Context, site consent.SiteKey) error {
	if err := a.loose(ctx, site); err != nil {
		return fmt.Errorf("look for decisions without a leaf: %w", err)
	}
	if err := a.sequence(ctx); err != nil {
		return fmt.Errorf("look at the numbers that were given: %w", err)
	}
	if err := a.notices(ctx, site); err != nil {
		return fmt.Errorf("audit the notices: %w", err)
	}
	if err := a.serviceDays(ctx, site); err != nil {
		return fmt.Errorf("audit when services were published: %w", err)
	}
	if err := a.bundles(ctx, site); err != nil {
		return fmt.Errorf("audit the bundles: %w", err)
	}
	if err := a.references(ctx); err != nil {
		return fmt.Errorf("look for what belongs to nothing: %w", err)
	}
	if !a.copied {
		if err := a.journalled(ctx, site); err != nil {
			return fmt.Errorf("hold the database against its journal: %w", err)
		}
		if err := a.orphaned(ctx, site); err != nil {
			return fmt.Errorf("hold the database against its keys: %w", err)
		}
	}
	for _, origin := range slices.Sorted(maps.Keys(a.anchored)) {
		if isEmpty(a.anchored[origin]) { // its first leaf is being committed, or never was
			continue
		}
		if _, of := yearIn(origin, site); of || site == "" {
			a.fault(consent.LedgerFault{Origin: origin, Index: -1, Flaw: consent.Flaw{Code: consent.FlawAnchorAlone, Why: "the anchor knows this ledger, and the database does not: it was rolled back or replaced"}})
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
			a.fault(consent.LedgerFault{Site: of, Index: -1, Flaw: consent.Flaw{Code: consent.FlawDecisionLoose, N: seq, Why: fmt.Sprintf("decision %d of the log has no leaf: it was put there past the ledger", seq)}})
		}
		return nil
	}, string(site))
}

// expiry is what the ledger says by which notice's word records expired.
type expiry struct {
	site   consent.SiteKey
	origin string
	index  int64
	notice string // its hash; "" in what was written before it was named
}

// notices holds each notice against its hash. One by whose word records expired has
// to be there.
func (a *auditor) notices(ctx context.Context, site consent.SiteKey) error {
	there := make(map[string]bool)
	err := a.reads.each(ctx, noticesToAudit, func(rows *sql.Rows) error {
		var of consent.SiteKey
		var number int
		var hash, text sql.RawBytes
		if err := rows.Scan(&of, &number, &hash, &text); err != nil {
			return err
		}
		if sum := consent.HashOf(text); !bytes.Equal(sum[:], hash) {
			a.fault(consent.LedgerFault{Site: of, Index: -1, Flaw: consent.Flaw{Code: consent.FlawNoticeChanged, N: int64(number), Why: fmt.Sprintf("notice %d is not what its hash says: it was changed", number)}})
		} else {
			there[string(of)+" "+sum.String()] = true
		}
		return nil
	}, string(site))
	for _, one := range a.expiries {
		if one.notice != "" && !there[string(one.site)+" "+one.notice] {
			a.fault(consent.LedgerFault{Site: one.site, Origin: one.origin, Index: one.index, Flaw: ledger.WithoutNotice(one.notice)})
		}
	}
	return err
}

// bundles holds the files of each bundle, and the pictures of it, against their
// hashes.
func (a *auditor) bundles(ctx context.Context, site consent.SiteKey) error {
	type name struct {
		site consent.SiteKey
		id   consent.BundleID
	}
	var all []name
	err := a.reads.each(ctx, bundlesToAudit, func(rows *sql.Rows) error {
		var one name
		err := rows.Scan(&one.site, &one.id)
		all = append(all, one)
		return err
	}, string(site))
	if err != nil {
		return err
	}
	for _, one := range all {
		bundle, err := a.Bundle(ctx, one.site, one.id)
		if err != nil && consent.KindOf(err) != consent.NotFound { // without a file it is not there
			return err
		}
		if err != nil || !bundle.Whole() {
			a.fault(consent.LedgerFault{Site: one.site, Index: -1, Flaw: consent.Flaw{Code: consent.FlawBundleChanged, Name: string(one.id), Why: fmt.Sprintf("bundle %s is not what its hash says: one of its files was changed", one.id)}})
		}
		if err := a.pictures(ctx, one.site, one.id); err != nil {
			return err
		}
	}
	return nil
}
