package figures

import (
	"context"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// Refused is how many refusals of which a Site keeps only a number were counted in a
// unit, as its table of ways tells it. By day, notice and language there are finer numbers,
// and none of them is told: of those, less what the tables tell of the same days, a few
// would be left.
type Refused struct {
	Span
	Count int
	Joint bool // some were, and are counted with other ways: there is no number
}

// Refusals gives the closed units that end in a range and in which some were counted, the
// oldest first. It closes nothing.
func Refusals(ctx context.Context, store consent.FiguresStore, site consent.SiteKey, span Span) ([]Refused, error) {
	units, err := Units(ctx, store, site, span)
	var all []Refused
	for _, unit := range units {
		count, joint := unit.made(Way{})
		if count > 0 || joint {
			all = append(all, Refused{unit.Covers, count, joint})
		}
	}
	return all, err
}

// made counts what was decided in a way, as far as the table of ways tells it apart. joint
// says that some is counted with other ways.
func (f *Figures) made(way Way) (count int, joint bool) {
	for _, row := range f.Ways.Rows {
		switch {
		case !slices.Contains(row.Keys, way.String()):
		case len(row.Keys) > 1:
			joint = true
		default:
			count += row.sum()
		}
	}
	return count, joint
}
