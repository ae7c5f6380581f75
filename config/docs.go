package config

import (
	_ "embed"
	"encoding"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"strconv"
	"strings"
)

// source is config.go itself: the manual is its comments.
//
//go:embed config.go
var source string

// manual holds the comment of every field, by struct and field name.
type manual map[string]map[string]string

// comments reads the manual out of Go source. The source is compiled into the
// program that reads it, so it cannot fail to parse.
func comments(source string) manual {
	file, err := parser.ParseFile(token.NewFileSet(), "config.go", source, parser.ParseComments)
	if err != nil {
		panic("config: " + err.Error())
	}
	found := manual{}
	ast.Inspect(file, func(node ast.Node) bool {
		declared, ok := node.(*ast.TypeSpec)
		if !ok {
			return true
		}
		structure, ok := declared.Type.(*ast.StructType)
		if !ok {
			return false
		}
		fields := map[string]string{}
		for _, field := range structure.Fields.List {
			fields[field.Names[0].Name] = strings.TrimSpace(field.Doc.Text())
		}
		found[declared.Name.Name] = fields
		return false
	})
	return found
}

// entry is one field of Config for the manual: a section or a setting.
type entry struct {
	path    string // dotted
	name    string // the last part of path
	depth   int
	text    string // the comment, from the name on
	section bool
	secret  bool
	initial string // the default as YAML, for a setting
}

// env gives the environment variable of a setting.
func (e entry) env() string {
	return envPrefix + strings.ToUpper(strings.ReplaceAll(e.path, ".", "_"))
}

// variables says where in the environment a setting is looked for.
func (e entry) variables() string {
	if e.secret {
		return e.env() + ", or a file named by " + e.env() + "_FILE"
	}
	return e.env()
}

// entries lists all sections and settings in the order of the struct.
func entries() []entry {
	return describe(comments(source), reflect.ValueOf(*Default()), "", 0)
}

func describe(all manual, section reflect.Value, prefix string, depth int) []entry {
	var found []entry
	for i := range section.NumField() {
		field, value := section.Type().Field(i), section.Field(i)
		name := field.Tag.Get("yaml")
		each := entry{path: prefix + name, name: name, depth: depth}
		// In the manual the key speaks, not the Go field.
		each.text = name + strings.TrimPrefix(all[section.Type().Name()][field.Name], field.Name)
		if value.Kind() == reflect.Struct && !readsText(value.Type()) {
			each.section = true
			found = append(append(found, each), describe(all, value, each.path+".", depth+1)...)
			continue
		}
		each.secret = value.Type() == reflect.TypeFor[Secret]()
		each.initial = literal(value)
		found = append(found, each)
	}
	return found
}

// literal writes a default as YAML.
func literal(value reflect.Value) string {
	text := fmt.Sprint(value)
	if marshaler, ok := value.Interface().(encoding.TextMarshaler); ok {
		marshaled, err := marshaler.MarshalText()
		if err != nil {
			panic("config: " + err.Error())
		}
		text = strings.ToLower(string(marshaled))
	}
	switch {
	case value.Kind() == reflect.Slice:
		return "[]" // no list has a default
	case value.CanInt() && text == strconv.FormatInt(value.Int(), 10), word.MatchString(text):
		return text
	default:
		return strconv.Quote(text)
	}
}

// Example gives a settings file in which every setting has its default, each
// with its entry of the manual above it.
func Example() []byte {
	var out strings.Builder
	out.WriteString("# Settings of samtykke serve. Every value below is the default: keep what you change,\n" +
		"# leave out the rest. A flag wins over the environment, the environment over this file.\n")
	under := false // directly under the name of a section
	for _, each := range entries() {
		indent := strings.Repeat("  ", each.depth)
		if !under {
			out.WriteString("\n")
		}
		under = each.section
		for line := range strings.SplitSeq(each.text, "\n") {
			out.WriteString(strings.TrimRight(indent+"# "+line, " ") + "\n")
		}
		if each.section {
			out.WriteString(indent + each.name + ":\n")
			continue
		}
		fmt.Fprintf(&out, "%s# Environment: %s\n", indent, each.variables())
		fmt.Fprintf(&out, "%s%s: %s\n", indent, each.name, each.initial)
	}
	return []byte(out.String())
}

// Docs gives the manual of all settings, in Markdown.
func Docs() string {
	var out strings.Builder
	out.WriteString("# Settings\n\n" +
		"Settings come from four places; the later ones win: the default, the settings file (YAML), the environment, flags.\n" +
		"A secret can also be read from a file: put the path into the environment variable with `_FILE` at its end.\n" +
		"`samtykke config check` tells everything that is wrong at once.\n")
	for _, each := range entries() {
		if each.section {
			fmt.Fprintf(&out, "\n%s %s\n\n%s\n", strings.Repeat("#", each.depth+2), each.path, each.text)
			continue
		}
		fmt.Fprintf(&out, "\n%s %s\n\n%s\n\n", strings.Repeat("#", each.depth+2), each.path, each.text)
		fmt.Fprintf(&out, "Default: `%s`. Environment: %s.\n", each.initial, each.variables())
	}
	return out.String()
}
