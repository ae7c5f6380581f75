package visitor

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

const validClaim = `{"id":"0195f3a0-0000-7000-8000-000000000001","token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA","bundle":"gZzRQaS2YgE",` +
	`"language":"nb","method":"save","layer":"second","choice":{"categories":{"statistics":true},"services":{"marketing/youtube":false}},` +
	`"previous":"0195f3a0-0000-7000-8000-000000000000","gpc":true,"time":1795348800}`

// FuzzDecodeClaim: whatever the bytes are, decoding ends with a claim that is
// whole or with an error that repeats nothing of them.
func FuzzDecodeClaim(f *testing.F) {
	for _, seed := range []string{
		validClaim, "", "{}", "[]", "null", "{", `{"id":1}`, `{"id":null}`, validClaim + " ", validClaim + "{}", "\ufeff" + validClaim,
		strings.Replace(validClaim, `"gpc":true`, `"gpc":true,"gpc":true`, 1),
		strings.Replace(validClaim, `"id"`, `"\u0069d"`, 1),
		strings.Replace(validClaim, `"id"`, `"Id"`, 1),
		strings.Replace(validClaim, "statistics", "stat\xffistics", 1),
		strings.Replace(validClaim, "statistics", `\ud800`, 1),
		strings.Replace(validClaim, "1795348800", "1e9", 1),
		strings.Replace(validClaim, "1795348800", "-0", 1),
		strings.Replace(validClaim, `{"statistics":true}`, strings.Repeat("[", 4000), 1),
		strings.Replace(validClaim, `"statistics":true`, `"__proto__":true`, 1),
	} {
		f.Add([]byte(seed))
	}
	f.Fuzz(func(t *testing.T, body []byte) {
		original := string(body)
		c, err := decodeClaim(body)
		if string(body) != original {
			t.Fatal("the body was changed")
		}
		if err != nil {
			if consent.KindOf(err) != consent.Invalid || c != nil {
				t.Fatalf("%v with %+v", err, c)
			}
			return
		}
		whole := !c.id.IsZero() && !c.visitor.IsZero() && validBundleID(c.bundle) && c.language != "" && c.method.Valid() &&
			c.method != consent.Expiry && c.layer.Valid() && c.choice.Categories != nil && len(c.answers) > 0
		if !whole || !utf8.Valid(body) {
			t.Fatalf("%q became %+v", body, c)
		}
		if again, err := decodeClaim([]byte(original)); err != nil || again.id != c.id || string(again.answers) != string(c.answers) {
			t.Fatal("the same bytes are another claim")
		}
	})
}

// TestErrorsRepeatNothing: the answer to a malformed body holds no byte of it.
func TestErrorsRepeatNothing(t *testing.T) {
	for _, body := range []string{
		`{"SECRET":1}`, `SECRET`, `{"id":"SECRET"}`, `{"method":"SECRET"}`, `{"layer":"SECRET"}`, `{"time":"SECRET"}`, `{"a":SECRET}`,
		`{"token":"SECRET"}`, `{"bundle":"SECRET/"}`, `{"choice":{"SECRET":1}}`, `{"choice":{"categories":{"SECRET":1}}}`,
		`{"SECRET":1,"SECRET":2}`, validClaim + "SECRET",
	} {
		if _, err := decodeClaim([]byte(body)); err == nil || strings.Contains(err.Error(), "SECRET") {
			t.Errorf("%s: %v", body, err)
		}
	}
}

// TestEveryMemberIsNeeded (requirement F1): a Decision without one of its
// fields is refused, but for the one that a first Decision does not have, and
// the answers about services that there may be none of, and but the token, which
// a refusal that is only counted has not.
func TestEveryMemberIsNeeded(t *testing.T) {
	if _, err := decodeClaim([]byte(validClaim)); err != nil {
		t.Fatal(err)
	}
	for _, member := range []string{
		`"id":"0195f3a0-0000-7000-8000-000000000001",`, `"bundle":"gZzRQaS2YgE",`,
		`"language":"nb",`, `"method":"save",`, `"layer":"second",`, `"gpc":true,`, `,"time":1795348800`, `"categories":{"statistics":true},`,
	} {
		if body := strings.Replace(validClaim, member, "", 1); body == validClaim {
			t.Errorf("%s is not in the example", member)
		} else if _, err := decodeClaim([]byte(body)); err == nil {
			t.Errorf("taken without %s", member)
		}
	}
	for _, member := range []string{`"token":"AAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",`, `"previous":"0195f3a0-0000-7000-8000-000000000000",`, `,"services":{"marketing/youtube":false}`} {
		if _, err := decodeClaim([]byte(strings.Replace(validClaim, member, "", 1))); err != nil {
			t.Errorf("not taken without %s: %v", member, err)
		}
	}
}
