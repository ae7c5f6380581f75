package config

import (
	"errors"
	"strings"
)

// Pictures is whether a running server takes pictures of what is published.
type Pictures string

// The values of Pictures.
const (
	PicturesAuto Pictures = "auto"
	PicturesOff  Pictures = "off"
)

// UnmarshalText reads whether.
func (p *Pictures) UnmarshalText(text []byte) error {
	switch whether := Pictures(strings.ToLower(string(text))); whether {
	case PicturesAuto, PicturesOff:
		*p = whether
		return nil
	default:
		return errors.New("write auto or off")
	}
}
