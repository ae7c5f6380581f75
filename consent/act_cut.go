package consent

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// What stands for characters that are left out of a text in a trail: how many, between
// marks that no text in a trail has, and whether the texts differ there, too.
const (
	leftOutOpen   = "⟪"
	leftOutClose  = "⟫"
	leftOutDiffer = "≠"
	leftOutEnds   = "…" // at the beginning and the end of a text
)

// LeftOut is a piece of what a trail tells of a text: Text, or for what is left out there
// how many Characters, and whether the texts differ in them.
type LeftOut struct {
	Text       string
	Characters int
	Differ     bool
}

var leftOutMark = regexp.MustCompile(leftOutOpen + "(" + leftOutDiffer + "?)([0-9]{1,9})" + leftOutClose)

// LeftOutOf takes what a trail tells of a text apart.
func LeftOutOf(told string) (pieces []LeftOut) {
	for {
		at := leftOutMark.FindStringSubmatchIndex(told)
		if at == nil {
			return append(pieces, LeftOut{Text: told})
		}
		n, _ := strconv.Atoi(told[at[4]:at[5]])
		pieces = append(pieces, LeftOut{Text: told[:at[0]]}, LeftOut{Characters: n, Differ: at[2] < at[3]})
		told = told[at[1]:]
	}
}

// besidePart is what is kept beside a part that differs when there is little room, and
// cutPart the least room for both ends of one, in bytes.
const (
	besidePart = 8
	cutPart    = 24
)

// telling is a text on its way into a trail, and its parts that differ from another.
type telling struct {
	text  string
	parts []span // in bytes
}

type span struct{ from, to int }

// same adds what is the same in both texts, and differs a part that is not.
func (t *telling) same(text string) { t.text += text }

func (t *telling) differs(part string) {
	from := len(t.text)
	t.text += part
	t.parts = append(t.parts, span{from, len(t.text)})
}

// cutTogether shortens two texts to so many bytes, unless both are as short. Each part that
// differs is kept with a little beside it, as much in both; of what is too long for that,
// both its ends. How many characters are left out between is said.
func cutTogether(was, is *telling, most int) (toldWas, toldIs string) {
	if len(was.text) <= most && len(is.text) <= most {
		return was.text, is.text
	}
	parts := make([]int, len(was.parts))
	for i := range parts {
		parts[i] = max(was.parts[i].len(), is.parts[i].len())
	}
	longest := len(strconv.Itoa(max(len(was.text), len(is.text))))
	room := most - 2*len(leftOutEnds) - (len(parts)-1)*(len(leftOutOpen+leftOutClose)+longest)
	rooms := shareRoom(parts, room)
	return was.cut(parts, rooms), is.cut(parts, rooms)
}

// shareRoom gives each part what it needs, the shortest first and at least as much as
// any other, and all of them what is left.
func shareRoom(parts []int, room int) []int {
	order := make([]int, len(parts))
	for i := range order {
		order[i] = i
	}
	slices.SortStableFunc(order, func(a, b int) int { return parts[a] - parts[b] })
	rooms := make([]int, len(parts))
	for n, i := range order {
		rooms[i] = min(parts[i]+2*besidePart, room/(len(parts)-n))
		room -= rooms[i]
	}
	for i := range rooms {
		rooms[i] += room / len(parts)
	}
	return rooms
}

// cut writes a text that is cut: parts are how long its parts may be, and rooms what they
// have with what is kept beside them.
func (t *telling) cut(parts, rooms []int) string {
	var out strings.Builder
	end := 0
	for i, p := range t.parts {
		beside := (rooms[i] - parts[i]) / 2
		if beside < 0 {
			beside = min(besidePart, max(0, (rooms[i]-cutPart)/2))
		}
		from := max(end, min(p.from, clusterFrom(t.text, p.from-beside)))
		if from > end {
			from = wordFrom(t.text, from, p.from)
		}
		t.leave(&out, end, from, i == 0)
		out.WriteString(t.text[from:p.from])
		t.keep(&out, p, rooms[i]-2*beside)
		next := len(t.text)
		if i+1 < len(t.parts) {
			next = t.parts[i+1].from
		}
		if end = min(next, max(p.to, clusterAt(t.text, p.to+beside))); end < next {
			end = wordTo(t.text, p.to, end) // what is told ends with a whole word
		}
		out.WriteString(t.text[p.to:end])
	}
	if end < len(t.text) {
		out.WriteString(leftOutEnds)
	}
	return out.String()
}

// leave says how much is left out before a place, unless that is as short as to say so.
func (t *telling) leave(out *strings.Builder, from, to int, first bool) {
	mark := leftOutEnds
	if !first {
		mark = leftOutOpen + strconv.Itoa(utf8.RuneCountInString(t.text[from:to])) + leftOutClose
	}
	if to-from <= len(mark) {
		mark = t.text[from:to]
	}
	out.WriteString(mark)
}

// keep writes a part, or as much of its ends as there is room for.
func (t *telling) keep(out *strings.Builder, p span, room int) {
	if p.len() <= room {
		out.WriteString(t.text[p.from:p.to])
		return
	}
	half := (room - len(leftOutOpen+leftOutDiffer+leftOutClose) - len(strconv.Itoa(p.len()))) / 2
	first := max(p.from, clusterAt(t.text, p.from+half))
	if word := wordTo(t.text, p.from, first); word > p.from {
		first = word
	}
	last := wordFrom(t.text, min(p.to, clusterFrom(t.text, p.to-half)), p.to)
	out.WriteString(t.text[p.from:first])
	out.WriteString(leftOutOpen + leftOutDiffer + strconv.Itoa(utf8.RuneCountInString(t.text[first:last])) + leftOutClose)
	out.WriteString(t.text[last:p.to])
}

// wordFrom gives the first place from one on, and before another, at which a word begins,
// and the one itself where no other does: what is told begins with a whole word.
func wordFrom(text string, from, before int) int {
	if from == 0 || text[from-1] == ' ' {
		return from
	}
	if blank := strings.IndexByte(text[from:before], ' '); blank >= 0 && from+blank+1 < before {
		return from + blank + 1
	}
	return from
}

// wordTo gives the last place after one, and up to another, at which a word has ended, and
// the other itself where none has.
func wordTo(text string, after, to int) int {
	if to == len(text) || text[to] == ' ' {
		return to
	}
	if blank := strings.LastIndexByte(text[after:to], ' '); blank >= 0 {
		return after + blank
	}
	return to
}

func (s span) len() int { return s.to - s.from }

// cutBefore shortens a text from its beginning.
func cutBefore(text string, most int) string {
	if len(text) <= most {
		return text
	}
	return leftOutEnds + text[clusterFrom(text, len(text)-most+len(leftOutEnds)):]
}
