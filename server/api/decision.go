package api

import (
	"net/http"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/export"
	"github.com/samtykke/samtykke/server/logfilter"
	"github.com/samtykke/samtykke/server/proof"
)

// How many decisions a page holds.
const (
	usualPage = 50
	mostPage  = 500
)

func decisionRoutes() []route {
	return []route{
		{
			method: http.MethodGet, path: "/sites/:site/decisions", scope: consent.ScopeLog, action: "api.log.read", name: "listDecisions",
			summary: "What visitors have decided, the newest first",
			query: append(filterFields(), []parameter{
				{"limit", "how many at most", object{"type": "integer", "minimum": 1, "maximum": mostPage, "default": usualPage}},
				{"after", "next of the page before", object{"type": "string"}},
			}...),
			answers: map[int]any{http.StatusOK: Decisions{}}, handle: (*request).decisionsGet,
		},
		{
			method: http.MethodGet, path: "/sites/:site/decisions/:decision", scope: consent.ScopeLog, action: "api.log.decision", name: "getDecision",
			summary: "One decision, and whether the ledger proves it now", answers: map[int]any{http.StatusOK: Decision{}}, handle: (*request).decisionGet,
		},
	}
}

// filterFields are the fields of an address that say which decisions are meant.
func filterFields() []parameter {
	day := object{"type": "string", "format": "date"}
	return []parameter{
		{"from", "first day, in Norway", day},
		{"to", "last day, in Norway", day},
		{"category", "grant this category, wholly or in part", object{"type": "string"}},
		{"method", "made in this way", object{"type": "string", "enum": consent.Methods}},
		{"language", "of the banner", object{"type": "string"}},
		{"notice", "number of the notice that was shown", object{"type": "integer", "minimum": 1}},
	}
}

// Decisions is a page of the log.
type Decisions struct {
	Decisions []export.Record `json:"decisions"`
	Next      *string         `json:"next" about:"ask for the next page with after; null on the last one"`
}

// Decision is a decision with its place in the ledger, or what is left of one that
// was erased.
type Decision struct {
	ID     string         `json:"id"`
	Record *export.Record `json:"record"`
	Proof  *Proof         `json:"proof"`
	Erased *string        `json:"erased" about:"when the decision was erased; null for one that is there"`
	// What is known of that erasure.
	ErasedBy     *consent.Actor         `json:"erased_by"     about:"who had it erased: the visitor, or whoever runs the site; null when that is not known"`
	ErasedGround *consent.ErasureReason `json:"erased_ground" about:"of GDPR art. 17(1); null when none was given: visitors need not give one"`
}

// Proof is where a decision stands in the ledger, and whether that holds now.
type Proof struct {
	Holds      bool    `json:"holds"`
	Why        *string `json:"why"        about:"it does not hold"`
	Origin     string  `json:"origin"     about:"names the tree"`
	Index      int64   `json:"index"      about:"of the leaf"`
	Size       int64   `json:"size"       about:"of the tree that the checkpoint is of"`
	Checkpoint string  `json:"checkpoint"`
}

// flaws are what is told of fields that cannot be read.
var flaws = map[logfilter.Flaw]struct{ message, repair string }{
	logfilter.BadDay:    {"That is no day.", "Write it as 2026-11-27."},
	logfilter.BadDays:   {"The last day is before the first.", "Write the days in order."},
	logfilter.BadChoice: {"There can be no such thing.", "Write one that the site has."},
}

func errField(faults *consent.Problems, field, code, message, repair string) {
	*faults = append(*faults, consent.Problem{Path: field, Severity: consent.Fault, Code: code, Message: message, Repair: repair})
}

// errFlaws tells what is wrong with a filter.
func errFlaws(faults *consent.Problems, wrong []logfilter.Fault) {
	for _, each := range wrong {
		errField(faults, each.Field, "bad_"+string(each.Flaw), flaws[each.Flaw].message, flaws[each.Flaw].repair)
	}
}

