package config

import (
	"fmt"
	"reflect"
	"strconv"
	"strings"

	"go.yaml.in/yaml/v3"

	"github.com/samtykke/samtykke/consent"
)

// decoder reads a YAML tree into the consent types. It goes on after a fault,
// so that everything wrong is told at once, and remembers the line of every
// path for the rules that are checked afterwards.
type decoder struct {
	lines    map[string]int
	problems consent.Problems
}

func (d *decoder) fault(path string, line int, code, message, repair string) {
	d.problems = append(d.problems, consent.Problem{
		Path: path, Line: line, Severity: consent.Fault, Code: code, Message: message, Repair: repair,
	})
}

// value reads one node. A null is as if the key were not there.
func (d *decoder) value(node *yaml.Node, into reflect.Value, path string) {
	if node.Kind == yaml.ScalarNode && node.Tag == "!!null" {
		return
	}
	switch into.Kind() {
	case reflect.Pointer:
		into.Set(reflect.New(into.Type().Elem()))
		d.value(node, into.Elem(), path)
	case reflect.Struct:
		d.structure(node, into, path)
	case reflect.Map:
		d.mapping(node, into, path)
	case reflect.Slice:
		d.list(node, into, path)
	default:
		d.scalar(node, into, path)
	}
}

// structure reads a mapping whose keys are the fields of a struct.
func (d *decoder) structure(node *yaml.Node, into reflect.Value, path string) {
	fields := fieldsOf(into.Type())
	d.pairs(node, path, func(key, value *yaml.Node, at string) {
		if index, ok := fields.index[key.Value]; ok {
			d.value(value, into.Field(index), at)
			return
		}
		d.fault(at, key.Line, "unknown_field", fmt.Sprintf("There is no field %q here.", key.Value), suggest(key.Value, fields.names))
	})
}

// mapping reads a mapping whose keys are free, such as texts by language.
func (d *decoder) mapping(node *yaml.Node, into reflect.Value, path string) {
	if node.Kind == yaml.MappingNode {
		into.Set(reflect.MakeMap(into.Type()))
	}
	d.pairs(node, path, func(key, value *yaml.Node, at string) {
		item := reflect.New(into.Type().Elem()).Elem()
		d.value(value, item, at)
		into.SetMapIndex(reflect.ValueOf(key.Value).Convert(into.Type().Key()), item)
	})
}

// pairs goes through a mapping and reports keys that are not text or not new.
func (d *decoder) pairs(node *yaml.Node, path string, each func(key, value *yaml.Node, at string)) {
	if node.Kind != yaml.MappingNode {
		d.fault(path, node.Line, "wrong_type", fmt.Sprintf("Keys and values are expected here, not %s.", nounOf(node)),
			`Write keys with values, such as {"nb": "Ja", "en": "Yes"}; in YAML also each key with a colon on a line of its own, indented below.`)
		return
	}
	first := map[string]int{}
	for i := 0; i+1 < len(node.Content); i += 2 {
		key, value := node.Content[i], node.Content[i+1]
		at := join(path, stepOf(key.Value))
		switch line, twice := first[key.Value]; {
		case key.Kind != yaml.ScalarNode:
			d.fault(path, key.Line, "wrong_type", "A key is a single word.", "Write the key, a colon, and the value.")
		case twice:
			d.fault(at, key.Line, "duplicate_field", fmt.Sprintf("%s is on line %d already.", key.Value, line), "Keep one of the two.")
		default:
			first[key.Value] = key.Line
			d.lines[at] = key.Line
			each(key, value, at)
		}
	}
}

// list reads a list. In paths its items go by their key, and by their place from
// 0 when they have none or share it with one before, as in consent.Draft.Validate.
func (d *decoder) list(node *yaml.Node, into reflect.Value, path string) {
	if node.Kind != yaml.SequenceNode {
		d.fault(path, node.Line, "wrong_type", fmt.Sprintf("A list is expected here, not %s.", nounOf(node)),
			`Write a list, such as ["one", "two"]; in YAML also each item after a dash on a line of its own, indented below.`)
		return
	}
	into.Set(reflect.MakeSlice(into.Type(), len(node.Content), len(node.Content)))
	for i, item := range node.Content {
		at := join(path, nameOf(item))
		if _, taken := d.lines[at]; taken || at == join(path, "") {
			at = join(path, strconv.Itoa(i))
		}
		d.lines[at] = item.Line
		d.value(item, into.Index(i), at)
	}
}

