package figures

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// question is what a notice asks: its categories, of how many of the first the services can
// be answered apart, and whether it has placeholders.
type question struct {
	categories []consent.CategoryKey
	several    int
	places     bool
	signals    bool // a browser may answer it by itself
	since      int  // the day on which it follows the one before
	languages  []consent.Language
}

// questions makes up what three notices ask: categories that hold each other's, that have
// nothing in common, one, none, and the same.
func questions(random *rand.Rand) (all []question) {
	f, s, m := consent.Functional, consent.Statistics, consent.Marketing
	sets := [][][]consent.CategoryKey{
		{{f, s, m}, {f}, {f, s}},
		{{f, s, m}, {f, s}, {f, s, m}},
		{{f, s}, {m}, {f, s}},
		{{f}, {s}, {f}},
		{{s, m}, {s}, {s}},
		{{f, s}, {s, m}, {f, m}},
		{{s}, {s, m}, {}},
		{{s}, {s}, {s}},
		{{s, m}, {s, m}, {s, m}},
		{{f, s, m}, {f, s, m}, {f, s, m}},
	}
	for _, set := range sets[random.IntN(len(sets))] {
		several := 0
		if random.IntN(2) == 0 {
			several = random.IntN(len(set) + 1)
		}
		languages := []consent.Language{consent.Bokmaal, consent.Nynorsk, consent.NorthernSami}[:2+random.IntN(2)]
		if random.IntN(3) == 0 {
			languages = languages[:1]
		}
		all = append(all, question{set, several, random.IntN(2) == 0, random.IntN(3) == 0, 0, languages})
	}
	if random.IntN(2) == 0 { // each is published on a day of its own
		for i := range all {
			all[i].since = i
		}
	}
	return all
}

// decidable gives every kind of decision that notices which ask so can be answered with.
func decidable(asked []question, days int) (all []dated) {
	for day := range days {
		for n, asks := range asked {
			if day < asks.since {
				continue
			}
			for _, language := range asks.languages {
				for _, one := range asks.kinds() {
					one.day, one.kind.notice, one.kind.language = day, consent.NoticeNumber(n+1), language
					one.late = n+1 < len(asked) && asked[n+1].since > asks.since && day >= asked[n+1].since
					all = append(all, one)
				}
			}
		}
	}
	return all
}

func (q *question) kinds() (all []dated) {
	add := func(method consent.Method, layer consent.Layer, outcome Outcome, answers []int) {
		one := dated{kind: kind{way: Way{method, layer}, outcome: outcome}, says: map[consent.CategoryKey]int{}}
		var text []string
		for i, key := range q.categories {
			one.says[key] = answers[i]
			text = append(text, fmt.Sprintf("%s=%d", key, answers[i]))
		}
		slices.Sort(text)
		if method != "" {
			one.kind.answers = answered(strings.Join(text, " "))
		}
		all = append(all, one)
	}
	every := func(answer int) []int { return slices.Repeat([]int{answer}, len(q.categories)) }
	add(consent.Withdraw, consent.LayerPage, Back, every(AnsweredNo))
	if q.places || len(q.categories) == 0 {
		add(consent.PlaceholderOnce, consent.LayerPlaceholder, InPlace, every(AnsweredNo))
		always := every(AnsweredYes)
		if q.several > 0 {
			always[0] = AnsweredPartly
		}
		add(consent.PlaceholderAlways, consent.LayerPlaceholder, InPlace, always)
	}
	if len(q.categories) == 0 {
		return all
	}
	if q.signals {
		add(consent.SignalMethod, consent.LayerFirst, No, every(AnsweredNo))
	}
	add(consent.AcceptAll, consent.LayerFirst, Yes, every(AnsweredYes))
	add(consent.RejectAll, consent.LayerFirst, No, every(AnsweredNo))
	add("", "", No, every(AnsweredNo))
	for n := range power(3, int64(len(q.categories))) {
		answers, partly := make([]int, len(q.categories)), false
		for i := range answers {
			answers[i], n = int(n%3), n/3
			partly = partly || answers[i] == AnsweredPartly && i >= q.several
		}
		outcome := Partly
		if slices.Min(answers) == slices.Max(answers) && answers[0] != AnsweredPartly {
			outcome = map[int]Outcome{AnsweredYes: Yes, AnsweredNo: No}[answers[0]]
		}
		if !partly {
			add(consent.Save, consent.LayerSecond, outcome, answers)
		}
	}
	return all
}

// someDecide says how many decide in which way: many as is usual, few or nobody otherwise,
// and few answer some notices at all, or late, or say no themselves where browsers do.
func someDecide(random *rand.Rand, all []dated) []int {
	counts, often := make([]int, len(all)), []int{2, 3, 6, 12}[random.IntN(4)]
	quiet, signalled := 1+random.IntN(4), map[consent.NoticeNumber]bool{}
	for _, k := range all {
		signalled[k.kind.notice] = signalled[k.kind.notice] || k.kind.way.Method == consent.SignalMethod
	}
	for i, k := range all {
		usual := slices.Contains([]consent.Method{consent.AcceptAll, consent.RejectAll, consent.SignalMethod}, k.kind.way.Method)
		self := signalled[k.kind.notice] && k.kind.outcome == No && k.kind.way.Method != consent.SignalMethod
		switch few := int(k.kind.notice) == quiet || k.late || self; {
		case (k.late || self) && random.IntN(often) > 0:
		case !usual && random.IntN(often) > 0:
		case few || !usual && random.IntN(4) == 0:
			counts[i] = random.IntN(consent.Crowd)
		default:
			counts[i] = consent.Crowd + random.IntN(20)
		}
	}
	return counts
}

