package consent

import (
	"regexp"
	"strings"
)

// Matches says whether the pattern, or one of its aliases, covers the name.
func (p Pattern) Matches(name string) bool { return p.covers(name) > 0 }

// covers gives how much of the name the pattern accounts for, in bytes: all of
// it for a name or an expression, the prefix for a prefix, 0 for no match.
func (p Pattern) covers(name string) int {
	best := p.spellingCovers(p.Name, name)
	for _, alias := range p.Aliases {
		best = max(best, p.spellingCovers(alias, name))
	}
	return best
}

func (p Pattern) spellingCovers(spelling, name string) int {
	if spelling == "" || name == "" {
		return 0
	}
	if p.Match == MatchRegex {
		expression, err := compilePattern(spelling, p.AnyCase)
		if err != nil || !expression.MatchString(name) {
			return 0
		}
		return len(name)
	}
	if p.AnyCase {
		spelling, name = strings.ToLower(spelling), strings.ToLower(name)
	}
	switch {
	case spelling == name, p.Match == MatchPrefix && strings.HasPrefix(name, spelling):
		return len(spelling)
	}
	return 0
}

// compilePattern compiles an RE2 expression that must match from the first to
// the last character. RE2 takes time linear in the name, whatever is written.
func compilePattern(expression string, anyCase bool) (*regexp.Regexp, error) {
	if _, err := regexp.Compile(expression); err != nil { // ")(" would close the group below
		return nil, err
	}
	flags := ""
	if anyCase {
		flags = "(?i)"
	}
	return regexp.Compile(flags + `^(?:` + expression + `)$`)
}

// rank orders match types for names that they cover equally.
func (m MatchType) rank() int {
	switch m {
	case MatchExact:
		return 3
	case MatchPrefix:
		return 2
	default:
		return 1
	}
}

// FindCookie gives the declared cookie of that kind that covers most of the
// name. Of equals an exact name goes before a prefix and a prefix before an
// expression, then the one written first. Both are nil when nothing matches.
func (d *Draft) FindCookie(kind StorageKind, name string) (*Service, *Cookie) {
	var service *Service
	var found *Cookie
	best := 0
	for i := range d.Services {
		s := &d.Services[i]
		for j := range s.Cookies {
			c := &s.Cookies[j]
			if c.Kind != kind {
				continue
			}
			covered := c.Pattern.covers(name)
			if covered > best || covered == best && found != nil && c.Pattern.Match.rank() > found.Pattern.Match.rank() {
				service, found, best = s, c, covered
			}
		}
	}
	return service, found
}
