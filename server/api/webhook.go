package api

import (
	"maps"
	"reflect"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/server/notify"
)

// webhooks describes what the webhook of the host is posted, by the kind of the message.
func (s *schemas) webhooks() object {
	hooks := object{}
	for kind, shape := range notify.Shapes {
		name := "Told" + strings.ToUpper(kind[:1]) + kind[1:]
		s.defined[name] = s.told(kind, shape)
		hooks[kind] = object{"post": object{
			"operationId": "told" + strings.ToUpper(kind[:1]) + kind[1:],
			"summary":     "What the webhook in the host's settings gets of the kind " + kind,
			"description": "The signature is that of the time, a full stop and the body as it came. Refuse a time that is more than 5 minutes from yours, and an id that you have had.",
			"parameters": []object{
				{"name": notify.TimeHeader, "in": "header", "required": true, "description": "Seconds since 1970", "schema": object{"type": "string"}},
				{"name": notify.SignatureHeader, "in": "header", "required": true, "description": "v1= and HMAC-SHA256 in hexadecimal", "schema": object{"type": "string", "pattern": "^v1=[0-9a-f]{64}$"}},
			},
			"requestBody": object{"required": true, "content": object{"application/json": object{"schema": reference(name)}}},
			"responses":   object{"2XX": object{"description": "Taken. Anything else is tried again"}},
		}}
	}
	return hooks
}

// told is the schema of a message of a kind.
func (s *schemas) told(kind string, shape notify.Shape) object {
	properties := s.fields(reflect.TypeFor[notify.Message]())
	properties["version"] = object{"type": "integer", "const": notify.Version}
	properties["kind"] = object{"type": "string", "const": kind}
	properties["items"] = object{"type": "array", "items": s.item(shape)}
	if len(shape.Fields) == 0 {
		properties["items"].(object)["maxItems"] = 0
	}
	return closed(properties, slices.Sorted(maps.Keys(properties)))
}

// item is the schema of what a message of a kind tells of: the fields of its shape alone.
func (s *schemas) item(shape notify.Shape) object {
	all, properties := s.fields(reflect.TypeFor[notify.Item]()), object{}
	for _, field := range slices.Concat(shape.Fields, shape.Optional) {
		properties[field] = all[field]
	}
	required := slices.Clone(shape.Fields)
	if len(shape.About) > 0 {
		properties["about"] = object{"type": "string", "enum": shape.About}
	}
	if len(shape.Counts)+len(shape.MayCount) > 0 {
		counts := object{}
		for _, name := range slices.Concat(shape.Counts, shape.MayCount) {
			counts[name] = object{"type": "integer", "minimum": 0}
		}
		properties["counts"] = closed(counts, shape.Counts)
		if len(shape.Counts) > 0 {
			required = append(required, "counts")
		}
	}
	return closed(properties, required)
}

func closed(properties object, required []string) object {
	return object{"type": "object", "additionalProperties": false, "properties": properties, "required": append([]string{}, required...)}
}

// fields are those of a type whose values leave out what they do not have.
func (s *schemas) fields(of reflect.Type) object {
	properties := object{}
	for field := range of.Fields() {
		key, _, _ := strings.Cut(field.Tag.Get("json"), ",")
		if key == "items" { // by the kind
			continue
		}
		kept := field.Type
		if kept.Kind() == reflect.Pointer {
			kept = kept.Elem()
		}
		schema := s.typed(kept)
		if about := field.Tag.Get("about"); about != "" {
			schema["description"] = about
		}
		properties[key] = schema
	}
	return properties
}
