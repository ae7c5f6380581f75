package consent

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/binary"
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The kinds of key that sign here.
const (
	KeyEd25519     = 1 // signs notes (C2SP signed-note)
	KeyCosignature = 4 // Ed25519 of a witness: signs that it has seen a checkpoint, and when (C2SP tlog-cosignature)
)

// VerifierKey is the public half of a key that signs notes (C2SP signed-note).
type VerifierKey struct {
	Name   string
	ID     uint32 // tells keys of one name apart
	Kind   byte
	Public [32]byte // Ed25519
}

// NewVerifierKey names a public key.
func NewVerifierKey(name string, kind byte, public [32]byte) VerifierKey {
	sum := sha256.Sum256(append([]byte(name+"\n"), append([]byte{kind}, public[:]...)...))
	return VerifierKey{Name: name, ID: binary.BigEndian.Uint32(sum[:]), Kind: kind, Public: public}
}

// ParseVerifierKey reads a verifier key of one of our kinds, and holds it
// against its own id.
func ParseVerifierKey(text string) (VerifierKey, error) {
	if strings.HasPrefix(text, "PRIVATE+KEY+") {
		return VerifierKey{}, Errorf(Invalid, "private_key", "This is the secret half of a key, which should never leave its server. Make a new one there, and take its verifier key.")
	}
	name, rest, _ := strings.Cut(text, "+")
	id, encoded, _ := strings.Cut(rest, "+")
	raw, err := base64.StdEncoding.Strict().DecodeString(encoded)
	number, badID := strconv.ParseUint(id, 16, 32)
	if !IsKeyName(name) || len(id) != 8 || badID != nil || err != nil || len(raw) != 33 {
		return VerifierKey{}, Errorf(Invalid, "bad_key", "%q is no verifier key: name, eight digits and base64, with + between.", text)
	}
	key := NewVerifierKey(name, raw[0], [32]byte(raw[1:]))
	if key.Kind != KeyEd25519 && key.Kind != KeyCosignature {
		return VerifierKey{}, Errorf(Invalid, "bad_key", "The key of %s is of another kind than Ed25519.", name)
	}
	if key.ID != uint32(number) {
		return VerifierKey{}, Errorf(Invalid, "bad_key", "The digits in the key of %s do not fit the rest of it: some characters were lost.", name)
	}
	return key, nil
}

// String gives the key as it is published.
func (k VerifierKey) String() string {
	return fmt.Sprintf("%s+%08x+%s", k.Name, k.ID, base64.StdEncoding.EncodeToString(append([]byte{k.Kind}, k.Public[:]...)))
}

// IsKeyName says whether a key may have that name.
func IsKeyName(name string) bool {
	return name != "" && utf8.ValidString(name) && !strings.ContainsRune(name, '+') && strings.IndexFunc(name, unicode.IsSpace) < 0
}
