package ledger

import (
	"fmt"
	"maps"
	"slices"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
)

// Kept are signed checkpoints that somebody kept from earlier, by origin: a ledger
// must still begin with what was signed then, or it was rolled back or forked.
type Kept map[string][][]byte

// NewKept sorts checkpoints by what they are of.
func NewKept(checkpoints [][]byte) (Kept, error) {
	kept := make(Kept)
	for _, signed := range checkpoints {
		head, err := ParseHead(signed)
		if err != nil {
			return nil, err
		}
		kept[head.Origin] = append(kept[head.Origin], signed)
	}
	return kept, nil
}

// Take gives the heads that were kept of a ledger, and why others are none.
func (k Kept) Take(origin string, keys note.Verifiers) (heads []Head, faults []consent.Flaw) {
	for _, signed := range k[origin] {
		head, err := openGiven(signed, keys)
		if err != nil {
			faults = append(faults, flaw(consent.FlawKeptChanged, "a checkpoint that was kept does not hold: %v", err))
			continue
		}
		heads = append(heads, *head)
	}
	delete(k, origin)
	return heads, faults
}

// Left gives the faults of what was kept and is of no ledger that was audited.
func (k Kept) Left() []Fault {
	faults := make([]Fault, 0, len(k))
	for _, origin := range slices.Sorted(maps.Keys(k)) {
		faults = append(faults, Fault{-1, consent.Flaw{
			Code: consent.FlawKeptElsewhere, Name: origin, Why: fmt.Sprintf("a checkpoint was kept of %s, and that ledger is not here", origin),
		}})
	}
	return faults
}
