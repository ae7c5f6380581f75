package consent

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"strconv"
	"strings"
)

// UnknownFieldError is a name in JSON that nothing is read of.
type UnknownFieldError struct {
	Path string // of the field, with names, and numbers from 0, between dots
	Name string
	Line int // from 1
}

// Error names it and the place.
func (e *UnknownFieldError) Error() string {
	return fmt.Sprintf("There is no field %q here (%s, line %d).", e.Name, e.Path, e.Line)
}

// UnknownField gives the first name in JSON that goes into no field of a value, or nil. The
// JSON must be valid: how deep it goes is bounded by that.
func UnknownField(text []byte, into any) *UnknownFieldError {
	if !json.Valid(text) {
		return nil
	}
	from := json.NewDecoder(bytes.NewReader(text))
	found := unknownField(from, reflect.TypeOf(into), "")
	if found != nil {
		found.Line = 1 + bytes.Count(text[:from.InputOffset()], []byte("\n"))
	}
	return found
}

// longestUnknown is how much of a name is told.
const longestUnknown = 100

// unknownField walks through the next value, of which a type is read; nil is read as it
// came.
func unknownField(from *json.Decoder, into reflect.Type, path string) *UnknownFieldError {
	if into = readAs(into); into == nil {
		_ = from.Decode(new(json.RawMessage)) // it is valid
		return nil
	}
	token, err := from.Token()
	if err != nil {
		return nil
	}
	delim, opens := token.(json.Delim)
	for i := 0; opens && from.More(); i++ {
		at, element := strconv.Itoa(i), elementOf(into)
		if delim == '{' {
			if token, err = from.Token(); err != nil {
				return nil
			}
			at, _ = token.(string)
		}
		below := strings.TrimPrefix(path+"."+at, ".")
		if delim == '{' && into.Kind() == reflect.Struct {
			known := false
			if element, known = fieldOf(into, at); !known {
				at = strings.ToValidUTF8(at[:min(len(at), longestUnknown)], "")
				return &UnknownFieldError{Path: strings.TrimPrefix(path+"."+at, "."), Name: at}
			}
		}
		if found := unknownField(from, element, below); found != nil {
			return found
		}
	}
	if opens {
		_, _ = from.Token() // what closes it
	}
	return nil
}

var ownReading = reflect.TypeFor[json.Unmarshaler]()

// readAs gives what a value is read as, nil for one that reads itself.
func readAs(t reflect.Type) reflect.Type {
	for t != nil {
		if t.Implements(ownReading) || reflect.PointerTo(t).Implements(ownReading) {
			return nil
		}
		if t.Kind() != reflect.Pointer {
			return t
		}
		t = t.Elem()
	}
	return nil
}

func elementOf(t reflect.Type) reflect.Type {
	switch t.Kind() {
	case reflect.Slice, reflect.Array, reflect.Map:
		return t.Elem()
	default:
		return nil
	}
}

// fieldOf finds the field of a name, also in structs that stand within without a name.
func fieldOf(t reflect.Type, name string) (reflect.Type, bool) {
	for _, field := range reflect.VisibleFields(t) {
		tag, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		within := field.Anonymous && tag == ""
		if tag == "" {
			tag = field.Name
		}
		if field.IsExported() && tag != "-" && !within && strings.EqualFold(tag, name) {
			return field.Type, true
		}
	}
	return nil, false
}
