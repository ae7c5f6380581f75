package main

import (
	"context"
	"errors"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

var errEnough = errors.New("enough was read")

// quotingParts gives, by origin, the part that goes on where another one ended and
// quotes its head in the first leaf. Only one in the year of a later part can be
// quoted, so nothing is read where each year is whole.
func quotingParts(ctx context.Context, store consent.Ledger, trees []consent.Tree) (map[string]*consent.Tree, error) {
	quoting := make(map[string]*consent.Tree)
	for i := range trees {
		tree := &trees[i]
		if tree.Size == 0 || i+1 == len(trees) || trees[i+1].Site != tree.Site || trees[i+1].Year != tree.Year {
			continue
		}
		err := store.Leaves(ctx, tree.Origin, 0, func(leaf *consent.Leaf) error {
			if quote := ledger.Quoted(leaf); quote != nil && ends(trees[i+1:], quote.Last()) {
				quoting[quote.Last().Origin] = tree
			}
			return errEnough
		})
		if err != nil && !errors.Is(err, errEnough) {
			return nil, err
		}
	}
	return quoting, nil
}

// ends says whether a head is the last of one of the earlier trees.
func ends(earlier []consent.Tree, quoted *ledger.Head) bool {
	if quoted == nil {
		return false
	}
	for i := range earlier {
		if earlier[i].Origin == quoted.Origin {
			last, err := ledger.ParseHead(earlier[i].Checkpoint)
			return err == nil && *last == *quoted
		}
	}
	return false
}

// seenThrough gives the later part through which a witness has seen the end of a
// tree, or nothing. Each part is quoted by a newer one, so this ends.
func seenThrough(tree *consent.Tree, witness int, quoting map[string]*consent.Tree) string {
	for next := quoting[tree.Origin]; next != nil; next = quoting[next.Origin] {
		if witness < len(next.Witnesses) && next.Witnesses[witness].Size > 0 {
			return next.Origin
		}
	}
	return ""
}
