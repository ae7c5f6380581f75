package api

import (
	"net/http"

	"github.com/samtykke/samtykke/consent"
)

func gapRoutes() []route {
	day := object{"type": "string", "format": "date"}
	return []route{{
		method: http.MethodGet, path: "/sites/:site/gaps", scope: consent.ScopeLog, name: "listGaps",
		summary: "What went missing between the banner that was shown, the decision that was received, stored and answered, day by day. A day is told when it is over (UTC), from an hour after midnight; one that is over and not listed has no gap. Whether fewer decided than usual goes by rounded counts. How many of each there were is told by the chart of visits, of the days that are counted together",
		query:   []parameter{{"from", "first day, UTC", day}, {"to", "last day, UTC", day}},
		answers: map[int]any{http.StatusOK: Gaps{}}, handle: (*request).gapsGet,
	}}
}

// Gaps are what went missing on some days.
type Gaps struct {
	From string `json:"from"`
	To   string `json:"to"`
	Gaps []Gap  `json:"gaps"`
}

// Gap is what went missing on a day, on one part of the way.
type Gap struct {
	Day     string           `json:"day"     about:"UTC"`
	Kind    consent.GapKind  `json:"kind"    about:"stored: received and not stored; late: not stored that day, and as many more on a later one; acknowledged: stored, and nobody was told; decided: far fewer than is usual for as many banners; uncounted: stored and never counted"`
	Size    *consent.GapSize `json:"size"    about:"about how many: some are fewer than 20, tens fewer than 200, hundreds fewer than 2,000. No number is given, for held against the figures it would tell of few people; null for decided, which is about what was expected"`
	Missing bool             `json:"missing" about:"something is missing for all that is known, and the alarm says so; late and uncounted are only said"`
}

func (r *request) gapsGet() (*answer, error) {
	given, err := r.Gaps(r.ctx, *r.site, FiguresQuery{From: r.c.Query("from"), To: r.c.Query("to")})
	return &answer{body: given}, err
}
