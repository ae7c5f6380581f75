package consent

import (
	"crypto/sha256"
	"encoding/hex"
)

// Hash is a SHA-256 digest.
type Hash [sha256.Size]byte

// HashOf gives the SHA-256 of data.
func HashOf(data []byte) Hash { return sha256.Sum256(data) }

// String gives the digest in lower-case hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }
