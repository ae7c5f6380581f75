package figures

import (
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strconv"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// dated is a kind of decision on a day: all that can be told apart.
type dated struct {
	day     int // which of the site's days
	kind    kind
	answers [2]int                      // about statistics and marketing
	says    map[consent.CategoryKey]int // instead of answers, where notices ask differently
	late    bool                        // its notice was not the newest any more
}

// said gives the answer about a category.
func (k *dated) said(key consent.CategoryKey) int {
	if k.says == nil {
		return k.answers[slices.Index(keys[:], key)]
	}
	if answer, asked := k.says[key]; asked {
		return answer
	}
	return notAsked
}

var (
	// The ends of months, so that units are closed between them.
	ends = []time.Time{at(1, 30), at(1, 31), at(2, 27), at(2, 28), at(3, 30), at(3, 31)}
	keys = [2]consent.CategoryKey{consent.Statistics, consent.Marketing}
)

func at(month time.Month, day int) time.Time {
	return time.Date(2026, month, day, 0, 0, 0, 0, time.UTC)
}

// kinds gives every kind that is possible, when the first so many categories have
// several services that can be answered apart.
func kinds(days, several int) []dated {
	ways := []dated{
		{kind: kind{way: Way{consent.AcceptAll, consent.LayerFirst}, outcome: Yes}, answers: [2]int{AnsweredYes, AnsweredYes}},
		{kind: kind{way: Way{consent.RejectAll, consent.LayerFirst}, outcome: No}, answers: [2]int{AnsweredNo, AnsweredNo}},
		{kind: kind{way: Way{consent.Withdraw, consent.LayerPage}, outcome: Back}, answers: [2]int{AnsweredNo, AnsweredNo}},
		{kind: kind{way: Way{consent.PlaceholderOnce, consent.LayerPlaceholder}, outcome: InPlace}, answers: [2]int{AnsweredNo, AnsweredNo}},
		{kind: kind{way: Way{consent.PlaceholderAlways, consent.LayerPlaceholder}, outcome: InPlace}, answers: [2]int{AnsweredNo, AnsweredNo}},
	}
	for first := range 3 {
		for second := range 3 {
			if first == AnsweredPartly && several < 1 || second == AnsweredPartly && several < 2 {
				continue
			}
			outcome := Partly
			if first == second && first != AnsweredPartly {
				outcome = map[int]Outcome{AnsweredYes: Yes, AnsweredNo: No}[first]
			}
			ways = append(ways, dated{kind: kind{way: Way{consent.Save, consent.LayerSecond}, outcome: outcome}, answers: [2]int{first, second}})
		}
	}
	var all []dated
	for day := range days {
		for notice := range 2 {
			for _, language := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami} {
				for _, one := range ways {
					one.day, one.kind.notice, one.kind.language = day, consent.NoticeNumber(notice+1), language
					one.kind.answers = answered(fmt.Sprintf("%s=%d %s=%d", keys[0], one.answers[0], keys[1], one.answers[1]))
					all = append(all, one)
				}
			}
		}
	}
	return all
}

// sum is a number that is shown or not: of which kinds it is the sum.
type sum struct {
	name string
	of   func(dated) bool
}

