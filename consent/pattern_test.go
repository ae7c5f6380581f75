package consent

import "testing"

func TestI6PatternsMatchWhatTheyDeclare(t *testing.T) {
	for _, tt := range []struct {
		pattern Pattern
		name    string
		want    bool
	}{
		{Pattern{Name: "_ga", Match: MatchExact}, "_ga", true},
		{Pattern{Name: "_ga", Match: MatchExact}, "_ga_ABC", false},
		{Pattern{Name: "_ga", Match: MatchExact}, "_GA", false},
		{Pattern{Name: "_ga_", Match: MatchPrefix}, "_ga_ABC", true},
		{Pattern{Name: "_ga_", Match: MatchPrefix}, "_ga", false},
		{Pattern{Name: "_gat", Match: MatchPrefix}, "_gat_UA-1", true},
		{Pattern{Name: "_gat", Match: MatchPrefix}, "_gat", true},
		{Pattern{Name: "fbm_", Match: MatchPrefix}, "fbm_123", true},
		{Pattern{Name: "AWSALB", Match: MatchPrefix}, "AWSALBCORS", true},
		{Pattern{Name: "nmstat", Match: MatchExact, AnyCase: true}, "Nmstat", true},
		{Pattern{Name: "Nmstat", Match: MatchExact, AnyCase: true}, "nmSTAT", true},
		{Pattern{Name: "nmstat", Match: MatchExact}, "Nmstat", false},
		{Pattern{Name: "NM", Match: MatchPrefix, AnyCase: true}, "nmstat", true},
		{Pattern{Name: "__cfduid", Match: MatchExact, Aliases: []string{"_cfduid"}}, "_cfduid", true},
		{Pattern{Name: "__cfduid", Match: MatchExact, Aliases: []string{"_cfduid"}}, "__cfduid", true},
		{Pattern{Name: "__cfduid", Match: MatchExact, Aliases: []string{"_cfduid"}}, "cfduid", false},
		{Pattern{Name: `_ga_[A-Z0-9]+`, Match: MatchRegex}, "_ga_ABC", true},
		{Pattern{Name: `_ga_[A-Z0-9]+`, Match: MatchRegex}, "x_ga_ABC", false},
		{Pattern{Name: `_ga_[A-Z0-9]+`, Match: MatchRegex}, "_ga_ABC.x", false},
		{Pattern{Name: `_ga_[A-Z0-9]+`, Match: MatchRegex}, "_ga_ABC\n", false},
		{Pattern{Name: `_ga_[a-z]+`, Match: MatchRegex, AnyCase: true}, "_GA_ABC", true},
		{Pattern{Name: `a|b`, Match: MatchRegex}, "ab", false},
		{Pattern{Name: `a|b`, Match: MatchRegex}, "b", true},
		{Pattern{Name: `a(`, Match: MatchRegex}, "a(", false},
		{Pattern{Name: `a)|(b`, Match: MatchRegex}, "a", false},
		{Pattern{Name: `.*`, Match: MatchRegex}, "", false},
		{Pattern{Name: "", Match: MatchPrefix}, "_ga", false},
		{Pattern{Name: "", Match: MatchExact}, "", false},
		{Pattern{Name: "_ga", Match: "glob"}, "_ga_x", false},
	} {
		if got := tt.pattern.Matches(tt.name); got != tt.want {
			t.Errorf("%+v matches %q: %v, want %v", tt.pattern, tt.name, got, tt.want)
		}
	}
}

