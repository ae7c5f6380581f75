package visitor

import (
	"bytes"
	"encoding/json"
	"errors"
	"strconv"
	"strings"
	"unicode/utf8"
)

// reader reads JSON that has one known shape, and takes nothing for something
// else: names are case-sensitive and stand once, text is UTF-8, null is not a
// value. It knows no nesting but that of its caller, so nothing can be too
// deep. It stands on the path of every Decision, where it takes a seventh of
// the time of a general decoder.
type reader struct {
	body []byte
	at   int
}

// maxMembers is far more than any Notice has services.
const maxMembers = 512

var (
	errNotJSON = errors.New("it is not one JSON object in UTF-8 with every name once")
	errBeyond  = errors.New("there is something after the object")
)

// next gives the next byte that is not white space, without passing it; 0 at
// the end.
func (r *reader) next() byte {
	for ; r.at < len(r.body); r.at++ {
		switch c := r.body[r.at]; c {
		case ' ', '\t', '\n', '\r':
		default:
			return c
		}
	}
	return 0
}

// pass goes past c if that comes next.
func (r *reader) pass(c byte) bool {
	if r.next() != c {
		return false
	}
	r.at++
	return true
}

// object reads an object; member must read the value of the member it is told,
// and copy the name if it keeps it.
func (r *reader) object(member func(name []byte) error) error {
	if !r.pass('{') {
		return errors.New("an object was expected")
	}
	if r.pass('}') {
		return nil
	}
	var few [12][]byte
	seen := few[:0]
	for {
		name, err := r.text()
		if err != nil || !r.pass(':') || len(seen) == maxMembers {
			return errNotJSON
		}
		for _, earlier := range seen {
			if bytes.Equal(earlier, name) {
				return errNotJSON
			}
		}
		seen = append(seen, name)
		if err := member(name); err != nil {
			return err
		}
		if r.pass('}') {
			return nil
		}
		if !r.pass(',') {
			return errNotJSON
		}
	}
}

// array reads an array; element must read one element.
func (r *reader) array(element func() error) error {
	if !r.pass('[') {
		return errors.New("a list was expected")
	}
	if r.pass(']') {
		return nil
	}
	for {
		if err := element(); err != nil {
			return err
		}
		if r.pass(']') {
			return nil
		}
		if !r.pass(',') {
			return errNotJSON
		}
	}
}

// text reads a string. It is part of the body where nothing in it is escaped.
func (r *reader) text() ([]byte, error) {
	if !r.pass('"') {
		return nil, errors.New("a text was expected")
	}
	start := r.at
	plain := true
	for ; r.at < len(r.body); r.at++ {
		switch c := r.body[r.at]; {
		case c == '"':
			r.at++
			if plain {
				return r.body[start : r.at-1], nil
			}
			return unquote(r.body[start-1 : r.at])
		case c == '\\':
			plain = false
			r.at++ // whatever is escaped does not end the text
		case c >= utf8.RuneSelf:
			plain = false
		case c < ' ':
			return nil, errNotJSON
		}
	}
	return nil, errNotJSON
}

// unquote reads a string that holds more than plain ASCII. What is not UTF-8,
// and half a surrogate pair, is refused instead of replaced.
func unquote(quoted []byte) ([]byte, error) {
	var text string
	if !utf8.Valid(quoted) || json.Unmarshal(quoted, &text) != nil || strings.ContainsRune(text, utf8.RuneError) {
		return nil, errNotJSON
	}
	return []byte(text), nil
}

// truth reads true or false.
func (r *reader) truth() (bool, error) {
	r.next()
	for _, literal := range []string{"true", "false"} {
		if bytes.HasPrefix(r.body[r.at:], []byte(literal)) {
			r.at += len(literal)
			return literal == "true", nil
		}
	}
	return false, errors.New("true or false was expected")
}

// integer reads a whole number written without fraction and exponent.
func (r *reader) integer() (int64, error) {
	r.next()
	start := r.at
	for r.at < len(r.body) && (r.body[r.at] == '-' || r.body[r.at] >= '0' && r.body[r.at] <= '9') {
		r.at++
	}
	digits := string(r.body[start:r.at])
	n, err := strconv.ParseInt(digits, 10, 64)
	if unsigned := strings.TrimPrefix(digits, "-"); err != nil || len(unsigned) > 1 && unsigned[0] == '0' {
		return 0, errors.New("a whole number was expected")
	}
	return n, nil
}

// end says that there is nothing after the object.
func (r *reader) end() error {
	if r.next(); r.at < len(r.body) {
		return errBeyond
	}
	return nil
}

// readAs reads a text and parses it. Our parsers' errors repeat nothing of it.
func readAs[T any](r *reader, parse func(string) (T, error)) (T, error) {
	text, err := r.text()
	if err != nil {
		var none T
		return none, err
	}
	return parse(string(text))
}
