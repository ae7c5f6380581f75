package main

import (
	"fmt"

	"github.com/samtykke/samtykke/storage/ledger"
)

// keptCheckpoints reads the signed checkpoints in files that somebody kept: as they
// were published, or in receipts.
func keptCheckpoints(files []string) ([][]byte, error) {
	var kept [][]byte
	for _, file := range files {
		text, err := readWhole(file)
		if err != nil {
			return nil, err
		}
		if _, err := ledger.ParseHead(text); err == nil {
			kept = append(kept, text)
			continue
		}
		receipts, err := receiptsIn(file, text)
		if err != nil {
			return nil, err
		}
		for i := range receipts {
			receipt, err := ledger.ParseReceipt(receipts[i].proof)
			if err != nil {
				return nil, fmt.Errorf("%s is neither a checkpoint nor a receipt: %w", file, err)
			}
			kept = append(kept, receipt.Checkpoint)
		}
	}
	return kept, nil
}
