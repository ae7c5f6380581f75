package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/answer"
	"github.com/samtykke/samtykke/storage/ledger"
)

// gather reads what an answer about the decisions is made of.
func gather(ctx context.Context, store consent.Store, site consent.SiteKey, entries []consent.Entry) (*answer.Material, error) {
	m := &answer.Material{
		Entries: entries, Notices: map[consent.NoticeNumber]*consent.Notice{},
		Bundles: map[consent.BundleID]consent.Hash{}, Places: map[consent.DecisionID]consent.Proof{},
		Proofs: map[consent.DecisionID]string{},
	}
	var err error
	if m.Current, err = consent.InForce(ctx, store, site); err != nil {
		return nil, err
	}
	for i := range entries {
		each := &entries[i]
		if m.Notices[each.Notice] == nil {
			if m.Notices[each.Notice], err = store.Notice(ctx, site, each.Notice); err != nil {
				return nil, err
			}
		}
		if _, known := m.Bundles[each.Bundle]; !known {
			bundle, err := store.BundleEntry(ctx, site, each.Bundle)
			if err != nil {
				return nil, err
			}
			m.Bundles[each.Bundle] = bundle.Hash
		}
		receipt, err := store.Receipt(ctx, site, each.ID)
		if err != nil {
			return nil, err
		}
		m.Proofs[each.ID] = string(receipt)
		if m.Places[each.ID], err = standsAt(receipt); err != nil {
			return nil, err
		}
	}
	return m, nil
}

// standsAt gives where a decision stands in the ledger, as its receipt has it.
func standsAt(text []byte) (consent.Proof, error) {
	receipt, err := ledger.ParseReceipt(text)
	if err != nil {
		return consent.Proof{}, err
	}
	head, err := ledger.ParseHead(receipt.Checkpoint)
	if err != nil {
		return consent.Proof{}, err
	}
	return consent.Proof{Origin: head.Origin, Index: receipt.Index, Checkpoint: receipt.Checkpoint}, nil
}
