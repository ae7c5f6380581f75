package admin

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
	"sync"
	"time"
)

// The delays after logins that failed. Nobody is ever locked out: an account waits
// for half a minute at most, so that a stranger cannot keep its person out, and a
// network that goes on guessing waits longer.
const (
	freeFailures = 3
	accountWait  = 30 * time.Second
	networkWait  = 15 * time.Minute
)

// delayed is how long the next try is to wait after so many failures: a second,
// and twice as long each time.
func delayed(failures int, most time.Duration) time.Duration {
	if failures < freeFailures {
		return 0
	}
	return min(time.Second<<min(failures-freeFailures, 20), most)
}

// waits is how many networks, and addresses that nobody has, are remembered. A
// flood of them pushes each other out of a slot, and fills no memory.
const waits = 1 << 12

// delays remembers failures by who they came from, or were for, in memory. Only
// keyed hashes of both are kept.
type delays struct {
	clock func() time.Time
	key   [32]byte
	mu    sync.Mutex
	slots [waits]failing
}

// failing is what a slot remembers.
type failing struct {
	whose    [16]byte
	failures int
	retry    time.Time
}

func newDelays(clock func() time.Time) *delays {
	d := &delays{clock: clock}
	_, _ = rand.Read(d.key[:]) // never fails
	return d
}

// slot finds where somebody is remembered, and gives a fresh one to a newcomer.
func (d *delays) slot(whose string) *failing {
	sum := sha256.Sum256(append(d.key[:], whose...))
	slot := &d.slots[binary.BigEndian.Uint32(sum[:4])%waits]
	if now := d.clock(); slot.whose != [16]byte(sum[:16]) || now.Sub(slot.retry) > networkWait {
		*slot = failing{whose: [16]byte(sum[:16]), retry: now}
	}
	return slot
}

// wait gives how long somebody has to wait.
func (d *delays) wait(whose ...string) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	longest := time.Duration(0)
	for _, each := range whose {
		longest = max(longest, d.slot(each).retry.Sub(d.clock()))
	}
	return longest
}

// failed counts a failure, with the longest wait that it may lead to.
func (d *delays) failed(whose string, most time.Duration) {
	d.mu.Lock()
	defer d.mu.Unlock()
	slot := d.slot(whose)
	slot.failures++
	slot.retry = d.clock().Add(delayed(slot.failures, most))
}

// try lets somebody try, unless they have to wait. The try counts as a failure
// until forgive says otherwise, so that many at once are no more than one after the
// other.
func (d *delays) try(whose string, most time.Duration) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	slot := d.slot(whose)
	if wait := slot.retry.Sub(d.clock()); wait > 0 {
		return wait
	}
	slot.failures++
	slot.retry = d.clock().Add(delayed(slot.failures, most))
	return 0
}

// forgive forgets what somebody has failed.
func (d *delays) forgive(whose string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	*d.slot(whose) = failing{}
}

// fromNetwork and forEmail name whom a failure is counted for.
func fromNetwork(network netip.Prefix) string { return "network " + network.String() }
func forEmail(email string) string            { return "email " + email }
