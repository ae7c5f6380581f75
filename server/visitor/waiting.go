package visitor

import (
	"encoding/binary"
	"sync/atomic"

	"github.com/samtykke/samtykke/consent"
)

// waitingSlots is how many Decisions are awaited again at most.
const waitingSlots = 1 << 14

// waiting remembers the ids of Decisions that could not be stored and that their
// browsers will send again, so that each is counted once. It holds a fixed
// number: a newer one pushes out an older one, which is then counted twice.
type waiting struct {
	slots [waitingSlots]atomic.Pointer[consent.DecisionID]
}

func (w *waiting) put(d *consent.Decision) {
	id := d.ID
	w.slot(id).Store(&id)
}

// take says whether the Decision was awaited. It is not any more.
func (w *waiting) take(d *consent.Decision) bool {
	slot := w.slot(d.ID)
	known := slot.Load()
	return known != nil && *known == d.ID && slot.CompareAndSwap(known, nil)
}

// slot picks by the random end of the id.
func (w *waiting) slot(id consent.DecisionID) *atomic.Pointer[consent.DecisionID] {
	return &w.slots[binary.BigEndian.Uint64(id[8:])%waitingSlots]
}
