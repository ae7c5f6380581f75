package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/figures"
)

// siteFigures is what the overview of a site says of the last days.
type siteFigures struct {
	Said     string // how many decided
	Figures  string // address of all figures
	None     bool   // nobody has decided
	Findings int    // different ones
	Path     string // address of the findings
	Unheard  string // why nothing can be said of the pages, "" when they have reported
}

// siteFigures counts the last days.
func (r *request) siteFigures() (*siteFigures, error) {
	last := until(consent.MidnightOf(r.Clock()), usualDays)
	f, err := r.count(last)
	if err != nil {
		return nil, err
	}
	kept, err := r.Store.Findings(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	shown := &siteFigures{Figures: r.figuresPath(), Path: "/sites/" + string(r.site.Key) + "/findings"}
	type thing struct {
		kind consent.FindingKind
		name string
	}
	seen := map[thing]bool{}
	for _, one := range consent.FindingsTold(kept, r.Clock()) {
		if !one.Day.Before(last.first) {
			seen[thing{one.Kind, one.Name}] = true
		}
	}
	shown.Findings = len(seen)
	if len(seen) == 0 {
		if shown.Unheard, err = r.unheard(last); err != nil {
			return nil, err
		}
	}
	shown.Said, shown.None, err = r.saidOf(f)
	return shown, err
}

// unheard says why no findings mean nothing: no page can report before there is a
// notice, and none of a site that nobody visits does.
func (r *request) unheard(p period) (string, error) {
	if r.site.Notice == 0 {
		return r.say("figures_site_unpublished"), nil
	}
	if heard, err := r.heard(p); heard || err != nil {
		return "", err
	}
	return r.say("figures_site_silent"), nil
}

// saidOf says in a line what was decided, and whether nothing was.
func (r *request) saidOf(f *counted) (said string, none bool, err error) {
	share, known := f.Share(figures.Yes)
	switch {
	case len(f.Runs) == 0 && f.Empty():
		var waits figuresPage
		if err := r.waits(&waits, f); err != nil || waits.None {
			return r.say("figures_none"), true, err
		}
		return waits.Waits, false, nil
	case !known || f.Total() == 0:
		return r.say("figures_site_total", "n", r.grouped(f.Total()), "days", r.span(f.told())), false, nil
	}
	return r.say("figures_site_said", "n", r.grouped(f.Total()), "share", r.percent(share), "days", r.span(f.told())), false, nil
}
