package admin

import (
	"net/http"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/publishing"
)

func twoRoutes() []route {
	const two = "/organisations/:organisation/two"
	return []route{
		{method: http.MethodPost, path: two, may: consent.MayAdminister, action: "organisation.two.begin", sure: true, handle: (*request).twoPost},
		{method: http.MethodPost, path: two + "/propose", may: consent.MayAdminister, action: "organisation.two.propose", sure: true, handle: (*request).twoProposePost},
		{method: http.MethodPost, path: two + "/keep", may: consent.MayAdminister, action: "organisation.two.keep", handle: (*request).twoKeepPost},
		{method: http.MethodPost, path: two + "/end", may: consent.MayAdminister, action: "organisation.two.end", sure: true, handle: (*request).twoEndPost},
	}
}

// twoShown is what a page says of whether nobody publishes alone.
type twoShown struct {
	On     bool
	Alone  bool   // only one person may publish
	Ender  string // who proposes to end it, "" for nobody
	Asked  time.Time
	Mine   bool     // the person proposes it
	For    []string // who may agree
	Agree  bool     // the person may
	WhyNot string   // they may not
}

// twoShown gives what is asked here, and who may end it.
func (r *request) twoShown() (shown twoShown, err error) {
	rule, err := r.publisher.TwoRule(r.ctx, r.organisation.ID)
	if err != nil {
		return shown, err
	}
	all, err := r.Store.Accounts(r.ctx)
	if err != nil {
		return shown, err
	}
	called, who := callings(all, r.organisation.ID), r.account.ID
	if rule.Ender != 0 {
		who = rule.Ender
	}
	enders, err := r.publisher.Enders(r.ctx, r.organisation.ID, who)
	shown = twoShown{On: rule.On, Alone: publishing.Publishers(all, r.organisation.ID) < 2, Ender: r.nameIn(called, rule.Ender), Asked: rule.Asked, Mine: rule.Ender == r.account.ID}
	for i := range enders {
		shown.For = append(shown.For, r.nameIn(called, enders[i].ID))
		shown.Agree = shown.Agree || enders[i].ID == r.account.ID
	}
	if rule.Ender != 0 && !shown.Mine && !shown.Agree {
		shown.WhyNot = r.say("error_text_own_end_person")
	}
	return shown, err
}

// twoPost asks for two people from now on.
func (r *request) twoPost() error {
	return r.twoDone(r.publisher.BeginTwo(r.ctx, r.organisation.ID), "saved")
}

// twoProposePost asks somebody else to end that.
func (r *request) twoProposePost() error {
	return r.twoDone(r.publisher.ProposeEnd(r.ctx, r.organisation.ID, r.account.ID), "two_proposed")
}

// twoKeepPost ends such a proposal.
func (r *request) twoKeepPost() error {
	return r.twoDone(r.publisher.KeepTwo(r.ctx, r.organisation.ID), "two_kept")
}

// twoEndPost agrees to it.
func (r *request) twoEndPost() error {
	return r.twoDone(r.publisher.EndTwo(r.ctx, r.organisation.ID, r.account.ID), "two_ended")
}

func (r *request) twoDone(err error, done string) error {
	if err != nil {
		return err
	}
	return r.redirect("/organisations/"+string(r.organisation.ID)+"/settings", done)
}
