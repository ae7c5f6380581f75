package admin

import (
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// addAnother leads back to the form of what was added, of which there are mostly several: the
// link below the list is far away.
func (r *request) addAnother() *web.AdminLink {
	if r.c.Query("done") != "cookie_added" || r.c.Route().Path != "/sites/:site/services/:service" || !r.may(consent.MayEdit) {
		return nil
	}
	return &web.AdminLink{Text: r.say("done_another_cookie"), URL: r.c.Path() + "/new-cookie"}
}

// nextStep leads on from what was done on a site that is not set up yet, and is nil
// when there is nothing to lead to.
func (r *request) nextStep(done bool) (*web.AdminLink, error) {
	if r.site == nil || r.c.Path() == r.sitePath("") || !r.may(consent.MayEdit) {
		return nil, nil //nolint:nilnil // most pages have no next step
	}
	// Proving an address is free to skip, so that page leads on before anything is done.
	if !done && (r.c.Path() != r.sitePath("/origins") || r.site.Notice > 0) {
		return nil, nil //nolint:nilnil // nothing was done
	}
	if r.site.Notice > 0 && r.c.Query("done") != "publish" {
		return nil, nil //nolint:nilnil // it is set up
	}
	kept, err := r.keptDraft()
	if err != nil {
		return nil, err
	}
	for _, step := range r.siteSteps(kept, false) {
		if step.Next && !strings.HasPrefix(r.c.Path()+"/", step.URL+"/") {
			return &web.AdminLink{Text: r.say("site_step_" + step.Key), URL: step.URL}, nil
		}
	}
	return nil, nil //nolint:nilnil // the page says itself what is missing
}