// published gives every number that is told of a site's days, and holds it against
// the decisions themselves.
func published(t *testing.T, closed []consent.ClosedFigures, all []dated, counts []int) []sum {
	t.Helper()
	var shown []sum
	show := func(n int, one sum) {
		real := 0
		for i, k := range all {
			if one.of(k) {
				real += counts[i]
			}
		}
		if n != real || !consent.IsCrowd(n) {
			t.Fatalf("%s is shown as %d, and is %d", one.name, n, real)
		}
		shown = append(shown, one)
	}
	for day := range ends { // what was stored is told by day, however few it was
		shown = append(shown, sum{fmt.Sprint("day ", day), func(k dated) bool { return k.day == day }})
	}
	for i := range closed {
		u, runs, err := read(&closed[i])
		if err != nil {
			t.Fatal(err)
		}
		within := func(k dated, span Span) bool {
			return !ends[k.day].Before(span.First) && !ends[k.day].After(span.Last)
		}
		for _, run := range runs {
			show(run.Count, sum{fmt.Sprint("run ", run.Span), func(k dated) bool { return within(k, run.Span) }})
		}
		unit := Span{closed[i].First, closed[i].Last}
		table := func(name string, cells []cell, key func(kind) string) {
			for _, one := range cells {
				show(one.Count, sum{fmt.Sprint(name, " ", one.Rows, one.Outcomes), func(k dated) bool {
					return within(k, unit) && slices.Contains(one.Outcomes, k.kind.outcome) && (one.Rows == nil || slices.Contains(one.Rows, key(k.kind)))
				}})
			}
		}
		table("outcomes", u.Outcomes, nil)
		table("languages", u.Languages, func(k kind) string { return string(k.language) })
		table("notices", u.Notices, func(k kind) string { return strconv.Itoa(int(k.notice)) })
		table("ways", u.Ways, func(k kind) string { return k.way.String() })
		for _, one := range u.Categories {
			if !one.Hidden {
				for answer, n := range one.Counts {
					show(n, sum{fmt.Sprint(one.Key, " ", answer), categorySum(placeOf(u, all, counts, unit, within), unit, one.Key, answer, within)})
				}
			}
		}
	}
	return shown
}

// placeOf gives the outcomes that are counted with placeholders and mostly are some: what
// they say of categories is left out.
func placeOf(u *unit, all []dated, counts []int, span Span, within func(dated, Span) bool) Column {
	in := 0
	for i, k := range all {
		if within(k, span) && k.kind.outcome == InPlace {
			in += counts[i]
		}
	}
	for _, one := range u.Outcomes {
		if slices.Contains(one.Outcomes, InPlace) && 2*in > one.Count {
			return one.Outcomes
		}
	}
	return nil
}

// categorySum is what was answered about a category, but for placeholders.
func categorySum(place Column, span Span, key consent.CategoryKey, answer int, within func(dated, Span) bool) func(dated) bool {
	return func(k dated) bool {
		return within(k, span) && k.said(key) == answer && !slices.Contains(place, k.kind.outcome)
	}
}

// secrets gives the numbers that a table would show if it hid nothing, of all days
// on end.
func secrets() []sum {
	var all []sum
	for first := range ends {
		for last := first; last < len(ends); last++ {
			during := func(name string, of func(dated) bool) {
				all = append(all, sum{fmt.Sprint(name, " from ", first, " to ", last), func(k dated) bool { return k.day >= first && k.day <= last && of(k) }})
			}
			for outcome := range outcomes {
				of := func(k dated) bool { return k.kind.outcome == outcome }
				during(fmt.Sprint("outcome ", outcome), of)
				for _, language := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami} {
					during(fmt.Sprint(language, " ", outcome), func(k dated) bool { return of(k) && k.kind.language == language })
				}
				for notice := range consent.NoticeNumber(2) {
					during(fmt.Sprint("notice ", notice, " ", outcome), func(k dated) bool { return of(k) && k.kind.notice == notice+1 })
				}
			}
			for which, key := range keys {
				for answer := range notAsked {
					during(fmt.Sprint(key, " answer ", answer), func(k dated) bool { return k.answers[which] == answer })
				}
			}
			for _, method := range []consent.Method{consent.Withdraw, consent.PlaceholderOnce, consent.PlaceholderAlways, consent.Save} {
				during(string(method), func(k dated) bool { return k.kind.way.Method == method })
			}
		}
	}
	return all
}

