package auditing

import (
	"context"
	"errors"
	"maps"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

const (
	night     = 2           // the hour in Norway from which a day's audit may run
	again     = time.Hour   // after one that could not run
	lookEvery = time.Minute // how often it is looked whether one is due
)

// Step audits all when the day's audit is due.
func (a *Audits) Step(ctx context.Context) {
	if a.Due() {
		a.Audit(ctx, "")
	}
}

// Due says whether the day's audit has yet to run or runs. A server that was away at
// night has it when it starts.
func (a *Audits) Due() bool {
	now := a.clock()
	ended, failed := a.Whole()
	return consent.DayOf(ended) != consent.DayOf(now) && consent.InNorway(now).Hour() >= night && now.Sub(failed) >= again
}

// Whole says when everything was audited last, and when that could not be ended, after
// it. Both are zero when it never happened.
func (a *Audits) Whole() (ended, failed time.Time) {
	a.mu.Lock()
	defer a.mu.Unlock()
	whole := a.state("")
	if whole.Last != nil {
		ended = whole.Last.Ended
	}
	return ended, whole.Failed
}

// Rounds grows with everything that an audit may have changed.
func (a *Audits) Rounds() int {
	a.mu.Lock()
	defer a.mu.Unlock()
	return a.rounds
}

// Found is how much does not hold of one thing, as the last audit of it found. Faults are
// only counted: what an audit says of one may name a Decision.
type Found struct {
	Site         consent.SiteKey // whose log it is; "" for what is about no Site
	Trail        bool            // of the administrators
	Organisation consent.OrganisationID
	Unsigning    bool // keys to sign with are missing
	Count        int
	More         bool // there are more than were counted
	Shared       int  // how many of them are about no Site
	Ended        time.Time
}

// Found gives all that does not hold: what is about no Site, the logs of Sites, keys and
// trails.
func (a *Audits) Found() (all []Found) {
	a.mu.Lock()
	defer a.mu.Unlock()
	unsigning := Found{Unsigning: true}
	for _, site := range slices.Sorted(maps.Keys(a.states)) {
		last := a.states[site].Last
		if last == nil {
			continue
		}
		if !last.Holds() {
			all = append(all, Found{Site: site, Count: last.Count(), More: last.More, Shared: last.Shared, Ended: last.Ended})
		}
		if n := len(last.Unsigning) + last.Unlisted.Unsigning; n > 0 {
			unsigning.Count, unsigning.Ended = unsigning.Count+n, last.Ended
		}
	}
	if unsigning.Count > 0 {
		all = append(all, unsigning)
	}
	whole := a.state("").Last
	for _, whose := range slices.Sorted(maps.Keys(a.flawed)) {
		if n := a.flawed[whose]; n > 0 && whole != nil {
			all = append(all, Found{Trail: true, Organisation: whose, Count: n, Ended: whole.Ended})
		}
	}
	return all
}

// allTrails audits the trails of all Organisations, and the installation's own.
func (a *Audits) allTrails(ctx context.Context) error {
	organisations, err := a.store.Organisations(ctx)
	whose := append(make([]consent.OrganisationID, 0, 1+len(organisations)), "")
	for i := range organisations {
		whose = append(whose, organisations[i].ID)
	}
	for _, each := range whose {
		found, unread := a.store.AuditTrails(ctx, each)
		if unread != nil {
			return errors.Join(err, unread)
		}
		a.keepTrail(each, found)
	}
	if err == nil {
		a.mu.Lock()
		defer a.mu.Unlock()
		maps.DeleteFunc(a.flawed, func(of consent.OrganisationID, _ int) bool { return !slices.Contains(whose, of) })
	}
	return err
}

// keepTrail keeps what was found of a trail.
func (a *Audits) keepTrail(of consent.OrganisationID, found []consent.TrailAudit) {
	flawed := 0
	for i := range found {
		if found[i].Fault.Code != "" {
			flawed++
		}
	}
	now := a.clock().UTC()
	a.mu.Lock()
	defer a.mu.Unlock()
	state := a.trail(of)
	state.Ended, state.Audits, state.Failed = now, found, false
	if a.flawed[of] != flawed {
		a.flawed[of] = flawed
		a.rounds++
	}
}
