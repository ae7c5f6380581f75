package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/auditing"
)

// faultsTold is how many faults of a log an answer tells of.
const faultsTold = 100

// auditRoutes are about whether the log holds.
func auditRoutes() []route {
	const path = "/sites/:site/log/audit"
	return []route{
		{
			method: http.MethodGet, path: path, scope: consent.ScopeLog, name: "getAudit",
			summary: "What the last audit of the whole log found, and how far one is that runs. The letters tell the same",
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
	Last    *AuditResult `json:"last"    about:"null while the server knows of none"`
}

// AuditResult is what an audit found.
type AuditResult struct {
	Holds     bool         `json:"holds"   about:"there are no faults"`
	Ended     string       `json:"ended"`
	Leaves    int64        `json:"leaves"  about:"that were read"`
	Records   int64        `json:"records" about:"decisions that are there and fit their leaves"`
	Removed   int64        `json:"removed" about:"decisions that are gone, and a leaf says why"`
	Faults    []AuditFault `json:"faults"`
	More      int          `json:"more"    about:"faults that are not listed; all of them when the server was started again after the audit"`
	AtLeast   bool         `json:"at_least" about:"an audit lists at most 1,000 faults, and 100 of a tree: there are more than these"`
	Warnings  int          `json:"warnings" about:"how much is no fault of the log and must be looked at: all that early, breaks, lost and not_signing hold, or held before the server was started again"`
	Early     []AuditEarly `json:"early"   about:"decisions that are dated before their notice was published: where the first of each notice is. That is no fault of the log"`
	Breaks    []AuditBreak `json:"breaks" about:"where a later part of a tree begins and nobody knows how long the one before it was"`
	Lost      []AuditLost  `json:"lost" about:"trees of which leaves that were signed are gone, because the database was put back from a copy"`
	Unsigning []AuditFault `json:"not_signing" about:"trees that nothing can be signed for, so that no decision can be stored"`
}

// AuditEarly is how many decisions under a notice are dated before it.
type AuditEarly struct {
	Origin    string               `json:"origin"    about:"names the tree"`
	Index     int64                `json:"index"     about:"of the first of them"`
	Why       string               `json:"why"`
	Notice    consent.NoticeNumber `json:"notice"`
	Decisions int                  `json:"decisions"`
	Published string               `json:"published" about:"when the notice was"`
	Latest    string               `json:"latest"    about:"the time of the latest of them"`
}

// AuditBreak is where nobody knows how long an earlier part of a tree was.
type AuditBreak struct {
	Origin  string             `json:"origin"  about:"names the later part"`
	Earlier string             `json:"earlier" about:"names the one before it"`
	Leaves  int64              `json:"leaves"  about:"that are known of that one"`
	Cause   consent.BreakCause `json:"cause"`
	Why     string             `json:"why"`
}

// AuditLost is a tree that lost its last leaves.
type AuditLost struct {
	Origin string `json:"origin" about:"names the tree"`
	Leaves int64  `json:"leaves"`
}

// AuditFault is one place where a log does not hold.
type AuditFault struct {
	Origin string           `json:"origin" about:"names the tree"`
	Index  int64            `json:"index"  about:"of the leaf; -1 when it is not about one"`
	Code   consent.FlawCode `json:"code"`
	Why    string           `json:"why" about:"in English, with what those who run the server do"`
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
			Faults: auditFaults(told), More: last.Count() - len(told), AtLeast: last.More,
		}
		given.Last.warn(last)
	}
	return given
}

// warn tells what is no fault and must be looked at.
func (a *AuditResult) warn(last *auditing.Result) {
	a.Warnings, a.Unsigning = last.Warnings(), auditFaults(last.Unsigning)
	a.Early, a.Breaks, a.Lost = []AuditEarly{}, []AuditBreak{}, []AuditLost{}
	for _, early := range last.Early[:min(faultsTold, len(last.Early))] {
		a.Early = append(a.Early, AuditEarly{
			early.Origin, early.Index, early.Why, early.Notice, early.Count, stamp(early.Published), stamp(early.Latest),
		})
	}
	for i := range last.Breaks {
		broke := &last.Breaks[i]
		a.Breaks = append(a.Breaks, AuditBreak{broke.Origin, broke.Earlier, broke.Leaves, broke.Cause, broke.Why})
	}
	for _, lost := range last.Lost {
		a.Lost = append(a.Lost, AuditLost(lost))
	}
}

func auditFaults(told []consent.LedgerFault) []AuditFault {
	faults := make([]AuditFault, len(told))
	for i := range told {
		faults[i] = AuditFault{told[i].Origin, told[i].Index, told[i].Code, told[i].Why}
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
