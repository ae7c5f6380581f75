package ledger

import (
	"crypto/sha256"

	"golang.org/x/mod/sumdb/tlog"
)

// Salt hides a record in its leaf. Decisions have so few possible contents that
// without one anybody could guess them from the leaf.
type Salt = [32]byte

// The domains keep a leaf of one kind from being taken for one of the other.
const (
	recordDomain = "samtykke/consent/v1\x00"
	eventDomain  = "samtykke/event/v1\x00"
)

// Commit gives the entry of a record: all of it that a tree ever sees.
func Commit(salt *Salt, record []byte) [sha256.Size]byte {
	data := make([]byte, 0, 512)
	data = append(data, recordDomain...)
	data = append(data, salt[:]...)
	return sha256.Sum256(append(data, record...))
}

// RecordLeaf gives the leaf hash of a record.
func RecordLeaf(salt *Salt, record []byte) tlog.Hash {
	entry := Commit(salt, record)
	return tlog.RecordHash(entry[:])
}

// EventLeaf gives the leaf hash of an event, which is public.
func EventLeaf(event []byte) tlog.Hash {
	return tlog.RecordHash(append([]byte(eventDomain), event...))
}
