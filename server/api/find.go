package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/rights"
)

// findRoutes lead to one visitor. A token opens a person's choices, so it stands in a body
// and in no address.
func findRoutes() []route {
	return []route{{
		method: http.MethodPost, path: "/sites/:site/decisions/find", scope: consent.ScopeLog, action: "api.log.find", name: "findDecisions",
		summary: "All decisions of one visitor, the newest first: whose token is sent, or who made the decision that is named. The trail knows that it was asked, and not with which token",
		body:    Visitor{}, answers: map[int]any{http.StatusOK: Decisions{}}, refused: ofBody, handle: (*request).findPost,
	}}
}

// Visitor names a visitor by what the person has: one of the two.
type Visitor struct {
	Receipt string `json:"receipt,omitempty" about:"of one of the decisions"`
	Token   string `json:"token,omitempty"   about:"that the visitor's browser holds"`
}

// findPost tells the trail of each search before it is made, also of one that finds
// nothing: whoever guesses stands there.
func (r *request) findPost() (*answer, error) {
	var said Visitor
	if err := r.read(&said); err != nil {
		return nil, err
	}
	asked := &rights.Asked{Receipt: said.Receipt, Token: said.Token}
	if (said.Receipt == "") == (said.Token == "") {
		var faults consent.Problems
		errField(&faults, "token", "one_of_two", "Nothing else than a token or a receipt leads to a visitor.", "Send one of the two.")
		return nil, errFaults("Nothing was looked for.", faults)
	}
	if err := asked.Whole(); err != nil {
		return nil, ofField(err, rights.AskedFields)
	}
	r.tells(said.Receipt, "")
	act, _ := consent.ActOf(r.ctx)
	if err := r.Looked(r.ctx, act); err != nil {
		return nil, err
	}
	entries, err := rights.Shown(r.ctx, r.Store, r.site.Key, asked)
	if err != nil {
		return nil, ofField(err, rights.AskedFields)
	}
	list := Decisions{Decisions: make([]export.Record, len(entries))}
	recorder := export.NewRecorder(r.Store, r.site.Key)
	for i := range entries {
		record, err := recorder.Record(r.ctx, &entries[len(entries)-1-i])
		if err != nil {
			return nil, err
		}
		list.Decisions[i] = *record
	}
	return &answer{body: list}, nil
}
