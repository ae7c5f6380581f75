package api

import (
	"errors"
	"net/http"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

func erasureRoutes() []route {
	const one = "/sites/:site/decisions/:decision"
	refused := append([]int{http.StatusConflict}, ofBody...)
	return []route{
		{
			method: http.MethodPost, path: one + "/freeze", scope: consent.ScopeErase, action: "api.log.freeze", name: "freezeDecision",
			summary: "Keep a decision and do nothing else with it (GDPR art. 18)", body: Freezing{}, answers: map[int]any{http.StatusOK: Done{}},
			refused: refused, handle: (*request).freezePost,
		},
		{
			method: http.MethodPost, path: one + "/release", scope: consent.ScopeErase, action: "api.log.release", name: "releaseDecision",
			summary: "Use a frozen decision again", body: Releasing{}, answers: map[int]any{http.StatusOK: Done{}}, refused: refused,
			handle: (*request).releasePost,
		},
		{
			method: http.MethodPost, path: one + "/erase", scope: consent.ScopeErase, action: "api.log.erase", name: "eraseDecision",
			summary: "Erase a decision (GDPR art. 17). It cannot be undone", body: Erasing{}, answers: map[int]any{http.StatusOK: Done{}},
			refused: refused, handle: (*request).erasePost,
		},
	}
}

// Erasing is on which ground a decision shall go, and why.
type Erasing struct {
	Ground  consent.ErasureReason `json:"ground" about:"of GDPR art. 17(1)"`
	Reason  string                `json:"reason" about:"1 to 500 characters for the audit trail, and nothing about the person"`
	All     bool                  `json:"all,omitempty" about:"all decisions of the same visitor"`
	Request string                `json:"request,omitempty" about:"of the register, that it is done for; the trail names it"`
}

// Freezing is on which ground a decision is frozen, and why.
type Freezing struct {
	Ground  consent.RestrictionReason `json:"ground" about:"of GDPR art. 18(1)"`
	Reason  string                    `json:"reason" about:"1 to 500 characters for the audit trail, and nothing about the person"`
	All     bool                      `json:"all,omitempty" about:"all that the same visitor has made so far"`
	Request string                    `json:"request,omitempty" about:"of the register, that it is done for; the trail names it"`
}

// Releasing is why a decision is used again.
type Releasing struct {
	Reason  string `json:"reason" about:"1 to 500 characters for the audit trail, and nothing about the person"`
	All     bool   `json:"all,omitempty" about:"all decisions of the same visitor"`
	Request string `json:"request,omitempty" about:"of the register, that it is done for; the trail names it"`
}

// Done is what came of it.
type Done struct {
	Decisions int `json:"decisions" about:"how many were changed"`
}

// entry gives the decision that the path names, when it was not erased.
func (r *request) entry() (*consent.Entry, error) {
	id, err := consent.ParseDecisionID(r.c.Params("decision"))
	if err != nil {
		return nil, errUnknown()
	}
	entry, err := rights.Decision(r.ctx, r.Store, r.site.Key, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, errUnknown()
	}
	return entry, err
}

// weighed gives the decision of the path when what was sent gives a ground and a
// reason, and has the trail know what is about to be done to it.
func (r *request) weighed(ground bool, reason string, all bool, request string) (*consent.Entry, error) {
	entry, err := r.entry()
	if err != nil {
		return nil, err
	}
	var faults consent.Problems
	if !ground {
		errField(&faults, "ground", "bad_choice", "The law knows no such ground.", "Write one that GET "+Base+"/openapi.json lists.")
	}
	var wrong *consent.Error
	if errors.As(rights.CheckReason(reason), &wrong) {
		errField(&faults, "reason", wrong.Code, wrong.Message, "Write 1 to "+strconv.Itoa(rights.MaxReason)+" characters of plain text, and nothing about the person.")
	}
	id, err := r.forWhom(&faults, request)
	if err != nil {
		return nil, err
	}
	if len(faults) > 0 {
		return nil, errFaults("Nothing was changed.", faults)
	}
	object := entry.ID.String()
	if all {
		object += " all"
	}
	object = consent.ForRequest(object, id)
	r.tells(object, reason)
	return entry, nil
}

// forWhom gives the request of the register that something is done for, none for "".
func (r *request) forWhom(faults *consent.Problems, request string) (consent.RequestID, error) {
	if request == "" {
		return consent.RequestID{}, nil
	}
	id, err := consent.ParseRequestID(request)
	if err == nil {
		_, err = r.Store.Request(r.ctx, r.site.Key, id)
	}
	if kind := consent.KindOf(err); err != nil && (kind == consent.Invalid || kind == consent.NotFound) {
		errField(faults, "request", "bad_choice", "The register of the site has no such request.", "Write the id of one, or leave it out.")
		err = nil
	}
	return id, err
}

// erasePost removes a decision, or all of its visitor's.
func (r *request) erasePost() (*answer, error) {
	var said Erasing
	if err := r.read(&said); err != nil {
		return nil, err
	}
	entry, err := r.weighed(rights.ErasureGround(said.Ground), said.Reason, said.All, said.Request)
	if err != nil {
		return nil, err
	}
	act, _ := consent.ActOf(r.ctx) // the ground, as a command tells it
	act.Object += " ground=" + string(said.Ground)
	r.ctx = consent.WithAct(r.ctx, act)
	erased, err := rights.Erase(r.ctx, r.Store, entry, said.All, said.Ground, r.Clock())
	return &answer{body: Done{erased}}, err
}

// freezePost freezes one, or all that its visitor has made so far.
func (r *request) freezePost() (*answer, error) {
	var said Freezing
	if err := r.read(&said); err != nil {
		return nil, err
	}
	entry, err := r.weighed(rights.FreezingGround(said.Ground), said.Reason, said.All, said.Request)
	if err != nil {
		return nil, err
	}
	frozen, err := rights.Freeze(r.ctx, r.Store, entry, said.All, rights.Freezing{Ground: said.Ground, Why: said.Reason}, r.Clock())
	if err == nil && frozen == 0 {
		err = consent.Errorf(consent.Conflict, "conflict", "Nothing was changed: it is frozen already, perhaps on another ground. To give another one, release it first.")
	}
	return &answer{body: Done{frozen}}, err
}

// releasePost ends it, on whatever ground it was frozen.
func (r *request) releasePost() (*answer, error) {
	var said Releasing
	if err := r.read(&said); err != nil {
		return nil, err
	}
	entry, err := r.weighed(true, said.Reason, said.All, said.Request)
	if err != nil {
		return nil, err
	}
	released, err := rights.Release(r.ctx, r.Store, entry, said.All, r.Clock())
	if err == nil && released == 0 {
		err = consent.Errorf(consent.Conflict, "conflict", "Nothing was changed: it is not frozen.")
	}
	return &answer{body: Done{released}}, err
}
