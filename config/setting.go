package config

import (
	"encoding"
	"errors"
	"fmt"
	"log/slog"
	"reflect"
	"strconv"
	"strings"
)

// setting is one leaf of Config.
type setting struct {
	path  string // dotted, as in the file: public.listen
	env   string // SAMTYKKE_PUBLIC_LISTEN
	index []int  // where it is in Config
	kind  reflect.Type
}

// secret says whether the setting may also be read from a file of its own.
func (s setting) secret() bool { return s.kind == reflect.TypeFor[Secret]() }

// envPrefix starts the name of every environment variable of ours.
const envPrefix = "SAMTYKKE_"

// settings lists every leaf of Config, in the order of the struct.
func settings() []setting {
	return leaves(reflect.TypeFor[Config](), "", nil)
}

func leaves(section reflect.Type, prefix string, index []int) []setting {
	var found []setting
	for field := range section.Fields() {
		path := prefix + field.Tag.Get("yaml")
		at := append(append([]int{}, index...), field.Index...)
		if field.Type.Kind() == reflect.Struct && !readsText(field.Type) {
			found = append(found, leaves(field.Type, path+".", at)...)
			continue
		}
		name := envPrefix + strings.ToUpper(strings.ReplaceAll(path, ".", "_"))
		found = append(found, setting{path: path, env: name, index: at, kind: field.Type})
	}
	return found
}

// readsText says whether a type reads itself from text.
func readsText(t reflect.Type) bool {
	return reflect.PointerTo(t).Implements(reflect.TypeFor[encoding.TextUnmarshaler]())
}

// set reads a raw value of a layer into its field, which holds the default:
// text, a number, or a list. An error says what to write instead.
func set(field reflect.Value, raw any) error {
	if field.Kind() == reflect.Slice {
		field.Set(reflect.ValueOf(listOf(raw)))
		return nil
	}
	text, err := textOf(raw)
	if err != nil {
		return err
	}
	if reader, ok := field.Addr().Interface().(encoding.TextUnmarshaler); ok {
		return readText(reader, text)
	}
	switch field.Kind() {
	case reflect.String:
		field.SetString(text)
	case reflect.Int:
		number, err := strconv.Atoi(text)
		if err != nil {
			return fmt.Errorf("write a whole number, such as %d", field.Int())
		}
		field.SetInt(int64(number))
	default:
		panic("config: no way to read a " + field.Type().String())
	}
	return nil
}

// readText lets a type read itself. Types that are not ours say what is wrong,
// and not what to write instead.
func readText(reader encoding.TextUnmarshaler, text string) error {
	err := reader.UnmarshalText([]byte(text))
	if _, foreign := reader.(*slog.Level); foreign && err != nil {
		return errors.New("write debug, info, warn or error")
	}
	return err
}

// textOf gives a single value as text.
func textOf(raw any) (string, error) {
	switch value := raw.(type) {
	case string:
		return value, nil
	case []string, []any:
		return "", errors.New("write one value here, not a list")
	default:
		return fmt.Sprint(value), nil
	}
}

// listOf gives a list; text is split at commas, as in environment variables.
func listOf(raw any) []string {
	switch value := raw.(type) {
	case []string:
		if len(value) == 0 {
			return nil // as if it were not written
		}
		return value
	case string:
		var items []string
		for item := range strings.SplitSeq(value, ",") {
			if item = strings.TrimSpace(item); item != "" {
				items = append(items, item)
			}
		}
		return items
	default:
		return []string{fmt.Sprint(value)}
	}
}
