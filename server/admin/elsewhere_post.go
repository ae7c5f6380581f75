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

// sendPost puts this Site's version into the drafts of the chosen Sites. Each is
// saved by itself, and stands in the trail as a change of that Site.
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
	for _, to := range chosen {
		why, err := r.send(s, to)
		if err != nil {
			return err
		}
		if why != "" {
			status = http.StatusConflict
		} else {
			why = r.say("elsewhere_sent")
		}
		shown.Told = append(shown.Told, to.name+": "+why)
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

// send puts the service into the draft of one Site. It says why it did not.
func (r *request) send(s *consent.Service, to *sisterSite) (why string, err error) {
	act, _ := consent.ActOf(r.ctx)
	act.Site, act.Object = to.Key, string(r.site.Key)+"/"+string(s.Key)
	err = r.changeDraftOf(consent.WithAct(r.ctx, act), to.Key, func(d *consent.Draft) error {
		own, now := elsewhere(d, s), gone
		if own != nil {
			now = hashOf(own)
		}
		if now != r.form.Get("was."+string(to.Key)) {
			why = r.say("elsewhere_conflict")
			return errNotSaved
		}
		if why = r.putService(d, adopt(s, own, d.Site.Languages)); why != "" {
			return errNotSaved
		}
		return nil
	})
	if errors.Is(err, errNotSaved) {
		return why, nil
	}
	return why, err
}
