package sqlite

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"sync"
	"time"

	"golang.org/x/mod/sumdb/note"

	"github.com/samtykke/samtykke/storage/ledger"
)

// signers keeps the signing keys that were read.
type signers struct {
	keys ledger.Keys

	mu     sync.Mutex
	known  map[string]*signing // by the tree's name
	secret ledger.Secret       // of the heads' seals
}

// signing is a key with what it signed last: many ask for the same head.
type signing struct {
	signer     note.Signer
	head       ledger.Head
	checkpoint []byte
}

func newSigners(folder string) *signers {
	return &signers{keys: ledger.Keys{Folder: folder}, known: make(map[string]*signing)}
}

// sign gives the signed checkpoint of a committed head, if it is sealed.
func (s *signers) sign(t *tree) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	with, err := s.sealed(t)
	if err != nil {
		return nil, err
	}
	if head := t.head(); with.checkpoint == nil || with.head != head {
		signed, err := head.Sign(with.signer)
		if err != nil {
			return nil, err
		}
		with.head, with.checkpoint = head, signed
	}
	return with.checkpoint, nil
}

// signDropped signs a tree's head for the last time.
func (s *signers) signDropped(t *tree, at time.Time, lost int64) ([]byte, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	with, err := s.sealed(t)
	if err != nil {
		return nil, err
	}
	last := ledger.Dropped{Head: t.head(), Time: at, Lost: lost}
	return last.Sign(with.signer)
}

// ready says whether a tree's head is sealed and there is a key to sign with. Both
// are made with the tree.
func (s *signers) ready(t *tree) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	_, err := s.sealed(t)
	return err
}

// sealed gives what signs for a tree whose head was written with the keys.
func (s *signers) sealed(t *tree) (*signing, error) {
	seal, err := s.sealOf(t, false)
	if err != nil {
		return nil, err
	}
	if seal != t.seal {
		return nil, errUnsealed(t)
	}
	return s.of(t)
}

// isSealed says whether a tree's head was written with the secret that there is.
func (s *signers) isSealed(t *tree) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	seal, err := s.sealOf(t, false)
	return err == nil && seal == t.seal
}

// seal gives a head its seal. With create, the secret is made if it is not there.
func (s *signers) seal(t *tree, create bool) (err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	t.seal, err = s.sealOf(t, create)
	return err
}

func (s *signers) sealOf(t *tree, create bool) (ledger.Seal, error) {
	if s.secret == nil {
		secret, err := s.keys.Secret(create)
		if errors.Is(err, fs.ErrNotExist) {
			err = errNoKey(t)
		}
		if err != nil {
			return ledger.Seal{}, err
		}
		s.secret = secret
	}
	head := t.head()
	return s.secret.Seal(&head), nil
}

func (s *signers) of(t *tree) (*signing, error) {
	if known, ok := s.known[t.name()]; ok {
		return known, nil
	}
	signer, err := s.keys.Signer(t.name(), t.origin)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, errNoKey(t)
	}
	if err != nil {
		return nil, err
	}
	s.known[t.name()] = &signing{signer: signer}
	return s.known[t.name()], nil
}

// make gives a tree that is planted its key, unless an earlier try has made it.
func (s *signers) make(t *tree) error {
	has, err := s.keys.Has(t.name())
	if err == nil && !has {
		_, err = s.keys.Rotate(t.name(), t.origin)
	}
	return err
}

func errUnsealed(t *tree) error {
	return fmt.Errorf("the head of the ledger %s was not written by a program that has its keys: nothing is signed for it; "+
		"run samtykke log verify, and put back a database that holds", t.origin)
}

// errNoKey keeps a reader of a copy, or a server whose keys were moved, from going
// on with a key that nobody knows.
func errNoKey(t *tree) error {
	return fmt.Errorf("the signing key of the ledger %s is not there (%w): put the folder of keys back from its backup; "+
		"if the key is lost, samtykke log rotate %s makes a new one, and the ledger says so", t.origin, fs.ErrNotExist, t.site)
}

// forget has every key read again, because it may have been rotated.
func (s *signers) forget() {
	s.mu.Lock()
	defer s.mu.Unlock()
	clear(s.known)
	s.secret = nil
}

// rotate makes a new key for a tree and gives its verifier key.
func (s *signers) rotate(t *tree) (string, error) {
	signer, err := s.keys.Rotate(t.name(), t.origin)
	if err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.known[t.name()] = &signing{signer: signer}
	text, err := s.keys.Verifiers(t.name())
	lines := strings.Fields(text)
	if err != nil || len(lines) == 0 {
		return "", err
	}
	return lines[len(lines)-1], nil
}

// verifiers gives every key that ever signed for a tree.
func (s *signers) verifiers(t *tree) (text string, list note.Verifiers, err error) {
	if text, err = s.keys.Verifiers(t.name()); err == nil {
		list, err = ledger.ParseVerifiers(text)
	}
	return text, list, err
}