// scalar reads text or a number.
func (d *decoder) scalar(node *yaml.Node, into reflect.Value, path string) {
	if node.Kind != yaml.ScalarNode {
		d.fault(path, node.Line, "wrong_type", fmt.Sprintf("A single value is expected here, not %s.", nounOf(node)),
			"Write one value alone, and nothing below it.")
		return
	}
	switch {
	case into.Type() == reflect.TypeFor[consent.Lifetime]():
		d.lifetime(node, into, path)
	case into.Kind() == reflect.String:
		if node.Tag == "!!bool" || node.Tag == "!!binary" {
			d.fault(path, node.Line, "wrong_type", fmt.Sprintf("Text is expected here, not %s.", nounOf(node)), "Put it in quotes.")
			return
		}
		into.SetString(node.Value)
	case into.Kind() == reflect.Bool:
		if node.Tag != "!!bool" {
			d.fault(path, node.Line, "wrong_type", fmt.Sprintf("%q is neither true nor false.", node.Value), "Write true or false.")
			return
		}
		into.SetBool(strings.EqualFold(node.Value, "true"))
	default:
		number, err := strconv.Atoi(node.Value)
		if err != nil || node.Tag != "!!int" {
			d.fault(path, node.Line, "wrong_type", fmt.Sprintf("%q is not a whole number.", node.Value), "Write digits only, without quotes.")
			return
		}
		into.SetInt(int64(number))
	}
}

// lifetime reads a lifetime as people write it.
func (d *decoder) lifetime(node *yaml.Node, into reflect.Value, path string) {
	lifetime, err := consent.ParseLifetime(node.Value)
	if err != nil {
		reason := strings.TrimSuffix(err.Error(), ": "+consent.LifetimeRepair+".")
		d.fault(path, node.Line, "bad_lifetime", sentence(reason), sentence(consent.LifetimeRepair))
		return
	}
	into.SetString(string(lifetime))
}

// fields are the names in a file of a struct's fields.
type fields struct {
	names []string
	index map[string]int
}

func fieldsOf(t reflect.Type) fields {
	found := fields{index: map[string]int{}}
	for i := range t.NumField() {
		name, _, _ := strings.Cut(t.Field(i).Tag.Get("yaml"), ",")
		found.names, found.index[name] = append(found.names, name), i
	}
	return found
}

// nameOf is what an item of a list is called in a path: its key or its pattern's name, ""
// when neither can be.
func nameOf(item *yaml.Node) string {
	if key := child(item, "key"); key != nil {
		return consent.PathName(key.Value)
	}
	if pattern := child(item, "pattern"); pattern != nil {
		if name := child(pattern, "name"); name != nil {
			return consent.PathName(name.Value)
		}
	}
	return ""
}

// child gives the value of a key, or nil.
func child(node *yaml.Node, key string) *yaml.Node {
	for i := 0; node.Kind == yaml.MappingNode && i+1 < len(node.Content); i += 2 {
		if node.Content[i].Value == key {
			return node.Content[i+1]
		}
	}
	return nil
}

// nounOf says what a node is, for people.
func nounOf(node *yaml.Node) string {
	switch {
	case node.Kind == yaml.MappingNode:
		return "keys and values"
	case node.Kind == yaml.SequenceNode:
		return "a list"
	case node.Tag == "!!bool":
		return "true or false"
	case node.Tag == "!!int" || node.Tag == "!!float":
		return "a number"
	default:
		return "text"
	}
}

// stepOf is what a key is called in a path. One that is too long is cut: all that lies
// below it has it in its path.
func stepOf(key string) string {
	if consent.PathName(key) == key {
		return key
	}
	return strings.ToValidUTF8(key[:40], "") + "…"
}

func join(path, name string) string {
	if path == "" {
		return name
	}
	return path + "." + name
}
