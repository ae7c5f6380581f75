package admin

import (
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// decision gives a decision of the site, or NotFound.
func (r *request) decision(id consent.DecisionID) (*consent.Entry, error) {
	entry, err := rights.Decision(r.ctx, r.Store, r.site.Key, id)
	return entry, orNoPage(err)
}

// decisionOrStub gives a decision, or what is left of it when it was erased.
func (r *request) decisionOrStub(id consent.DecisionID) (*consent.Entry, *consent.Stub, error) {
	entry, err := r.decision(id)
	if consent.KindOf(err) != consent.NotFound {
		return entry, nil, err
	}
	stub, err := r.Store.Erased(r.ctx, r.site.Key, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, nil, errNoPage()
	}
	return nil, stub, err
}

// inPath gives the decision that the path names, or what is left of it.
func (r *request) inPath() (*consent.Entry, *consent.Stub, error) {
	id, err := consent.ParseDecisionID(r.c.Params("decision"))
	if err != nil {
		return nil, nil, errNoPage()
	}
	return r.decisionOrStub(id)
}

// there gives the decision that the path names, when it was not erased.
func (r *request) there() (*consent.Entry, error) {
	entry, _, err := r.inPath()
	if err == nil && entry == nil {
		err = errNoPage()
	}
	return entry, err
}

// sees has the audit trail know that a decision is looked at, before anything of it is
// shown: once, whichever pages it stands on.
func (r *request) sees(id consent.DecisionID) error {
	act := r.reads("log.decision")
	act.Object = id.String()
	return r.looks.Once(r.ctx, r.login.ID, act)
}

// alike gives all decisions of the visitor who made one, oldest first.
func (r *request) alike(entry *consent.Entry) ([]consent.Entry, error) {
	if entry.Visitor.IsZero() {
		return []consent.Entry{*entry}, nil
	}
	return r.Store.Decisions(r.ctx, r.site.Key, entry.Visitor)
}
