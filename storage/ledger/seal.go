package ledger

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Seal is a keyed hash of a head. It is stored with the head in one transaction,
// before anything is signed, so that a program signs no head that another, which
// can write to the database and has no keys, has put there.
type Seal = [sha256.Size]byte

// Secret is the key of the seals, of heads and of the journal's lines: 32 random
// bytes in the folder of keys.
type Secret []byte

// The files of secrets in the folder of keys.
const (
	secretFile = "heads.secret"
	adminFile  = "admin.secret"
)

const (
	sealDomain = "samtykke/head/v1\x00"
)

// Secret reads the key of the seals. With create it is made when it is not there.
func (k Keys) Secret(create bool) (Secret, error) {
	secret, err := k.secret(secretFile)
	if !create || !errors.Is(err, fs.ErrNotExist) {
		return secret, err
	}
	if err := k.forgetSealed(); err != nil {
		return nil, err
	}
	return k.makeSecret(secretFile)
}

// Admin reads the key of what the administration keeps encrypted, and makes it on
// first use.
func (k Keys) Admin() (Secret, error) {
	secret, err := k.secret(adminFile)
	if errors.Is(err, fs.ErrNotExist) {
		return k.makeSecret(adminFile)
	}
	return secret, err
}

func (k Keys) secret(file string) (Secret, error) {
	path := filepath.Join(k.Folder, file)
	text, err := os.ReadFile(path) //nolint:gosec // the folder is the settings'
	if err != nil {
		return nil, fmt.Errorf("read the secret %s: %w", file, err)
	}
	secret, err := hex.DecodeString(strings.TrimSpace(string(text)))
	if err != nil || len(secret) != sha256.Size {
		return nil, fmt.Errorf("%s is damaged: put the folder of keys back from its backup", path)
	}
	return secret, nil
}

func (k Keys) makeSecret(file string) (Secret, error) {
	if err := os.MkdirAll(k.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for signing keys: %w", err)
	}
	secret := make(Secret, sha256.Size)
	_, _ = rand.Read(secret) // never fails: the program ends instead
	if err := writeFile(filepath.Join(k.Folder, file), []byte(hex.EncodeToString(secret)+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("keep a secret in the folder of keys: %w", err)
	}
	return secret, nil
}

// Seal gives the seal of a head.
func (s Secret) Seal(head *Head) (seal Seal) {
	sum := hmac.New(sha256.New, s)
	sum.Write([]byte(sealDomain))
	sum.Write(head.text())
	sum.Sum(seal[:0])
	return seal
}
