package sqlite

import "github.com/samtykke/samtykke/consent"

const (
	// lastNumber is the last that a decision may get: any reader of JSON knows it
	// exactly.
	lastNumber = 1<<53 - 1
	// farNumber is one that no sequence comes to by counting. The audit names one
	// that is beyond it, long before the numbers end.
	farNumber = 1 << 52
)

// checkNumbers refuses to count on from a number that leaves none for a batch. It
// is no fault of the decision's: the visitor keeps it and sends it again.
func checkNumbers(newest int64) error {
	if newest >= 0 && newest <= lastNumber-maxBatch {
		return nil
	}
	return consent.Errorf(consent.Unavailable, "no_number",
		"The decisions' numbers stand at %d, so that none is left: the sequence in the database was changed, and nothing is stored. Run samtykke log verify, which says how to set it right.", newest)
}
