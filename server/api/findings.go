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
		summary: "What visitors' pages have reported, the newest day first, with nothing about a visitor",
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
	Day   string              `json:"day" about:"UTC"`
	Kind  consent.FindingKind `json:"kind"`
	Name  string              `json:"name" about:"service/cookie, or as the page has it: written by whoever writes the page"`
	Count int                 `json:"count"`
	Last  string              `json:"last"`
}

func (r *request) findingsGet() (*answer, error) {
	kind := consent.FindingKind(r.c.Query("kind"))
	if kind != "" && !slices.Contains(consent.FindingKinds, kind) {
		var faults consent.Problems
		errField(&faults, "kind", "bad_choice", "There is no such kind.", "Write stuck, foreign, residual, unknown or markup.")
		return nil, errFaults("The address asks for what there cannot be.", faults)
	}
	all, err := r.Store.Findings(r.ctx, r.site.Key)
	if err != nil {
		return nil, err
	}
	list := Findings{Findings: []Finding{}, Most: len(all) == consent.MostFindings}
	for _, f := range all {
		if kind == "" || f.Kind == kind {
			list.Findings = append(list.Findings, Finding{f.Day.UTC().Format(time.DateOnly), f.Kind, f.Name, f.Count, stamp(f.Last)})
		}
	}
	return &answer{body: list}, nil
}
