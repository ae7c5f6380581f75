package admin

import (
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

// byDelay counts how long answers took. It is nil when none is known.
func (r *request) byDelay(f *counted) *chart {
	if len(f.Delays) == 0 {
		return nil
	}
	made := r.newChart(f.period, "delays")
	made.Covers, made.Columns = periodFrom(f.Covers), []chartColumn{{r.say("figures_times"), "bar-all"}}
	all := 0
	for _, one := range f.Delays {
		all += one.Count
		made.Rows = append(made.Rows, r.row(r.delay(one), []int{one.Count}))
		made.Joint = made.Joint || one.Others || len(one.Delays) > 1
	}
	made.bars()
	for i := range made.Rows {
		made.Rows[i].Cells[0].Share = r.percent(float64(made.Rows[i].Sum) / float64(all))
	}
	return made
}

// delay names steps that are counted together, and says of what else is in them that
// its time is not known.
func (r *request) delay(d figures.Delayed) string {
	from, below := d.Bounds()
	at := func(bound consent.Delay) string { return r.say("figures_delay_at_" + strconv.Itoa(int(bound))) }
	name := ""
	switch {
	case len(d.Delays) == 1:
		name = r.say("figures_delay_" + strconv.Itoa(int(from)))
	case from == 0 && below == 0:
		name = r.say("figures_delay_any")
	case from == 0:
		name = r.say("figures_delay_under", "below", at(below))
	case below == 0:
		name = r.say("figures_delay_over", "from", at(from))
	default:
		name = r.say("figures_delay_between", "from", at(from), "below", at(below))
	}
	if !d.Others {
		return name
	}
	return r.notApart([]string{name, r.say("figures_delay_others")})
}
