package auditing

import (
	"math"

	"github.com/samtykke/samtykke/server/debug"
)

// Readings tell the metrics of what the audits found.
func (a *Audits) Readings() []debug.Reading {
	return []debug.Reading{
		{Name: "samtykke_log_audit_faults", Help: "Faults that the last audits of the logs found.", Value: func() float64 {
			return a.over(func(sum float64, r *Result) float64 { return max(sum, 0) + float64(r.Count()) })
		}},
		{Name: "samtykke_log_audit_ended_seconds", Help: "When the oldest of the last audits of the logs ended, in seconds since 1970.", Value: func() float64 {
			return a.over(func(oldest float64, r *Result) float64 {
				if ended := float64(r.Ended.Unix()); oldest < 0 || ended < oldest {
					return ended
				}
				return oldest
			})
		}},
	}
}

// over folds the last results, and is not a number when there is none.
func (a *Audits) over(fold func(so float64, r *Result) float64) float64 {
	a.mu.Lock()
	defer a.mu.Unlock()
	so := -1.0
	for site, state := range a.states {
		if state.Last != nil && site != "" {
			so = fold(so, state.Last)
		}
	}
	if so < 0 {
		return math.NaN()
	}
	return so
}
