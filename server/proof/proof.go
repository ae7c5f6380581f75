// Package proof proves a decision to its ledger, for those who look at one.
package proof

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// Prover checks a receipt against the verifier keys of its ledger, one a line. It
// gives where the receipt says that the Decision stands even when that does not
// hold.
type Prover func(receipt []byte, keys string) (*consent.Proven, error)

// ErrOther says that the ledger has another Decision at the place.
var ErrOther = consent.Errorf(consent.Conflict, "other_decision", "The ledger's receipt is of another decision.")

// Place is where a Decision stands in the ledger, as far as that is known.
type Place struct {
	*consent.Proven
	// Broken says why it does not hold, nil when it does.
	Broken error
}

// Of proves a Decision now, against the keys that its ledger has signed with. An
// error says that there was nothing to prove it with.
func Of(ctx context.Context, store consent.Ledger, prove Prover, entry *consent.Entry) (Place, error) {
	receipt, err := store.Receipt(ctx, entry.Site, entry.ID)
	if err != nil {
		return Place{}, err
	}
	stands, _ := prove(receipt, "") // where it says that it stands
	keys, err := keysOf(ctx, store, entry.Site, stands)
	if err != nil {
		return Place{}, err
	}
	proven, err := prove(receipt, keys)
	if err == nil && proven.Decision != entry.ID {
		err = ErrOther
	}
	return Place{proven, err}, nil
}

// keysOf gives the keys of the tree in which a Decision stands.
func keysOf(ctx context.Context, store consent.Ledger, site consent.SiteKey, at *consent.Proven) (string, error) {
	trees, err := store.Trees(ctx, site)
	if err != nil || at == nil {
		return "", err
	}
	for i := range trees {
		if trees[i].Origin == at.Origin {
			return trees[i].Keys, nil
		}
	}
	return "", nil
}
