package consent

import (
	"crypto/sha256"
	"encoding/hex"
)

// Hash is a SHA-256 digest.
type Hash [sha256.Size]byte

// HashOf gives the SHA-256 of data.
func HashOf(data []byte) Hash { return sha256.Sum256(data) }

// ParseHash reads the 64 lower-case hexadecimal digits that String writes. The
// error is Invalid (malformed_hash).
func ParseHash(s string) (Hash, error) {
	var h Hash
	if len(s) != 2*len(h) || !isLowerHex(s) {
		return Hash{}, Errorf(Invalid, "malformed_hash",
			"The hash is not a SHA-256: write its %d digits in lower-case hexadecimal.", 2*len(h))
	}
	if _, err := hex.Decode(h[:], []byte(s)); err != nil {
		return Hash{}, err
	}
	return h, nil
}

// String gives the digest in lower-case hexadecimal.
func (h Hash) String() string { return hex.EncodeToString(h[:]) }

// IsZero says that there is no digest.
func (h Hash) IsZero() bool { return h == Hash{} }

// Short gives the first of its digits in groups of four, as people compare them. What
// decides compares the whole.
func (h Hash) Short() string {
	text := h.String()
	return text[:4] + " " + text[4:8] + " " + text[8:12] + " " + text[12:16]
}

// MarshalText writes lower-case hexadecimal.
func (h Hash) MarshalText() ([]byte, error) { return []byte(h.String()), nil }

// UnmarshalText reads lower-case hexadecimal.
func (h *Hash) UnmarshalText(text []byte) error {
	parsed, err := ParseHash(string(text))
	if err != nil {
		return err
	}
	*h = parsed
	return nil
}
