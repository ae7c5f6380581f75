package main

import (
	"github.com/samtykke/samtykke/consent"
)

// sayReworded tells how answers are kept when a purpose means what it meant.
func sayReworded(t *terminal, found []consent.Reworded) {
	if len(found) == 0 {
		return
	}
	t.say("\nA purpose is worded anew. If it means what it meant, the answers can be kept: set")
	for _, each := range found {
		t.say("    purpose_revision: %d    under %s", each.Revision, each.Place)
	}
	t.say("with \"samtykke service set\" or \"category set\", or in the site file, and nobody is asked for that reason.")
}

// sayRetold tells how everybody is asked when a translation means something else now.
func sayRetold(t *terminal, found []consent.Reworded) {
	if len(found) == 0 {
		return
	}
	t.say("\nA purpose says something else in a language in which purposes are not compared, and nobody is asked again for that. If the meaning is another, set")
	for _, each := range found {
		t.say("    purpose_revision: %d    under %s", each.Revision, each.Place)
	}
}
