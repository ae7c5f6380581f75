package main

import (
	"github.com/samtykke/samtykke/consent"
)

// sayShortened tells what goes because decisions are kept for a shorter time.
func sayShortened(t *terminal, s *consent.Shortened) {
	if s == nil {
		return
	}
	t.say("\nDecisions are kept for a shorter time, those that are stored, too: %s instead of %s.", s.To.Words(consent.English), s.From.Words(consent.English))
	t.say("%s older than that. A running server removes what is older within an hour of publishing, for good.", capital(plural(s.Gone, "stored decision")+are(s.Gone)))
	if s.Frozen > 0 {
		t.say("%s as old, and frozen: kept until released.", capital(plural(s.Frozen, "decision")+are(s.Frozen)))
	}
}

func are(n int) string {
	if n == 1 {
		return " is"
	}
	return " are"
}
