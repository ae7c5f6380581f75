package admin

import (
	"cmp"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// kind is one kind of decision that there may be: all that the figures tell apart.
type kind struct {
	day      int
	notice   consent.NoticeNumber
	language consent.Language
	way      way
	outcome  int
	answers  [2]int // about statistics and marketing
}

// kinds gives every kind that is possible, when the first so many categories have
// several services that can be answered apart.
func kinds(days, several int) []kind {
	ways := []kind{
		{way: way{consent.AcceptAll, consent.LayerFirst}, outcome: saidYes, answers: [2]int{answeredYes, answeredYes}},
		{way: way{consent.RejectAll, consent.LayerFirst}, outcome: saidNo, answers: [2]int{answeredNo, answeredNo}},
		{way: way{consent.Withdraw, consent.LayerPage}, outcome: tookBack, answers: [2]int{answeredNo, answeredNo}},
		{way: way{consent.PlaceholderOnce, consent.LayerPlaceholder}, outcome: inPlace, answers: [2]int{answeredNo, answeredNo}},
		{way: way{consent.PlaceholderAlways, consent.LayerPlaceholder}, outcome: inPlace, answers: [2]int{answeredNo, answeredNo}},
	}
	for first := range 3 {
		for second := range 3 {
			if first == answeredPartly && several < 1 || second == answeredPartly && several < 2 {
				continue
			}
			outcome := saidPartly
			if first == second && first != answeredPartly {
				outcome = map[int]int{answeredYes: saidYes, answeredNo: saidNo}[first]
			}
			ways = append(ways, kind{way: way{consent.Save, consent.LayerSecond}, outcome: outcome, answers: [2]int{first, second}})
		}
	}
	var all []kind
	for day := range days {
		for notice := range 2 {
			for _, language := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami} {
				for _, one := range ways {
					one.day, one.notice, one.language = day, consent.NoticeNumber(notice+1), language
					all = append(all, one)
				}
			}
		}
	}
	return all
}

var (
	firstDay = time.Date(2026, 3, 2, 0, 0, 0, 0, time.UTC)
	states   = [outcomes]consent.State{consent.StateGiven, consent.StatePartlyGiven, consent.StateRefused, consent.StateWithdrawn, consent.StatePartlyGiven}
	keys     = [2]consent.CategoryKey{consent.Statistics, consent.Marketing}
)

// figuresOf are what the store would count.
func figuresOf(all []kind, counts []int) *consent.Figures {
	figures := &consent.Figures{}
	for i, k := range all {
		if counts[i] == 0 {
			continue
		}
		choice := consent.Choice{Categories: map[consent.CategoryKey]bool{}, Services: map[consent.ServiceRef]bool{}}
		for c, answer := range k.answers {
			choice.Categories[keys[c]] = answer == answeredYes
			if answer == answeredPartly {
				choice.Services[consent.ServiceRef(keys[c])+"/one"] = true
			}
		}
		figures.Days = append(figures.Days, consent.DayFigure{
			Day: firstDay.AddDate(0, 0, k.day), State: states[k.outcome], InPlace: k.outcome == inPlace, Count: counts[i],
		})
		figures.Made = append(figures.Made, consent.MadeFigure{
			Notice: k.notice, Language: k.language, Method: k.way.method, Layer: k.way.layer, State: states[k.outcome], Choice: choice, Count: counts[i],
		})
	}
	slices.SortStableFunc(figures.Days, func(a, b consent.DayFigure) int { return a.Day.Compare(b.Day) })
	return figures
}

// sum is a number that is shown or not: of which kinds it is the sum.
type sum struct {
	name string
	of   func(kind) bool
}

