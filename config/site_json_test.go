package config

import (
	"encoding/json"
	"os"
	"reflect"
	"testing"
)

// What is written as JSON is read back as the same draft.
func TestFormatSiteJSON(t *testing.T) {
	file, err := os.ReadFile("../examples/gjerdrum/site.yaml")
	if err != nil {
		t.Fatal(err)
	}
	draft, _, err := ParseSite(file)
	if err != nil {
		t.Fatal(err)
	}
	draft.Site.Name["nb"] = "yes <b>& 2026-01-01\u2028😀 null"
	text, err := FormatSiteJSON(draft)
	if err != nil || !json.Valid(text) {
		t.Fatalf("got %.200s, %v", text, err)
	}
	again, problems, err := ParseSite(text)
	if err != nil || len(problems.Faults()) > 0 {
		t.Fatal(problems.Faults(), err)
	}
	if !reflect.DeepEqual(draft, again) {
		t.Error("the draft that is read back is another one")
	}
	draft.Site.Name["nb"] = "\xff"
	if _, err := FormatSiteJSON(draft); err == nil {
		t.Error("text that is not UTF-8 is written")
	}
}
