package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// erasePage asks on which ground a decision shall go, and why.
type erasePage struct {
	URL     string
	Receipt string
	Entry   *consent.Entry
	Others  int // further decisions of the same visitor
	All     bool
	Grounds []choice
	Reason  string
	Faults  misfits
	Fault   string // that is not about a field
}

// maxReason is how long a reason for the audit trail may be, in characters.
const maxReason = 500

// eraseGet shows the form.
func (r *request) eraseGet() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	return r.showErase(http.StatusOK, entry, &erasePage{})
}

func (r *request) showErase(status int, entry *consent.Entry, shown *erasePage) error {
	all, err := r.alike(entry)
	if err != nil {
		return err
	}
	shown.Entry, shown.Others = entry, max(len(all)-1, 0)
	shown.Receipt = entry.ID.String()
	shown.URL = r.logPath("/" + shown.Receipt)
	shown.Reason = r.field("reason")
	shown.Grounds = choices(r, "log_erasure_", consent.ErasureReasons, consent.ErasureReason(r.field("ground")))
	r.c.Status(status)
	return r.show(page{name: "erase.html", title: "log_erase_title", trail: r.logTrail(entry.ID), data: shown})
}

// erasePost removes a decision, or all of its visitor's.
func (r *request) erasePost() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	what := consent.Erasure{ID: entry.ID, Actor: consent.ActorOperator, Reason: consent.ErasureReason(r.field("ground")), Time: r.Clock().UTC()}
	shown := &erasePage{All: r.field("all") != ""}
	if shown.All && !entry.Visitor.IsZero() {
		what.ID, what.Visitor = consent.DecisionID{}, entry.Visitor
	}
	if what.Reason == "" || what.CheckReason() != nil {
		shown.Faults = append(shown.Faults, misfit{Field: "ground", Text: r.say("log_fault_ground")})
	}
	if reason := []rune(r.field("reason")); len(reason) == 0 || len(reason) > maxReason {
		shown.Faults = append(shown.Faults, misfit{Field: "reason", Text: r.say("log_fault_reason", "n", maxReason)})
	}
	if len(shown.Faults) > 0 {
		return r.showErase(http.StatusUnprocessableEntity, entry, shown)
	}
	_, err = r.Store.Erase(r.ctx, entry.Site, what)
	if consent.KindOf(err) == consent.Conflict {
		shown.Fault = r.say("log_erase_frozen")
		return r.showErase(http.StatusConflict, entry, shown)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.logPath("/"+entry.ID.String()), "log_erase")
}
