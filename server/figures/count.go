package figures

import (
	"cmp"
	"maps"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// Outcome is a way in which a decision comes out.
type Outcome int

// The outcomes, in the order in which they are shown. What was decided at a
// placeholder is apart: it is about what stands there, and leaves as it is what was
// answered before.
const (
	Yes Outcome = iota
	Partly
	No
	Back
	InPlace
	outcomes
)

// String names an outcome for programs.
func (o Outcome) String() string {
	return [...]string{Yes: "yes", Partly: "partly", No: "no", Back: "taken_back", InPlace: "in_place"}[o]
}

// neighbours says with which others an outcome is counted that few had. Who takes
// back has answered no to everything, as who says no. A yes to some goes with others
// last: the answers about the categories add up to it.
var neighbours = [][]int{
	Yes:     {int(No), int(Back), int(InPlace), int(Partly)},
	Partly:  {int(No), int(Yes), int(Back), int(InPlace)},
	No:      {int(Back), int(Yes), int(InPlace), int(Partly)},
	Back:    {int(No), int(InPlace), int(Yes), int(Partly)},
	InPlace: {int(Back), int(No), int(Yes), int(Partly)},
}

// perOutcome are counts by outcome.
type perOutcome [outcomes]int

func (p perOutcome) sum() (sum int) {
	for _, n := range p {
		sum += n
	}
	return sum
}

func outcomeOf(state consent.State, placeholder bool) Outcome {
	switch {
	case placeholder:
		return InPlace
	case state == consent.StateGiven:
		return Yes
	case state == consent.StatePartlyGiven:
		return Partly
	case state == consent.StateRefused:
		return No
	}
	return Back // or it ran out
}

// Way is how and where a decision was made.
type Way struct {
	Method consent.Method // "" for refusals that are kept as a number alone
	Layer  consent.Layer
}

// kind is all that the figures tell apart of a decision.
type kind struct {
	notice   consent.NoticeNumber
	language consent.Language
	way      Way
	outcome  Outcome
	answers  answered
}

// counted is what was decided in a unit. Its outcomes are grouped so that none
// is about few people; all tables use these groups, so that no two of them can be
// held against each other.
type counted struct {
	kinds  map[kind]int
	sums   perOutcome
	groups [][]int // of outcomes; nil when there are too few decisions
	took   took    // of those of which it is known
	visits visits
}

func count(kinds map[kind]int) *counted {
	c := &counted{kinds: kinds}
	for one, n := range kinds {
		c.sums[one.outcome] += n
	}
	c.groups = consent.CrowdColumns(c.sums[:], neighbours)
	return c
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

// groupOf gives the place of the group that an outcome is in.
func (c *counted) groupOf(outcome Outcome) int {
	return slices.IndexFunc(c.groups, func(group []int) bool { return slices.Contains(group, int(outcome)) })
}

// tally is a table before it has words: rows of groups of what it counts.
type tally struct {
	rows   [][]int // which of what was counted stand together
	counts [][]int // of each row, by group of outcomes or in all
	whole  bool    // the counts are in all
}

// arrange puts rows together until no number is about few, by group of outcomes.
func (c *counted) arrange(counts []perOutcome) tally {
	fine := c.groupedEach(counts)
	rows := consent.CrowdRows(fine)
	return tally{rows, added(rows, fine), false}
}

func (c *counted) groupedEach(counts []perOutcome) [][]int {
	all := make([][]int, len(counts))
	for i, each := range counts {
		all[i] = c.grouped(each)
	}
	return all
}

// ways arranges the ways of deciding. A way has its outcome. Not every notice can be
// answered in every way.
func (c *counted) ways() ([]Way, tally) {
	way := func(k *kind) Way { return k.way }
	keys, counts := by(c, way)
	return keys, apartFromNotices(c, keys, c.arrange(counts), way)
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

// by counts by something that decisions have, that which most have first.
func by[K comparable](c *counted, of func(*kind) K) ([]K, []perOutcome) {
	counts := map[K]perOutcome{}
	for one, n := range c.kinds {
		sums := counts[of(&one)]
		sums[one.outcome] += n
		counts[of(&one)] = sums
	}
	keys := slices.SortedFunc(maps.Keys(counts), func(a, b K) int { return cmp.Compare(counts[b].sum(), counts[a].sum()) })
	sorted := make([]perOutcome, len(keys))
	for i, key := range keys {
		sorted[i] = counts[key]
	}
	return keys, sorted
}

// clean says that every number may be shown as it is: nothing is put together and
// nothing hidden. Where notices asked about different categories, more days would not
// make these known, and are not waited for.
func (c *counted) clean() bool {
	for _, n := range c.sums {
		if !consent.IsCrowd(n) {
			return false
		}
	}
	_, languages := c.languages()
	_, notices := c.notices()
	_, ways := c.ways()
	asked := c.asked()
	return languages.apart() && notices.apart() && ways.apart() &&
		(asked.differently() || !slices.ContainsFunc(c.categories(), func(one Category) bool { return one.Hidden }))
}

func (t *tally) apart() bool {
	return !t.whole && !slices.ContainsFunc(t.rows, func(rows []int) bool { return len(rows) > 1 })
}

// tells says that some outcome can be told from another, or that there is one only.
func (c *counted) tells() bool {
	groups := 0
	for _, n := range c.grouped(c.sums) {
		if n > 0 {
			groups++
		}
	}
	had := 0
	for _, n := range c.sums {
		if n > 0 {
			had++
		}
	}
	return groups > 1 || groups == 1 && had == 1
}
