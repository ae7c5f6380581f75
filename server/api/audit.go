package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// faultsTold is how many faults of a log an answer tells of.
const faultsTold = 100

// auditRoutes are about whether the log holds.
func auditRoutes() []route {
	const path = "/sites/:site/log/audit"
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeLog, name: "getAudit",
			summary: "What the last audit of the whole log found, and how far one is that runs. The server knows it until it ends",
			answers: map[int]any{http.StatusOK: Audit{}}, handle: (*request).auditGet,
		},
		{
			method: http.MethodPost, path: path, scope: consent.ScopeLog, action: "api.log.verify", name: "auditLog",
			summary: "Have the whole log audited. That may take long: ask later what was found",
			answers: map[int]any{http.StatusAccepted: Audit{}}, costs: true, handle: (*request).auditPost,
		},
		{
			method: http.MethodGet, path: "/sites/:site/decisions/:decision/receipt", scope: consent.ScopeLog, action: "api.log.receipt", name: "getReceipt",
			summary: "The receipt of a decision, which anyone can check with samtykke log verify or the page that verifies receipts",
			answers: map[int]any{http.StatusOK: Receipt{}}, handle: (*request).receiptGet,
		},
	}
}

// Audit is how far the audits of a log have come.
type Audit struct {
	Waiting bool         `json:"waiting" about:"somebody asked for one, or it runs"`
	Percent int          `json:"percent" about:"of one that runs"`
	Failed  *string      `json:"failed"  about:"when the last one could not be ended; null when it was"`
	Last    *AuditResult `json:"last"    about:"null while there is none since the server started"`
}

// AuditResult is what an audit found.
type AuditResult struct {
	Holds   bool         `json:"holds"   about:"there are no faults"`
	Ended   string       `json:"ended"`
	Leaves  int64        `json:"leaves"  about:"that were read"`
	Records int64        `json:"records" about:"decisions that are there and fit their leaves"`
	Removed int64        `json:"removed" about:"decisions that are gone, and a leaf says why"`
	Faults  []AuditFault `json:"faults"`
	More    int          `json:"more"    about:"faults that are not listed"`
	Early   []AuditFault `json:"early"   about:"decisions that are dated before their notice was published: where the first of each notice is. That is no fault of the log"`
}

// AuditFault is one place where a log does not hold.
type AuditFault struct {
	Origin string `json:"origin" about:"names the tree"`
	Index  int64  `json:"index"  about:"of the leaf; -1 when it is not about one"`
	Why    string `json:"why"`
}

// Receipt is a decision with its proof.
type Receipt struct {
	ID      string `json:"id"`
	Receipt string `json:"receipt" about:"a C2SP tlog-proof; write it to a file as it is"`
}

func (r *request) auditGet() (*answer, error) { return &answer{body: r.audit()}, nil }

// auditPost has the log audited, beside what else the server does.
func (r *request) auditPost() (*answer, error) {
	if err := r.looked(""); err != nil {
		return nil, err
	}
	r.Audits.Ask(r.site.Key)
	return &answer{status: http.StatusAccepted, body: r.audit()}, nil
}

func (r *request) audit() *Audit {
	state := r.Audits.Of(r.site.Key)
	given := &Audit{Waiting: state.Waiting}
	if state.Total > 0 {
		given.Percent = int(100 * state.Done / state.Total)
	}
	if !state.Failed.IsZero() {
		given.Failed = new(stamp(state.Failed))
	}
	if last := state.Last; last != nil {
		told := last.Faults[:min(faultsTold, len(last.Faults))]
		given.Last = &AuditResult{
			Holds: last.Holds(), Ended: stamp(last.Ended), Leaves: last.Leaves, Records: last.Records, Removed: last.Removed,
			Faults: auditFaults(told), More: len(last.Faults) - len(told), Early: auditFaults(last.Early[:min(faultsTold, len(last.Early))]),
		}
	}
	return given
}

func auditFaults(told []consent.LedgerFault) []AuditFault {
	faults := make([]AuditFault, len(told))
	for i := range told {
		faults[i] = AuditFault{told[i].Origin, told[i].Index, told[i].Why}
	}
	return faults
}

// receiptGet gives the same bytes as "samtykke log prove" writes.
func (r *request) receiptGet() (*answer, error) {
	id, err := consent.ParseDecisionID(r.c.Params("decision"))
	if err != nil {
		return nil, errUnknown()
	}
	receipt, err := r.Store.Receipt(r.ctx, r.site.Key, id)
	if consent.KindOf(err) == consent.NotFound {
		return nil, errUnknown()
	}
	if err != nil {
		return nil, err
	}
	return &answer{body: Receipt{id.String(), string(receipt)}}, r.looked(id.String())
}
