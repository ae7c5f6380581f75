package config

import (
	"encoding/json"
	"reflect"
	"testing"
)

// What is written as JSON is read back as the same draft.
func TestFormatSiteJSON(t *testing.T) {
	draft, _ := gjerdrum(t)
	draft.Site.Name["nb"] = "yes <b>& 2026-01-01 😀 null"
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
