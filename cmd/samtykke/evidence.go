package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

// readEvidence reads an object of JSON that somebody shows as evidence. Whoever looks
// at it must see what a program reads.
func readEvidence(text []byte) (map[string]any, error) {
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		return nil, err
	}
	if !utf8.Valid(text) {
		return nil, errors.New("it is not UTF-8")
	}
	if err := consent.NamesOnce(text, slices.Concat(evidenceNames, provenNames)); err != nil {
		return nil, fmt.Errorf("%w: it was changed since a program of ours wrote it", err)
	}
	return all, nil
}

// evidenceNames are those that are read, beside the names of what a receipt proves.
var evidenceNames = []string{"decisions", "proof", "answers", "key", "granted", "notices", "number", "hash", "log", "checkpoint"}

// tidied is the text of evidence as it was before an editor or mail: what stands
// around it is not part of it. The page that verifies does the same.
func tidied(text []byte) []byte {
	text = bytes.TrimPrefix(text, []byte("\ufeff"))
	text = bytes.ReplaceAll(text, []byte("\r\n"), []byte("\n"))
	return append(bytes.TrimSpace(text), '\n')
}
