package banner

import (
	"fmt"
	"regexp"
	"regexp/syntax"
	"strconv"
	"strings"
	"unicode"

	"github.com/samtykke/samtykke/consent"
)

// expression gives a Pattern as the source of a JavaScript regular expression,
// to be anchored at both ends, with the flag "i" when its case does not matter. An expression that
// could take exponential time in a backtracking engine is refused.
func expression(pattern consent.Pattern) (string, error) {
	var spellings []string
	for _, name := range append([]string{pattern.Name}, pattern.Aliases...) {
		switch pattern.Match {
		case consent.MatchRegex:
			spellings = append(spellings, "(?:"+name+")")
		case consent.MatchPrefix:
			spellings = append(spellings, regexp.QuoteMeta(name)+".*")
		case consent.MatchExact:
			spellings = append(spellings, regexp.QuoteMeta(name))
		}
	}
	parsed, err := syntax.Parse(strings.Join(spellings, "|"), syntax.Perl)
	if err != nil {
		return "", err
	}
	if nested(parsed, false) {
		return "", fmt.Errorf("the expression %q repeats within a repetition, which can hang a browser: write it without", pattern.Name)
	}
	var out strings.Builder
	if err := writeExpression(&out, parsed); err != nil {
		return "", fmt.Errorf("the expression %q: %w", pattern.Name, err)
	}
	return out.String(), nil
}

// nested says that something unbounded is repeated without bound.
func nested(re *syntax.Regexp, within bool) bool {
	unbounded := re.Op == syntax.OpStar || re.Op == syntax.OpPlus || re.Op == syntax.OpRepeat && (re.Max < 0 || re.Max > 1)
	if unbounded && within {
		return true
	}
	for _, sub := range re.Sub {
		if nested(sub, within || unbounded) {
			return true
		}
	}
	return false
}

var fixedExpressions = map[syntax.Op]string{
	syntax.OpNoMatch:        "[]",
	syntax.OpEmptyMatch:     "",
	syntax.OpAnyCharNotNL:   ".",
	syntax.OpAnyChar:        "[^]",
	syntax.OpBeginLine:      "^",
	syntax.OpBeginText:      "^",
	syntax.OpEndLine:        "$",
	syntax.OpEndText:        "$",
	syntax.OpWordBoundary:   `\b`,
	syntax.OpNoWordBoundary: `\B`,
}

func writeExpression(out *strings.Builder, re *syntax.Regexp) error {
	if fixed, ok := fixedExpressions[re.Op]; ok {
		out.WriteString(fixed)
		return nil
	}
	switch re.Op {
	case syntax.OpLiteral:
		return writeLiteral(out, re)
	case syntax.OpCharClass:
		return writeClass(out, re.Rune)
	case syntax.OpConcat:
		return writeParts(out, re, "")
	case syntax.OpAlternate:
		return writeParts(out, re, "|")
	default:
		return writeRepeat(out, re)
	}
}

// writeParts writes the parts of a sequence or of alternatives.
func writeParts(out *strings.Builder, re *syntax.Regexp, between string) error {
	for i, sub := range re.Sub {
		if i > 0 {
			out.WriteString(between)
		}
		grouped := sub.Op == syntax.OpAlternate
		if grouped {
			out.WriteString("(?:")
		}
		if err := writeExpression(out, sub); err != nil {
			return err
		}
		if grouped {
			out.WriteByte(')')
		}
	}
	return nil
}

// writeRepeat writes a repetition or a group.
func writeRepeat(out *strings.Builder, re *syntax.Regexp) error {
	open, shut := "(?:", ")"
	switch re.Sub[0].Op {
	case syntax.OpAnyCharNotNL, syntax.OpAnyChar, syntax.OpCharClass:
		open, shut = "", "" // one character is one thing to repeat
	default:
	}
	out.WriteString(open)
	if err := writeExpression(out, re.Sub[0]); err != nil {
		return err
	}
	out.WriteString(shut)
	switch re.Op {
	case syntax.OpCapture:
		return nil
	case syntax.OpStar:
		out.WriteByte('*')
	case syntax.OpPlus:
		out.WriteByte('+')
	case syntax.OpQuest:
		out.WriteByte('?')
	case syntax.OpRepeat:
		out.WriteString("{" + strconv.Itoa(re.Min) + ",")
		if re.Max >= 0 {
			out.WriteString(strconv.Itoa(re.Max))
		}
		out.WriteByte('}')
	default:
		return fmt.Errorf("%v is not known to browsers", re.Op)
	}
	return nil
}

func writeLiteral(out *strings.Builder, re *syntax.Regexp) error {
	for _, r := range re.Rune {
		if re.Flags&syntax.FoldCase != 0 && unicode.SimpleFold(r) != r {
			ranges := []rune{r, r}
			for other := unicode.SimpleFold(r); other != r; other = unicode.SimpleFold(other) {
				if other < unicode.MaxASCII { // the Kelvin sign is no k in a browser
					ranges = append(ranges, other, other)
				}
			}
			if err := writeClass(out, ranges); err != nil {
				return err
			}
			continue
		}
		if err := writeRune(out, r, special); err != nil {
			return err
		}
	}
	return nil
}

// writeClass writes a set of characters, given as pairs of first and last.
func writeClass(out *strings.Builder, ranges []rune) error {
	out.WriteByte('[')
	for i := 0; i < len(ranges); i += 2 {
		first, last := ranges[i], min(ranges[i+1], 0xFFFF)
		if first > 0xFFFF {
			break
		}
		if err := writeRune(out, first, specialSet); err != nil {
			return err
		}
		if last > first {
			out.WriteByte('-')
			if err := writeRune(out, last, specialSet); err != nil {
				return err
			}
		}
	}
	out.WriteByte(']')
	return nil
}

// What means something else than itself, in an expression and within a set.
const (
	special    = `\^$.*+?()[]{}|/`
	specialSet = special + "-"
)

// writeRune writes one character so that it means itself.
func writeRune(out *strings.Builder, r rune, escaped string) error {
	switch {
	case r > 0xFFFF:
		return fmt.Errorf("the character %q cannot be in the name of a cookie", r)
	case r < 0x20 || r > 0x7E:
		fmt.Fprintf(out, `\u%04x`, r)
	case strings.ContainsRune(escaped, r):
		out.WriteByte('\\')
		out.WriteRune(r)
	default:
		out.WriteRune(r)
	}
	return nil
}
