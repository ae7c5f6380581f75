package consent

import "slices"

// quantity is a number of one unit, counted in halves.
type quantity struct {
	halves int64
	unit   int
}

// quantityAt reads a number and its unit from tokens[i]: "2 år", "tolv (12)
// måneder", "et halvt år", "one and a half years". next is i when there is
// none. A number that cannot be a lifetime gives the flaw.
func quantityAt(tokens []token, i int) (q quantity, next int, flaw string) {
	halves, at, flaw := amountAt(tokens, i)
	if at == i || at >= len(tokens) {
		return q, i, ""
	}
	unit, ok := unitWords[tokens[at].word]
	switch {
	case tokens[at].word == "m":
		return q, i, "m may be minutes or months"
	case tokens[at].word == "time" && tokens[at-1].word == "one": // "used one time"
		return q, i, ""
	case !ok:
		return q, i, ""
	case flaw != "":
		return q, i, flaw
	}
	at++
	if extra, after := trailingHalf(tokens, at); after > at {
		halves, at = halves+extra, after
	}
	return quantity{halves, unit}, at, ""
}

// amountAt reads the number before a unit, in halves.
func amountAt(tokens []token, i int) (halves int64, next int, flaw string) {
	word := tokens[i].word
	switch {
	case tokens[i].flaw != "":
		return 0, i + 1, tokens[i].flaw
	case isHalf(word):
		next = i + 1
		if next < len(tokens) && (tokens[next].word == "a" || tokens[next].word == "an") {
			next++ // "half an hour"
		}
		return 1, next, ""
	case slices.Contains([]string{"halvannen", "halvannet", "halvanna", "halvtanna", "halvanan"}, word):
		return 3, i + 1, ""
	}
	if tokens[i].half {
		return 2*tokens[i].number + 1, i + 1, ""
	}
	value, next := wholeAt(tokens, i)
	if next == i {
		return 0, i, ""
	}
	if next < len(tokens) && isHalf(tokens[next].word) && value <= 1 && tokens[i].digits == 0 {
		return 1, next + 1, "" // "et halvt"
	}
	if next < len(tokens) && tokens[next].word == "½" {
		return 2*value + 1, next + 1, ""
	}
	extra, next := trailingHalf(tokens, next)
	return 2*value + extra, next, ""
}

// wholeAt reads a whole number in digits ("1 000" too) or words, and the same
// number repeated in brackets.
func wholeAt(tokens []token, i int) (value int64, next int) {
	value, next = bareWholeAt(tokens, i)
	if next == i || next+2 >= len(tokens) || tokens[next].mark != '(' {
		return value, next
	}
	again, after := bareWholeAt(tokens, next+1)
	if after > next+1 && again == value && after < len(tokens) && tokens[after].mark == ')' {
		return value, after + 1
	}
	return value, next
}

func bareWholeAt(tokens []token, i int) (value int64, next int) {
	if i >= len(tokens) || tokens[i].flaw != "" || tokens[i].half {
		return 0, i
	}
	if tokens[i].digits == 0 {
		return cardinal(tokens, i)
	}
	value, next = tokens[i].number, i+1
	for tokens[i].digits <= 3 && next < len(tokens) && tokens[next].digits == 3 && tokens[next].flaw == "" && !tokens[next].half && value < 1_000_000 {
		value, next = value*1000+tokens[next].number, next+1
	}
	return value, next
}

// trailingHalf reads "og et halvt" or "and a half" behind a number or a unit,
// unless a unit of its own follows that makes it a quantity of its own.
func trailingHalf(tokens []token, i int) (halves int64, next int) {
	at := i
	if at < len(tokens) && (tokens[at].word == "og" || tokens[at].word == "and") {
		at++
		if at < len(tokens) && ones[tokens[at].word] == 1 {
			at++
		}
		if at < len(tokens) && isHalf(tokens[at].word) {
			afterUnit := i > 0 && isUnit(tokens[i-1].word)
			ownUnit := at+1 < len(tokens) && isUnit(tokens[at+1].word)
			if !afterUnit || !ownUnit {
				return 1, at + 1
			}
		}
	}
	return 0, i
}

func isUnit(word string) bool {
	_, ok := unitWords[word]
	return ok
}

func isHalf(word string) bool {
	return word == "halv" || word == "halvt" || word == "half" || word == "½"
}

// add puts a quantity into a duration. Half a week, month or second has no
// exact length, and is refused.
func (d *duration) add(q quantity) bool {
	whole, half := q.halves/2, q.halves%2
	into := []*int64{&d.years, &d.months, &d.weeks, &d.days, &d.hours, &d.minutes, &d.seconds}
	*into[q.unit] += whole
	if half == 0 {
		return true
	}
	switch q.unit {
	case unitYear:
		d.months += 6
	case unitDay:
		d.hours += 12
	case unitHour:
		d.minutes += 30
	case unitMinute:
		d.seconds += 30
	default:
		return false
	}
	return true
}
