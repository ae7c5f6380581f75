package admin

import (
	"crypto/rand"
	"encoding/base32"
	"fmt"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// Recovery codes stand in for a device that is lost. Each has 80 random bits, so
// that its hash can be kept without a salt that costs time.
const (
	recoveryCodes = 10
	recoverySize  = 10 // bytes
)

// newCodes gives recovery codes, as people write them down, with how they are kept.
func newCodes(account consent.AccountID) (shown []string, kept []consent.CodeID) {
	for range recoveryCodes {
		random := make([]byte, recoverySize)
		_, _ = rand.Read(random) // never fails: the program ends instead
		code := strings.ToLower(base32.StdEncoding.EncodeToString(random))
		kept = append(kept, codeID(account, code))
		shown = append(shown, code[:4]+"-"+code[4:8]+"-"+code[8:12]+"-"+code[12:])
	}
	return shown, kept
}

// misread are digits that no code holds, and the letters that they are taken for.
var misread = strings.NewReplacer("0", "o", "1", "l")

// codeID gives how a code is kept, however it was typed.
func codeID(account consent.AccountID, typed string) consent.CodeID {
	code := misread.Replace(strings.Map(func(r rune) rune {
		if r >= 'a' && r <= 'z' || r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, strings.ToLower(typed)))
	return consent.CodeID(consent.HashOf(fmt.Appendf(nil, "recovery code of account %d: %s", account, code)))
}

// renewCodes replaces the person's recovery codes and gives the new ones.
func (r *request) renewCodes() ([]string, error) {
	shown, kept := newCodes(r.account.ID)
	return shown, r.Store.SetCodes(r.ctx, r.account.ID, kept)
}

// firstCodes gives recovery codes to who has none yet.
func (r *request) firstCodes() ([]string, error) {
	factors, err := r.Store.Factors(r.ctx, r.account.ID)
	if err != nil || factors.Codes > 0 {
		return nil, err
	}
	return r.renewCodes()
}
