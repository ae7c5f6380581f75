package admin

import (
	"cmp"
	"maps"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// The ways in which a decision comes out, in the order in which they are shown.
// What was decided at a placeholder is apart: it is about what stands there, and
// leaves as it is what was answered before.
const (
	saidYes = iota
	saidPartly
	saidNo
	tookBack
	inPlace
	outcomes
)

var outcomeNames = [outcomes]string{"yes", "partly", "no", "back", "place"}

// neighbours says with which others an outcome is counted that few had. Who takes
// back has answered no to everything, as who says no. A yes to some goes with others
// last: the answers about the categories add up to it.
var neighbours = [][]int{
	saidYes:    {saidNo, tookBack, inPlace, saidPartly},
	saidPartly: {saidNo, saidYes, tookBack, inPlace},
	saidNo:     {tookBack, saidYes, inPlace, saidPartly},
	tookBack:   {saidNo, inPlace, saidYes, saidPartly},
	inPlace:    {tookBack, saidNo, saidYes, saidPartly},
}

// perOutcome are counts by outcome.
type perOutcome [outcomes]int

func (p perOutcome) sum() (sum int) {
	for _, n := range p {
		sum += n
	}
	return sum
}

func outcomeOf(state consent.State, placeholder bool) int {
	switch {
	case placeholder:
		return inPlace
	case state == consent.StateGiven:
		return saidYes
	case state == consent.StatePartlyGiven:
		return saidPartly
	case state == consent.StateRefused:
		return saidNo
	}
	return tookBack // or it ran out
}

// counted is what was decided in a period. Its outcomes are grouped so that none
// is about few people; all tables use these groups, so that no two of them can be
// held against each other.
type counted struct {
	period
	figures *consent.Figures
	sums    perOutcome
	groups  [][]int // of outcomes; nil when there are too few decisions
}

func (r *request) count(p period) (*counted, error) {
	figures, err := r.Store.Figures(r.ctx, r.site.Key, p.first, p.end())
	if err != nil {
		return nil, err
	}
	c := &counted{period: p, figures: figures}
	for _, made := range figures.Made {
		c.sums[outcomeOf(made.State, made.Method.IsInPlace())] += made.Count
	}
	c.groups = consent.CrowdColumns(c.sums[:], neighbours)
	return c, nil
}

// total is how many were decided.
func (c *counted) total() int { return c.sums.sum() }

// grouped adds the outcomes of each group.
func (c *counted) grouped(counts perOutcome) []int {
	sums := make([]int, len(c.groups))
	for i, group := range c.groups {
		for _, outcome := range group {
			sums[i] += counts[outcome]
		}
	}
	return sums
}

// tally is a table before it has words: rows of groups of what it counts.
type tally struct {
	rows   [][]int // which of what was counted stand together
	counts [][]int // of each row, by group of outcomes or in all
	whole  bool    // the counts are in all
}

// arrange puts rows together until no number is about few. Where that would leave
// hardly any, it gives up the outcomes instead and counts in all.
func (c *counted) arrange(counts []perOutcome, join func([][]int) [][]int) tally {
	fine, whole := make([][]int, len(counts)), make([][]int, len(counts))
	for i, each := range counts {
		fine[i], whole[i] = c.grouped(each), []int{each.sum()}
	}
	rows, few := join(fine), join(whole)
	if 2*len(rows) >= len(few) {
		return tally{rows, added(rows, fine), false}
	}
	return tally{few, added(few, whole), true}
}

// ways arranges the ways of deciding. They are never counted in all: a way has its
// outcome, so that the sums of the outcomes tell what is joined.
func (c *counted) ways() ([]way, tally) {
	keys, counts := by(c, func(m *consent.MadeFigure) way { return way{m.Method, m.Layer} }, nil)
	fine := make([][]int, len(counts))
	for i, each := range counts {
		fine[i] = c.grouped(each)
	}
	rows := consent.CrowdRows(fine)
	return keys, tally{rows, added(rows, fine), false}
}

func added(rows, counts [][]int) [][]int {
	sums := make([][]int, len(rows))
	for i, group := range rows {
		sums[i] = make([]int, len(counts[group[0]]))
		for _, row := range group {
			for column, n := range counts[row] {
				sums[i][column] += n
			}
		}
	}
	return sums
}

// way is how and where a decision was made.
type way struct {
	method consent.Method
	layer  consent.Layer
}

// by counts by something that decisions have, in the order of its values.
func by[K comparable](c *counted, of func(*consent.MadeFigure) K, order func(a, b K) int) ([]K, []perOutcome) {
	counts := map[K]perOutcome{}
	for i := range c.figures.Made {
		made := &c.figures.Made[i]
		one := counts[of(made)]
		one[outcomeOf(made.State, made.Method.IsInPlace())] += made.Count
		counts[of(made)] = one
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b K) int {
		if order != nil {
			return order(a, b)
		}
		return cmp.Compare(counts[b].sum(), counts[a].sum())
	})
	sorted := make([]perOutcome, len(keys))
	for i, key := range keys {
		sorted[i] = counts[key]
	}
	return keys, sorted
}

