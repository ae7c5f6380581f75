package admin

import (
	"fmt"
	"net/http"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/web"
)

// draftPages are the pages on which the draft is changed.
var draftPages = []string{
	"settings.html", "part.html", "texts.html", "import.html", "remove.html", "choose.html", "inventory.html", "categories.html", "shared.html", "notice.html",
}

// noteWaiting keeps which plan waits for the draft before a post that may change it.
func (r *request) noteWaiting(to route) error {
	if r.site == nil || to.method != http.MethodPost || !r.may(consent.MayEdit) {
		return nil
	}
	plan, err := r.publisher.Plan(r.ctx, r.site.Key)
	if plan.Waits() {
		r.waited = plan.ID
	}
	return err
}

// fellNow has the page that a post leads to tell that the plan fell by it.
func (r *request) fellNow() string {
	if r.waited == 0 {
		return ""
	}
	plan, err := r.publisher.Plan(r.ctx, r.site.Key)
	if err != nil { // what was asked for is done
		r.Log.ErrorContext(r.ctx, "whether a plan has lapsed could not be read", "site", string(r.site.Key), "error", err)
		return ""
	}
	if !plan.Lapsed() || plan.ID != r.waited {
		return ""
	}
	return fmt.Sprint("&fell=", plan.ID)
}

// planned says, to who may change the draft, on a page that does so that a plan waits for
// it and falls by any change, and once something was saved that it fell; nil when there
// is nothing to say.
func (r *request) planned(p *page, done bool) (*web.Planned, error) {
	if r.site == nil || r.account == nil || !r.may(consent.MayEdit) {
		return nil, nil //nolint:nilnil // most pages say nothing of it
	}
	changes := slices.Contains(draftPages, p.name)
	if !changes && (!done || strings.HasPrefix(r.c.Path(), "/sites/"+string(r.site.Key)+"/publish")) {
		return nil, nil //nolint:nilnil // most pages say nothing of it
	}
	plan, err := r.publisher.Plan(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	said := &web.Planned{}
	key := "plan_before_" // the state is added
	switch {
	case plan.Lapsed() && done && r.c.Query("fell") == fmt.Sprint(plan.ID):
		key = "plan_fell_"
		said.Fell = &web.AdminLink{Text: r.say("plan_fell_again"), URL: "/sites/" + string(r.site.Key) + "/publish"}
	case !plan.Waits() || !changes:
		return nil, nil //nolint:nilnil // nothing falls
	}
	all, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return nil, err
	}
	if plan.Due.IsZero() {
		key += "at_once_"
	}
	words, _ := web.WordsIn(r.lang)
	said.Text = r.say(key+string(plan.State), "name", r.nameIn(callings(all, r.organisation.ID), plan.Proposer), "time", words.Clock(plan.Due))
	return said, nil
}
