package figures

import (
	"cmp"
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

// Delayed is how many answers took so long: one step, or several that are not told
// apart. Others says that decisions are among them of which it is not known.
type Delayed struct {
	Delays []consent.Delay `json:"delays"`
	Others bool            `json:"others,omitempty"`
	Count  int             `json:"count"`
}

// took are counts by consent.Delays.
type took [len(consent.Delays)]int

func (t *took) add(more took) {
	for place, n := range more {
		t[place] += n
	}
}

// tookOn gives by day how long answers took.
func tookOn(ctx context.Context, store Store, site consent.SiteKey, from, to time.Time) (map[time.Time]took, error) {
	tallies, err := store.Tallies(ctx, site, from, to)
	if err != nil {
		return nil, err
	}
	days := make(map[time.Time]took, len(tallies))
	for i := range tallies {
		days[tallies[i].Day] = tallies[i].Took
	}
	return days, nil
}

// delays puts steps together until none is about few people. What is known of no time
// is a row as well, so that the rows add up to the decisions of the unit: nobody learns
// of how few it was. It is shown only where something else is in it.
func (c *counted) delays() (all []Delayed) {
	rows := make([][]int, 0, len(c.took)+1)
	others := c.total()
	for _, n := range c.took {
		others -= n
		rows = append(rows, []int{n, n, n})
	}
	unasked, mixed := c.unasked()
	untold := others - unasked
	rows = append(rows, []int{others, untold, max(0, mixed-untold)})
	for _, group := range consent.CrowdRows(rows) {
		one := Delayed{}
		for _, row := range group {
			one.Count += rows[row][0]
			if row == len(c.took) {
				one.Others = true
			} else {
				one.Delays = append(one.Delays, consent.Delays[row])
			}
		}
		if one.Count > 0 && len(one.Delays) > 0 {
			all = append(all, one)
		}
	}
	if len(all) == 1 && all[0].Others && all[0].Count == c.total() {
		return nil // it says nothing
	}
	return all
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

// addDelays adds up units: each step that is told apart in some of them, in order,
// and what is not.
func (f *Figures) addDelays(units []*unit) {
	var several Delayed
	single := map[consent.Delay]int{}
	for _, one := range units {
		for _, row := range one.Delays {
			if len(row.Delays) == 1 && !row.Others {
				single[row.Delays[0]] += row.Count
				continue
			}
			several.Delays = union(several.Delays, row.Delays)
			several.Others = several.Others || row.Others
			several.Count += row.Count
		}
	}
	for _, delay := range consent.Delays {
		if n := single[delay]; n > 0 {
			f.Delays = append(f.Delays, Delayed{Delays: []consent.Delay{delay}, Count: n})
		}
	}
	if several.Count > 0 {
		slices.SortFunc(several.Delays, cmp.Compare)
		f.Delays = append(f.Delays, several)
	}
}
