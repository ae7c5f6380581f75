package consent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// TwoReadingsError is JSON that one reader reads one way and another otherwise.
type TwoReadingsError struct {
	Path string // where the second name stands, such as faults.0.code
	Name string
	// Again is how the name stands there: the same, or in another case.
	Again string
}

func (e *TwoReadingsError) Error() string {
	if e.Name == e.Again {
		return fmt.Sprintf("the name %q stands twice in one object, so that two readers may read two things", e.Name)
	}
	return fmt.Sprintf("the name %q is almost %q, so that two readers may read two things", e.Again, e.Name)
}

// NamesOnce refuses JSON that reads two ways, with a TwoReadingsError: each name of an
// object stands once, whatever its case, and a name that is known is written as it is.
// Go alone would take the last one, in any case.
func NamesOnce(text []byte, known []string) error {
	return namesOnce(json.NewDecoder(bytes.NewReader(text)), known, "")
}

// namesOnce walks through the next value.
func namesOnce(from *json.Decoder, known []string, path string) error {
	token, err := from.Token()
	if err != nil {
		return err
	}
	delim, opens := token.(json.Delim)
	if !opens {
		return nil
	}
	var seen []string
	for i := 0; from.More(); i++ {
		at := strconv.Itoa(i)
		if delim == '{' {
			if token, err = from.Token(); err != nil {
				return err
			}
			at, _ = token.(string)
		}
		below := strings.TrimPrefix(path+"."+at, ".")
		if delim == '{' {
			if err := nameOnce(at, below, seen, known); err != nil {
				return err
			}
			seen = append(seen, at)
		}
		if err := namesOnce(from, known, below); err != nil {
			return err
		}
	}
	_, err = from.Token() // what closes it
	return err
}

func nameOnce(name, path string, seen, known []string) error {
	alike := func(other string) bool { return strings.EqualFold(name, other) }
	if i := slices.IndexFunc(seen, alike); i >= 0 {
		return &TwoReadingsError{path, seen[i], name}
	}
	if i := slices.IndexFunc(known, alike); i >= 0 && !slices.Contains(known, name) {
		return &TwoReadingsError{path, known[i], name}
	}
	return nil
}
