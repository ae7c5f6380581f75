package consent

import (
	"crypto/sha256"
	"encoding/base64"
)

const (
	tokenBytes = 22 // six of time, sixteen of randomness
	tokenChars = 30 // the same in base64url without padding
	timeBytes  = 6
)

// ParseToken turns the token that a visitor's browser shows into the key that
// the server keeps. A token is base64url of 22 bytes: milliseconds since 1970
// in six, big endian, and sixteen random ones. The key keeps the six, so that
// index inserts stay nearly sequential, and the first sixteen bytes of the
// SHA-256 of all 22, so that a stolen database opens nothing. The error is
// Invalid (malformed_token) and never repeats the token.
func ParseToken(s string) (VisitorKey, error) {
	var token [tokenBytes + 2]byte // room for what the decoder writes ahead
	if len(s) != tokenChars {
		return VisitorKey{}, malformedToken()
	}
	n, err := base64.RawURLEncoding.Strict().Decode(token[:], []byte(s))
	if err != nil || n != tokenBytes {
		return VisitorKey{}, malformedToken()
	}
	var key VisitorKey
	sum := sha256.Sum256(token[:tokenBytes])
	copy(key[:], token[:timeBytes])
	copy(key[timeBytes:], sum[:])
	return key, nil
}

func malformedToken() error {
	return Errorf(Invalid, "malformed_token",
		"The token is not one of ours: copy all %d characters from the banner's settings.", tokenChars)
}

// IsZero says that there is no visitor, as in a refusal that is only counted.
func (k VisitorKey) IsZero() bool { return k == VisitorKey{} }
