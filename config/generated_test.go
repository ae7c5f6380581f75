package config

import (
	"bytes"
	"flag"
	"os"
	"testing"
)

var update = flag.Bool("update", false, "write the generated files anew")

// TestGeneratedFiles fails when a comment or a type has changed and the files
// made from it have not. Running go generate ./config mends it.
func TestGeneratedFiles(t *testing.T) {
	schema, err := readVocabulary(t).schema()
	if err != nil {
		t.Fatal(err)
	}
	for path, want := range map[string][]byte{
		"site.schema.json":        schema,
		"../examples/config.yaml": Example(),
	} {
		if *update {
			if err := os.WriteFile(path, want, 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		have, err := os.ReadFile(path)
		if err != nil {
			t.Fatal(err)
		}
		if !bytes.Equal(have, want) {
			t.Errorf("%s is out of date: run go generate ./config", path)
		}
	}
}
