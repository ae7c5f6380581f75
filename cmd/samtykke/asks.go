package main

import (
	"github.com/samtykke/samtykke/consent"
)

// sayAsks tells what visitors will notice. Before the first notice nobody has
// answered anything.
func sayAsks(t *terminal, a consent.Asked, first bool) {
	switch {
	case first && len(a.First) == 0:
		t.say("Visitors are asked nothing: no service needs consent.")
	case first:
		t.say("Visitors are asked about: %s.", join(a.First))
		return
	case len(a.Again) > 0:
		t.say("Asked again, because what was agreed to changes: %s.", join(a.Again))
	case a.OlderThan == "":
		t.say("Nobody is asked again about what they have answered.")
	}
	if a.OlderThan != "" {
		t.say("Answers older than %s end, and are asked for again.", a.OlderThan.Words(consent.English))
	}
	if len(a.First) > 0 {
		t.say("Asked for the first time: %s.", join(a.First))
	}
	if len(a.NoMore) > 0 {
		t.say("No longer asked: %s.", join(a.NoMore))
	}
}
