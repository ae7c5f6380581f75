package admin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base64"
	"fmt"
	"strings"

	"golang.org/x/crypto/argon2"

	"github.com/samtykke/samtykke/consent"
)

// The cost of a password's hash: 64 MiB and three passes, what RFC 9106 proposes
// for where memory is short.
const (
	hashMemory = 64 << 10 // KiB
	hashPasses = 3
	hashLength = 32
	saltLength = 16
	// hashers is how many passwords are hashed at once: each takes 64 MiB.
	hashers = 2
)

// noPerson is what the passwords of those who have no account are held against, so
// that they take as long. It is the hash of nothing.
var noPerson = encodeHash(make([]byte, saltLength), make([]byte, hashLength))

// hash gives the hash of a password in the PHC string format.
func (a *Admin) hash(password string) (string, error) {
	salt := make([]byte, saltLength)
	if _, err := rand.Read(salt); err != nil {
		return "", err
	}
	return encodeHash(salt, a.derive(consent.NormalPassword(password), salt, hashMemory, hashPasses)), nil
}

// opens says whether a password is the one of a hash, and whether the hash is to be made
// anew: it costs too little, or is of a password as it was typed, from before they were
// brought to one form.
func (a *Admin) opens(password, hash string) (same, stale bool, err error) {
	normal := consent.NormalPassword(password)
	same, stale, err = a.matches(normal, hash)
	if err != nil || same || normal == password {
		return same, stale, err
	}
	same, _, err = a.matches(password, hash)
	return same, true, err
}

// matches says whether a password is the one of a hash, and whether the hash
// costs less than one that is made now.
func (a *Admin) matches(password, hash string) (same, weak bool, err error) {
	var memory, passes uint32
	var lanes uint8
	var version int
	parts := strings.Split(hash, "$")
	if len(parts) != 6 || parts[1] != "argon2id" {
		return false, false, errStrangeHash()
	}
	if _, err := fmt.Sscanf(parts[2]+" "+parts[3], "v=%d m=%d,t=%d,p=%d", &version, &memory, &passes, &lanes); err != nil || version != argon2.Version || lanes != 1 {
		return false, false, errStrangeHash()
	}
	salt, err := base64.RawStdEncoding.DecodeString(parts[4])
	if err != nil {
		return false, false, errStrangeHash()
	}
	want, err := base64.RawStdEncoding.DecodeString(parts[5])
	if err != nil || len(want) != hashLength {
		return false, false, errStrangeHash()
	}
	got := a.derive(password, salt, memory, passes)
	return subtle.ConstantTimeCompare(got, want) == 1, memory < hashMemory || passes < hashPasses, nil
}

// derive waits for a place, so that many logins at once cannot fill the memory.
func (a *Admin) derive(password string, salt []byte, memory, passes uint32) []byte {
	a.hashing <- struct{}{}
	defer func() { <-a.hashing }()
	return argon2.IDKey([]byte(password), salt, passes, memory, 1, hashLength)
}

func encodeHash(salt, key []byte) string {
	return fmt.Sprintf("$argon2id$v=%d$m=%d,t=%d,p=1$%s$%s", argon2.Version, hashMemory, hashPasses,
		base64.RawStdEncoding.EncodeToString(salt), base64.RawStdEncoding.EncodeToString(key))
}

func errStrangeHash() error {
	return consent.Errorf(consent.Internal, "strange_hash", "The hash of a password cannot be read. Make the person a new link: samtykke account reset EMAIL")
}
