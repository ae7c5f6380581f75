package consent

import (
	"strings"
	"unicode/utf8"
)

// pattern checks that a name can be a name, and that an expression is safe and
// means the same here and in a browser.
func (v *review) pattern(path string, c *Cookie) {
	p := &c.Pattern
	oneOf(v, path+".match", p.Match, MatchExact, MatchPrefix, MatchRegex)
	v.spelling(path+".name", c.Kind, p.Match, p.Name)
	for i, alias := range p.Aliases {
		v.spelling(at(path+".aliases", i), c.Kind, p.Match, alias)
	}
	v.line(path+".declared", p.Declared, maxName)
}

func (v *review) spelling(path string, kind StorageKind, match MatchType, name string) {
	switch {
	case name == "":
		v.fault(path, "missing", "The name is empty.", "Write the name as the browser shows it.")
		return
	case utf8.RuneCountInString(name) > maxName || !utf8.ValidString(name) || strings.ContainsFunc(name, isHidden) || !IsSeen(name):
		v.fault(path, "malformed_name", "The name is too long or holds characters that nobody sees.", "Write at most 200 visible characters.")
		return
	case match != MatchRegex && kind == KindCookie && !cookieName(name):
		v.fault(path, "malformed_name", quoted(name)+" cannot be the name of a cookie.",
			"Leave out spaces and the characters = ; , and \"; for all names that begin alike write match: prefix and no star.")
		return
	}
	if match != MatchRegex {
		return
	}
	if flaw := expressionFlaw(name); flaw != "" {
		v.fault(path, "malformed_expression", "The expression cannot be used: "+flaw+".",
			"Use letters, character classes, groups and single repeats; it is matched against the whole name.")
	}
}

// cookieName holds for the characters that browsers take in a cookie's name,
// without the star, which is written for "anything" and never found in one.
func cookieName(name string) bool {
	for i := range len(name) {
		if c := name[i]; c <= ' ' || c >= 0x7f || strings.IndexByte("=;,\"*", c) >= 0 {
			return false
		}
	}
	return true
}

// expressionFlaw says what is wrong with an expression. Browsers run the same
// text with their own engine, which may take exponential time where a group is
// repeated and reads some spellings otherwise.
func expressionFlaw(expression string) string {
	if _, err := compilePattern(expression, false); err != nil {
		return "it does not compile"
	}
	for _, spelling := range []string{`(?i`, `(?s`, `(?m`, `(?U`, `(?-`, `(?P`, `(?<`, `\A`, `\z`, `\Q`, `\E`, `\C`, `\a`, `\p`, `\P`, `\x{`, `[[:`} {
		if strings.Contains(expression, spelling) {
			return "browsers read " + spelling + " otherwise"
		}
	}
	if repeatsGroup(expression) {
		return "it repeats a group"
	}
	return ""
}

// repeatsGroup finds a star, plus or count behind a bracketed group.
func repeatsGroup(expression string) bool {
	inClass := false
	for i := 0; i < len(expression); i++ {
		switch expression[i] {
		case '\\':
			i++
		case '[':
			if !inClass {
				inClass = true
				if strings.HasPrefix(expression[i+1:], "^") {
					i++
				}
				if strings.HasPrefix(expression[i+1:], "]") {
					i++ // a bracket that comes first is an ordinary character
				}
			}
		case ']':
			inClass = false
		case ')':
			if !inClass && i+1 < len(expression) && strings.IndexByte("*+{", expression[i+1]) >= 0 {
				return true
			}
		}
	}
	return false
}
