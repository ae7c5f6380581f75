package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// freezePost freezes a decision, or all that its visitor has made so far.
func (r *request) freezePost() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	how := rights.Freezing{Ground: consent.RestrictionReason(r.field("ground")), Why: r.field("reason")}
	var faults misfits
	if !rights.FreezingGround(how.Ground) {
		faults = append(faults, misfit{Field: "ground", Text: r.say("log_fault_ground")})
	}
	if faults = append(faults, r.reasonFaults()...); len(faults) > 0 {
		return r.showDecision(http.StatusUnprocessableEntity, "", faults)
	}
	r.tells(func(act *consent.Act) { act.Object += " " + string(how.Ground) })
	if err := r.tellsRequest(); err != nil {
		return err
	}
	changed, err := rights.Freeze(r.ctx, r.Store, entry, r.field("all") != "", how, r.Clock())
	switch {
	case err != nil:
		return err
	case changed == 0:
		return r.showDecision(http.StatusConflict, r.say("log_frozen_already"), nil)
	}
	return r.redirect(r.back(entry), "log_freeze")
}

// releaseReason is the field of the reason for ending a freeze: the page may have that of
// another freeze as well.
const releaseReason = "release-reason"

// releaseFaults says what is wrong with the reason for ending a freeze.
func (r *request) releaseFaults() misfits {
	faults := r.reasonFaults()
	for i := range faults {
		faults[i].Field = releaseReason
	}
	return faults
}

// releasePost ends it, on whatever ground it was frozen.
func (r *request) releasePost() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	if faults := r.releaseFaults(); len(faults) > 0 && (entry.Frozen || r.field("all") != "") {
		return r.showDecision(http.StatusUnprocessableEntity, "", faults)
	}
	if err := r.tellsRequest(); err != nil {
		return err
	}
	changed, err := rights.Release(r.ctx, r.Store, entry, r.field("all") != "", r.Clock())
	switch {
	case err != nil:
		return err
	case changed == 0:
		return r.showDecision(http.StatusConflict, r.say("log_not_frozen"), nil)
	}
	return r.redirect(r.back(entry), "log_release")
}
