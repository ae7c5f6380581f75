package visitor

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/binary"
	"net/netip"
	"sync"
	"sync/atomic"

	"github.com/samtykke/samtykke/consent"
)

// slots is how many networks can be told apart. Two that fall into one slot
// share its allowance until the key changes.
const slots = 1 << 16

// secret turns networks into slots by a keyed hash, under a random key that
// lives for a day and only in memory, so nothing that is counted by slot can be
// traced back to an address, not even by ourselves tomorrow.
type secret struct {
	key atomic.Pointer[dayKey]
	mu  sync.Mutex // held while the key changes
}

// dayKey is the key of one day.
type dayKey struct {
	day   int64
	bytes [32]byte
}

// slot finds the slot of a network, on a Site where each has slots of its own,
// under the key of the day.
func (s *secret) slot(day int64, network netip.Prefix, site consent.SiteKey) uint16 {
	var buffer [32 + 17 + 40]byte // a Site's key has at most 40 letters
	addr := network.Addr().As16()
	text := append(buffer[:0], s.keyOf(day).bytes[:]...)
	text = append(text, addr[:]...)
	text = append(text, byte(network.Bits())) //nolint:gosec // 32 or 64, or 255 for none
	sum := sha256.Sum256(append(text, site...))
	return binary.BigEndian.Uint16(sum[:])
}

func (s *secret) keyOf(day int64) *dayKey {
	if key := s.key.Load(); key != nil && key.day == day {
		return key
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if key := s.key.Load(); key != nil && key.day == day {
		return key
	}
	key := &dayKey{day: day}
	_, _ = rand.Read(key.bytes[:]) // never fails: the program ends instead
	s.key.Store(key)
	return key
}
