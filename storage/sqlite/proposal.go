package sqlite

import (
	"context"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// proposals are all at once: a page that lists sites asks for them.
const proposals = `
SELECT plan.id, site.key, plan.state, plan.revision, plan.revision <> site.revision, proposer, proposed, comment, due, coalesce(decider, 0), decided, reason,
  site.organisation, coalesce((SELECT published FROM notice WHERE notice.site = site.id ORDER BY number DESC LIMIT 1), 0),
  coalesce((SELECT group_concat(account) FROM (
    SELECT site.saver AS account WHERE site.saver > 0 UNION SELECT saver.account FROM saver WHERE saver.site = site.id)), '')
FROM plan JOIN site ON site.id = plan.site
WHERE plan.state = 'returned' OR plan.state = 'proposed' AND plan.revision = site.revision
ORDER BY site.key`

// Proposals gives those of all sites that wait, and those that were sent back.
func (s *Store) Proposals(ctx context.Context) ([]consent.Proposal, error) {
	return listed(ctx, s.reads, proposals, scanProposal)
}

func scanProposal(row oneRow) (*consent.Proposal, error) {
	found := new(consent.Proposal)
	var published int64
	var savers string
	plan, err := scanPlan(further{row, []any{&found.Organisation, &published, &savers}})
	if err != nil {
		return nil, err
	}
	found.Plan, found.Published = *plan, momentOrNone(published)
	for text := range strings.SplitSeq(savers, ",") {
		if id, err := strconv.ParseInt(text, 10, 64); err == nil { // none is an empty text
			found.Savers = append(found.Savers, consent.AccountID(id))
		}
	}
	return found, nil
}

// further is a row with columns after those that a scan knows.
type further struct {
	oneRow
	into []any
}

func (f further) Scan(known ...any) error { return f.oneRow.Scan(append(known, f.into...)...) }
