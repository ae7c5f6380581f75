package admin

import (
	"crypto/rand"
	"crypto/subtle"
	"encoding/base32"
	"fmt"
	"net/url"
	"strings"
	"time"

	"github.com/pquerna/otp"
	"github.com/pquerna/otp/hotp"

	"github.com/samtykke/samtykke/consent"
)

// What every authenticator app can do (RFC 6238): six digits of SHA-1, each half
// minute. The step before and the one after are taken too, for clocks that differ.
const (
	stepLasts  = 30 * time.Second
	stepDrift  = 1
	secretSize = 20
)

var secretText = base32.StdEncoding.WithPadding(base32.NoPadding)

// newAppSecret gives the secret that an app shares with us.
func newAppSecret() []byte {
	secret := make([]byte, secretSize)
	_, _ = rand.Read(secret) // never fails: the program ends instead
	return secret
}

// appURL is what an app reads from a QR code.
func appURL(secret []byte, email, host string) string {
	issuer := "Samtykke (" + host + ")"
	values := url.Values{"secret": {secretText.EncodeToString(secret)}, "issuer": {issuer}}
	// Apps show a plus sign as such.
	return "otpauth://totp/" + url.PathEscape(issuer+":"+email) + "?" + strings.ReplaceAll(values.Encode(), "+", "%20")
}

// stepOf gives the step of time whose code this is, or 0. All are compared, so that
// the time that it takes tells nothing.
func stepOf(secret []byte, code string, now time.Time) (int64, error) {
	current, found := now.Unix()/int64(stepLasts/time.Second), int64(0)
	for step := current - stepDrift; step <= current+stepDrift; step++ {
		want, err := hotp.GenerateCodeCustom(secretText.EncodeToString(secret), uint64(max(step, 0)), hotp.ValidateOpts{Digits: otp.DigitsSix, Algorithm: otp.AlgorithmSHA1})
		if err != nil {
			return 0, fmt.Errorf("make a code: %w", err)
		}
		if subtle.ConstantTimeCompare([]byte(want), []byte(code)) == 1 {
			found = step
		}
	}
	return found, nil
}

// aboutApp is what the secret of an account's app is bound to.
func aboutApp(account consent.AccountID) string {
	return fmt.Sprintf("app secret of account %d", account)
}
