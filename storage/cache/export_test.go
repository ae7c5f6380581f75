package cache

import (
	"testing"
	"time"
)

// Forge gives the value of one key in Redis as somebody who holds the server's
// key would put it under another.
func Forge(tb testing.TB, secret, from, to, value string) string {
	tb.Helper()
	payload, err := open([]byte(secret), from, []byte(value))
	if err != nil {
		tb.Fatal(err)
	}
	return string(seal([]byte(secret), to, payload, time.Now()))
}
