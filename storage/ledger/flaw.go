package ledger

import (
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// flaw gives one whose words name nothing.
func flaw(code consent.FlawCode, format string, args ...any) consent.Flaw {
	return consent.Flaw{Code: code, Why: fmt.Sprintf(format, args...)}
}

// counts gives one whose words name two numbers.
func counts(code consent.FlawCode, format string, n, of int64) consent.Flaw {
	return consent.Flaw{Code: code, N: n, Of: of, Why: fmt.Sprintf(format, n, of)}
}

// flaw is about a span that an event names.
func (s Span) flaw(from, how string) consent.Flaw {
	return consent.Flaw{
		Code: consent.FlawEventSpans, N: s[0], Of: s[1], Why: fmt.Sprintf("%s names the indexes %d to %d, which %s", from, s[0], s[1], how),
	}
}