func TestI6LongestMatchWins(t *testing.T) {
	cookie := func(kind StorageKind, match MatchType, name string, aliases ...string) Cookie {
		return Cookie{Kind: kind, Pattern: Pattern{Name: name, Match: match, Aliases: aliases}}
	}
	d := &Draft{Services: []Service{
		{Key: "short", Cookies: []Cookie{cookie(KindCookie, MatchPrefix, "_ga"), cookie(KindCookie, MatchPrefix, "fbm_")}},
		{Key: "regex", Cookies: []Cookie{cookie(KindCookie, MatchRegex, `_gat_UA-[0-9]+`), cookie(KindCookie, MatchRegex, "AWSALBCORS|same")}},
		{Key: "prefix", Cookies: []Cookie{cookie(KindCookie, MatchPrefix, "_ga_"), cookie(KindCookie, MatchPrefix, "same"), cookie(KindCookie, MatchPrefix, "AWSALB")}},
		{Key: "exact", Cookies: []Cookie{cookie(KindCookie, MatchExact, "_ga"), cookie(KindCookie, MatchExact, "same"), cookie(KindCookie, MatchExact, "__cfduid", "_cfduid")}},
		{Key: "second", Cookies: []Cookie{cookie(KindCookie, MatchExact, "_ga"), cookie(KindLocal, MatchExact, "_ga_ABC")}},
	}}
	for _, tt := range []struct {
		kind    StorageKind
		name    string
		service ServiceKey
		pattern string
	}{
		{KindCookie, "_ga", "exact", "_ga"},
		{KindCookie, "_ga_ABC", "prefix", "_ga_"},
		{KindLocal, "_ga_ABC", "second", "_ga_ABC"},
		{KindCookie, "_gat_UA-1", "regex", `_gat_UA-[0-9]+`},
		{KindCookie, "_gat_UA-x", "short", "_ga"},
		{KindCookie, "fbm_123", "short", "fbm_"},
		{KindCookie, "AWSALB", "prefix", "AWSALB"},
		{KindCookie, "AWSALBCORS", "regex", "AWSALBCORS|same"},
		{KindCookie, "same", "exact", "same"},
		{KindCookie, "_cfduid", "exact", "__cfduid"},
		{KindCookie, "unknown", "", ""},
		{KindSession, "_ga", "", ""},
		{KindCookie, "", "", ""},
	} {
		service, cookie := d.FindCookie(tt.kind, tt.name)
		if (service == nil) != (cookie == nil) || (service == nil) != (tt.service == "") {
			t.Errorf("%s %q: found %v, %v", tt.kind, tt.name, service, cookie)
			continue
		}
		if service != nil && (service.Key != tt.service || cookie.Pattern.Name != tt.pattern) {
			t.Errorf("%s %q is %s of %s, want %s of %s", tt.kind, tt.name, cookie.Pattern.Name, service.Key, tt.pattern, tt.service)
		}
	}
}

func FuzzPattern(f *testing.F) {
	f.Add(`_ga_[A-Z]+`, "_ga_ABC", true)
	f.Add(`(a{500}){500}`, "a", false)
	f.Add(`[`, "[", false)
	f.Fuzz(func(t *testing.T, expression, name string, anyCase bool) {
		flaw := expressionFlaw(expression)
		matches := Pattern{Name: expression, Match: MatchRegex, AnyCase: anyCase}.Matches(name)
		if _, err := compilePattern(expression, anyCase); err != nil && (matches || flaw == "") {
			t.Errorf("%q does not compile, yet matches %v and has flaw %q", expression, matches, flaw)
		}
	})
}

func TestExpressionFlaw(t *testing.T) {
	for _, expression := range []string{`_ga_[A-Z0-9]+`, `wp-settings-(?:time-)?[0-9]+`, `(a|b)c?`, `[)*]+`, `\)+`, `a{2,3}`, `_pk_(id|ses)\.[0-9]+\.[0-9a-f]{4}`} {
		if flaw := expressionFlaw(expression); flaw != "" {
			t.Errorf("%q: %s", expression, flaw)
		}
	}
	for _, expression := range []string{`(`, `[`, `a**`, `(a+)+`, `(a|a)*`, `(ab){2,}`, `(?:a|b)+`, `[]a](x)*`, `(?i)a`, `\Aa`, `a\z`, `\pL`, `[[:alpha:]]`, `(?P<x>a)`, `a{1001}`, `(?=a)`, `\1`, `a)|(b`, `\Qa\E`} {
		if flaw := expressionFlaw(expression); flaw == "" {
			t.Errorf("%q passes", expression)
		}
	}
}
