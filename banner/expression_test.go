package banner

import (
	"testing"

	"github.com/samtykke/samtykke/consent"
)

func TestExpression(t *testing.T) {
	for _, test := range []struct {
		pattern consent.Pattern
		want    string
	}{
		{consent.Pattern{Name: "_ga", Match: consent.MatchExact}, "_ga"},
		{consent.Pattern{Name: "SSP-Fantdu", Match: consent.MatchExact}, "SSP-Fantdu"},
		{consent.Pattern{Name: "ASP.NET_SessionId", Match: consent.MatchExact}, `ASP\.NET_SessionId`},
		{consent.Pattern{Name: "fbm_", Match: consent.MatchPrefix}, "fbm_.*"},
		{consent.Pattern{Name: "__cfduid", Match: consent.MatchExact, Aliases: []string{"_cfduid"}}, "_(?:_cfduid|cfduid)"},
		{consent.Pattern{Name: `_ga_[A-Z0-9]{4,}`, Match: consent.MatchRegex}, `_ga_[0-9A-Z]{4,}`},
		{consent.Pattern{Name: `a\x{2028}/<b>`, Match: consent.MatchRegex}, `a\u2028\/<b>`},
		{consent.Pattern{Name: `[+--x]-`, Match: consent.MatchRegex}, `[\+-\-x]-`},
		{consent.Pattern{Name: `(?:x|yz)?\d+`, Match: consent.MatchRegex}, `(?:x|yz)?[0-9]+`},
	} {
		got, err := expression(test.pattern)
		if err != nil || got != test.want {
			t.Errorf("%v became %q, %v; want %q", test.pattern, got, err, test.want)
		}
	}
}

func TestExpressionThatCouldHangABrowserIsRefused(t *testing.T) {
	for _, name := range []string{`(a+)+`, `(?:a*)*b`, `(a|b+){3,}`, `(?:(?:x+)y)*`} {
		if got, err := expression(consent.Pattern{Name: name, Match: consent.MatchRegex}); err == nil {
			t.Errorf("%q became %q", name, got)
		}
	}
}

func TestNecessaryNamesAreNeverRemoved(t *testing.T) {
	cookie := func(name string, match consent.MatchType, category consent.CategoryKey) consent.Cookie {
		return consent.Cookie{Pattern: consent.Pattern{Name: name, Match: match}, Kind: consent.KindCookie, Party: consent.FirstParty, Category: category}
	}
	draft := &consent.Draft{Services: []consent.Service{{
		Key: "s", Category: consent.Statistics,
		Cookies: []consent.Cookie{
			cookie("shared", consent.MatchExact, consent.Statistics),
			cookie("shared", consent.MatchExact, consent.Necessary),
			cookie("_g", consent.MatchPrefix, consent.Statistics),
			cookie("_guard", consent.MatchExact, consent.Necessary),
			cookie("other", consent.MatchExact, consent.Necessary),
		},
	}}}
	items, kept, err := storedItems(draft)
	if err != nil {
		t.Fatal(err)
	}
	if len(items) != 1 || items[0].Name != "_g" {
		t.Errorf("removed are %+v", items)
	}
	if len(kept) != 1 || kept[0] != "_guard" {
		t.Errorf("kept are %q", kept)
	}
}
