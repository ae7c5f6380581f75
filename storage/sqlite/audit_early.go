package sqlite

import (
	"cmp"
	"context"
	"database/sql"
	"errors"
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const publishedAt = `SELECT published FROM notice WHERE site = ? AND number = ?`

// asked is a notice of a site, and when it was published.
type asked struct {
	published int64 // 0 when that is not known
	early     int   // decisions under it that are dated before
	first     consent.LedgerFault
	last      int64 // the latest of their times
}

// numberedNotice is a notice by the row of its site.
type numberedNotice struct {
	site   int64
	notice consent.NoticeNumber
}

// dated looks whether a decision is dated before its notice was published. A ledger
// holds whatever is put into it; nobody could have answered then.
func (a *auditor) dated(ctx context.Context, t *tree, index int64, row *audited, shared *circumstance) error {
	if a.asked == nil {
		return nil
	}
	under := numberedNotice{shared.site, shared.key.notice}
	notice := a.asked[under]
	if notice == nil {
		notice = &asked{}
		err := a.reads.row(ctx, publishedAt, under.site, int64(under.notice)).Scan(&notice.published)
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return fmt.Errorf("read when a notice was published: %w", err)
		}
		a.asked[under] = notice
	}
	if row.time >= notice.published {
		return nil
	}
	if notice.early == 0 {
		notice.first = consent.LedgerFault{Site: t.site, Origin: t.origin, Index: index}
	}
	notice.early, notice.last = notice.early+1, max(notice.last, row.time)
	return nil
}

// early says of each notice how many decisions are dated before it.
func (a *auditor) early() (all []consent.EarlyDecisions) {
	for _, under := range slices.SortedFunc(maps.Keys(a.asked), func(x, y numberedNotice) int {
		return cmp.Or(cmp.Compare(x.site, y.site), cmp.Compare(x.notice, y.notice))
	}) {
		notice := a.asked[under]
		if notice.early == 0 {
			continue
		}
		what := "a decision is dated before notice %d, under which it was made, was published (%s; it is of %s): nobody can have answered it then. The clock was set back, or it was put there"
		if notice.early > 1 {
			what = fmt.Sprintf("this is the first of %d decisions that are", notice.early) + " dated before notice %d, under which they were made, was published (%s; the latest of them at %s): nobody can have answered it then. The clock was set back, or they were put there"
		}
		notice.first.Why = fmt.Sprintf(what, under.notice, inWords(notice.published), inWords(notice.last))
		all = append(all, consent.EarlyDecisions{
			LedgerFault: notice.first, Notice: under.notice, Count: notice.early,
			Published: time.UnixMilli(notice.published).UTC(), Latest: time.UnixMilli(notice.last).UTC(),
		})
	}
	return all
}

func inWords(millis int64) string {
	return time.UnixMilli(millis).UTC().Format("2006-01-02 15:04:05 UTC")
}
