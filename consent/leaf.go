package consent

import "crypto/sha256"

// recordDomain keeps the leaf of a Decision from being taken for one about the
// tree itself.
const recordDomain = "samtykke/consent/v1\x00"

// LeafOf gives the hash of a Decision's leaf (RFC 6962, section 2.1). Its entry
// is a hash, too: all that a tree ever sees of a record.
func LeafOf(salt *[32]byte, record []byte) Hash {
	data := make([]byte, 0, 512)
	data = append(data, recordDomain...)
	data = append(data, salt[:]...)
	entry := sha256.Sum256(append(data, record...))
	return sha256.Sum256(append([]byte{0}, entry[:]...))
}
