package consent

import (
	"slices"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// maxPhrase is the longest text that ParseLifetime reads, in bytes.
const maxPhrase = 2000

// shortPhrase is how many words a text may have for "session" alone to count.
const shortPhrase = 6

// ParseLifetime reads a lifetime as people write it: ISO 8601, "session", or a
// phrase or sentence in bokmål, nynorsk or English, such as "Slettes etter to
// år.", "når du lukkar nettlesaren" or "13 months". A text that gives no time,
// several, a range or a rough one is Invalid (unclear_lifetime): a declared
// lifetime is exact, and nothing is guessed.
func ParseLifetime(text string) (Lifetime, error) {
	found, flaw := parseLifetime(strings.TrimSpace(text))
	if flaw != "" {
		return "", unclear(strings.TrimSpace(text), flaw)
	}
	return found, nil
}

// lifetimeFlaws name what is unclear of a lifetime, for words in other languages.
var lifetimeFlaws = map[string]string{
	flawMany: "many", flawNone: "none", flawEndless: "endless", flawDenied: "denied", flawInexact: "inexact", flawRange: "inexact",
	flawDecimal: "decimal", flawNegative: "size", flawSize: "size", flawLong: "size", flawHalf: "decimal", flawText: "text",
}

// LifetimeFlaw names why ParseLifetime does not read a text: many, none, endless,
// denied, inexact, decimal, size or text; "" when it does.
func LifetimeFlaw(text string) string {
	_, flaw := parseLifetime(strings.TrimSpace(text))
	return lifetimeFlaws[flaw]
}

func parseLifetime(text string) (Lifetime, string) {
	if d, ok := Lifetime(strings.ToUpper(text)).parse(); ok {
		return d.lifetime(), ""
	}
	if len(text) > maxPhrase || !utf8.ValidString(text) {
		return "", flawText
	}
	tokens := tokenize(strings.ToLower(norm.NFC.String(text)))
	found, flaw := durationsIn(tokens)
	if flaw != "" {
		return "", flaw
	}
	closes, denied := closesBrowser(tokens)
	if denied {
		return "", flawDenied
	}
	if closes || saysSession(tokens) {
		found = append(found, Session)
	}
	switch {
	case len(found) == 1:
		return found[0], ""
	case len(found) > 1:
		return "", flawMany
	case slices.ContainsFunc(tokens, func(t token) bool { return endless[t.word] }):
		return "", flawEndless
	}
	return "", flawNone
}

// LifetimeRepair says how a lifetime is written that ParseLifetime reads. Its
// errors end with it.
const LifetimeRepair = `write one exact time such as "2 years", "17 minutes", P18M or session`

func unclear(text, why string) error {
	if runes := []rune(text); len(runes) > 60 {
		text = string(runes[:60]) + "…"
	}
	return Errorf(Invalid, "unclear_lifetime", "The lifetime %q is not clear, since %s: %s.", text, why, LifetimeRepair)
}

// durationsIn gives the distinct durations that the tokens speak of.
func durationsIn(tokens []token) (found []Lifetime, flaw string) {
	note := func(d duration) string {
		if !d.valid() {
			return flawSize
		}
		if l := d.lifetime(); !slices.Contains(found, l) {
			found = append(found, l)
		}
		return ""
	}
	for i := 0; i < len(tokens); {
		d, next, flaw := durationAt(tokens, i)
		if flaw != "" {
			return nil, flaw
		}
		if next == i {
			i++
			continue
		}
		if isInexact(tokens, i, next) {
			return nil, flawInexact
		}
		if flaw := note(d); flaw != "" {
			return nil, flaw
		}
		i = next
	}
	return found, ""
}

// durationAt reads quantities that belong together: "1 år og 6 måneder". Each
// unit must be smaller than the one before it.
func durationAt(tokens []token, i int) (d duration, next int, flaw string) {
	if d, ok := Lifetime(strings.ToUpper(tokens[i].word)).parse(); ok {
		return d, i + 1, ""
	}
	if tokens[i].word == "halvår" {
		return duration{months: 6}, i + 1, ""
	}
	q, next, flaw := quantityAt(tokens, i)
	for at := next; next > i && flaw == ""; {
		if !d.add(q) {
			return d, i, flawHalf
		}
		for at < len(tokens) && (tokens[at].mark == ',' || tokens[at].word == "og" || tokens[at].word == "and" || tokens[at].word == "ja") {
			at++
		}
		if at >= len(tokens) {
			return d, next, ""
		}
		following, after, hasFlaw := quantityAt(tokens, at)
		if after == at || hasFlaw != "" || following.unit <= q.unit {
			return d, next, ""
		}
		q, next, at = following, after, after
	}
	return d, next, flaw
}

// isInexact says whether the words around tokens[from:to] make the time a
// range, a minimum or an estimate.
func isInexact(tokens []token, from, to int) bool {
	var before []string
	for i := from - 1; i >= 0 && len(before) < 2 && tokens[i].mark != '.'; i-- {
		switch {
		case tokens[i].digits > 0:
			before = append(before, "#")
		case tokens[i].word != "":
			before = append(before, tokens[i].word)
		}
	}
	for i, word := range before {
		if inexactBefore[word] {
			return true
		}
		if i == 0 && isNumber(word) && word != "to" || i == 1 && isNumber(word) && isBetween(before[0]) {
			return true
		}
	}
	return to+1 < len(tokens) && (tokens[to].word == "eller" || tokens[to].word == "or") && inexactAfterOr[tokens[to+1].word]
}

func isNumber(word string) bool {
	_, ok := numeral(word)
	return ok || word == "#"
}

func isBetween(word string) bool {
	return slices.Contains([]string{"til", "to", "eller", "or", "og", "and"}, word)
}

// closesBrowser finds "when you close the browser" within one sentence, and
// whether the sentence denies it.
func closesBrowser(tokens []token) (closes, denied bool) {
	var closing, browser, not bool
	for i := range tokens {
		if tokens[i].mark == '.' {
			closing, browser, not = false, false, false
			continue
		}
		closing = closing || hasStem(tokens[i].word, closingStems)
		browser = browser || hasStem(tokens[i].word, browserStems)
		not = not || negations[tokens[i].word]
		if closing && browser {
			closes, denied = true, denied || not
		}
	}
	return closes, denied
}

// saysSession finds the word in a short text such as "session cookie" or "ved
// slutten av økten". In a long one it may speak of something else.
func saysSession(tokens []token) bool {
	words, says := 0, false
	for i := range tokens {
		if tokens[i].mark == 0 {
			words++
		}
		says = says || sessionWords[tokens[i].word]
	}
	return says && words <= shortPhrase
}
