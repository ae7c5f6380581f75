package consent

import (
	"slices"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// HoldsLink says whether a name holds what mail programs make a link of. It is written into
// letters to people who know nothing of who chose it.
func HoldsLink(name string) bool { return slices.ContainsFunc(strings.Fields(name), isLink) }

// WithoutLinks leaves out of a name from before HoldsLink what is one.
func WithoutLinks(name string) string {
	if !HoldsLink(name) {
		return name
	}
	words := strings.Fields(name)
	for i, word := range words {
		if isLink(word) {
			words[i] = noLink
		}
	}
	return strings.Join(slices.CompactFunc(words, func(a, b string) bool { return a == noLink && b == noLink }), " ")
}

// noLink stands for a link.
const noLink = "[…]"

// isLink holds for a word with a scheme, with www. or with a path after a dot.
func isLink(word string) bool {
	plain := strings.ToLower(norm.NFKC.String(word))
	_, after, _ := strings.Cut(plain, ".")
	return strings.Contains(plain, "://") || strings.Contains(plain, "www.") || strings.Contains(after, "/")
}
