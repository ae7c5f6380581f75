package api

import (
	"cmp"
	"encoding"
	"encoding/json"
	"reflect"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// schemas are made of Go types, as encoding/json writes them.
type schemas struct {
	defined object
	owners  map[string]reflect.Type
}

func newSchemas() *schemas { return &schemas{object{}, map[string]reflect.Type{}} }

// otherNames are those of types whose own name another one has.
var otherNames = map[reflect.Type]string{reflect.TypeFor[consent.Problem](): "Fault"}

// values of types that have only some.
var values = map[reflect.Type]any{
	reflect.TypeFor[consent.Method]():            consent.Methods,
	reflect.TypeFor[consent.RequestKind]():       consent.RequestKinds,
	reflect.TypeFor[consent.RequestChannel]():    consent.RequestChannels,
	reflect.TypeFor[consent.RequestStep]():       []consent.RequestStep{consent.StepReceived, consent.StepExtended, consent.StepReminded, consent.StepAnswered},
	reflect.TypeFor[consent.ExtensionGround]():   consent.ExtensionGrounds,
	reflect.TypeFor[consent.Outcome]():           consent.Outcomes,
	reflect.TypeFor[consent.Actor]():             []consent.Actor{consent.ActorVisitor, consent.ActorOperator},
	reflect.TypeFor[consent.ErasureReason]():     consent.ErasureReasons,
	reflect.TypeFor[consent.RestrictionReason](): consent.RestrictionReasons,
	reflect.TypeFor[consent.FindingKind]():       consent.FindingKinds,
	reflect.TypeFor[consent.FindingTimes]():      consent.FindingTimesAll,
	reflect.TypeFor[Code]():                      Codes,
	reflect.TypeFor[consent.Change]():            []consent.Change{consent.Appeared, consent.Vanished, consent.Altered},
	reflect.TypeFor[consent.PlanState]():         []consent.PlanState{consent.PlanProposed, consent.PlanReturned, consent.PlanScheduled, consent.PlanCancelled, consent.PlanFailed},
	reflect.TypeFor[consent.AccountRole]():       consent.Roles,
	reflect.TypeFor[consent.Doer]():              consent.Doers,
	reflect.TypeFor[consent.Scope]():             consent.Scopes,
	reflect.TypeFor[consent.Refusals]():          []consent.Refusals{"", consent.RefusalsKeep, consent.RefusalsCount},
	reflect.TypeFor[consent.GapKind]():           consent.GapKinds,
	reflect.TypeFor[consent.GapSize]():           consent.GapSizes,
	reflect.TypeFor[consent.BreakCause]():        consent.BreakCauses,
	reflect.TypeFor[consent.FlawCode]():          consent.FlawCodes,
	reflect.TypeFor[consent.Severity]():          []consent.Severity{consent.Fault, consent.Warning},
}

// ofSiteFile are the types that are as the schema of site files has them.
var ofSiteFile = map[reflect.Type]string{
	reflect.TypeFor[SiteFile]():     "SiteFile",
	reflect.TypeFor[SiteOf]():       "SiteFile.Site",
	reflect.TypeFor[ContactsOf]():   "SiteFile.Contacts",
	reflect.TypeFor[SiteCategory](): "SiteFile.Category",
	reflect.TypeFor[SiteService]():  "SiteFile.Service",
	reflect.TypeFor[SiteCookie]():   "SiteFile.Cookie",
}

// of gives the schema of a value's type.
func (s *schemas) of(value any) object { return s.typed(reflect.TypeOf(value)) }

func (s *schemas) typed(of reflect.Type) object {
	switch {
	case ofSiteFile[of] != "":
		return reference(ofSiteFile[of])
	case values[of] != nil:
		return object{"type": "string", "enum": values[of]}
	case of.Implements(reflect.TypeFor[encoding.TextMarshaler]()):
		return object{"type": "string"}
	}
	switch of.Kind() {
	case reflect.Pointer:
		return nullable(s.typed(of.Elem()))
	case reflect.Struct:
		return s.structure(of)
	case reflect.Slice:
		return object{"type": "array", "items": s.typed(of.Elem())}
	case reflect.Map:
		if of.Elem().Kind() == reflect.Interface {
			return object{"type": "object"}
		}
		return object{"type": "object", "additionalProperties": s.typed(of.Elem())}
	case reflect.Interface:
		return object{} // whatever a field of a site file is
	case reflect.String:
		return object{"type": "string"}
	case reflect.Bool:
		return object{"type": "boolean"}
	case reflect.Int, reflect.Int64:
		return object{"type": "integer"}
	default:
		panic("api: no schema for " + of.String())
	}
}

func reference(name string) object { return object{"$ref": "#/components/schemas/" + name} }

func nullable(schema object) object {
	return object{"anyOf": []object{schema, {"type": "null"}}}
}

// structure defines a struct by its name.
func (s *schemas) structure(of reflect.Type) object {
	name := cmp.Or(otherNames[of], of.Name())
	if owner := s.owners[name]; owner == of {
		return reference(name)
	} else if owner != nil {
		panic("api: two types are called " + name)
	}
	s.owners[name] = of
	properties, required := object{}, []string{}
	s.defined[name] = object{"type": "object", "additionalProperties": false, "properties": properties, "required": &required}
	for field := range of.Fields() {
		key, options, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "-" { // it is no part of the JSON
			continue
		}
		schema := s.typed(field.Type)
		if field.Tag.Get("null") != "" {
			schema = nullable(schema)
		}
		if about := field.Tag.Get("about"); about != "" {
			schema["description"] = about
		}
		properties[key] = schema
		if options == "" {
			required = append(required, key)
		}
	}
	return reference(name)
}

// siteFile defines the site file as its own schema does. That schema is for who
// writes one; a draft may still be without much of it, so that is not required here.
// What is wrong with a file is told by the answer to it.
func (s *schemas) siteFile() error {
	var schema object
	if err := json.Unmarshal(config.SiteSchema(), &schema); err != nil {
		return err
	}
	definitions, _ := schema["$defs"].(object)
	delete(schema, "$defs")
	delete(schema, "$schema")
	for name, definition := range definitions {
		s.defined["SiteFile."+name] = loosen(definition)
	}
	s.defined["SiteFile"] = loosen(schema)
	return nil
}

// strict are the keywords that a draft need not obey.
var strict = []string{"required", "pattern", "minimum", "maximum", "minItems", "propertyNames"}

func loosen(schema any) any {
	switch schema := schema.(type) {
	case object:
		loose := object{}
		for key, value := range schema {
			if !slices.Contains(strict, key) {
				loose[key] = loosen(value)
			}
		}
		if choices, some := loose["enum"].([]any); some {
			loose["enum"] = append(choices, "") // not chosen yet
		}
		if properties, named := schema["properties"].(object); named {
			inner := object{}
			for name, value := range properties { // names of fields, and no keywords
				inner[name] = loosen(value)
			}
			loose["properties"] = inner
		}
		if ref, ok := loose["$ref"].(string); ok {
			loose["$ref"] = strings.Replace(ref, "#/$defs/", "#/components/schemas/SiteFile.", 1)
		}
		return loose
	case []any:
		loose := make([]any, len(schema))
		for i := range schema {
			loose[i] = loosen(schema[i])
		}
		return loose
	}
	return schema
}
