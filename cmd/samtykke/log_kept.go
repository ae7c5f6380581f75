package main

import (
	"errors"
	"fmt"

	"github.com/samtykke/samtykke/storage/ledger"
)

// keptCheckpoints reads the signed checkpoints in files that somebody kept: as they
// were published, in receipts, or in the answer to a decision.
func keptCheckpoints(files []string) ([][]byte, error) {
	var kept [][]byte
	for _, file := range files {
		text, err := readWhole(file)
		if err != nil {
			return nil, err
		}
		in, err := checkpointsIn(file, tidied(text))
		if err != nil {
			return nil, err
		}
		kept = append(kept, in...)
	}
	return kept, nil
}

func checkpointsIn(file string, text []byte) (kept [][]byte, err error) {
	if _, err := ledger.ParseHead(text); err == nil {
		return [][]byte{text}, nil
	}
	given, err := receiptsIn(file, text)
	var answered *answeredError
	if errors.As(err, &answered) {
		kept = append(kept, []byte(answered.checkpoint))
		if _, err := ledger.ParseHead(kept[0]); err != nil {
			return nil, fmt.Errorf("%s holds no checkpoint under \"log\": %w", file, err)
		}
		return kept, nil
	}
	if err != nil {
		return nil, err
	}
	for i := range given.receipts {
		receipt, err := ledger.ParseReceipt(given.receipts[i].proof)
		if err != nil {
			return nil, fmt.Errorf("%s is neither a checkpoint nor a receipt: %w", file, err)
		}
		kept = append(kept, receipt.Checkpoint)
	}
	return kept, nil
}
