package admin

import (
	"errors"
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// takePost takes over the version of another Site, when both are as they were shown.
func (r *request) takePost() error {
	sisters, err := r.sisters()
	if err != nil {
		return err
	}
	theirs := serviceOf(sisters, r.form.Get("from"))
	if theirs == nil {
		return errNoPage()
	}
	r.tells(func(act *consent.Act) { act.Object = r.form.Get("from") })
	shown, status := &elsewherePage{}, http.StatusConflict
	name := r.c.Params("service")
	err = r.changeDraft(func(d *consent.Draft) error {
		own := serviceAt(d, name)
		switch {
		case own == nil || !sameService(own, theirs):
			return errNoPage()
		case hashOf(own) != r.form.Get("was") || hashOf(theirs) != r.form.Get("theirs"):
			shown.Changed = true
			return errNotSaved
		}
		if shown.Fault = r.putService(d, adopt(theirs, own, d.Site.Languages)); shown.Fault != "" {
			status = http.StatusUnprocessableEntity
			return errNotSaved
		}
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return r.showElsewhere(status, shown)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.sitePath("/services/"+r.c.Params("service")), "service_taken")
}

// sendPost puts this Site's version into the drafts of the chosen Sites: of all, or of
// none. It stands in the trail as a change of each.
func (r *request) sendPost() error {
	_, s, err := r.namedService()
	if err != nil {
		return err
	}
	sisters, err := r.sisters()
	if err != nil {
		return err
	}
	chosen, err := chosenSisters(sisters, r.form["to"])
	if err != nil {
		return err
	}
	shown, status := &elsewherePage{}, http.StatusOK
	switch {
	case len(chosen) == 0:
		shown.Fault, status = r.say("elsewhere_none_chosen"), http.StatusUnprocessableEntity
	case hashOf(s) != r.form.Get("was"):
		shown.Changed, status, chosen = true, http.StatusConflict, nil
	}
	if status == http.StatusOK {
		r.tells(func(act *consent.Act) { act.Object = string(r.site.Key) + "/" + string(s.Key) })
		refused, err := r.send(s, chosen, func(site consent.SiteKey) string { return r.form.Get("was." + string(site)) })
		if err != nil {
			return err
		}
		for _, not := range refused {
			shown.Told, status = append(shown.Told, not.to.name+": "+not.why), http.StatusConflict
		}
	}
	if status == http.StatusOK {
		return r.redirect(r.sitePath("/services/"+r.c.Params("service")+"/sites"), "service_sent")
	}
	return r.showElsewhere(status, shown)
}

// chosenSisters gives the Sites that a form names. One that is not of the
// Organisation does not exist.
func chosenSisters(sisters []sisterSite, names []string) ([]*sisterSite, error) {
	wanted := map[string]bool{}
	for _, name := range names {
		wanted[name] = true
	}
	var chosen []*sisterSite
	for i := range sisters {
		if wanted[string(sisters[i].Key)] {
			chosen = append(chosen, &sisters[i])
		}
	}
	if len(chosen) != len(wanted) {
		return nil, errNoPage()
	}
	return chosen, nil
}

// notSent is a Site that a service cannot be put into, and why.
type notSent struct {
	to      *sisterSite
	changed bool // what is there is another than was seen
	why     string
}

// send puts the service into the drafts of all Sites, or of none, and says into which it
// cannot be put. seen is what was shown of a Site. Each draft that is saved has its own act.
func (r *request) send(s *consent.Service, chosen []*sisterSite, seen func(consent.SiteKey) string) ([]notSent, error) {
	for range attempts {
		changes := make([]consent.DraftChange, 0, len(chosen))
		var refused []notSent
		for _, to := range chosen {
			change, not, err := r.sent(s, to, seen(to.Key))
			if err != nil {
				return nil, err
			}
			if not.why != "" {
				refused = append(refused, not)
			} else if change.Draft != nil {
				changes = append(changes, change)
			}
		}
		if len(refused) > 0 {
			return refused, nil
		}
		err := r.Store.ReplaceDrafts(r.ctx, changes, r.Clock())
		var own *consent.Error
		if !errors.As(err, &own) || own.Code != "draft_changed" {
			return nil, err
		}
	}
	return nil, errBusy()
}

// sent gives the draft of one Site with the service, none when it says so already, or
// why it cannot be there.
func (r *request) sent(s *consent.Service, to *sisterSite, seen string) (change consent.DraftChange, not notSent, err error) {
	draft, revision, err := r.Store.DraftAt(r.ctx, to.Key)
	if err != nil {
		return change, not, err
	}
	before, own, now := hashOf(draft), elsewhere(draft, s), gone
	if own != nil {
		now = hashOf(own)
	}
	if now != seen {
		return change, notSent{to, true, r.say("elsewhere_conflict")}, nil
	}
	if not = (notSent{to, false, r.putService(draft, adopt(s, own, draft.Site.Languages))}); not.why != "" || hashOf(draft) == before {
		return change, not, nil
	}
	act, _ := consent.ActOf(r.ctx)
	act.Site = to.Key
	return consent.DraftChange{Draft: draft, Was: revision, Act: act}, not, nil
}
