package consent

import "strings"

// ones are the numerals below twenty in bokmål, nynorsk and English, with the
// articles that mean one.
var ones = map[string]int64{
	"null": 0, "zero": 0,
	"en": 1, "ett": 1, "et": 1, "ein": 1, "ei": 1, "eit": 1, "eitt": 1, "one": 1, "a": 1, "an": 1,
	"to": 2, "two": 2, "tre": 3, "three": 3, "fire": 4, "four": 4, "fem": 5, "five": 5,
	"seks": 6, "six": 6, "sju": 7, "syv": 7, "seven": 7, "åtte": 8, "eight": 8, "ni": 9, "nine": 9,
	"ti": 10, "ten": 10, "elleve": 11, "eleven": 11, "tolv": 12, "twelve": 12, "tretten": 13, "thirteen": 13,
	"fjorten": 14, "fourteen": 14, "femten": 15, "fifteen": 15, "seksten": 16, "sixteen": 16,
	"sytten": 17, "seventeen": 17, "atten": 18, "eighteen": 18, "nitten": 19, "nineteen": 19,
}

var tens = map[string]int64{
	"tjue": 20, "tyve": 20, "twenty": 20, "tretti": 30, "tredve": 30, "thirty": 30, "førti": 40, "førr": 40, "forty": 40,
	"femti": 50, "fifty": 50, "seksti": 60, "sixty": 60, "sytti": 70, "seventy": 70, "åtti": 80, "eighty": 80,
	"nitti": 90, "ninety": 90,
}

// numeral gives the value of one numeral word below a hundred: "sju",
// "tjueto", "syvogførti".
func numeral(word string) (int64, bool) {
	word = strings.ReplaceAll(word, "é", "e")
	if n, ok := ones[word]; ok {
		return n, true
	}
	if n, ok := tens[word]; ok {
		return n, true
	}
	for prefix, n := range tens {
		if rest, ok := strings.CutPrefix(word, prefix); ok {
			if one, ok := ones[rest]; ok && one >= 1 && one <= 9 {
				return n + one, true
			}
		}
	}
	if small, big, ok := strings.Cut(word, "og"); ok {
		one, isOne := ones[small]
		ten, isTen := tens[big]
		if isOne && isTen && one >= 1 && one <= 9 {
			return ten + one, true
		}
	}
	return 0, false
}

// cardinal reads a number in words that starts at tokens[i]: "one hundred and
// eighty". It gives the index after it, or i when there is none.
func cardinal(tokens []token, i int) (value int64, next int) {
	var thousands, current int64
	start, joined := i, false
	for ; i < len(tokens); i++ {
		word := tokens[i].word
		n, small := numeral(word)
		switch {
		case word == "hundre" || word == "hundred":
			if current > 9 {
				return thousands + current, i
			}
			current = 100 * max(current, 1)
		case word == "tusen" || word == "thousand":
			if thousands > 0 {
				return thousands + current, i
			}
			thousands, current = 1000*max(current, 1), 0
		case small && canFollow(thousands, current, n, i == start):
			current += n
		case (word == "og" || word == "and") && i > start && !joined && (current > 0 && current%100 == 0 || current == 0 && thousands > 0):
			n, small := int64(0), false
			if i+1 < len(tokens) {
				n, small = numeral(tokens[i+1].word)
			}
			if !small || n == 0 {
				return thousands + current, i
			}
			joined = true
			continue
		default:
			return thousands + current, i
		}
		joined = false
	}
	return thousands + current, i
}

// canFollow says whether a numeral below a hundred adds to what was read:
// after a hundred or a thousand, or a digit after a ten.
func canFollow(thousands, current, n int64, first bool) bool {
	switch {
	case first:
		return true
	case n == 0:
		return false
	case current == 0:
		return thousands > 0
	case current%100 == 0:
		return true
	default:
		return current%100 >= 20 && current%10 == 0 && n < 10
	}
}
