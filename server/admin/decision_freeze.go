package admin

import (
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// freezePost freezes a decision, or all that its visitor has made so far.
func (r *request) freezePost() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	what := r.restriction(entry)
	what.Reason = consent.RestrictionReason(r.field("ground"))
	if !slices.Contains(consent.RestrictionReasons, what.Reason) {
		return r.showDecision(http.StatusUnprocessableEntity, r.say("log_fault_ground"))
	}
	changed, err := r.Store.Restrict(r.ctx, entry.Site, what)
	switch {
	case err != nil:
		return err
	case changed == 0: // on another ground, which whoever needs this one must not believe to be it
		return r.showDecision(http.StatusConflict, r.say("log_frozen_already"))
	}
	return r.redirect(r.logPath("/"+entry.ID.String()), "log_freeze")
}

// releasePost ends it, on whatever ground it was frozen.
func (r *request) releasePost() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	what := r.restriction(entry)
	what.Release = true
	changed, err := r.Store.Restrict(r.ctx, entry.Site, what)
	switch {
	case err != nil:
		return err
	case changed == 0:
		return r.showDecision(http.StatusConflict, r.say("log_not_frozen"))
	}
	return r.redirect(r.logPath("/"+entry.ID.String()), "log_release")
}

// restriction says which decisions a form is about.
func (r *request) restriction(entry *consent.Entry) consent.Restriction {
	what := consent.Restriction{ID: entry.ID, Time: r.Clock().UTC()}
	if r.field("all") != "" && !entry.Visitor.IsZero() {
		what.ID, what.Visitor = consent.DecisionID{}, entry.Visitor
	}
	return what
}
