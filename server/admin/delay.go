package admin

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
	"strings"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The delays after logins that failed. Nobody is ever locked out: an account waits
// for half a minute at most, and not for strangers where its person has logged in
// before, in the same browser or network; a network that goes on guessing waits longer,
// and with it nobody who is known there.
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

// waits is how many networks, and addresses that nobody has, are remembered. A flood of
// them pushes each other out of a slot, and fills no memory. Before one of addresses has
// pushed out many, each with a password to be checked, they are forgotten anyway.
const waits = 1 << 16

// delays remembers failures by who they came from, or were for, in memory. Only
// keyed hashes of both are kept.
type delays struct {
	clock func() time.Time
	key   [32]byte
	mu    sync.Mutex
	// slots are apart by what is counted: failures that cost nothing, such as those of
	// API keys, push out no address.
	slots map[string]*[waits]failing
	homes [waits][16]byte // whom a network is known of, and it of them
	// accounts are those that there are: strangers cannot push them out.
	accounts map[consent.AccountID]*failing
}

// guessing is whom a try counts for, with the longest wait that it may lead to.
type guessing struct {
	whose   string // what is counted, and of whom, such as "email kari@example.no"
	most    time.Duration
	free    int              // how many failures cost nothing, beyond those that never do
	account *consent.Account // of which the store remembers failures, too, nil for none
}

// failing is what a slot remembers.
type failing struct {
	whose    [16]byte
	failures int
	retry    time.Time
}

func newDelays(clock func() time.Time) *delays {
	d := &delays{clock: clock, slots: make(map[string]*[waits]failing), accounts: make(map[consent.AccountID]*failing)}
	_, _ = rand.Read(d.key[:]) // never fails
	return d
}

// slot finds where somebody is remembered, and gives a fresh one to a newcomer. It
// is a passing one when the place is taken by somebody who waits: nobody is freed
// by others who come.
func (d *delays) slot(whose string) *failing {
	slot, known := d.find(whose)
	if known {
		return slot
	}
	now := d.clock()
	fresh := failing{whose: d.name(whose), retry: now}
	if slot.retry.After(now) {
		return &fresh
	}
	*slot = fresh
	return slot
}

// find gives the place of somebody, and whether it is theirs.
func (d *delays) find(whose string) (*failing, bool) {
	name := d.name(whose)
	kind, _, _ := strings.Cut(whose, " ")
	if d.slots[kind] == nil {
		d.slots[kind] = new([waits]failing)
	}
	slot := &d.slots[kind][slotOf(name)]
	return slot, slot.whose == name && d.clock().Sub(slot.retry) <= networkWait
}

// slotOf is where a name is remembered.
func slotOf(name [16]byte) uint32 { return binary.BigEndian.Uint32(name[:4]) % waits }

func (d *delays) name(whose string) [16]byte {
	sum := sha256.Sum256(append(d.key[:], whose...))
	return [16]byte(sum[:16])
}

// place finds where failures are remembered. Those of an account are no fewer than the
// store remembers: it outlives us. They are forgotten as those are of addresses that
// nobody has, or whoever comes again later would tell one from the other.
func (d *delays) place(c guessing) *failing {
	if c.account == nil {
		return d.slot(c.whose)
	}
	kept := d.accounts[c.account.ID]
	if kept == nil || d.clock().Sub(kept.retry) > networkWait {
		kept = new(failing)
		d.accounts[c.account.ID] = kept
	}
	if d.clock().Sub(c.account.Retry) <= networkWait {
		kept.failures = max(kept.failures, c.account.Failures)
	}
	if c.account.Retry.After(kept.retry) {
		kept.retry = c.account.Retry
	}
	return kept
}

// seen finds where failures are remembered, and says whether they are.
func (d *delays) seen(c guessing) (*failing, bool) {
	if c.account == nil {
		return d.find(c.whose)
	}
	return d.place(c), true
}

// wait gives how long somebody has to wait.
func (d *delays) wait(each ...guessing) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.longest(each)
}

func (d *delays) longest(each []guessing) time.Duration {
	longest := time.Duration(0)
	for _, c := range each {
		if slot, known := d.seen(c); known {
			longest = max(longest, slot.retry.Sub(d.clock()))
		}
	}
	return longest
}

// failed counts a failure, and gives when the next try may be made.
func (d *delays) failed(c guessing) time.Time {
	d.mu.Lock()
	defer d.mu.Unlock()
	return d.count(c)
}

func (d *delays) count(c guessing) time.Time {
	slot := d.place(c)
	slot.failures++
	slot.retry = d.clock().Add(delayed(slot.failures-c.free, c.most))
	return slot.retry
}

// try lets somebody try, unless one of those whom it counts for has to wait: then nobody
// takes a place, or whoever waits could push others out of theirs. The try counts as a
// failure until passed or forgive say otherwise, so that many at once are no more than one
// after the other.
func (d *delays) try(each ...guessing) time.Duration {
	d.mu.Lock()
	defer d.mu.Unlock()
	if wait := d.longest(each); wait > 0 {
		return wait
	}
	for _, c := range each {
		d.count(c)
	}
	return 0
}

// passed takes a try back that has succeeded.
func (d *delays) passed(each ...guessing) {
	d.mu.Lock()
	defer d.mu.Unlock()
	for _, c := range each {
		if slot, known := d.seen(c); known && slot.failures > 0 {
			slot.failures--
			slot.retry = d.clock()
		}
	}
}

// forgiveAccount forgets what was failed for an account.
func (d *delays) forgiveAccount(account consent.AccountID) {
	d.mu.Lock()
	defer d.mu.Unlock()
	delete(d.accounts, account)
}

// forgive forgets what somebody has failed.
func (d *delays) forgive(whose string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	if slot, known := d.find(whose); known {
		*slot = failing{}
	}
}

// settle remembers that a person has logged in from a network.
func (d *delays) settle(network, email string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	name := d.name(network + " " + email)
	d.homes[slotOf(name)] = name
}

// isHome says whether a person has logged in from a network lately.
func (d *delays) isHome(network, email string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	name := d.name(network + " " + email)
	return d.homes[slotOf(name)] == name
}

// guesser gives for whom a try counts besides the account: for the network that it comes
// from, and for a person who has logged in there for that person there alone. So nobody
// who shares a network with them keeps them out by guessing for others.
func (d *delays) guesser(network, email string) (who guessing, home bool) {
	if d.isHome(network, email) {
		return guessing{whose: network + " " + email, most: accountWait}, true
	}
	return guessing{whose: network, most: networkWait}, false
}

// freeAround is how many failures cost nothing of all networks of one /48: several people
// may share one, and whoever holds it has 65,536 networks to guess from.
const freeAround = 60

// strangers gives for whom a try counts that comes from somebody who is not known there:
// their network, and all of the IPv6 networks around it that one holder may have.
func strangers(network netip.Prefix) []guessing {
	counts := []guessing{{whose: fromNetwork(network), most: networkWait}}
	if around, err := network.Addr().Prefix(48); err == nil && network.Addr().Is6() {
		counts = append(counts, guessing{whose: "around " + around.String(), most: networkWait, free: freeAround})
	}
	return counts
}

// fromNetwork and forEmail name whom a failure is guessing for.
func fromNetwork(network netip.Prefix) string { return "network " + network.String() }
func forEmail(email string) string            { return "email " + email }