// published gives every number that the page shows of the decisions, and holds it
// against the decisions themselves.
func published(t *testing.T, c *counted, all []kind, counts []int) []sum {
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
	show(c.total(), sum{"all", func(kind) bool { return true }})
	for i, group := range c.groups {
		show(c.grouped(c.sums)[i], sum{fmt.Sprint("outcomes ", group), func(k kind) bool { return slices.Contains(group, k.outcome) }})
	}
	table := func(name string, arranged tally, in func(kind, int) bool) {
		for i, rows := range arranged.rows {
			for column, n := range arranged.counts[i] {
				show(n, sum{fmt.Sprint(name, rows, column), func(k kind) bool {
					return slices.ContainsFunc(rows, func(row int) bool { return in(k, row) }) &&
						(arranged.whole || slices.Contains(c.groups[column], k.outcome))
				}})
			}
		}
	}
	languages, counted := by(c, func(m *consent.MadeFigure) consent.Language { return m.Language }, nil)
	table("language", c.arrange(counted, consent.CrowdRows), func(k kind, row int) bool { return k.language == languages[row] })
	notices, counted := by(c, func(m *consent.MadeFigure) consent.NoticeNumber { return m.Notice }, cmp.Compare[consent.NoticeNumber])
	table("notice", c.arrange(counted, consent.CrowdRows), func(k kind, row int) bool { return k.notice == notices[row] })
	ways, arranged := c.ways()
	table("way", arranged, func(k kind, row int) bool { return k.way == ways[row] })
	_, counted = c.units()
	table("day", c.arrange(counted, consent.CrowdRuns), func(k kind, row int) bool { return k.day == row })
	for _, one := range c.categories() {
		if one.hidden {
			continue
		}
		at := slices.Index(keys[:], one.key)
		for answer, n := range one.counts[:notAsked] {
			show(n, sum{fmt.Sprint(one.key, " ", answer), func(k kind) bool {
				group := slices.IndexFunc(c.groups, func(g []int) bool { return slices.Contains(g, k.outcome) })
				return k.answers[at] == answer && !c.mostlyInPlace(group)
			}})
		}
	}
	return shown
}

// secrets gives the numbers that a table would show if it hid nothing.
func secrets() []sum {
	var all []sum
	for outcome := range outcomes {
		of := func(k kind) bool { return k.outcome == outcome }
		all = append(all, sum{"outcome " + outcomeNames[outcome], of})
		for _, language := range []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami} {
			all = append(all, sum{fmt.Sprint(language, " ", outcomeNames[outcome]), func(k kind) bool { return of(k) && k.language == language }})
		}
	}
	for at, key := range keys {
		for answer := range notAsked {
			all = append(all, sum{fmt.Sprint(key, " answer ", answer), func(k kind) bool { return k.answers[at] == answer }})
		}
	}
	for _, method := range []consent.Method{consent.Withdraw, consent.PlaceholderOnce, consent.PlaceholderAlways, consent.Save} {
		all = append(all, sum{string(method), func(k kind) bool { return k.way.method == method }})
	}
	return all
}

// Whoever adds and takes away what is shown, knowing which answers belong to which
// way, finds no number that is about few people: none is a combination of those
// that are shown.
func TestFewCannotBeWorkedOut(t *testing.T) {
	seed := rand.Uint64()
	random := rand.New(rand.NewPCG(seed, 0))
	t.Logf("seed %d", seed)
	const days = 4
	tried := 0
	for round := range 600 {
		all := kinds(days, round%3)
		counts := make([]int, len(all))
		often := []int{3, 10, 60}[random.IntN(3)]
		for i, k := range all {
			if random.IntN(often) == 0 && (k.notice == 2 || random.IntN(3) == 0) {
				counts[i] = random.IntN([]int{3, 8, 40}[random.IntN(3)])
			}
		}
		c := &counted{period: period{firstDay, firstDay.AddDate(0, 0, days-1)}, figures: figuresOf(all, counts)}
		for _, made := range c.figures.Made {
			c.sums[outcomeOf(made.State, made.Method.IsInPlace())] += made.Count
		}
		if c.groups = consent.CrowdColumns(c.sums[:], neighbours); c.groups == nil || c.total() == 0 {
			continue
		}
		shown := newSpan(all, published(t, c, all, counts))
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
					t.Fatalf("%s, which is %d, can be worked out of what is shown; outcomes %v in groups %v", secret.name, n, c.sums, c.groups)
				}
			}
		}
	}
	if tried < 100 {
		t.Errorf("only %d numbers about few were tried", tried)
	}
}

// span is what can be worked out of some sums: the rows of a matrix in echelon form,
// counted modulo a prime.
type span map[int][]int64

const prime = 1_000_003

func vector(all []kind, one sum) []int64 {
	v := make([]int64, len(all))
	for i, k := range all {
		if one.of(k) {
			v[i] = 1
		}
	}
	return v
}

func newSpan(all []kind, sums []sum) span {
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
		{"all", func(kind) bool { return true }},
		{"yes", func(k kind) bool { return k.outcome == saidYes }},
		{"no", func(k kind) bool { return k.outcome == saidNo || k.outcome == saidPartly }},
		{"in place", func(k kind) bool { return k.outcome == inPlace }},
	})
	if !shown.holds(vector(all, sum{of: func(k kind) bool { return k.outcome == tookBack }})) {
		t.Error("what is left of a sum is not found")
	}
	if shown.holds(vector(all, sum{of: func(k kind) bool { return k.outcome == saidNo }})) {
		t.Error("more is found than can be worked out")
	}
}
