package admin

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// erasePage asks on which ground a decision shall go, and why.
type erasePage struct {
	URL     string
	Receipt string
	Entry   *consent.Entry
	Whole   int    // how many decisions the visitor has made, 0 when there is no other
	All     bool   // of them are meant
	Request string // that somebody came from, "" for none
	Back    string // address for whoever changes their mind
	Grounds []logChoice
	Reason  string
	Faults  misfits
	Fault   string // that is not about a field
}

// eraseGet shows the form.
func (r *request) eraseGet() error {
	entry, err := r.there()
	if err != nil {
		return err
	}
	came, err := r.cameOf()
	if err != nil {
		return err
	}
	all := came != nil && (came.Kind == consent.RequestErasure || came.Kind == consent.RequestObjection)
	return r.showErase(http.StatusOK, entry, &erasePage{All: all})
}

func (r *request) showErase(status int, entry *consent.Entry, shown *erasePage) error {
	if err := r.sees(entry.ID); err != nil {
		return err
	}
	all, err := r.alike(entry)
	if err != nil {
		return err
	}
	title := "log_erase_title"
	if shown.Entry = entry; len(all) > 1 {
		shown.Whole, title = len(all), "log_erase_title_some"
	}
	shown.Request, shown.Back = r.cameFrom(), r.back(entry)
	shown.Receipt = entry.ID.String()
	shown.URL = r.logPath("/" + shown.Receipt)
	shown.Reason = r.field("reason")
	shown.Grounds = choices(r, "log_erasure_", consent.ErasureReasons, consent.ErasureReason(r.field("ground")))
	r.c.Status(status)
	return r.show(page{name: "erase.html", title: title, trail: r.logTrail(entry.ID), data: shown})
}

// erasePost removes a decision, or all of its visitor's.
func (r *request) erasePost() error {
	entry, _, err := r.inPath()
	if err != nil {
		return err
	}
	if entry == nil {
		return r.showErasedMeanwhile()
	}
	shown, ground := &erasePage{All: r.field("all") != ""}, consent.ErasureReason(r.field("ground"))
	if !rights.ErasureGround(ground) {
		shown.Faults = append(shown.Faults, misfit{Field: "ground", Text: r.say("log_fault_ground")})
	}
	if shown.Faults = append(shown.Faults, r.reasonFaults()...); len(shown.Faults) > 0 {
		return r.showErase(http.StatusUnprocessableEntity, entry, shown)
	}
	r.tells(func(act *consent.Act) { act.Object += " ground=" + string(ground) })
	if err := r.tellsRequest(); err != nil {
		return err
	}
	_, err = rights.Erase(r.ctx, r.Store, entry, shown.All, ground, r.Clock())
	if consent.CodeOf(err) == "erased_meanwhile" {
		return r.showErasedMeanwhile()
	}
	if consent.KindOf(err) == consent.Conflict {
		shown.Fault = r.say("log_erase_frozen")
		return r.showErase(http.StatusConflict, entry, shown)
	}
	if err != nil {
		return err
	}
	return r.redirect(r.back(entry), "log_erase")
}

// showErasedMeanwhile says that somebody else was first, and shows what is left.
func (r *request) showErasedMeanwhile() error {
	return r.showDecision(http.StatusConflict, r.say("log_erase_gone"), nil)
}

// reasonFaults tells what is wrong with the reason that was written.
func (r *request) reasonFaults() misfits {
	switch consent.CodeOf(rights.CheckReason(r.form.Get("reason"))) {
	case "bad_reason":
		return misfits{{Field: "reason", Text: r.say("log_fault_reason", "n", rights.MaxReason)}}
	case "hidden_character":
		return misfits{{Field: "reason", Text: r.say("log_fault_reason_hidden")}}
	}
	return nil
}
