package main

import (
	"fmt"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// sayForked says what can be done about ledgers of which a witness knows another,
// by whoever has to find out which of the two is right.
func sayForked(t *terminal, forked []witnessState) {
	t.say("\nFORK: two ledgers have the same name and are signed with the same key. Either the database was put back\n" +
		"from a copy together with its anchor, or somebody has the key and keeps a second one. Keep everything as\n" +
		"it is: the database, the anchor, the keys. Decisions are stored meanwhile; this witness signs no more of\n" +
		"that ledger, ever. What to do:")
	seen := make(map[string]bool)
	for _, one := range forked {
		if seen[one.Origin] {
			continue
		}
		seen[one.Origin] = true
		t.say("\n%s\n"+
			"  1. Ask those who run %s for what it has seen, and hold this database against it:\n"+
			"       samtykke log witness --seen %s > seen.txt   (there)\n"+
			"       samtykke log verify %s --kept seen.txt   (here)\n"+
			"  2. Where a database holds that is newer than the copy, stop the server and put that one back. The fork is\n"+
			"     over then; what was decided since the copy is in the other database alone, so keep that one.\n"+
			"  3. Where it is lost, begin the next part of the ledger, which the witness can follow:\n"+
			"       samtykke log begin %s\n"+
			"     \"log verify\" goes on naming the fork: it happened, and nothing can undo that.",
			one.Origin, one.Witness, one.Origin, one.Site, one.Site)
	}
}

// writeSeen writes the signed checkpoint that a witness knows, for log verify --kept.
func (c *logWitnessCmd) writeSeen(t *terminal, followed []ledger.Followed) error {
	for i := range followed {
		if followed[i].Origin == c.Seen {
			_, err := fmt.Fprint(t.out, followed[i].Checkpoint)
			return err
		}
	}
	return consent.Errorf(consent.NotFound, "unknown_ledger", "As a witness this server has seen nothing of %s: samtykke log witness lists what it has seen.", c.Seen)
}

// writeFollowed shows the ledgers of others that this server follows.
func writeFollowed(t *terminal, followed []ledger.Followed) error {
	if len(followed) == 0 {
		return nil
	}
	t.say("\nAs a witness, this server follows:\n")
	list := newTable(t, column{title: "LEDGER"}, column{title: "SEEN", right: true}, column{title: "TIME"}, column{title: "REFUSED"})
	refused := false
	for _, one := range followed {
		list.add(one.Origin, grouped(one.Size), whenShown(one.Time), orDash(whyRefused(&one)))
		refused = refused || one.Refused != nil
	}
	if err := list.write(); err != nil {
		return err
	}
	if refused {
		t.say("\nTell those who keep a ledger what was refused of it, and give them what this server has seen:\n" +
			"samtykke log witness --seen LEDGER. Sign nothing else for them: what is refused stays refused. With --json,\n" +
			"the signed checkpoints are written that contradict each other.")
	}
	return nil
}

// whyRefused says what a refusal proves, and what it does not.
func whyRefused(one *ledger.Followed) string {
	if one.Refused == nil {
		return ""
	}
	at := whenShown(one.Refused.Time)
	switch one.Refused.Kind {
	case ledger.OtherRoot:
		return fmt.Sprintf("FORK, %s: its key has signed two different roots of %s leaves", at, grouped(one.Refused.Size))
	case ledger.Shorter:
		return fmt.Sprintf("%s: one of %s leaves, which is fewer: put back from a copy, or somebody sent an old one", at, grouped(one.Refused.Size))
	default:
		return fmt.Sprintf("%s: one of %s leaves, with nothing to show that it begins with those: a fork, or somebody sent a wrong proof", at, grouped(one.Refused.Size))
	}
}
