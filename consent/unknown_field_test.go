package consent

import (
	"encoding/json"
	"strings"
	"testing"
	"time"
)

// The field that JSON has too much is named with its place; what is read by its own rules,
// or as it came, is not looked into.
func TestUnknownField(t *testing.T) {
	type inner struct {
		Named string `json:"named"`
		Plain int
	}
	type outer struct {
		inner
		List []struct {
			One *inner           `json:"one"`
			Map map[string]inner `json:"map"`
		} `json:"list"`
		When  time.Time       `json:"when"`
		Raw   json.RawMessage `json:"raw"`
		Any   any             `json:"any"`
		Never string          `json:"-"`
	}
	for text, want := range map[string]string{
		`{"named": "x", "plain": 1, "list": [{"one": {"named": "y"}, "map": {"anything": {"Plain": 1}}}], "raw": {"x": 1}, "any": {"y": [{}]}}`: "",
		"{\n\"list\": [\n{}, {\"one\":\n{\"namd\": 1}}]}": "list.1.one.namd 4",
		`{"list": [{"map": {"a.b": {"plan": 1}}}]}`:       "list.0.map.a.b.plan 1",
		`{"never": 1}`:              "never 1",
		`{"Never": 1}`:              "Never 1",
		`{"inner": {}}`:             "inner 1",
		`{"x": 1`:                   "",
		strings.Repeat("[", 20_000): "",
		`[{"x": 1}]`:                "",
		`{"any": ` + strings.Repeat(`[`, 9_000) + strings.Repeat(`]`, 9_000) + `}`: "",
	} {
		got := ""
		if found := UnknownField([]byte(text), &outer{}); found != nil {
			got = found.Path + " " + string(rune('0'+found.Line))
		}
		if got != want {
			t.Errorf("%.80s: got %q, want %q", text, got, want)
		}
	}
}
