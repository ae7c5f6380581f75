package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/answer"
	"github.com/samtykke/samtykke/storage/ledger"
)

// gather reads what an answer about the decisions is made of.
func gather(ctx context.Context, store consent.Store, site consent.SiteKey, entries []consent.Entry) (*answer.Material, error) {
	now, err := current(ctx, store, site)
	if err != nil {
		return nil, err
	}
	return answer.Gather(ctx, store, now, entries, standsAt)
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
