package main

import (
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// answeredError says that a file is what the server answered a decision with. The
// checkpoint in it is evidence, and the decision is not proven.
type answeredError struct {
	file       string
	site       consent.SiteKey
	id         consent.DecisionID
	checkpoint string // signed
}

// answerIn gives what JSON is when it is such an answer, or nil.
func answerIn(file string, all map[string]any) error {
	log, _ := all["log"].(map[string]any)
	checkpoint, there := log["checkpoint"].(string)
	id, _ := all["id"].(string)
	site, _ := all["site"].(string)
	parsed, err := consent.ParseDecisionID(id)
	if !there || err != nil || !consent.SiteKey(site).Valid() {
		return nil
	}
	return &answeredError{file, consent.SiteKey(site), parsed, checkpoint}
}

func (e *answeredError) Error() string {
	return fmt.Sprintf("%s is what the server answered the decision %s with. It holds the checkpoint that was signed then, "+
		"and not the path from the decision to it. Either get the proof, which --receipt checks: \"samtykke log prove %s %s -o FILE\", "+
		"or GET /%[3]s/receipts/%[4]s with the visitor's token. Or check that the ledger still begins with what was signed then: "+
		"\"samtykke log verify %[3]s --kept %[1]s\"", e.file, e.id, e.site, e.id)
}
