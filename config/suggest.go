package config

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// suggest gives the repair for an unknown name: the one that was probably
// meant, or all there are.
func suggest(name string, known []string) string {
	best, least := "", 4
	for _, candidate := range known {
		if d := distance(name, candidate); d < least {
			best, least = candidate, d
		}
	}
	if best != "" && least <= max(1, len(name)/3) {
		return "Did you mean " + best + "?"
	}
	return "There are: " + strings.Join(known, ", ") + "."
}

// distance is how many letters must be added, removed or changed to get from
// one word to the other (Levenshtein).
func distance(a, b string) int {
	from, to := []rune(a), []rune(b)
	row := make([]int, len(to)+1)
	for j := range row {
		row[j] = j
	}
	for i, letter := range from {
		diagonal := row[0]
		row[0] = i + 1
		for j, other := range to {
			cost := 1
			if letter == other {
				cost = 0
			}
			diagonal, row[j+1] = row[j+1], min(row[j+1]+1, row[j]+1, diagonal+cost)
		}
	}
	return row[len(to)]
}

// sentence turns an error text into a sentence.
func sentence(text string) string {
	first, size := utf8.DecodeRuneInString(text)
	return string(unicode.ToUpper(first)) + strings.TrimSuffix(text[size:], ".") + "."
}
