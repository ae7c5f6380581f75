package main_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/santhosh-tekuri/jsonschema/v6"
)

// TestConsentRecordsFitTheirSchema holds every exported line against the schema
// that the program hands out, and takes each mandatory field away in turn.
func TestConsentRecordsFitTheirSchema(t *testing.T) {
	const decisions = 300
	i := newInstallation(t)
	i.fill(t, decisions)
	schema := compile(t, must(t, "log", "schema"))
	seen := map[string]int{}
	examples := map[string]string{}
	for line := range strings.Lines(must(t, "log", "export", "gjerdrum", "--format", "jsonld", "--data", i.data)) {
		if err := schema.Validate(parsed(t, line)); err != nil {
			t.Fatalf("%v\n%s", err, line)
		}
		kind, _ := parsed(t, line)["@type"].(string)
		seen[kind]++
		if !strings.Contains(line, `"samtykke:state":"refused"`) { // a refusal may be counted without a key
			examples[kind] = line
		}
		if kind == "dpv:ConsentRecord" && seen["dpv:ConsentNotice"] != 1 {
			t.Fatal("a decision comes before the one notice that it refers to")
		}
	}
	if seen["dpv:ConsentRecord"] != decisions || seen["dpv:ConsentNotice"] != 1 {
		t.Fatalf("the lines are %v", seen)
	}
	for kind, line := range examples {
		for field := range parsed(t, line) {
			broken := parsed(t, line)
			delete(broken, field)
			if schema.Validate(broken) == nil {
				t.Errorf("%s: the schema is content without %s", kind, field)
			}
			broken[field] = nil
			if field != "dpv:isAfter" && schema.Validate(broken) == nil {
				t.Errorf("%s: the schema is content when %s is null", kind, field)
			}
		}
		within(parsed(t, line), func(path string, object map[string]any, field string) {
			value := object[field]
			delete(object, field)
			if optional := isOptional(path, field); (schema.Validate(root) == nil) != optional {
				t.Errorf("%s: without %s.%s the schema is content: %v", kind, path, field, !optional)
			}
			object[field] = value
		})
	}
	contradicts(t, schema, examples["dpv:ConsentRecord"])
	if strings.Contains(examples["dpv:ConsentRecord"], `"@context":"`) {
		t.Error("the context is somewhere else: nobody should have to fetch it")
	}
}

// contradicts gives the schema a record whose status, or whose answers, are not of
// the type that their value has in the vocabulary.
func contradicts(t *testing.T, schema *jsonschema.Schema, line string) {
	t.Helper()
	for state, term := range map[string]string{"given": "Given", "refused": "Refused", "withdrawn": "Withdrawn", "expired": "Expired", "partly_given": "Status", "invalidated": "Status"} {
		for _, other := range []string{"Given", "Refused", "Withdrawn", "Expired", "Status"} {
			record := parsed(t, line)
			status, _ := record["dpv:hasConsentStatus"].(map[string]any)
			status["samtykke:state"], status["@type"] = state, []any{"dpv:Consent" + other, "dpv:ExpressedConsent"}
			if content := schema.Validate(record) == nil; content != (other == term) {
				t.Errorf("the schema is content with %s as dpv:Consent%s: %v", state, other, content)
			}
		}
	}
	record := parsed(t, line)
	answers, _ := record["dpv:hasProcess"].([]any)
	answer, _ := answers[0].(map[string]any)
	if answer["samtykke:granted"] = answer["samtykke:granted"] != true; schema.Validate(record) == nil {
		t.Error("the schema is content with an answer that is not of its type")
	}
}

// root is the line that within looks into.
var root map[string]any

// within visits the fields of a line's status, answers and controller.
func within(line map[string]any, visit func(path string, object map[string]any, field string)) {
	root = line
	for _, path := range []string{"dpv:hasConsentStatus", "dpv:hasDataSubject", "dpv:hasDataController", "dpv:hasProcess", "dpv:hasPurpose", "dpv:hasConsentControl"} {
		object, _ := line[path].(map[string]any)
		if list, ok := line[path].([]any); ok {
			object, _ = list[0].(map[string]any)
		}
		for field := range object {
			visit(path, object, field)
		}
	}
}

// isOptional knows the two ways to reach somebody, of which one is enough.
func isOptional(path, field string) bool {
	return path == "dpv:hasDataController" && (field == "dpv:hasAddress" || field == "dpv:hasContact")
}

func compile(t *testing.T, text string) *jsonschema.Schema {
	t.Helper()
	document, err := jsonschema.UnmarshalJSON(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	compiler := jsonschema.NewCompiler()
	if err := compiler.AddResource("record.json", document); err != nil {
		t.Fatal(err)
	}
	schema, err := compiler.Compile("record.json")
	if err != nil {
		t.Fatal(err)
	}
	return schema
}

func parsed(t *testing.T, line string) map[string]any {
	t.Helper()
	var object map[string]any
	if err := json.Unmarshal([]byte(line), &object); err != nil {
		t.Fatalf("%v: %s", err, line)
	}
	return object
}
