package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"os"
)

// readProofs reads a receipt, or the proofs in what a visitor or an answer to one
// downloads: all decisions as JSON. The page that verifies takes the same files.
func readProofs(file string) ([][]byte, error) {
	text, err := os.ReadFile(file) //nolint:gosec // the person names the file
	if err != nil || !bytes.HasPrefix(bytes.TrimSpace(text), []byte("{")) {
		return [][]byte{text}, err
	}
	var all struct {
		Decisions []struct {
			Proof string `json:"proof"`
		} `json:"decisions"`
	}
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, fmt.Errorf("%s is neither a receipt nor a list of decisions: %w", file, err)
	}
	var proofs [][]byte
	for i, decision := range all.Decisions {
		if decision.Proof == "" {
			return nil, fmt.Errorf("%s does not hold: decision %d has no proof", file, i+1)
		}
		proofs = append(proofs, []byte(decision.Proof))
	}
	if len(proofs) == 0 {
		return nil, fmt.Errorf("%s has no decision to check: give a .tlog-proof file, or the JSON that a visitor downloads", file)
	}
	return proofs, nil
}
