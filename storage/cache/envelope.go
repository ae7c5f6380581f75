package cache

import (
	"bytes"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"hash"
	"net/url"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// schema numbers the form of what is in Redis. Another form gets other keys, so
// that two versions of the program never read each other's.
const schema = "2"

// magic begins every value of ours.
const magic = "samtykke\x01"

// maxValue is the largest value that is written or believed, in bytes.
const maxValue = 1 << 20

// nameOf gives the versioned name of a thing: publishing makes a new name, so
// nothing is ever invalidated. In Redis the version ends with the hash, so that
// databases that share it do not meet.
func nameOf(site consent.SiteKey, version, kind string) string {
	return url.QueryEscape(string(site)) + ":" + url.QueryEscape(version) + ":" + kind
}

var errForeign = errors.New("the value is not one of ours")

// seal wraps a payload for Redis: magic, length of the key, key, time of
// making in milliseconds, digest of all of it, payload. The digest is an HMAC
// where there is a server key, so that nobody else can make one; the key inside
// keeps a value from being believed under another name.
func seal(secret []byte, key string, payload []byte, created time.Time) []byte {
	head := make([]byte, 0, len(magic)+4+len(key)+8+sha256.Size+len(payload))
	head = append(head, magic...)
	head = binary.BigEndian.AppendUint32(head, uint32(len(key))) //nolint:gosec // keys are short
	head = append(head, key...)
	head = binary.BigEndian.AppendUint64(head, uint64(created.UnixMilli()))
	digest := sum(secret, head, payload)
	return append(append(head, digest...), payload...)
}

// open gives the payload of a sealed value, if it is the one for this key.
func open(secret []byte, key string, value []byte) ([]byte, error) {
	head := len(magic) + 4 + len(key) + 8
	if len(value) < head+sha256.Size || len(value) > maxValue {
		return nil, fmt.Errorf("%w: %d bytes", errForeign, len(value))
	}
	start := binary.BigEndian.AppendUint32([]byte(magic), uint32(len(key))) //nolint:gosec // keys are short
	start = append(start, key...)
	if !bytes.HasPrefix(value, start) {
		return nil, fmt.Errorf("%w: another key or form", errForeign)
	}
	digest, payload := value[head:head+sha256.Size], value[head+sha256.Size:]
	if !hmac.Equal(digest, sum(secret, value[:head], payload)) {
		return nil, fmt.Errorf("%w: wrong digest", errForeign)
	}
	return payload, nil
}

func sum(secret, head, payload []byte) []byte {
	var h hash.Hash
	if len(secret) > 0 {
		h = hmac.New(sha256.New, secret)
	} else {
		h = sha256.New()
	}
	h.Write(head)
	h.Write(payload)
	return h.Sum(nil)
}
