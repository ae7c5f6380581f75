package admin

import (
	"github.com/samtykke/samtykke/server/figures"
)

// counted is what may be shown of a period.
type counted struct {
	period
	*figures.Figures
}

// told are the days that the numbers are about.
func (f *counted) told() period { return periodFrom(f.Told()) }

// count adds up a period, after what can be closed is closed.
func (r *request) count(p period) (*counted, error) {
	if err := figures.Close(r.ctx, r.Store, r.site.Key, r.Clock()); err != nil {
		return nil, err
	}
	f, err := figures.Between(r.ctx, r.Store, r.site.Key, p.span())
	return &counted{p, f}, err
}
