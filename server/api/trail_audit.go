package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

// trailAuditRoutes are about whether the audit trails hold.
func trailAuditRoutes() []route {
	of := func(path string, scope consent.Scope, name, summary string) route {
		return route{
			method: http.MethodGet, path: path, scope: scope, name: name, summary: summary,
			answers: map[int]any{http.StatusOK: TrailAudit{}}, handle: (*request).trailAuditGet,
		}
	}
	return []route{
		of("/trail/audit", consent.ScopeAudit, "getTrailAudit", "Whether the organisation's audit trail is as it was written. A trail of at most 1,000 acts is audited at once; a longer one beside, every ten minutes while somebody asks"),
		of("/installation/trail/audit", consent.ScopeInstallation, "getInstallationTrailAudit", "Whether what belongs to no organisation is as it was written"),
	}
}

// TrailAudit is what is known of an audit trail.
type TrailAudit struct {
	Holds   *bool       `json:"holds"   about:"the last audit found no fault; null while there was none"`
	Ended   *string     `json:"ended"   about:"when the last audit ended; null while there was none"`
	Waiting bool        `json:"waiting" about:"one is to come, or runs: ask again"`
	Failed  bool        `json:"failed"  about:"the last one could not be ended"`
	Acts    int64       `json:"acts"    about:"that the trail has now"`
	Audited int64       `json:"audited" about:"acts that the last audit read"`
	Parts   []TrailPart `json:"parts"`
}

// TrailPart is what an audit found of a part of a trail.
type TrailPart struct {
	Year  int         `json:"year"  about:"UTC; 0 for a trail that is gone from the database, which why and broke name"`
	Part  int         `json:"part"  about:"of the year: 1, and one more for each time that the trail broke off"`
	Acts  int64       `json:"acts"`
	Fault *TrailFault `json:"fault" about:"null when it holds"`
	Broke *TrailBroke `json:"broke" about:"where it broke off, because the database was put back from an older copy, and the next part goes on; null when it did not. That is no fault of what there is"`
}

// TrailFault is where a trail is not as it was written.
type TrailFault struct {
	Code consent.FlawCode `json:"code"`
	Why  string           `json:"why" about:"in English, with what those who run the server do"`
}

// TrailBroke is what of a trail was lost.
type TrailBroke struct {
	Trail  string `json:"trail" about:"the year, with -b, -c and so on for later parts of it"`
	Signed int64  `json:"signed" about:"acts that were signed for, as far as is known"`
	Held   int64  `json:"held"   about:"acts that the database still had"`
	Lost   int64  `json:"lost"   about:"acts that are gone for certain; 0 when nobody can tell whether there were more"`
}

func (r *request) trailAuditGet() (*answer, error) {
	of := r.key.Organisation
	if r.scope.OfInstallation() {
		of = ""
	}
	state, err := r.Audits.Trails(r.ctx, of)
	if err != nil {
		return nil, err
	}
	given := &TrailAudit{Waiting: state.Waiting, Failed: state.Failed, Acts: state.Acts, Parts: []TrailPart{}}
	if !state.Ended.IsZero() {
		given.Ended, given.Holds = new(stamp(state.Ended)), new(true)
	}
	for i := range state.Audits {
		part := trailPart(&state.Audits[i])
		given.Audited += part.Acts
		given.Parts = append(given.Parts, part)
		if part.Fault != nil {
			given.Holds = new(false)
		}
	}
	return &answer{body: given}, nil
}

func trailPart(found *consent.TrailAudit) TrailPart {
	part := TrailPart{Year: found.Year, Part: found.Part, Acts: found.Acts}
	if found.Fault.Code != "" {
		part.Fault = &TrailFault{found.Fault.Code, found.Fault.Why}
	}
	if broke := found.Broke; broke != nil {
		part.Broke = &TrailBroke{broke.Trail, broke.Signed.Acts, broke.Held.Acts, broke.Lost()}
	}
	return part
}
