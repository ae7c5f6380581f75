package visitor

import (
	"encoding/binary"
	"hash/maphash"
	"sync/atomic"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	repeatSlots = 1 << 12
	repeatFor   = time.Minute
)

// repeats remembers the last receipts for a minute, so that a browser that
// sends the same bytes again, or an attacker who replays them, costs no look
// into the database. It holds a fixed number: a newer receipt pushes out an
// older one, and what is forgotten is asked of the store, which answers alike.
type repeats struct {
	seed  maphash.Seed
	slots [repeatSlots]atomic.Pointer[repeat]
}

// repeat is one receipt with what it was given for.
type repeat struct {
	site    consent.SiteKey
	id      consent.DecisionID
	visitor consent.VisitorKey
	body    uint64 // keyed hash of the request's body
	until   time.Time
	receipt []byte
}

func newRepeats() *repeats { return &repeats{seed: maphash.MakeSeed()} }

// find gives the receipt for the same body on the same Site.
func (r *repeats) find(site consent.SiteKey, id consent.DecisionID, body []byte, now time.Time) ([]byte, bool) {
	known := r.slot(id).Load()
	if known == nil || known.id != id || known.site != site || !now.Before(known.until) {
		return nil, false
	}
	if known.body != maphash.Bytes(r.seed, body) {
		return nil, false
	}
	return known.receipt, true
}

// add remembers a receipt.
func (r *repeats) add(d *consent.Decision, body, receipt []byte, now time.Time) {
	r.slot(d.ID).Store(&repeat{
		site: d.Site, id: d.ID, visitor: d.Visitor,
		body: maphash.Bytes(r.seed, body), until: now.Add(repeatFor), receipt: receipt,
	})
}

// forget drops the receipts of a visitor whose Decisions are erased: from then
// on the same bytes must be told that they are gone.
func (r *repeats) forget(site consent.SiteKey, visitor consent.VisitorKey) {
	for i := range r.slots {
		known := r.slots[i].Load()
		if known != nil && known.site == site && known.visitor == visitor {
			r.slots[i].CompareAndSwap(known, nil)
		}
	}
}

// slot picks by the random end of the id. Whoever chooses ids can only push
// out what others could be told without the store.
func (r *repeats) slot(id consent.DecisionID) *atomic.Pointer[repeat] {
	return &r.slots[binary.BigEndian.Uint64(id[8:])%repeatSlots]
}
