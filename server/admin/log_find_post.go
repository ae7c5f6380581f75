package admin

import (
	"net/http"
	"slices"

	"github.com/samtykke/samtykke/consent"
)

// logFindPost shows what one visitor has decided, newest first: whose token is
// given, or who made the decision that is named. A token opens a person's choices,
// so it stands in no address, and is not shown again.
func (r *request) logFindPost() error {
	shown := &logPage{}
	visitor, object, err := r.visitor()
	if kind := consent.KindOf(err); err != nil && (kind == consent.Invalid || kind == consent.NotFound) {
		shown.Token = &misfit{Field: "token", Text: r.say("log_fault_token")}
		return r.showLog(http.StatusUnprocessableEntity, shown)
	}
	if err != nil {
		return err
	}
	if err := r.looked(object); err != nil {
		return err
	}
	entries, err := r.Store.Decisions(r.ctx, r.site.Key, visitor)
	if err != nil {
		return err
	}
	if len(entries) == 0 {
		shown.Token = &misfit{Field: "token", Text: r.say("log_fault_no_visitor")}
		return r.showLog(http.StatusUnprocessableEntity, shown)
	}
	slices.Reverse(entries)
	shown.Visitor, shown.Lines = true, r.lines(entries)
	return r.showLog(http.StatusOK, shown)
}

// visitor gives the key of the visitor that the form names, and what the audit
// trail knows them by.
func (r *request) visitor() (key consent.VisitorKey, object string, err error) {
	receipt := r.field("decision")
	if receipt == "" {
		key, err = consent.ParseToken(r.field("token"))
		return key, "", err
	}
	id, err := consent.ParseDecisionID(receipt)
	if err != nil {
		return key, "", err
	}
	entry, err := r.decision(id)
	if err != nil {
		return key, "", err
	}
	return entry.Visitor, id.String(), nil
}
