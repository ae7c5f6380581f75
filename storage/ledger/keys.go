package ledger

import (
	"crypto/rand"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/consent"
)

// Keys is a folder with the signing keys, apart from the database. Each tree
// has a file <name>.key that only the owner may read, with the key that signs
// now, and a file <name>.pub with every verifier key that it ever had, one a
// line, the newest last. A file <name>.begun says that the tree has begun. The file
// journal.sealed says that the journal of erasures is sealed.
type Keys struct{ Folder string }

// Signer gives the key that signs for a tree: fs.ErrNotExist when it is not there.
// The name is that of its files, the origin that of the key.
func (k Keys) Signer(name, origin string) (note.Signer, error) {
	secret, err := os.ReadFile(k.path(name, ".key"))
	if err != nil {
		return nil, fmt.Errorf("read the signing key: %w", err)
	}
	if err := k.private(name); err != nil {
		return nil, err
	}
	signer, err := note.NewSigner(strings.TrimSpace(string(secret)))
	if err != nil {
		return nil, fmt.Errorf("the signing key %s is damaged: restore the file from its backup, or move it away to begin with a new key: %w", k.path(name, ".key"), err)
	}
	if signer.Name() != origin {
		return nil, fmt.Errorf("the signing key %s belongs to %s and not to %s: put the right file there", k.path(name, ".key"), signer.Name(), origin)
	}
	return signer, nil
}

// Has says whether there is a key that signs for a tree.
func (k Keys) Has(name string) (bool, error) {
	_, err := os.Stat(k.path(name, ".key"))
	if errors.Is(err, fs.ErrNotExist) {
		return false, nil
	}
	return err == nil, err
}

// private refuses a key that others may read.
func (k Keys) private(name string) error {
	info, err := os.Stat(k.path(name, ".key"))
	if err != nil {
		return err
	}
	if info.Mode().Perm()&0o077 != 0 {
		return fmt.Errorf("others may read the signing key %s: run chmod 600 on it, and replace it if they did: samtykke log rotate", k.path(name, ".key"))
	}
	return nil
}

// Rotate makes a new key and has it sign from now on. What the earlier ones
// signed stays valid.
func (k Keys) Rotate(name, origin string) (note.Signer, error) {
	secret, verifier, err := note.GenerateKey(rand.Reader, origin)
	if err != nil {
		return nil, fmt.Errorf("make a signing key: %w", err)
	}
	if err := os.MkdirAll(k.Folder, 0o700); err != nil {
		return nil, fmt.Errorf("make the folder for signing keys: %w", err)
	}
	// The verifier key comes first: nothing is ever signed that cannot be verified.
	known, err := os.ReadFile(k.path(name, ".pub"))
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("read the verifier keys: %w", err)
	}
	if err := writeFile(k.path(name, ".pub"), append(known, verifier+"\n"...), 0o644); err != nil {
		return nil, fmt.Errorf("keep the verifier key: %w", err)
	}
	if err := writeFile(k.path(name, ".key"), []byte(secret+"\n"), 0o600); err != nil {
		return nil, fmt.Errorf("keep the signing key: %w", err)
	}
	return note.NewSigner(secret)
}

// Verifiers gives every verifier key of a tree, in the form of a text with one
// a line.
func (k Keys) Verifiers(name string) (string, error) {
	text, err := os.ReadFile(k.path(name, ".pub"))
	if errors.Is(err, fs.ErrNotExist) {
		return "", fmt.Errorf("the verifier keys %s are not there (%w): put the folder of keys back from its backup, or write them there as they were published, one a line", k.path(name, ".pub"), fs.ErrNotExist)
	}
	if err != nil {
		return "", fmt.Errorf("read the verifier keys: %w", err)
	}
	return string(text), nil
}

func (k Keys) path(name, kind string) string { return filepath.Join(k.Folder, name+kind) }

// ParseVerifiers reads verifier keys, one a line.
func ParseVerifiers(text string) (note.Verifiers, error) {
	var list []note.Verifier
	for line := range strings.Lines(text) {
		line = strings.TrimSpace(line)
		if line == "" {
			continue
		}
		verifier, err := note.NewVerifier(line)
		if err != nil {
			if _, why := consent.ParseVerifierKey(line); why != nil {
				return nil, why
			}
			return nil, fmt.Errorf("%q is no verifier key: %w", line, err)
		}
		list = append(list, verifier)
	}
	return note.VerifierList(list...), nil
}
