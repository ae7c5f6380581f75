package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode/utf8"
)

// readEvidence reads an object of JSON that somebody shows as evidence. Whoever looks
// at it must see what a program reads: each name of an object stands once, whatever
// its case, and a name that is read is written as it is.
func readEvidence(text []byte) (map[string]any, error) {
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	if !utf8.Valid(text) {
		return nil, errors.New("it is not UTF-8")
	}
	return all, namesOnce(json.NewDecoder(bytes.NewReader(text)))
}

// evidenceNames are those that are read, beside the names of what a receipt proves.
var evidenceNames = []string{"decisions", "proof", "answers", "key", "granted", "notices", "number", "hash", "log", "checkpoint"}

// namesOnce walks through the next value.
func namesOnce(from *json.Decoder) error {
	token, err := from.Token()
	if err != nil {
		return err
	}
	delim, opens := token.(json.Delim)
	if !opens {
		return nil
	}
	var seen []string
	for from.More() {
		if delim == '{' {
			if token, err = from.Token(); err != nil {
				return err
			}
			name, _ := token.(string)
			if err := nameOnce(name, seen); err != nil {
				return err
			}
			seen = append(seen, name)
		}
		if err := namesOnce(from); err != nil {
			return err
		}
	}
	_, err = from.Token() // what closes it
	return err
}

func nameOnce(name string, seen []string) error {
	alike := func(other string) bool { return strings.EqualFold(name, other) }
	if i := slices.IndexFunc(seen, alike); i >= 0 {
		return &twoReadingsError{seen[i], name}
	}
	for _, names := range [][]string{evidenceNames, provenNames} {
		if i := slices.IndexFunc(names, alike); i >= 0 && names[i] != name {
			return &twoReadingsError{names[i], name}
		}
	}
	return nil
}

// twoReadingsError is evidence that one reads one way and another otherwise.
type twoReadingsError struct{ name, again string }

func (e *twoReadingsError) Error() string {
	if e.name == e.again {
		return fmt.Sprintf("the name %q stands twice in one object, so that two readers may read two things: it was changed since a program of ours wrote it", e.name)
	}
	return fmt.Sprintf("the name %q is almost %q, so that two readers may read two things: it was changed since a program of ours wrote it", e.again, e.name)
}

// tidied is the text of evidence as it was before an editor or mail: what stands
// around it is not part of it. The page that verifies does the same.
func tidied(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return append(bytes.TrimSpace(text), '\n')
}
