package admin

import "github.com/samtykke/samtykke/consent"

// siteFigures is what the overview of a site says of the last days.
type siteFigures struct {
	Said     string // how many decided
	Figures  string // address of all figures
	Findings int    // different ones
	Path     string // address of the findings
}

// siteFigures counts the last days.
func (r *request) siteFigures() (*siteFigures, error) {
	last := until(consent.MidnightOf(r.Clock()), usualDays)
	c, err := r.count(last)
	if err != nil {
		return nil, err
	}
	findings, err := r.Store.Findings(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	shown := &siteFigures{Figures: r.figuresPath(), Path: "/sites/" + string(r.site.Key) + "/findings"}
	type thing struct {
		kind consent.FindingKind
		name string
	}
	seen := map[thing]bool{}
	for _, f := range findings {
		if !f.Day.Before(last.first) {
			seen[thing{f.Kind, f.Name}] = true
		}
	}
	shown.Findings = len(seen)
	share, known := c.share([]int{saidYes})
	switch {
	case c.total() == 0:
		shown.Said = r.say("figures_none")
	case c.groups == nil:
		shown.Said = r.say("figures_site_few", "n", consent.Crowd)
	case !known:
		shown.Said = r.say("figures_site_total", "n", number(c.total()))
	default:
		shown.Said = r.say("figures_site_said", "n", number(c.total()), "share", r.percent(share))
	}
	return shown, nil
}
