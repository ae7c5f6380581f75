package config

import (
	"bufio"
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"reflect"
	"slices"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// WriteSiteJSON writes a site file as JSON, which is YAML, too: ParseSite reads it back
// as the same draft. It is written in pieces, as WriteSite does. Draft texts must be
// UTF-8.
func WriteSiteJSON(to io.Writer, draft *consent.Draft) error {
	if !printable(reflect.ValueOf(draft).Elem()) {
		return errNotPrintable()
	}
	w := jsonWriter{bufio.NewWriter(to)}
	w.value(reflect.ValueOf(draft).Elem())
	return w.Flush()
}

// FormatSiteJSON gives what WriteSiteJSON writes.
func FormatSiteJSON(draft *consent.Draft) ([]byte, error) {
	var file bytes.Buffer
	err := WriteSiteJSON(&file, draft)
	return file.Bytes(), err
}

// jsonWriter writes the consent types under the names that a site file has for them, in
// the order of the alphabet. Errors come with Flush.
type jsonWriter struct{ *bufio.Writer }

func (w jsonWriter) value(from reflect.Value) {
	if absent(from, false) {
		w.raw("null")
		return
	}
	switch from.Kind() {
	case reflect.Pointer:
		w.value(from.Elem())
	case reflect.Struct:
		w.structure(from)
	case reflect.Map:
		w.mapping(from)
	case reflect.Slice:
		w.list(from)
	case reflect.String:
		w.text(from.String())
	case reflect.Bool:
		w.raw(strconv.FormatBool(from.Bool()))
	case reflect.Int:
		w.raw(strconv.FormatInt(from.Int(), 10))
	default:
		panic(fmt.Sprintf("config: no way to write a %s", from.Type()))
	}
}

func (w jsonWriter) raw(text string) { _, _ = w.WriteString(text) }

func (w jsonWriter) text(text string) {
	quoted, err := json.Marshal(text)
	if err != nil {
		panic(err) // it is text
	}
	_, _ = w.Write(quoted)
}

// member writes what stands before the value of a member.
func (w jsonWriter) member(first bool, name string) {
	if !first {
		w.raw(",")
	}
	w.text(name)
	w.raw(":")
}

func (w jsonWriter) structure(from reflect.Value) {
	type field struct {
		name  string
		value reflect.Value
	}
	var fields []field
	for i := range from.NumField() {
		name, options, _ := strings.Cut(from.Type().Field(i).Tag.Get("yaml"), ",")
		if !absent(from.Field(i), options == "omitempty") {
			fields = append(fields, field{name, from.Field(i)})
		}
	}
	slices.SortFunc(fields, func(a, b field) int { return strings.Compare(a.name, b.name) })
	w.raw("{")
	for i, each := range fields {
		w.member(i == 0, each.name)
		w.value(each.value)
	}
	w.raw("}")
}

func (w jsonWriter) mapping(from reflect.Value) {
	keys := from.MapKeys()
	slices.SortFunc(keys, func(a, b reflect.Value) int { return strings.Compare(a.String(), b.String()) })
	w.raw("{")
	for i, key := range keys {
		w.member(i == 0, key.String())
		w.value(from.MapIndex(key))
	}
	w.raw("}")
}

func (w jsonWriter) list(from reflect.Value) {
	w.raw("[")
	for i := range from.Len() {
		if i > 0 {
			w.raw(",")
		}
		w.value(from.Index(i))
	}
	w.raw("]")
}
