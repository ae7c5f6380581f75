package config

import (
	"fmt"
	"reflect"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// encoder turns the consent types into a YAML tree: the mirror of decoder.
// Lists and maps that are nil are left out, so that they come back as nil.
type encoder struct {
	languages []consent.Language // the order in which texts are written
}

// word matches what needs no quotes: lists of a few of them go on one line.
var word = regexp.MustCompile(`^[A-Za-z_][\w.-]{0,39}$`)

// value gives the node of one value.
func (e encoder) value(from reflect.Value) *yaml.Node {
	if absent(from, false) {
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!null"}
	}
	switch from.Kind() {
	case reflect.Pointer:
		return e.value(from.Elem())
	case reflect.Struct:
		return e.structure(from)
	case reflect.Map:
		return e.mapping(from)
	case reflect.Slice:
		node := &yaml.Node{Kind: yaml.SequenceNode}
		plain := true
		for i := range from.Len() {
			item := e.value(from.Index(i))
			plain = plain && item.Kind == yaml.ScalarNode && word.MatchString(item.Value)
			node.Content = append(node.Content, item)
		}
		if plain && from.Len() < 6 {
			node.Style = yaml.FlowStyle
		}
		return node
	case reflect.String:
		return text(from.String())
	case reflect.Bool:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!bool", Value: strconv.FormatBool(from.Bool())}
	case reflect.Int:
		return &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!int", Value: strconv.FormatInt(from.Int(), 10)}
	default:
		panic(fmt.Sprintf("config: no way to write a %s", from.Type()))
	}
}

// structure writes the fields in the order of the struct.
func (e encoder) structure(from reflect.Value) *yaml.Node {
	node := &yaml.Node{Kind: yaml.MappingNode}
	for i := range from.NumField() {
		field := from.Field(i)
		name, options, _ := strings.Cut(from.Type().Field(i).Tag.Get("yaml"), ",")
		if absent(field, options == "omitempty") {
			continue
		}
		node.Content = append(node.Content, text(name), e.value(field))
	}
	return node
}

// absent says whether a field is left out.
func absent(field reflect.Value, omitEmpty bool) bool {
	switch field.Kind() {
	case reflect.Map, reflect.Slice, reflect.Pointer:
		return field.IsNil()
	default:
		return omitEmpty && field.IsZero()
	}
}

// mapping writes texts in the site's order of languages, all else by name.
func (e encoder) mapping(from reflect.Value) *yaml.Node {
	names := make([]string, 0, from.Len())
	for _, key := range from.MapKeys() {
		names = append(names, key.String())
	}
	slices.SortFunc(names, func(a, b string) int {
		if order := e.place(a) - e.place(b); order != 0 {
			return order
		}
		return strings.Compare(a, b)
	})
	node := &yaml.Node{Kind: yaml.MappingNode}
	for _, name := range names {
		key := reflect.ValueOf(name).Convert(from.Type().Key())
		node.Content = append(node.Content, text(name), e.value(from.MapIndex(key)))
	}
	return node
}

// place is where a language stands in the site's order, or after all of it.
func (e encoder) place(name string) int {
	at := slices.Index(e.languages, consent.Language(name))
	if at < 0 {
		return len(e.languages)
	}
	return at
}

// text gives a text node, quoted where YAML would take it for something else.
// What holds more than letters and spaces goes into double quotes: the other
// styles of YAML lose some of it.
func text(value string) *yaml.Node {
	node := &yaml.Node{Kind: yaml.ScalarNode, Tag: "!!str", Value: value}
	if strings.ContainsFunc(value, func(r rune) bool { return r != ' ' && !unicode.IsGraphic(r) }) {
		node.Style = yaml.DoubleQuotedStyle
	}
	return node
}
