package config

import (
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"strings"
)

// LogFormat is how log lines are written.
type LogFormat string

// The log formats.
const (
	LogText LogFormat = "text"
	LogJSON LogFormat = "json"
)

// UnmarshalText reads a log format.
func (f *LogFormat) UnmarshalText(text []byte) error {
	switch format := LogFormat(strings.ToLower(string(text))); format {
	case LogText, LogJSON:
		*f = format
		return nil
	default:
		return errors.New("write text or json")
	}
}

// hidden is what a Secret shows instead of itself.
const hidden = "***"

// Secret is a setting that must never be shown. Every way of printing it gives
// three stars; only Reveal gives the value. The value sits behind a pointer,
// because fmt prints the unexported fields of foreign structs without asking
// their methods.
type Secret struct{ value *string }

// NewSecret hides value.
func NewSecret(value string) Secret {
	if value == "" {
		return Secret{}
	}
	return Secret{value: &value}
}

// Reveal gives the value, for the one place that needs it.
func (s Secret) Reveal() string {
	if s.value == nil {
		return ""
	}
	return *s.value
}

// IsZero says whether the secret is unset.
func (s Secret) IsZero() bool { return s.value == nil }

// String gives three stars, or nothing for an unset secret.
func (s Secret) String() string {
	if s.IsZero() {
		return ""
	}
	return hidden
}

// GoString is String, for %#v.
func (s Secret) GoString() string { return s.String() }

// Format is String, for every verb: %d would print the value as an error.
func (s Secret) Format(state fmt.State, _ rune) { _, _ = state.Write([]byte(s.String())) }

// LogValue is String, for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(s.String()) }

// MarshalText is String, for JSON and YAML.
func (s Secret) MarshalText() ([]byte, error) { return []byte(s.String()), nil }

// UnmarshalText reads a secret. Space around it is dropped: files that hold
// secrets end with a line break.
func (s *Secret) UnmarshalText(text []byte) error {
	*s = NewSecret(strings.TrimSpace(string(text)))
	return nil
}

// URL is an absolute web address of scheme, host and port alone, without a
// slash at the end; or empty.
type URL string

// String gives the address.
func (u URL) String() string { return string(u) }

// Host gives the host and port of the address.
func (u URL) Host() string {
	_, host, _ := strings.Cut(string(u), "://")
	return host
}

// UnmarshalText reads an address.
func (u *URL) UnmarshalText(text []byte) error {
	raw := strings.TrimSuffix(string(text), "/")
	if raw == "" {
		*u = ""
		return nil
	}
	parsed, err := url.Parse(raw)
	plain := err == nil && (parsed.Scheme == "https" || parsed.Scheme == "http") && parsed.Hostname() != ""
	if !plain || raw != parsed.Scheme+"://"+parsed.Host {
		return errors.New("write scheme, host and port alone, such as https://samtykke.example.no")
	}
	*u = URL(strings.ToLower(raw))
	return nil
}
