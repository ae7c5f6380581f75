package ledger

import (
	"golang.org/x/mod/sumdb/tlog"

	"github.com/samtykke/samtykke/consent"
)

// Salt hides a record in its leaf. Decisions have so few possible contents that
// without one anybody could guess them from the leaf.
type Salt = [32]byte

// eventDomain keeps such a leaf from being taken for that of a record.
const eventDomain = "samtykke/event/v1\x00"

// RecordLeaf gives the leaf hash of a record.
func RecordLeaf(salt *Salt, record []byte) tlog.Hash {
	return tlog.Hash(consent.LeafOf(salt, record))
}

// EventLeaf gives the leaf hash of an event, which is public.
func EventLeaf(event []byte) tlog.Hash {
	return tlog.RecordHash(append([]byte(eventDomain), event...))
}
