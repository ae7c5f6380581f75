package api

import (
	"net/http"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func findingRoutes() []route {
	return []route{{
		method: http.MethodGet, path: "/sites/:site/findings", scope: consent.ScopeRead, name: "listFindings",
		summary: "What visitors' pages have reported, the newest day first, with nothing about a visitor. Cookies (stuck, residual) are told when their day is over (UTC), from an hour after midnight: one of them may be about one person. The most urgent of a day come first, then names",
		query:   []parameter{{"kind", "only of this kind", object{"type": "string", "enum": consent.FindingKinds}}},
		answers: map[int]any{http.StatusOK: Findings{}}, handle: (*request).findingsGet,
	}}
}

// Findings is a list.
type Findings struct {
	Findings []Finding `json:"findings"`
	Most     bool      `json:"most" about:"there may be older ones, which are not given"`
}

// Finding is one thing that was seen, counted on a day.
type Finding struct {
	Day   string                `json:"day" about:"UTC"`
	Kind  consent.FindingKind   `json:"kind"`
	Name  string                `json:"name" about:"service/cookie, or as the page has it: written by whoever writes the page"`
	Times *consent.FindingTimes `json:"times" about:"how often, roughly: few is fewer than 5, some 5 to 19, tens 20 to 199, hundreds 200 to 1,999, thousands 2,000 or more; null while the day is not over. No number and no time of day is told, for it may be about one person"`
}

func (r *request) findingsGet() (*answer, error) {
	kind := consent.FindingKind(r.c.Query("kind"))
	if kind != "" && !slices.Contains(consent.FindingKinds, kind) {
		var faults consent.Problems
		errField(&faults, "kind", "bad_choice", "There is no such kind.", "Write stuck, foreign, residual, unknown or markup.")
		return nil, errFaults("The address asks for what there cannot be.", faults)
	}
	kept, err := r.Store.Findings(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	list := Findings{Findings: []Finding{}, Most: len(kept) == consent.MostFindings}
	for _, f := range consent.FindingsTold(kept, r.Clock()) {
		if kind != "" && f.Kind != kind {
			continue
		}
		told := Finding{Day: f.Day.UTC().Format(time.DateOnly), Kind: f.Kind, Name: f.Name}
		if times := f.Times(); times != "" {
			told.Times = &times
		}
		list.Findings = append(list.Findings, told)
	}
	return &answer{body: list}, nil
}
