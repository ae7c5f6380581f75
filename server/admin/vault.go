package admin

import (
	"crypto/cipher"
	"crypto/rand"
	"encoding/base64"
	"encoding/json"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/crypto/chacha20poly1305"

	"github.com/samtykke/samtykke/consent"
)

// vault encrypts (XChaCha20-Poly1305) what nobody may read in the database or
// change on its way through a browser. What is sealed is bound to what it is about,
// and opens as nothing else.
type vault struct{ aead cipher.AEAD }

func newVault(key []byte) (vault, error) {
	aead, err := chacha20poly1305.NewX(key)
	if err != nil {
		return vault{}, fmt.Errorf("the key of the administration: %w", err)
	}
	return vault{aead}, nil
}

func (v vault) seal(plain []byte, about string) []byte {
	nonce := make([]byte, v.aead.NonceSize(), v.aead.NonceSize()+len(plain)+v.aead.Overhead())
	_, _ = rand.Read(nonce) // never fails: the program ends instead
	return v.aead.Seal(nonce, nonce, plain, []byte(about))
}

func (v vault) open(sealed []byte, about string) ([]byte, error) {
	size := v.aead.NonceSize()
	if len(sealed) < size {
		return nil, errStaleTicket()
	}
	plain, err := v.aead.Open(nil, sealed[:size], sealed[size:], []byte(about))
	if err != nil {
		return nil, errStaleTicket()
	}
	return plain, nil
}

// ticket is what a page carries from one step to the next. Nobody but us can make
// one, and it is of use for minutes.
type ticket struct {
	Account consent.AccountID `json:"account,omitempty"` // 0 for nobody yet
	Expires time.Time         `json:"expires"`
	Data    []byte            `json:"data,omitempty"`
}

// lasting are the purposes of tickets that outlive the server, and let nobody in. All
// others end with it: which of them were used, only the server that issued them knows.
var lasting = []string{devicePurpose, lastPurpose, keptPurpose}

// sealer gives what seals the tickets for a purpose.
func (a *Admin) sealer(purpose string) vault {
	if slices.Contains(lasting, purpose) {
		return a.vault
	}
	return a.passing
}

// newPassing makes a vault whose key nobody else has, and that is gone with it.
func newPassing() (vault, error) {
	key := make([]byte, chacha20poly1305.KeySize)
	_, _ = rand.Read(key) // never fails: the program ends instead
	return newVault(key)
}

// issue writes a ticket for a purpose.
func (a *Admin) issue(purpose string, account consent.AccountID, lasts time.Duration, data []byte) (string, error) {
	text, err := json.Marshal(ticket{account, a.Clock().Add(lasts), data})
	if err != nil {
		return "", err
	}
	return base64.RawURLEncoding.EncodeToString(a.sealer(purpose).seal(text, "ticket "+purpose)), nil
}

// read gives what a ticket for a purpose says.
func (a *Admin) readTicket(purpose, text string) (*ticket, error) {
	sealed, err := base64.RawURLEncoding.DecodeString(text)
	if err != nil {
		return nil, errStaleTicket()
	}
	plain, err := a.sealer(purpose).open(sealed, "ticket "+purpose)
	if err != nil {
		return nil, err
	}
	t := new(ticket)
	if err := json.Unmarshal(plain, t); err != nil || a.Clock().After(t.Expires) {
		return nil, errStaleTicket()
	}
	return t, nil
}

func errStaleTicket() error {
	return consent.Errorf(consent.Invalid, "stale_ticket", "That took too long, or the server was started anew meanwhile. Begin again.")
}

// spent remembers what may be used once, for as long as it could be used again: tickets
// that say so end with it.
type spent struct {
	clock func() time.Time
	mu    sync.Mutex
	until map[string]time.Time
}

func newSpent(clock func() time.Time) *spent {
	return &spent{clock: clock, until: make(map[string]time.Time)}
}

// first says whether something is used for the first time.
func (s *spent) first(what string, until time.Time) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	now := s.clock()
	for old, ends := range s.until {
		if now.After(ends) {
			delete(s.until, old)
		}
	}
	_, again := s.until[what]
	s.until[what] = until
	return !again
}
