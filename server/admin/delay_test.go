package admin

import (
	"fmt"
	"net/netip"
	"strconv"
	"testing"
	"time"
)

// No flood that costs its sender nothing pushes failures out of memory: neither of one who
// has to wait already, nor of keys for programs from many networks. An address that nobody
// has goes on waiting as one that somebody has.
func TestAFloodFreesNobody(t *testing.T) {
	const victims, flood = 200, 200_000
	now := time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC)
	d := newDelays(func() time.Time { return now })
	networks := 0
	guess := func(victim int) time.Duration {
		networks++
		return d.try(guessing{whose: forEmail(strconv.Itoa(victim)), most: accountWait}, guessing{whose: fmt.Sprint("network ", networks), most: networkWait})
	}
	for victim := range victims {
		for range freeFailures {
			guess(victim)
		}
	}
	now = now.Add(2 * time.Second)
	waiting := guessing{whose: "network of the flood", most: networkWait}
	refused := 0
	for i := range flood {
		if d.try(guessing{whose: forEmail(fmt.Sprint("flood ", i)), most: accountWait}, waiting) > 0 {
			refused++
		}
		d.try(guessing{whose: fmt.Sprint("key from ", i), most: accountWait})
	}
	if refused != flood-freeFailures {
		t.Fatalf("%d of the flood are refused", refused)
	}
	freed := 0
	for victim := range victims {
		if guess(victim) != 0 || guess(victim) == 0 {
			freed++
		}
	}
	if freed > victims/20 { // a few share a place by chance
		t.Errorf("%d of %d addresses are forgotten", freed, victims)
	}
}

// GuessedAround has somebody guess from as many networks of one /48, each once: hashing
// that many passwords takes long.
func (a *Admin) GuessedAround(around string, times int) {
	first := netip.MustParseAddr(around).As16()
	for n := range times {
		first[6], first[7] = 0xff, byte(n)
		network, _ := netip.AddrFrom16(first).Prefix(64)
		a.delays.try(strangers(network)...)
	}
}

// One network alone waits as before, and an IPv4 address has none around it.
func TestStrangersAreCountedByNetwork(t *testing.T) {
	for text, want := range map[string]int{"2001:db8:1:2::/64": 2, "192.0.2.7/32": 1} {
		d := newDelays(func() time.Time { return time.Date(2026, 3, 2, 12, 0, 0, 0, time.UTC) })
		counts := strangers(netip.MustParsePrefix(text))
		if len(counts) != want {
			t.Errorf("%s counts for %+v", text, counts)
		}
		for range freeFailures {
			if d.try(counts...) > 0 {
				t.Errorf("%s waits at once", text)
			}
		}
		if d.try(counts...) == 0 {
			t.Errorf("%s goes on", text)
		}
	}
}
