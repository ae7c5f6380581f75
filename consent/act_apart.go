package consent

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// What a text that is cut keeps around what differs, and how long a character with its
// marks may be to be kept in one piece, in bytes.
const (
	besideDifference = 24
	maxCluster       = 32
)

// toldApart gives what a field was and is, so short that a trail can hold it and so
// that the two differ for the eye: long ones are cut around what differs, and where
// they look alike, the characters are named that are not what they look like.
func toldApart(was, is string) (toldWas, toldIs string) {
	before, after := onOneLine(was), onOneLine(is)
	if was != is && before != "" && looksAs(before, norm.NFKC) == looksAs(after, norm.NFKC) {
		before, after = spelledOut(was, is)
	}
	from, end := whereApart(before, after)
	return cutAround(before, from, len(before)-end, maxActValue), cutAround(after, from, len(after)-end, maxActValue)
}

// onOneLine gives a text without line breaks, and without what nobody sees or what
// turns the rest around.
func onOneLine(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case unicode.IsControl(c), isHidden(c), isUnseen(c):
			return unicode.ReplacementChar
		}
		return c
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// spelledOut names the characters beyond ASCII, blanks other than the space among them,
// from where two texts differ until they are the same again.
func spelledOut(was, is string) (before, after string) {
	was, is = strings.ToValidUTF8(was, "\uFFFD"), strings.ToValidUTF8(is, "\uFFFD")
	from, end := whereApart(was, is)
	spelled := func(text string) string {
		var out strings.Builder
		for at, c := range text {
			if at >= from && at < len(text)-end && (c >= utf8.RuneSelf || c < ' ') {
				fmt.Fprintf(&out, "[U+%04X]", c)
			} else {
				out.WriteString(onOneLine(string(c)))
			}
		}
		return out.String()
	}
	return spelled(was), spelled(is)
}

// whereApart says at which byte two texts begin to differ, and how many bytes they
// share at the end, both between whole characters.
func whereApart(a, b string) (from, end int) {
	shortest := min(len(a), len(b))
	for from < shortest && a[from] == b[from] {
		from++
	}
	for !betweenClusters(a, from) || !betweenClusters(b, from) {
		from--
	}
	for end < shortest-from && a[len(a)-1-end] == b[len(b)-1-end] {
		end++
	}
	for !betweenClusters(a, len(a)-end) || !betweenClusters(b, len(b)-end) {
		end--
	}
	return from, end
}

// cutAround shortens a text to so many bytes. What differs, from one byte to another,
// is kept with a little beside it; of what is too long for that, both its ends.
func cutAround(text string, from, to, most int) string {
	const cut = "…"
	if len(text) <= most {
		return text
	}
	first, last := clusterAt(text, from-besideDifference), clusterAt(text, to+besideDifference)
	before, after := "", ""
	if first > 0 {
		before = cut
	}
	if room := most - 2*len(cut); last-first <= room {
		if last = clusterAt(text, first+room); last < len(text) {
			after = cut
		}
		return before + text[first:last] + after
	}
	if last < len(text) {
		after = cut
	}
	half := (most - 3*len(cut)) / 2
	begins := clusterAt(text, last-half)
	if begins < last-half { // what is longer than the half ends before it
		begins = min(last, begins+clusterLength(text[begins:]))
	}
	return before + text[first:clusterAt(text, first+half)] + cut + text[begins:last] + after
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

// clusterLength is how many bytes the first character with its marks has.
func clusterLength(text string) int {
	for i := 1; i < len(text); i++ {
		if betweenClusters(text, i) {
			return i
		}
	}
	return len(text)
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
	switch {
	case unicode.IsMark(next), next == joiner, last == joiner:
		return false
	case next >= 0x1f3fb && next <= 0x1f3ff: // colours of skin
		return false
	case isFlagHalf(next) && isFlagHalf(last):
		return flagHalvesBefore(text[:at])%2 == 0
	case next >= 0x1160 && next <= 0x11ff: // parts of a Korean syllable
		return false
	}
	return true
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
