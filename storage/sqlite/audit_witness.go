package sqlite

import (
	"fmt"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/ledger"
)

// witnessedHeads gives the head that witnesses have cosigned of a tree, which it
// must have had. A witness that knows another tree of that name is a fault.
func (a *auditor) witnessedHeads(t *tree, described *consent.Tree, fault faultFunc) []ledger.Head {
	for _, state := range described.Witnesses {
		if state.Forked {
			fault(-1, consent.Flaw{
				Code: consent.FlawWitnessForked, Name: state.Witness,
				Why: fmt.Sprintf("the witness %s has seen another ledger of this name: %s; \"samtykke help ledger\" says what to do after a fork", state.Witness, state.Trouble),
			})
		}
	}
	if described.Witnessed == nil {
		return nil
	}
	head, err := a.opened(t, described.Witnessed)
	if err != nil {
		fault(-1, consent.Flaw{Code: consent.FlawWitnessChanged, Why: "the checkpoint that witnesses have cosigned was changed: " + err.Error()})
		return nil
	}
	return []ledger.Head{*head}
}
