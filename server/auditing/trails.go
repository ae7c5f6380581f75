package auditing

import (
	"context"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	// actsAtOnce is how many acts are audited while somebody waits: some hundredths of a
	// second's work. A longer trail is audited beside.
	actsAtOnce = 1000
	// trailAnew is how long what was found of a long trail is told again.
	trailAnew = 10 * time.Minute
)

// TrailState is what is known of an Organisation's audit trail.
type TrailState struct {
	Acts    int64                // that the trail has now
	Ended   time.Time            // when the last audit ended; zero when there was none
	Audits  []consent.TrailAudit // that it found
	AtOnce  bool                 // the audit was made for who asks
	Waiting bool                 // an audit is to come, or runs
	Failed  bool                 // the last one could not be ended
}

// Trails gives the State of an Organisation's audit trail, "" for the installation's
// own. A short one is audited at once, a long one beside: who asks is told of the last
// time.
func (a *Audits) Trails(ctx context.Context, of consent.OrganisationID) (TrailState, error) {
	acts, err := a.store.CountActs(ctx, of)
	if err != nil {
		return TrailState{}, err
	}
	if acts <= actsAtOnce {
		found, err := a.store.AuditTrails(ctx, of)
		if err == nil {
			a.keepTrail(of, found)
		}
		return TrailState{Acts: acts, Ended: a.clock().UTC(), Audits: found, AtOnce: true}, err
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	state := a.trail(of)
	if !state.Waiting && a.clock().Sub(state.Ended) >= trailAnew {
		state.Waiting = true
		a.wantedTrails = append(a.wantedTrails, of)
		a.rouse()
	}
	now := *state
	now.Acts = acts
	return now, nil
}

func (a *Audits) trail(of consent.OrganisationID) *TrailState {
	if a.trails[of] == nil {
		a.trails[of] = &TrailState{}
	}
	return a.trails[of]
}

// nextTrail gives one that somebody waits for.
func (a *Audits) nextTrail() (of consent.OrganisationID, more bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.wantedTrails) == 0 {
		return "", false
	}
	of, a.wantedTrails = a.wantedTrails[0], a.wantedTrails[1:]
	return of, true
}

func (a *Audits) auditTrail(ctx context.Context, of consent.OrganisationID) {
	found, err := a.store.AuditTrails(ctx, of)
	if ctx.Err() != nil {
		return
	}
	if err != nil {
		a.log.ErrorContext(ctx, "the audit trail could not be audited; see samtykke trail verify", "organisation", string(of), "error", err)
	}
	for i := range found {
		if found[i].Fault.Code != "" {
			a.log.ErrorContext(ctx, "the audit trail does not hold; see samtykke trail verify", "organisation", string(of), "why", found[i].Fault.Why)
		}
	}
	if err == nil {
		a.keepTrail(of, found)
	}
	a.mu.Lock()
	defer a.mu.Unlock()
	state := a.trail(of)
	state.Waiting, state.Failed = false, err != nil
}
