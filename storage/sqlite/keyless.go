package sqlite

import (
	"context"
	"errors"

	"github.com/samtykke/samtykke/consent"
)

// CanSign says whether there are keys for the trees that still grow, the newest of
// each site. A server without one would refuse every decision, and say so only when
// the first comes.
func (s *Store) CanSign(ctx context.Context) error {
	trees, err := readTrees(ctx, s.reads, allTrees, "")
	if err != nil {
		return err
	}
	var errs []error
	for _, why := range s.unsigning(trees) {
		errs = append(errs, errors.New(why.Why))
	}
	return errors.Join(errs...)
}

// unsigning says why nothing could be signed of trees that still grow.
func (s *Store) unsigning(trees []*tree) (why []consent.LedgerFault) {
	seen := make(map[consent.SiteKey]bool)
	for _, t := range trees { // the newest comes first
		if !seen[t.site] && t.size > 0 && t.dropped == nil {
			if err := s.signers.ready(t); err != nil {
				why = append(why, consent.LedgerFault{Site: t.site, Origin: t.origin, Index: -1, Flaw: consent.Flaw{Code: consent.FlawUnsigning, Why: err.Error()}})
			}
		}
		seen[t.site] = true
	}
	return why
}
