package ledger

import (
	"crypto/ed25519"
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
)

// The files of the two keys that belong to no tree. A tree's name ends with a
// year.
const (
	hostName    = "host"
	witnessName = "witness"
)

// Endorse adds the signature of the key that vouches, before witnesses, for every
// tree of this host, and makes the key on first use: a witness can watch the one
// key in place of one for each site and year.
func (k Keys) Endorse(host string, checkpoint []byte) ([]byte, error) {
	signer, err := k.host(host)
	if err != nil {
		return nil, err
	}
	return addSignature(checkpoint, signer)
}

func (k Keys) host(host string) (note.Signer, error) {
	signer, err := k.Signer(hostName, host+"/consent")
	if errors.Is(err, fs.ErrNotExist) {
		return k.Rotate(hostName, host+"/consent")
	}
	return signer, err
}

// HostKey gives the verifier key to Endorse.
func (k Keys) HostKey(host string) (consent.VerifierKey, error) {
	if _, err := k.host(host); err != nil {
		return consent.VerifierKey{}, err
	}
	text, err := k.Verifiers(hostName)
	if err != nil {
		return consent.VerifierKey{}, err
	}
	lines := strings.Fields(text)
	return consent.ParseVerifierKey(lines[len(lines)-1])
}

// WitnessKey gives the verifier key of this host as a witness, and makes the key
// on first use.
func (k Keys) WitnessKey(host string) (consent.VerifierKey, error) {
	c, err := k.cosigner(host + "/witness")
	if err != nil {
		return consent.VerifierKey{}, err
	}
	return c.VerifierKey, nil
}

// cosigner reads the witness's key, or makes it.
func (k Keys) cosigner(name string) (*cosigner, error) {
	path := k.path(witnessName, ".key")
	secret, err := os.ReadFile(path) //nolint:gosec // G304: the administrator names it
	if errors.Is(err, fs.ErrNotExist) {
		return k.newCosigner(name)
	}
	if err != nil {
		return nil, fmt.Errorf("read the witness's key: %w", err)
	}
	if err := k.private(witnessName); err != nil {
		return nil, err
	}
	c, err := parseCosigner(strings.TrimSpace(string(secret)))
	if err != nil {
		return nil, fmt.Errorf("the witness's key %s is damaged: restore the file from its backup: %w", path, err)
	}
	if c.Name != name {
		return nil, fmt.Errorf("the witness's key %s belongs to %s and not to %s: put public.url back, or move the file away and give the new key to those whom you witness", path, c.Name, name)
	}
	return c, nil
}

func (k Keys) newCosigner(name string) (*cosigner, error) {
	seed := make([]byte, ed25519.SeedSize)
	if _, err := rand.Read(seed); err != nil {
		return nil, fmt.Errorf("make the witness's key: %w", err)
	}
	c := newCosigner(name, seed)
	if err := os.MkdirAll(k.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for signing keys: %w", err)
	}
	if err := writeFile(k.path(witnessName, ".pub"), []byte(c.String()+"\n"), 0o644); err != nil {
		return nil, fmt.Errorf("keep the verifier key: %w", err)
	}
	if err := writeFile(k.path(witnessName, ".key"), []byte(c.secret()+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("keep the witness's key: %w", err)
	}
	return c, nil
}
