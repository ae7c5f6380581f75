package admin

import (
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// notYet says why there is nothing to show of a site yet, and what comes next.
type notYet struct {
	Text string
	Next web.AdminLink
}

// notYet tells it of figures or findings, and is nil as soon as a page was heard. A
// page without numbers would read as one on which all is well.
func (r *request) notYet(what string) (*notYet, error) {
	if r.site.Notice == 0 {
		return &notYet{r.say(what + "_not_published"), web.AdminLink{Text: r.say("site_step_publish"), URL: r.sitePath("/publish")}}, nil
	}
	if heard, err := r.heard(period{time.Unix(0, 0), consent.MidnightOf(r.Clock())}); heard || err != nil {
		return nil, err
	}
	if findings, err := r.Store.Findings(r.ctx, r.site.Key); len(findings) > 0 || err != nil {
		return nil, err
	}
	return &notYet{r.say(what + "_not_heard"), web.AdminLink{Text: r.say("site_step_tag"), URL: r.sitePath("") + "#script"}}, nil
}

// heard says whether a page showed the banner, or took an answer, in a period.
func (r *request) heard(p period) (bool, error) {
	if visits, err := r.Store.Tallies(r.ctx, r.site.Key, p.first, p.end()); err != nil || len(visits) > 0 {
		return true, err
	}
	closed, err := r.Store.ClosedFigures(r.ctx, r.site.Key, p.first, p.end())
	return len(closed) > 0, err
}
