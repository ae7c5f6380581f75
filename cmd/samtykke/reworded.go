package main

import (
	"github.com/samtykke/samtykke/consent"
)

// sayReworded tells how answers are kept when a purpose means what it meant.
func sayReworded(t *terminal, found []consent.Reworded) {
	if len(found) == 0 {
		return
	}
	t.say("\nA purpose is worded anew. If it means what it meant, the answers can be kept: write")
	for _, each := range found {
		t.say("    purpose_revision: %d    under %s", each.Revision, each.Place)
	}
	t.say("in the site file, import it again, and nobody is asked for that reason.")
}