// units gives the parts of the period that are counted, days or longer, with what
// was decided in each.
func (c *counted) units() ([]period, []perOutcome) {
	var units []period
	for first := c.first; !first.After(c.last); {
		next := first.AddDate(0, 0, 1)
		switch {
		case c.days() > 732:
			next = time.Date(first.Year(), first.Month()+1, 1, 0, 0, 0, 0, time.UTC)
		case c.days() > 92:
			next = first.AddDate(0, 0, 7-(int(first.Weekday())+6)%7) // the next Monday
		}
		last := next.AddDate(0, 0, -1)
		if last.After(c.last) {
			last = c.last
		}
		units, first = append(units, period{first, last}), next
	}
	counts := make([]perOutcome, len(units))
	at := 0
	for _, day := range c.figures.Days {
		for at < len(units)-1 && day.Day.After(units[at].last) {
			at++
		}
		counts[at][outcomeOf(day.State, day.InPlace)] += day.Count
	}
	return units, counts
}

// The answers to the question about a category.
const (
	answeredYes = iota
	answeredPartly
	answeredNo
	notAsked
	answers
)

// categoryCount is what was answered about a category.
type categoryCount struct {
	key    consent.CategoryKey
	counts [answers]int
	hidden bool // some of it is about few people
}

// share is the part of those who answered that said yes.
func (c *categoryCount) share() float64 {
	return float64(c.counts[answeredYes]) / float64(c.counts[answeredYes]+c.counts[answeredPartly]+c.counts[answeredNo])
}

// categories counts what was answered about each. A category is only shown when
// its answers are about many within every group of outcomes: what is shown of the
// outcomes can then be taken from it. One that is hidden alone could be had from
// the other one of two.
func (c *counted) categories() []categoryCount {
	asked := c.asked()
	var all []categoryCount
	for _, key := range asked.keys {
		cells := make([][answers]int, len(c.groups))
		one := categoryCount{key: key, hidden: c.partlyJoined()}
		for i := range c.figures.Made {
			made := &c.figures.Made[i]
			outcome := outcomeOf(made.State, made.Method.IsInPlace())
			group := slices.IndexFunc(c.groups, func(g []int) bool { return slices.Contains(g, outcome) })
			cells[group][asked.answer(made, key)] += made.Count
		}
		for group, row := range cells {
			one.hidden = one.hidden || !consent.AreCrowds(row[:])
			if c.mostlyInPlace(group) { // they have answered before, and are not asked here
				row = [answers]int{notAsked: c.grouped(c.sums)[group]}
			}
			for answer, n := range row {
				one.counts[answer] += n
			}
		}
		if one.counts[answeredYes]+one.counts[answeredPartly]+one.counts[answeredNo] > 0 {
			all = append(all, one)
		}
	}
	hideTwo(all)
	return all
}

// mostlyInPlace says that a group of outcomes is about placeholders.
func (c *counted) mostlyInPlace(group int) bool {
	return slices.Contains(c.groups[group], inPlace) && 2*c.sums[inPlace] > c.grouped(c.sums)[group]
}

// partlyJoined says that a yes to some is counted with something else. The answers
// about all categories could take them apart.
func (c *counted) partlyJoined() bool {
	return slices.ContainsFunc(c.groups, func(g []int) bool { return slices.Contains(g, saidPartly) && len(g) > 1 })
}

// hideTwo hides a second category when one is hidden: that which fewest were asked
// about.
func hideTwo(all []categoryCount) {
	hidden, other := 0, -1
	for i := range all {
		switch {
		case all[i].hidden:
			hidden++
		case other < 0 || all[i].counts[notAsked] > all[other].counts[notAsked]:
			other = i
		}
	}
	if hidden == 1 && other >= 0 {
		all[other].hidden = true
	}
}

// asking is which categories each notice asked about, as its decisions tell.
type asking struct {
	keys     []consent.CategoryKey
	byNotice map[consent.NoticeNumber]map[consent.CategoryKey]bool
}

func (c *counted) asked() asking {
	a := asking{byNotice: map[consent.NoticeNumber]map[consent.CategoryKey]bool{}}
	for _, made := range c.figures.Made {
		if a.byNotice[made.Notice] == nil {
			a.byNotice[made.Notice] = map[consent.CategoryKey]bool{}
		}
		for key := range made.Choice.Categories {
			a.byNotice[made.Notice][key] = true
		}
	}
	all := map[consent.CategoryKey]bool{}
	for _, keys := range a.byNotice {
		maps.Copy(all, keys)
	}
	a.keys = slices.Sorted(maps.Keys(all))
	return a
}

// answer gives what a way of deciding says about a category. A refusal that is
// kept as a number alone said no to all that its notice asked about.
func (a *asking) answer(made *consent.MadeFigure, key consent.CategoryKey) int {
	granted, answered := made.Choice.Categories[key]
	switch {
	case granted:
		return answeredYes
	case made.Method == "" && a.byNotice[made.Notice][key]:
		return answeredNo
	case !answered:
		return notAsked
	}
	for ref, yes := range made.Choice.Services {
		if yes && strings.HasPrefix(string(ref), string(key)+"/") {
			return answeredPartly
		}
	}
	return answeredNo
}
