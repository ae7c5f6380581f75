package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// nextStep leads on from what was done on a site that is not set up yet, and is nil
// when there is nothing to lead to.
func (r *request) nextStep(done bool) (*web.AdminLink, error) {
	if !done || r.site == nil || r.c.Path() == r.sitePath("") || !r.may(consent.MayEdit) {
		return nil, nil //nolint:nilnil // most pages have no next step
	}
	if r.site.Notice > 0 {
		if r.site.Notice == 1 && r.c.Query("done") == "publish" {
			return &web.AdminLink{Text: r.say("site_step_tag"), URL: r.sitePath("") + "#script"}, nil
		}
		return nil, nil //nolint:nilnil // it is set up
	}
	kept, err := r.keptDraft()
	if err != nil {
		return nil, err
	}
	step, path := "publish", "/publish"
	switch faults := kept.problems().faults(); {
	case len(kept.draft.Services) == 0 && faults == 0:
		step, path = "inventory", "/inventory"
	case faults > 0:
		step, path = "settings", "/settings"
	}
	if r.sitePath(path) == r.c.Path() {
		return nil, nil //nolint:nilnil // the page says itself what is missing
	}
	return &web.AdminLink{Text: r.say("site_step_" + step), URL: r.sitePath(path)}, nil
}

// faults counts what keeps a draft from being published.
func (p draftProblems) faults() int {
	count := 0
	for path := range p.of {
		faults, _ := p.count(path)
		count += faults
	}
	return count
}
