package main

import (
	"bytes"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"time"

	"github.com/samtykke/samtykke/storage/ledger"
)

// givenReceipts are receipts as somebody has them.
type givenReceipts struct {
	receipts []givenReceipt
	around   map[string]any // what else stands in the JSON of one's decisions
}

// givenReceipt is the proof, and what was said beside it, in the JSON of one's
// decisions.
type givenReceipt struct {
	proof []byte
	said  map[string]any // nil in a .tlog-proof file
}

// readReceipts reads a receipt, or the decisions that a visitor downloads or gets
// in answer to a request. The page that verifies takes the same files.
func readReceipts(file string) (*givenReceipts, error) {
	text, err := readWhole(file)
	if err != nil {
		return nil, err
	}
	return receiptsIn(file, tidied(text))
}

func receiptsIn(file string, text []byte) (*givenReceipts, error) {
	if !bytes.HasPrefix(text, []byte("{")) {
		return &givenReceipts{receipts: []givenReceipt{{proof: text}}}, nil
	}
	all, err := readEvidence(text)
	if err != nil {
		return nil, fmt.Errorf("%s is neither a receipt nor a list of decisions: %w", file, err)
	}
	if answer := answerIn(file, all); answer != nil {
		return nil, answer
	}
	decisions, _ := all["decisions"].([]any)
	if len(decisions) == 0 {
		return nil, fmt.Errorf("%s has no decision to check: give a .tlog-proof file, or the JSON that a visitor downloads", file)
	}
	given := &givenReceipts{around: all}
	delete(all, "decisions")
	for i, one := range decisions {
		decision, _ := one.(map[string]any)
		proof, there := decision["proof"].(string)
		if !there {
			return nil, fmt.Errorf("%s does not hold: decision %d has no proof", file, i+1)
		}
		delete(decision, "proof")
		given.receipts = append(given.receipts, givenReceipt{[]byte(proof), decision})
	}
	return given, nil
}

// beside holds what was said beside a proof against what it proves, and gives the
// names of what it says nothing of.
func (g *givenReceipt) beside(receipt *ledger.Receipt, r *ledger.Record, head *ledger.Head) (unproved []string, err error) {
	proven, err := proves(receipt, r, head)
	if err != nil {
		return nil, err
	}
	for _, name := range slices.Sorted(maps.Keys(g.said)) {
		want, known := proven[name]
		switch {
		case name == "answers":
			if err := answersFit(g.said[name], proven["choice"]); err != nil {
				return nil, err
			}
			unproved = append(unproved, "answers[].name")
		case !known:
			unproved = append(unproved, name)
		case !reflect.DeepEqual(g.said[name], want):
			return nil, fmt.Errorf("%q beside the proof is %v, and the ledger has %v", name, g.said[name], want)
		}
	}
	return unproved, nil
}

// provenNames are those of what a receipt proves, as the JSON of one's decisions
// calls it.
var provenNames = []string{
	"ledger", "index", "id", "site", "time", "notice", "notice_hash", "bundle", "bundle_hash", "state", "method", "layer",
	"language", "choice", "gpc", "skew_seconds", "visitor", "previous",
}

// proves gives what a receipt proves, by those names.
func proves(receipt *ledger.Receipt, r *ledger.Record, head *ledger.Head) (map[string]any, error) {
	text, err := json.Marshal(map[string]any{
		"ledger": head.Origin, "index": receipt.Index,
		"id": r.ID.String(), "site": r.Site, "time": r.Time.UTC().Format(stamp), "notice": r.Notice, "notice_hash": r.NoticeHash.String(),
		"bundle": r.Bundle, "bundle_hash": r.BundleHash.String(), "state": r.State, "method": r.Method, "layer": r.Layer,
		"language": r.Language, "choice": json.RawMessage(r.Choice), "gpc": r.GPC, "skew_seconds": int64(r.Skew / time.Second),
		"visitor":  unlessZero(r.Visitor.IsZero(), visitorKey(r)),
		"previous": unlessZero(r.Previous.IsZero(), r.Previous.String()),
	})
	if err != nil {
		return nil, err
	}
	var proven map[string]any
	return proven, json.Unmarshal(text, &proven)
}

func visitorKey(r *ledger.Record) string { return base64.RawURLEncoding.EncodeToString(r.Visitor[:]) }

// unlessZero gives null for what is not there.
func unlessZero(zero bool, text string) any {
	if zero {
		return nil
	}
	return text
}