// asked reads which decisions the address asks for.
func (r *request) asked() (filter logfilter.Filter, query consent.LogQuery, err error) {
	filter = r.filter()
	query, wrong := filter.Query(r.site.Key)
	var faults consent.Problems
	errFlaws(&faults, wrong)
	if err := r.errUnknownTo(&faults, &query); err != nil {
		return filter, query, err
	}
	query.Limit = r.pageLimit(&faults)
	if text := r.c.Query("after"); text != "" {
		if query.After, err = strconv.ParseInt(text, 10, 64); err != nil || query.After < 1 {
			errField(&faults, "after", "bad_after", "That is not what a page gave.", "Write next of the page before.")
		}
	}
	if len(faults) > 0 {
		return filter, query, errFaults("The address asks for what there cannot be.", faults)
	}
	return filter, query, nil
}

// decisionsGet gives a page. It begins after the last decision of the page before,
// so none is repeated or skipped while new ones come in, and none costs more than
// the first.
func (r *request) decisionsGet() (*answer, error) {
	filter, query, err := r.asked()
	if err != nil {
		return nil, err
	}
	wanted := query.Limit
	query.Limit++
	entries, err := r.Store.Read(r.ctx, query)
	if err != nil {
		return nil, err
	}
	page := Decisions{Decisions: make([]export.Record, 0, min(len(entries), wanted))}
	if len(entries) > wanted {
		entries = entries[:wanted]
		page.Next = new(strconv.FormatInt(entries[wanted-1].Index, 10))
	}
	recorder := export.NewRecorder(r.Store, r.site.Key)
	for i := range entries {
		record, err := recorder.Record(r.ctx, &entries[i])
		if err != nil {
			return nil, err
		}
		page.Decisions = append(page.Decisions, *record)
	}
	act, _ := consent.ActOf(r.ctx)
	return &answer{body: page}, r.Looks.Read(r.ctx, consent.LoginID{}, act, entries, filter.Words())
}

// decisionGet gives one decision.
func (r *request) decisionGet() (*answer, error) {
	id, err := consent.ParseDecisionID(r.c.Params("decision"))
	if err != nil {
		return nil, errUnknown()
	}
	found, err := r.Store.Read(r.ctx, consent.LogQuery{Site: r.site.Key, ID: id, Limit: 1})
	if err != nil {
		return nil, err
	}
	given := Decision{ID: id.String()}
	if len(found) == 0 {
		stub, err := r.Store.Erased(r.ctx, r.site.Key, id)
		if consent.KindOf(err) == consent.NotFound {
			return nil, errUnknown()
		}
		if err != nil {
			return nil, err
		}
		given.Erased, given.ErasedBy, given.ErasedGround = new(stamp(stub.Time)), unlessEmpty(stub.Actor), unlessEmpty(stub.Reason)
		return &answer{body: given}, r.looked(given.ID)
	}
	if given.Record, err = export.NewRecorder(r.Store, r.site.Key).Record(r.ctx, &found[0]); err != nil {
		return nil, err
	}
	given.Proof = r.proof(&found[0])
	return &answer{body: given}, r.looked(given.ID)
}

// unlessEmpty gives nothing for a word that is not known.
func unlessEmpty[S ~string](word S) *S {
	if word == "" {
		return nil
	}
	return &word
}

// proof proves a decision as its page does.
func (r *request) proof(entry *consent.Entry) *Proof {
	place, err := proof.Of(r.ctx, r.Store, r.Prove, entry)
	if err != nil {
		r.Log.ErrorContext(r.ctx, "a decision could not be proven", "site", string(entry.Site), "error", err)
		return &Proof{Why: new("The ledger could not be read. It stands in the log of the server.")}
	}
	given := &Proof{Holds: place.Broken == nil}
	if place.Broken != nil {
		given.Why = new(place.Broken.Error())
	}
	if at := place.Proven; at != nil {
		given.Origin, given.Index, given.Size, given.Checkpoint = at.Origin, at.Index, at.Size, string(at.Checkpoint)
	}
	return given
}
