package config

import (
	"bytes"
	"encoding/json"
	"errors"
	"regexp"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// UnreadError is the error of a file that is neither JSON nor YAML. It is a consent.Error,
// Invalid with the code "not_yaml".
type UnreadError struct {
	Line int // where reading stopped, counted from 1; 0 when that is not known
	own  *consent.Error
}

// Error gives the sentence.
func (u *UnreadError) Error() string { return u.own.Error() }

// Unwrap gives the consent.Error.
func (u *UnreadError) Unwrap() error { return u.own }

var yamlLine = regexp.MustCompile(`^yaml: line (\d+): `)

// unread tells why data can be read as neither: as JSON where it begins like that, or
// else by what the reader of YAML said.
func unread(data []byte, what string, asYAML error) error {
	kind, why, line := "YAML", strings.TrimPrefix(asYAML.Error(), "yaml: "), 0
	if found := yamlLine.FindStringSubmatch(asYAML.Error()); found != nil {
		line, _ = strconv.Atoi(found[1])
	}
	var flaw *json.SyntaxError
	if text := bytes.TrimSpace(data); len(text) > 0 && (text[0] == '{' || text[0] == '[') && errors.As(json.Unmarshal(data, new(any)), &flaw) {
		line = 1 + bytes.Count(data[:flaw.Offset], []byte("\n"))
		kind, why = "JSON", "line "+strconv.Itoa(line)+": "+flaw.Error()
	}
	return &UnreadError{line, consent.Errorf(consent.Invalid, "not_yaml", "The %s is not %s: %s. Mend that first; the other checks need it.", what, kind, why)}
}
