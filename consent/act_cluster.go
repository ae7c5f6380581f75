package consent

import (
	"unicode"
	"unicode/utf8"
)

// maxCluster is how long a character with its marks may be to be kept in one piece, in
// bytes.
const maxCluster = 32

// clusters are a text and where its characters begin, each with its marks, and where the
// last one ends.
type clusters struct {
	all string
	at  []int
}

// newClusters finds them in one pass over a text of valid UTF-8.
func newClusters(text string) clusters {
	found := clusters{text, make([]int, 0, len(text)+1)}
	var last rune
	halves := 0 // of flags, directly before
	for i, c := range text {
		half := isFlagHalf(c)
		if i == 0 || half && halves%2 == 0 && last != joiner || !half && !joins(last, c) {
			found.at = append(found.at, i)
		}
		if halves++; !half {
			halves = 0
		}
		last = c
	}
	found.at = append(found.at, len(text))
	return found
}

func (c *clusters) len() int { return len(c.at) - 1 }

// text gives the characters from one to before another.
func (c *clusters) text(from, to int) string { return c.all[c.at[from]:c.at[to]] }

// clusterFrom gives the place between whole characters that a byte is at, or the nearest
// after, as clusterAt gives the nearest before.
func clusterFrom(text string, at int) int {
	at = max(at, 0)
	for i := at; i < min(len(text), at+maxCluster); i++ {
		if betweenClusters(text, i) {
			return i
		}
	}
	for at < len(text) && !utf8.RuneStart(text[at]) {
		at++
	}
	return min(at, len(text))
}

// clusterAt gives the place between whole characters that a byte is at, or the nearest
// before. A character with so many marks that nobody reads it is cut between them.
func clusterAt(text string, at int) int {
	if at <= 0 {
		return 0
	}
	if at >= len(text) {
		return len(text)
	}
	for i := at; i > max(0, at-maxCluster); i-- {
		if betweenClusters(text, i) {
			return i
		}
	}
	for !utf8.RuneStart(text[at]) {
		at--
	}
	return at
}

// betweenClusters says whether a text may be cut at a byte: neither within a character
// nor between one and what is drawn onto it. It is the part of Unicode's rules (UAX 29)
// for what the trail is likely to hold.
func betweenClusters(text string, at int) bool {
	if at <= 0 || at >= len(text) {
		return true
	}
	if !utf8.RuneStart(text[at]) {
		return false
	}
	next, _ := utf8.DecodeRuneInString(text[at:])
	last, _ := utf8.DecodeLastRuneInString(text[:at])
	if isFlagHalf(next) && isFlagHalf(last) {
		return flagHalvesBefore(text[:at])%2 == 0
	}
	return !joins(last, next)
}

// joins says whether two characters are drawn as one, flags apart.
func joins(last, next rune) bool {
	return unicode.IsMark(next) || next == joiner || last == joiner ||
		next >= 0x1f3fb && next <= 0x1f3ff || // colours of skin
		next >= 0x1160 && next <= 0x11ff // parts of a Korean syllable
}

// joiner makes one picture of several.
const joiner = '\u200d'

// isFlagHalf holds for the letters of which two are a flag.
func isFlagHalf(c rune) bool { return c >= 0x1f1e6 && c <= 0x1f1ff }

func flagHalvesBefore(text string) (n int) {
	for text != "" {
		c, size := utf8.DecodeLastRuneInString(text)
		if !isFlagHalf(c) {
			break
		}
		text, n = text[:len(text)-size], n+1
	}
	return n
}
