package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// JSON is read as JSON: what every program writes is taken, to the same draft as the
// same words in YAML, and what is wrong is told at its line.
func TestParseSiteJSON(t *testing.T) {
	draft, _ := gjerdrum(t)
	draft.Site.Name["nb"] = "Film 🎥\u007f\" og \\ud83c" // not half of a character: a backslash and letters
	text, err := FormatSiteJSON(draft)
	if err != nil {
		t.Fatal(err)
	}
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		t.Fatal(err)
	}
	long := strings.Repeat("k", 2000) // YAML has no such keys
	fields["site"].(map[string]any)[long] = 1
	indented, err := json.MarshalIndent(fields, "", "\t")
	if err != nil {
		t.Fatal(err)
	}
	escaped := bytes.ReplaceAll(indented, []byte("🎥"), []byte(`\ud83c\udfa5`)) // as Python does by itself
	again, problems, err := ParseSite(append([]byte("\ufeff"), escaped...))
	if err != nil || !reflect.DeepEqual(again.Site.Name, draft.Site.Name) || !reflect.DeepEqual(again.Services, draft.Services) {
		t.Fatalf("another draft is read: %v", err)
	}
	before, _, _ := bytes.Cut(escaped, []byte(long))
	line := 1 + bytes.Count(before, []byte("\n"))
	if !slices.ContainsFunc(problems, func(p consent.Problem) bool { return p.Code == "unknown_field" && p.Line == line }) {
		t.Errorf("the unknown field at line %d is not told: %.300v", line, problems)
	}
	for content, wants := range map[string]string{
		`{"site":{"key":"a","key":"b"}}`:                    "duplicate_field site.key 1",
		"{\"site\":{\"key\":\"a\",\n\"strange\":1}}":        "unknown_field site.strange 2",
		`{"site":{"key":true}}`:                             "wrong_type site.key 1",
		`{"site":[]}`:                                       "wrong_type site 1",
		`{"services":[{"key":"a","purpose_revision":1.5}]}`: "wrong_type services.a.purpose_revision 1",
	} {
		_, problems, err := ParseSite([]byte(content))
		if err != nil || !slices.ContainsFunc(problems, func(p consent.Problem) bool { return fmt.Sprint(p.Code, " ", p.Path, " ", p.Line) == wants }) {
			t.Errorf("%s: %q is not told: %.300v, %v", content, wants, problems, err)
		}
	}
	for _, half := range []string{`\ud83c`, `\ud83c\ud83c`, `\udfa5`, `\ud83c\n`, `\ud83c\\udfa5`} {
		_, _, err := ParseSite([]byte("{\"site\":\n{\"key\":\"" + half + "\"}}"))
		if consent.CodeOf(err) != "not_utf8" || !strings.Contains(err.Error(), "line 2") {
			t.Errorf("half of a character, %s, gives %v", half, err)
		}
	}
}

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