// features are what decisions differ in.
var features = []func(*dated) string{
	func(k *dated) string { return fmt.Sprint("notice ", k.kind.notice) },
	func(k *dated) string { return string(k.kind.language) },
	func(k *dated) string { return k.kind.outcome.String() },
	func(k *dated) string { return k.kind.way.String() },
	func(k *dated) string { return fmt.Sprint("day ", k.day) },
	func(k *dated) string { return fmt.Sprint("functional ", k.said(consent.Functional)) },
	func(k *dated) string { return fmt.Sprint("statistics ", k.said(consent.Statistics)) },
	func(k *dated) string { return fmt.Sprint("marketing ", k.said(consent.Marketing)) },
}

// crossed gives the numbers of all who are alike in some features, few of which stand in
// any table: who answered one notice in one language and said yes to one category.
func crossed(all []dated, counts []int, look func(alike []int64, names []string, n int)) {
	codes, names := make([]uint64, len(all)), make([]map[string]uint64, len(features))
	for f, feature := range features {
		names[f] = map[string]uint64{}
		for i := range all {
			name := feature(&all[i])
			if _, known := names[f][name]; !known {
				names[f][name] = uint64(len(names[f]))
			}
			codes[i] |= names[f][name] << (8 * f)
		}
	}
	for chosen := range 1 << len(features) {
		mask := uint64(0)
		for f := range features {
			mask |= uint64(chosen>>f&1) * 0xff << (8 * f)
		}
		sums := map[uint64]int{}
		for i, code := range codes {
			sums[code&mask] += counts[i]
		}
		for like, n := range sums {
			if consent.IsCrowd(n) {
				continue
			}
			alike, names := make([]int64, len(all)), []string(nil)
			for i, code := range codes {
				if code&mask == like {
					alike[i], names = 1, featuresOf(&all[i], chosen)
				}
			}
			look(alike, names, n)
		}
	}
}

func featuresOf(k *dated, chosen int) (names []string) {
	for f, feature := range features {
		if chosen>>f&1 == 1 {
			names = append(names, feature(k))
		}
	}
	return names
}

// lessEach takes up to two of some sums from another, or one from two others, and looks at
// what is left of whole kinds.
func lessEach(vectors [][]int64, counts []int, look func(names []int, n int)) {
	left := func(names []int, signs ...int64) {
		n := 0
		for kind := range counts {
			held := int64(0)
			for i, sign := range signs {
				held += sign * vectors[names[i]][kind]
			}
			if held < 0 || held > 1 {
				return
			}
			n += int(held) * counts[kind]
		}
		look(names, n)
	}
	for i := range vectors {
		for j := range vectors {
			left([]int{i, j}, 1, -1)
			for k := range j {
				left([]int{i, j, k}, 1, -1, -1)
				left([]int{j, k, i}, 1, 1, -1)
			}
		}
	}
}

// Where notices ask about different categories, nobody finds few either, by adding and
// taking away what is shown: not of what a table would show, and not of people who are in no
// table, such as those who answered one notice and said yes to one category.
func TestFewCannotBeWorkedOutOfCategories(t *testing.T) {
	units, tried := 0, 0
	for seed := range uint64(150) {
		random := rand.New(rand.NewPCG(seed, 7))
		all := decidable(questions(random), 1+random.IntN(3))
		counts := someDecide(random, all)
		closed := walked(t, all, counts)
		if units += len(closed); len(closed) == 0 {
			continue
		}
		shown := published(t, closed, all, counts)[len(ends):] // without how many were stored by day
		can, vectors := newSpan(all, shown), [][]int64(nil)
		crossed(all, counts, func(alike []int64, names []string, n int) {
			if tried++; can.holds(alike) {
				t.Errorf("seed %d: %v, which is %d, can be worked out: %s", seed, names, n, closed[0].Tables)
			}
		})
		shown = slices.DeleteFunc(shown, func(one sum) bool { return !slices.ContainsFunc(all, one.of) }) // days of nobody
		for _, one := range shown {
			vectors = append(vectors, vector(all, one))
		}
		lessEach(vectors, counts, func(of []int, n int) {
			if !consent.IsCrowd(n) {
				t.Errorf("seed %d: %d are left of %s, %s and %s: %s", seed, n, shown[of[0]].name, shown[of[1]].name, shown[of[len(of)-1]].name, closed[0].Tables)
			}
		})
	}
	if units < 120 || tried < 100_000 {
		t.Errorf("only %d units were closed, and %d numbers tried", units, tried)
	}
}
