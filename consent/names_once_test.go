package consent_test

import (
	"errors"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// Each name stands once in its object, and known ones as they are known.
func TestNamesOnce(t *testing.T) {
	for text, want := range map[string]consent.TwoReadingsError{
		`{"a":1,"b":{"a":2},"c":[{"a":1},{"a":2}]}`: {},
		`{"state":1,"State of things":2}`:           {},
		`[1,"a","a",null]`:                          {},
		`{"a":1,"a":2}`:                             {Path: "a", Name: "a", Again: "a"},
		`{"a":1,"A":2}`:                             {Path: "A", Name: "a", Again: "A"},
		`{"a":1,"\u0061":2}`:                        {Path: "a", Name: "a", Again: "a"},
		`{"State":1}`:                               {Path: "State", Name: "state", Again: "State"},
		`{"ſtate":1}`:                               {Path: "ſtate", Name: "state", Again: "ſtate"},
		`{"x":[{},{"b":{"c":1,"c":2}}]}`:            {Path: "x.1.b.c", Name: "c", Again: "c"},
	} {
		var got *consent.TwoReadingsError
		if err := consent.NamesOnce([]byte(text), []string{"state", "b"}); !errors.As(err, &got) {
			got = new(consent.TwoReadingsError)
			if err != nil {
				t.Errorf("%s: %v", text, err)
			}
		}
		if *got != want {
			t.Errorf("%s: got %+v, want %+v", text, *got, want)
		}
	}
}