// Whoever adds and takes away what is shown of all days, knowing which answers
// belong to which way and how many decided on each day, finds no number that is
// about few people: none is a combination of those that are shown.
func TestFewCannotBeWorkedOut(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	tried, several := 0, 0
	for round := range 300 {
		all := kinds(len(ends), round%3)
		counts := make([]int, len(all))
		often := []int{3, 10, 60}[random.IntN(3)]
		for i, k := range all {
			if random.IntN(often) == 0 && (k.kind.notice == 2 || random.IntN(3) == 0) {
				counts[i] = random.IntN([]int{3, 8, 40}[random.IntN(3)])
			}
		}
		closed := walked(t, all, counts)
		if len(closed) > 1 {
			several++
		}
		shown := newSpan(all, published(t, closed, all, counts))
		for _, secret := range secrets() {
			n := 0
			for i, k := range all {
				if secret.of(k) {
					n += counts[i]
				}
			}
			if !consent.IsCrowd(n) {
				tried++
				if shown.holds(vector(all, secret)) {
					t.Fatalf("%s, which is %d, can be worked out of what is shown: %s", secret.name, n, closed)
				}
			}
		}
	}
	if tried < 1000 || several < 50 {
		t.Errorf("only %d numbers about few were tried, and %d sites with several units", tried, several)
	}
}

// walked closes the units of a site that decides on the given days.
func walked(t *testing.T, all []dated, counts []int) []consent.ClosedFigures {
	t.Helper()
	w := newWalker(ends[0])
	for day := ends[0]; !day.After(ends[len(ends)-1]); day = day.AddDate(0, 0, 1) {
		made := map[kind]int{}
		for i, k := range all {
			if counts[i] > 0 && ends[k.day].Equal(day) {
				made[k.kind] += counts[i]
			}
		}
		if err := w.day(day, made, false); err != nil {
			t.Fatal(err)
		}
	}
	return w.closed
}

// span is what can be worked out of some sums: the rows of a matrix in echelon form,
// counted modulo a prime.
type span map[int][]int64

const prime = 1_000_003

func vector(all []dated, one sum) []int64 {
	v := make([]int64, len(all))
	for i, k := range all {
		if one.of(k) {
			v[i] = 1
		}
	}
	return v
}

func newSpan(all []dated, sums []sum) span {
	s := span{}
	for _, one := range sums {
		if v := vector(all, one); !s.holds(v) {
			lead := slices.IndexFunc(v, func(n int64) bool { return n != 0 })
			inverse := power(v[lead], prime-2)
			for i := range v {
				v[i] = v[i] * inverse % prime
			}
			s[lead] = v
		}
	}
	return s
}

// holds reduces a vector by the rows, and says whether nothing is left of it.
func (s span) holds(v []int64) bool {
	for _, lead := range slices.Sorted(maps.Keys(s)) {
		if factor := v[lead]; factor != 0 {
			for i, n := range s[lead] {
				v[i] = ((v[i]-factor*n)%prime + prime) % prime
			}
		}
	}
	return !slices.ContainsFunc(v, func(n int64) bool { return n != 0 })
}

func power(base, exponent int64) int64 {
	result := int64(1)
	for ; exponent > 0; exponent >>= 1 {
		if exponent&1 == 1 {
			result = result * base % prime
		}
		base = base * base % prime
	}
	return result
}

// What the test would find: a table that shows the outcomes apart, although one is
// about few.
func TestWorkingOutIsFound(t *testing.T) {
	all := kinds(1, 2)
	shown := newSpan(all, []sum{
		{"all", func(dated) bool { return true }},
		{"yes", func(k dated) bool { return k.kind.outcome == Yes }},
		{"no", func(k dated) bool { return k.kind.outcome == No || k.kind.outcome == Partly }},
		{"in place", func(k dated) bool { return k.kind.outcome == InPlace }},
	})
	if !shown.holds(vector(all, sum{of: func(k dated) bool { return k.kind.outcome == Back }})) {
		t.Error("what is left of a sum is not found")
	}
	if shown.holds(vector(all, sum{of: func(k dated) bool { return k.kind.outcome == No }})) {
		t.Error("more is found than can be worked out")
	}
}
