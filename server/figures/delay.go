package figures

import (
	"context"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Store is what figures are made of.
type Store interface {
	consent.FiguresStore
	// Tallies gives a Site's days on which something was counted.
	Tallies(ctx context.Context, site consent.SiteKey, from, to time.Time) ([]consent.Tally, error)
}

// Delayed is how many answers took so long: one step, or several on end that are not
// told apart. Others says that decisions are among them of which it is not known.
type Delayed struct {
	Delays []consent.Delay `json:"delays"`
	Others bool            `json:"others,omitempty"`
	Count  int             `json:"count"`
}

// delayed is a count of steps on end, by their places.
func delayed(first, last, count int) Delayed {
	return Delayed{Delays: slices.Clone(consent.Delays[first : last+1]), Count: count}
}

func (d *Delayed) first() int { return slices.Index(consent.Delays[:], slices.Min(d.Delays)) }
func (d *Delayed) last() int  { return slices.Index(consent.Delays[:], slices.Max(d.Delays)) }

// Bounds gives from how many seconds on the answers took, and less than how many; that
// is 0 when there is no such bound.
func (d *Delayed) Bounds() (from, below consent.Delay) {
	if last := d.last(); last+1 < len(consent.Delays) {
		below = consent.Delays[last+1]
	}
	return slices.Min(d.Delays), below
}

// nearestSteps gives of each step the others, the nearest first, and of two as near the
// slower one.
func nearestSteps() [][]int {
	near := make([][]int, len(consent.Delays))
	for step := range near {
		for away := 1; away < len(near); away++ {
			for _, other := range []int{step + away, step - away} {
				if other >= 0 && other < len(near) {
					near[step] = append(near[step], other)
				}
			}
		}
	}
	return near
}

// took are counts by consent.Delays.
type took [len(consent.Delays)]int

func (t *took) add(more took) {
	for place, n := range more {
		t[place] += n
	}
}

// tallied is what is counted beside the log.
type tallied struct {
	took   took
	visits visits
}

func (t *tallied) add(more tallied) {
	t.took.add(more.took)
	t.visits.add(more.visits)
}

// talliedOn gives by day what is counted beside the log.
func talliedOn(ctx context.Context, store Store, site consent.SiteKey, from, to time.Time) (map[time.Time]tallied, error) {
	tallies, err := store.Tallies(ctx, site, from, to)
	if err != nil {
		return nil, err
	}
	days := make(map[time.Time]tallied, len(tallies))
	for i := range tallies {
		days[tallies[i].Day] = tallied{tallies[i].Took, visitsOf(&tallies[i])}
	}
	return days, nil
}

// delays puts neighbouring steps together until none is about few people. What is known
// of no time is a row as well, so that the rows add up to the decisions of the unit:
// nobody learns of how few it was. It is shown only where something else is in it: the
// slowest steps, if there are few of it.
func (c *counted) delays() (all []Delayed) {
	others := c.total()
	for _, n := range c.took {
		others -= n
	}
	unasked, mixed := c.unasked()
	untold := others - unasked
	rest := []int{others, untold, max(0, mixed-untold)}
	for _, group := range consent.CrowdColumns(c.took[:], nearestSteps()) {
		count := 0
		for _, step := range group {
			count += c.took[step]
		}
		if count > 0 {
			all = append(all, delayed(group[0], group[len(group)-1], count))
		}
	}
	if consent.AreCrowds(rest) {
		return all
	}
	for first := len(all) - 1; first > 0; first-- { // everything together would say nothing
		for i := range rest {
			rest[i] += all[first].Count
		}
		if rest[0] > 0 && consent.AreCrowds(rest) {
			slowest := delayed(all[first].first(), all[len(all)-1].last(), rest[0])
			slowest.Others = true
			return append(all[:first], slowest)
		}
	}
	return nil
}

// unasked counts the decisions that answer no question of the banner's, as the table
// of ways tells them apart, and those among which there are such and others.
func (c *counted) unasked() (sure, mixed int) {
	keys, ways := c.ways()
	for i, group := range ways.rows {
		answering := 0
		for _, row := range group {
			if method := keys[row].Method; method == "" || method.AnswersQuestion() {
				answering++
			}
		}
		switch count := sumOf(ways.counts[i]); answering {
		case 0:
			sure += count
		case len(group):
		default:
			mixed += count
		}
	}
	return sure, mixed
}

func sumOf(counts []int) (sum int) {
	for _, n := range counts {
		sum += n
	}
	return sum
}

// addDelays adds up units. Steps that are together in one of them are together, and so
// is what lies between: every row of a unit is within one row of the sum.
func (f *Figures) addDelays(units []*unit) {
	var joined [len(consent.Delays)]bool // with the step before
	for _, one := range units {
		for _, row := range one.Delays {
			for step := row.first() + 1; step <= row.last(); step++ {
				joined[step] = true
			}
		}
	}
	for first := 0; first < len(joined); {
		last := first
		for last+1 < len(joined) && joined[last+1] {
			last++
		}
		sum := delayed(first, last, 0)
		for _, one := range units {
			for _, row := range one.Delays {
				if row.first() >= first && row.last() <= last {
					sum.Count += row.Count
					sum.Others = sum.Others || row.Others
				}
			}
		}
		if sum.Count > 0 {
			f.Delays = append(f.Delays, sum)
		}
		first = last + 1
	}
}
