package answer

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// Gather reads what an answer about Decisions of one visitor is made of. Place gives
// where the Decision of a receipt stands in the ledger. The Notice that is current
// may be newer than all that the Decisions refer to.
func Gather(ctx context.Context, store consent.Store, current *consent.Notice, entries []consent.Entry, place func(receipt []byte) (consent.Proof, error)) (*Material, error) {
	m := &Material{
		Entries: entries, Current: current, Notices: map[consent.NoticeNumber]*consent.Notice{},
		Bundles: map[consent.BundleID]consent.Hash{}, Places: map[consent.DecisionID]consent.Proof{},
		Proofs: map[consent.DecisionID]string{},
	}
	for i := range entries {
		if err := m.add(ctx, store, &entries[i], place); err != nil {
			return nil, err
		}
	}
	return m, nil
}

func (m *Material) add(ctx context.Context, store consent.Store, entry *consent.Entry, place func(receipt []byte) (consent.Proof, error)) (err error) {
	if m.Notices[entry.Notice] == nil {
		if m.Notices[entry.Notice], err = store.Notice(ctx, entry.Site, entry.Notice); err != nil {
			return err
		}
	}
	if _, known := m.Bundles[entry.Bundle]; !known {
		bundle, err := store.BundleEntry(ctx, entry.Site, entry.Bundle)
		if err != nil {
			return err
		}
		m.Bundles[entry.Bundle] = bundle.Hash
	}
	receipt, err := store.Receipt(ctx, entry.Site, entry.ID)
	if err != nil {
		return err
	}
	m.Proofs[entry.ID] = string(receipt)
	m.Places[entry.ID], err = place(receipt)
	return err
}
