package consent

import (
	"fmt"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// toldApart gives what a field was and is, so short that a trail can hold it and so
// that the two differ for the eye: long ones are cut around each part that differs, and
// where parts look alike, the characters are named that are not what they look like.
func toldApart(was, is string) (toldWas, toldIs string) {
	before, after := newClusters(strings.ToValidUTF8(was, "\uFFFD")), newClusters(strings.ToValidUTF8(is, "\uFFFD"))
	var old, now telling
	endWas, endIs := 0, 0
	for _, p := range fewParts(partsApart(before, after)) {
		partWas, partIs := partTold(before.text(p.was, p.wasEnd), after.text(p.is, p.isEnd))
		old.same(OnOneLine(before.text(endWas, p.was)))
		old.differs(partWas)
		now.same(OnOneLine(after.text(endIs, p.is)))
		now.differs(partIs)
		endWas, endIs = p.wasEnd, p.isEnd
	}
	old.same(OnOneLine(before.text(endWas, before.len())))
	now.same(OnOneLine(after.text(endIs, after.len())))
	return cutTogether(&old, &now, maxActValue)
}

// OnOneLine gives a text without line breaks, and without what nobody sees, what turns
// the rest around or what stands for what is left out.
func OnOneLine(text string) string {
	return strings.Map(func(c rune) rune {
		switch {
		case unicode.IsSpace(c):
			return ' '
		case unicode.IsControl(c), isHidden(c), isUnseen(c), strings.ContainsRune(leftOutOpen+leftOutClose, c):
			return unicode.ReplacementChar
		}
		return c
	}, strings.ToValidUTF8(text, "\uFFFD"))
}

// partTold tells a part of a text that differs. What looks like the other is spelled
// out: the whole, or the words that do.
func partTold(was, is string) (before, after string) {
	if looksAs(was, norm.NFKC) == looksAs(is, norm.NFKC) {
		return spelledOut(was), spelledOut(is)
	}
	odd := alikeWords(was, is)
	return wordsTold(was, odd), wordsTold(is, odd)
}

// alikeWords gives the words of two texts that look like one of the other, and are not.
func alikeWords(was, is string) map[string]bool {
	looks := map[string]string{}
	for word := range strings.FieldsSeq(was) {
		looks[looksAs(word, norm.NFKC)] = word
	}
	odd := map[string]bool{}
	for word := range strings.FieldsSeq(is) {
		if other, is := looks[looksAs(word, norm.NFKC)]; is && other != word {
			odd[word], odd[other] = true, true
		}
	}
	return odd
}

// wordsTold puts a text on one line, with some of its words spelled out.
func wordsTold(text string, odd map[string]bool) string {
	if len(odd) == 0 {
		return OnOneLine(text)
	}
	var out strings.Builder
	for text != "" {
		n := strings.IndexFunc(text, unicode.IsSpace)
		switch {
		case n < 0:
			n = len(text)
		case n == 0:
			_, n = utf8.DecodeRuneInString(text)
		}
		if odd[text[:n]] {
			out.WriteString(spelledOut(text[:n]))
		} else {
			out.WriteString(OnOneLine(text[:n]))
		}
		text = text[n:]
	}
	return out.String()
}

// spelledOut names the characters of a text beyond ASCII, and blanks other than the space.
func spelledOut(text string) string {
	var out strings.Builder
	for _, c := range text {
		if c >= utf8.RuneSelf || c < ' ' {
			fmt.Fprintf(&out, "[U+%04X]", c)
		} else {
			out.WriteString(OnOneLine(string(c)))
		}
	}
	return out.String()
}
