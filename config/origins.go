package config

import (
	"errors"
	"strings"
)

// Origins is with which addresses a site may be published.
type Origins string

// The values of Origins.
const (
	OriginsAny    Origins = "any"
	OriginsProven Origins = "proven"
)

// UnmarshalText reads which.
func (o *Origins) UnmarshalText(text []byte) error {
	switch which := Origins(strings.ToLower(string(text))); which {
	case OriginsAny, OriginsProven:
		*o = which
		return nil
	default:
		return errors.New("write any or proven")
	}
}
