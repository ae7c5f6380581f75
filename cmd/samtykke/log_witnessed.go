package main

import (
	"fmt"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// quorumOf reads the witness keys that a person gives, or a file of them. Without
// any, nothing is asked of witnesses.
func quorumOf(given string, required int) (consent.Quorum, error) {
	if given == "" {
		return consent.Quorum{}, nil
	}
	text, err := keyText(given)
	if err != nil {
		return consent.Quorum{}, err
	}
	var keys []consent.VerifierKey
	for _, line := range strings.Fields(text) {
		key, err := consent.ParseVerifierKey(line)
		if err != nil {
			return consent.Quorum{}, misusef("--witness: %w", err)
		}
		keys = append(keys, key)
	}
	quorum, err := consent.NewQuorum(keys, required)
	if err != nil {
		return quorum, misusef("--witness: %w", err)
	}
	return quorum, nil
}

// witnessedBy says how many witnesses have signed.
func witnessedBy(by []string, quorum consent.Quorum) string {
	return fmt.Sprintf("witnessed by %d of %d", len(by), len(quorum.Witnesses))
}

// showWitnessed says of each tree that was held against witnesses how far their
// signatures reach. Too few are among the faults.
func showWitnessed(t *terminal, found *consent.LedgerAudit, quorum consent.Quorum) error {
	if len(quorum.Witnesses) == 0 {
		return nil
	}
	for _, tree := range found.Trees {
		if tree.Witnessed == nil {
			if tree.QuotedBy != "" {
				t.say("%s ended before enough witnesses had signed it. %s quotes its last checkpoint and is witnessed, so what they signed there holds for it, too.", tree.Origin, tree.QuotedBy)
			} else if !tree.Dropped.IsZero() {
				t.say("%s was dropped without the signature of a witness.", tree.Origin)
			}
			continue
		}
		by, err := ledger.Cosigners(tree.Witnessed, quorum)
		if err != nil {
			return err
		}
		head, err := ledger.ParseHead(tree.Witnessed)
		if err != nil {
			return err
		}
		t.say("%s is %s, up to leaf %s of %s.", tree.Origin, witnessedBy(by, quorum), grouped(head.Size), grouped(tree.Size))
	}
	return nil
}
