package config

import (
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"maps"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
)

// object is one JSON object of the schema.
type object = map[string]any

const (
	keyPattern      = "^[a-z0-9][a-z0-9-]{0,39}$"
	languagePattern = "^[a-z]{2,3}(-[a-z0-9]{2,8})*$"
	datePattern     = "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"
	countryPattern  = "^[A-Z]{2}$"
)

// byType says what the Go type of a field cannot.
var byType = map[string]object{
	"SiteKey":        {"type": "string", "pattern": keyPattern},
	"OrganisationID": {"type": "string", "pattern": keyPattern},
	"ServiceKey":     {"type": "string", "pattern": keyPattern},
	"CategoryKey":    {"type": "string", "pattern": keyPattern, "examples": []string{"necessary", "functional", "statistics", "marketing"}},
	"Language":       {"type": "string", "pattern": languagePattern, "examples": []string{"nb", "nn", "se", "en"}},
	"Lifetime":       {"type": "string", "examples": []string{"session", "P1Y", "PT17M", "to år", "17 minutter"}},
	"Text":           {"type": "object", "propertyNames": object{"pattern": languagePattern}, "additionalProperties": object{"type": "string"}},
}

// colour is a field that holds one.
var colour = object{"pattern": "^#[0-9a-fA-F]{6}$"}

// byField says what the Go field cannot.
var byField = map[string]object{
	"Organisation.Number":  {"pattern": "^[0-9]{9}$"},
	"Site.Heading":         {"minimum": 2, "maximum": 4},
	"Look.Accent":          colour,
	"Look.Radius":          {"minimum": 0, "maximum": 16},
	"Look.Width":           {"minimum": 20, "maximum": 80},
	"Look.Background":      colour,
	"Look.Text":            colour,
	"DarkLook.Accent":      colour,
	"DarkLook.Background":  colour,
	"DarkLook.Text":        colour,
	"Exemption.Reviewed":   {"pattern": datePattern},
	"Transfer.Checked":     {"pattern": datePattern},
	"Transfer.Country":     {"pattern": countryPattern},
	"LogKeeping.Countries": {"minItems": 1, "items": object{"type": "string", "pattern": countryPattern}},
	"Provider.Country":     {"items": object{"type": "string", "pattern": countryPattern}},
}

// vocabulary is what the schema needs of the source of package consent.
type vocabulary struct {
	structs map[string]*ast.StructType
	types   map[string]string            // documentation by type
	values  map[string][]string          // constants by type, in order
	meaning map[string]map[string]string // comment by type and constant
}

func readVocabulary(t *testing.T) vocabulary {
	t.Helper()
	files, err := filepath.Glob("../consent/*.go")
	if err != nil || len(files) == 0 {
		t.Fatal("no source of package consent", err)
	}
	found := vocabulary{map[string]*ast.StructType{}, map[string]string{}, map[string][]string{}, map[string]map[string]string{}}
	for _, path := range files {
		file, err := parser.ParseFile(token.NewFileSet(), path, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, declared := range file.Decls {
			if group, ok := declared.(*ast.GenDecl); ok {
				found.read(group)
			}
		}
	}
	return found
}

func (v vocabulary) read(group *ast.GenDecl) {
	for _, spec := range group.Specs {
		switch spec := spec.(type) {
		case *ast.TypeSpec:
			v.types[spec.Name.Name] = oneLine(group.Doc)
			if structure, ok := spec.Type.(*ast.StructType); ok {
				v.structs[spec.Name.Name] = structure
			}
		case *ast.ValueSpec:
			name, typed := spec.Type.(*ast.Ident)
			if !typed || len(spec.Values) != 1 {
				continue
			}
			if literal, ok := spec.Values[0].(*ast.BasicLit); ok && literal.Kind == token.STRING {
				value, err := strconv.Unquote(literal.Value)
				if err != nil {
					continue
				}
				v.values[name.Name] = append(v.values[name.Name], value)
				if v.meaning[name.Name] == nil {
					v.meaning[name.Name] = map[string]string{}
				}
				v.meaning[name.Name][value] = oneLine(spec.Comment)
			}
		}
	}
}

// schema makes the schema of Draft and all that it is made of.
func (v vocabulary) schema() ([]byte, error) {
	definitions := object{}
	v.define("Draft", definitions)
	schema := object{
		"$schema":     "https://json-schema.org/draft/2020-12/schema",
		"title":       "Samtykke site file",
		"description": "A site, and the inventory of what its services keep on visitors' devices.",
	}
	maps.Copy(schema, definitions["Draft"].(object))
	delete(definitions, "Draft")
	schema["$defs"] = definitions
	data, err := json.MarshalIndent(schema, "", "  ")
	return append(data, '\n'), err
}

func (v vocabulary) define(name string, definitions object) {
	if definitions[name] != nil {
		return
	}
	properties, required := object{}, []string{}
	definitions[name] = object{"type": "object", "additionalProperties": false, "properties": properties}
	for _, field := range v.structs[name].Fields.List {
		tag, _ := strconv.Unquote(field.Tag.Value)
		_, tag, _ = strings.Cut(tag, `yaml:"`)
		tag, _, _ = strings.Cut(tag, `"`)
		key, options, _ := strings.Cut(tag, ",")
		if options != "omitempty" {
			required = append(required, key)
		}
		property := v.property(field.Type, definitions)
		maps.Copy(property, byField[name+"."+field.Names[0].Name])
		text := strings.TrimSpace(oneLine(field.Doc) + " " + oneLine(field.Comment))
		if about, found := strings.CutPrefix(text, field.Names[0].Name+" "); found {
			text = key + " " + about // in a file the key speaks, not the Go field
		}
		if text = strings.TrimSpace(text + " " + v.explain(field.Type)); text != "" {
			property["description"] = text
		}
		properties[key] = property
	}
	slices.Sort(required)
	if len(required) > 0 {
		definitions[name].(object)["required"] = required
	}
}

// property gives the schema of one type.
func (v vocabulary) property(kind ast.Expr, definitions object) object {
	switch kind := kind.(type) {
	case *ast.StarExpr:
		return v.property(kind.X, definitions)
	case *ast.ArrayType:
		return object{"type": "array", "items": v.property(kind.Elt, definitions)}
	case *ast.MapType:
		return object{"type": "object", "additionalProperties": v.property(kind.Value, definitions)}
	}
	name := kind.(*ast.Ident).Name
	switch {
	case byType[name] != nil:
		definition := maps.Clone(byType[name])
		definition["description"] = v.types[name]
		definitions[name] = definition
		return object{"$ref": "#/$defs/" + name}
	case v.structs[name] != nil:
		v.define(name, definitions)
		return object{"$ref": "#/$defs/" + name}
	case len(v.values[name]) > 0:
		return object{"type": "string", "enum": v.values[name]}
	case name == "int":
		return object{"type": "integer"}
	case name == "bool":
		return object{"type": "boolean"}
	default:
		return object{"type": "string"}
	}
}

// explain says what the values of a type mean, where the source does.
func (v vocabulary) explain(kind ast.Expr) string {
	name, ok := kind.(*ast.Ident)
	if !ok || byType[name.Name] != nil || len(v.values[name.Name]) == 0 {
		return ""
	}
	parts := []string{v.types[name.Name]}
	for _, value := range v.values[name.Name] {
		if meaning := v.meaning[name.Name][value]; meaning != "" {
			parts = append(parts, value+": "+strings.TrimSuffix(meaning, ".")+".")
		}
	}
	return strings.Join(parts, " ")
}

func oneLine(comment *ast.CommentGroup) string {
	return strings.Join(strings.Fields(comment.Text()), " ")
}
