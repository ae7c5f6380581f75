package visitor

import (
	"bytes"
	"errors"
	"io"
	"strconv"

	"github.com/go-json-experiment/json/jsontext"
)

// reader reads JSON token by token and takes nothing for something else.
type reader struct {
	*jsontext.Decoder
	body []byte
}

func newReader(body []byte) reader {
	return reader{jsontext.NewDecoder(bytes.NewBuffer(body)), body}
}

// object reads an object; member must read the value of the member it is told.
func (r reader) object(member func(name string) error) error {
	token, err := r.ReadToken()
	if err != nil {
		return err
	}
	if token.Kind() != '{' {
		return errors.New("an object was expected")
	}
	for {
		token, err := r.ReadToken()
		if err != nil {
			return err
		}
		if token.Kind() == '}' {
			return nil
		}
		if err := member(token.String()); err != nil {
			return err
		}
	}
}

func (r reader) text() (string, error) {
	token, err := r.ReadToken()
	if err != nil {
		return "", err
	}
	if token.Kind() != '"' {
		return "", errors.New("a text was expected")
	}
	return token.String(), nil
}

func (r reader) truth() (bool, error) {
	token, err := r.ReadToken()
	if err != nil {
		return false, err
	}
	if kind := token.Kind(); kind != 't' && kind != 'f' {
		return false, errors.New("true or false was expected")
	}
	return token.Bool(), nil
}

// integer reads a whole number written without fraction and exponent.
func (r reader) integer() (int64, error) {
	token, err := r.ReadToken()
	if err != nil {
		return 0, err
	}
	if token.Kind() != '0' {
		return 0, errors.New("a number was expected")
	}
	n, err := strconv.ParseInt(token.String(), 10, 64)
	if err != nil {
		return 0, errors.New("a whole number was expected")
	}
	return n, nil
}

// end says that there is nothing after the object.
func (r reader) end() error {
	if _, err := r.ReadToken(); !errors.Is(err, io.EOF) {
		return errors.New("there is something after the object")
	}
	return nil
}

// readAs reads a text and parses it. Our parsers' errors repeat nothing of it.
func readAs[T any](r reader, parse func(string) (T, error)) (T, error) {
	text, err := r.text()
	if err != nil {
		var none T
		return none, err
	}
	return parse(text)
}

// array reads an array; element must read one element.
func (r reader) array(element func() error) error {
	token, err := r.ReadToken()
	if err != nil {
		return err
	}
	if token.Kind() != '[' {
		return errors.New("a list was expected")
	}
	for r.PeekKind() != ']' {
		if err := element(); err != nil {
			return err
		}
	}
	_, err = r.ReadToken()
	return err
}
