// Package auditing has the whole log audited while the server runs: each night, and
// when somebody asks for it. Pages, programs and letters tell what it found, and nothing
// else. A file keeps the numbers of it, so that a restart forgets no fault.
package auditing

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"slices"
	"sync"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Result is what an audit of one Site's log found.
type Result struct {
	Ended   time.Time
	Leaves  int64 // that were read
	Records int64 // Decisions that are there and fit their leaves
	Removed int64 // Decisions that are gone, and a leaf says why
	Faults  []consent.LedgerFault
	More    bool // there are more of them than an audit lists
	Shared  int  // how many are about no Site, such as a damaged page of the database
	// What is no fault and must be looked at.
	Early     []consent.EarlyDecisions
	Breaks    []consent.LedgerBreak
	Lost      []LostLeaves
	Unsigning []consent.LedgerFault
	// Unlisted is what an audit before a restart found.
	Unlisted Unlisted
}

// Unlisted is how much was found of what only the numbers are remembered.
type Unlisted struct{ Faults, Warnings, Unsigning int }

// LostLeaves are leaves of a tree that were signed and are gone, because the database
// was put back from a copy.
type LostLeaves struct {
	Origin string
	Leaves int64
}

// Warnings counts what is no fault and must be looked at.
func (r *Result) Warnings() int {
	return len(r.Early) + len(r.Breaks) + len(r.Lost) + len(r.Unsigning) + r.Unlisted.Warnings
}

// Count gives how many faults the audit found, or how many it listed when there are More.
func (r *Result) Count() int { return len(r.Faults) + r.Unlisted.Faults }

// Holds says that the audit found no fault.
func (r *Result) Holds() bool { return r.Count() == 0 }

// State is how far the audits of a Site's log have come.
type State struct {
	Last *Result // nil when there is none yet
	// Failed is when the last audit could not be ended, after Last; zero otherwise.
	Failed      time.Time
	Waiting     bool // somebody asked for one, or it runs
	Done, Total int64
}

// Store is what is audited.
type Store interface {
	Audit(ctx context.Context, site consent.SiteKey, report func(done, total int64), kept ...[]byte) (*consent.LedgerAudit, error)
	Sites(ctx context.Context) ([]consent.SiteEntry, error)
	AuditTrails(ctx context.Context, organisation consent.OrganisationID) ([]consent.TrailAudit, error)
	CountActs(ctx context.Context, organisation consent.OrganisationID) (int64, error)
	Organisations(ctx context.Context) ([]consent.Organisation, error)
}

// Audits runs audits and keeps what they found. It is safe for use by many.
type Audits struct {
	store Store
	clock func() time.Time
	log   *slog.Logger
	wake  chan struct{}

	mu           sync.Mutex
	path         string                         // of the file that remembers, "" for none
	states       map[consent.SiteKey]*State     // "" is that of an audit of all, and of what is about no Site
	flawed       map[consent.OrganisationID]int // how many parts of the trails do not hold
	rounds       int                            // that have ended
	wanted       []consent.SiteKey
	trails       map[consent.OrganisationID]*TrailState // of the long ones
	wantedTrails []consent.OrganisationID
	running      bool            // an audit, of one Site or of all
	of           consent.SiteKey // that is audited, "" for all
	done         int64
	total        int64
}

// New makes Audits. Nothing happens before Run.
func New(store Store, clock func() time.Time, log *slog.Logger) *Audits {
	return &Audits{store: store, clock: clock, log: log, wake: make(chan struct{}, 1), states: make(map[consent.SiteKey]*State), flawed: make(map[consent.OrganisationID]int), trails: make(map[consent.OrganisationID]*TrailState)}
}

// Of gives the State of a Site's log.
func (a *Audits) Of(site consent.SiteKey) State {
	a.mu.Lock()
	defer a.mu.Unlock()
	state := *a.state(site)
	if a.running && (a.of == site || a.of == "") {
		state.Waiting, state.Done, state.Total = true, a.done, a.total
	}
	return state
}

func (a *Audits) state(site consent.SiteKey) *State {
	if a.states[site] == nil {
		a.states[site] = &State{}
	}
	return a.states[site]
}

// Ask has a Site's log audited as soon as what runs has ended. To ask again before
// that changes nothing.
func (a *Audits) Ask(site consent.SiteKey) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if state := a.state(site); !state.Waiting {
		state.Waiting = true
		a.wanted = append(a.wanted, site)
	}
	a.rouse()
}

// rouse has Run look for what is wanted.
func (a *Audits) rouse() {
	select {
	case a.wake <- struct{}{}:
	default:
	}
}

// Run audits until ctx ends: one log at a time, because an audit reads all of it.
func (a *Audits) Run(ctx context.Context) error {
	tick := time.NewTicker(lookEvery)
	defer tick.Stop()
	a.Step(ctx)
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-a.wake:
			for a.one(ctx) {
			}
		case <-tick.C:
			a.Step(ctx)
		}
	}
}

// one audits what somebody waits for, a trail before a log, which takes longer.
func (a *Audits) one(ctx context.Context) (more bool) {
	if of, more := a.nextTrail(); more {
		a.auditTrail(ctx, of)
		return true
	}
	site, more := a.next()
	if more {
		a.Audit(ctx, site)
	}
	return more
}

func (a *Audits) next() (site consent.SiteKey, more bool) {
	a.mu.Lock()
	defer a.mu.Unlock()
	if len(a.wanted) == 0 {
		return "", false
	}
	site, a.wanted = a.wanted[0], a.wanted[1:]
	return site, true
}

// Audit audits one Site at once, or all of them in one reading when there is no key.
func (a *Audits) Audit(ctx context.Context, site consent.SiteKey) {
	a.begin(site)
	found, err := a.store.Audit(ctx, site, a.report)
	sites := []consent.SiteKey{site}
	if site == "" {
		all, unread := a.sites(ctx)
		sites, err = append(sites, all...), errors.Join(err, unread, a.allTrails(ctx))
	}
	if ctx.Err() != nil {
		return
	}
	a.end(site, sites, found, err)
	a.remember(ctx)
	switch {
	case err != nil:
		a.log.ErrorContext(ctx, "the log could not be audited; the day's audit is tried again in an hour", "site", string(site), "error", err)
	case len(found.Faults) > 0:
		a.log.ErrorContext(ctx, "the log does not hold; see samtykke log verify", "site", string(found.Faults[0].Site), "faults", len(found.Faults), "first", found.Faults[0].Why)
	case len(found.Early) > 0:
		a.log.WarnContext(ctx, "decisions are dated before their notice was published; see samtykke log verify", "site", string(found.Early[0].Site), "notices", len(found.Early), "first", found.Early[0].Why)
	}
}

func (a *Audits) sites(ctx context.Context) ([]consent.SiteKey, error) {
	entries, err := a.store.Sites(ctx)
	keys := make([]consent.SiteKey, len(entries))
	for i := range entries {
		keys[i] = entries[i].Key
	}
	return keys, err
}

func (a *Audits) begin(site consent.SiteKey) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.running, a.of, a.done, a.total = true, site, 0, 0
}

func (a *Audits) report(done, total int64) {
	a.mu.Lock()
	defer a.mu.Unlock()
	a.done, a.total = done, total
}

func (a *Audits) end(of consent.SiteKey, sites []consent.SiteKey, found *consent.LedgerAudit, err error) {
	now := a.clock().UTC()
	a.mu.Lock()
	defer a.mu.Unlock()
	a.running = false
	a.rounds++
	if of == "" {
		maps.DeleteFunc(a.states, func(site consent.SiteKey, state *State) bool { return !state.Waiting && !slices.Contains(sites, site) })
	}
	for _, site := range sites {
		state := a.state(site)
		if of != "" {
			state.Waiting = false
		}
		if err != nil {
			state.Failed = now
			continue
		}
		state.Last, state.Failed = resultOf(site, found, now), time.Time{}
	}
}

// resultOf takes a Site's part out of an audit. What is about no Site, such as a
// damaged page of the database, may be about each.
func resultOf(site consent.SiteKey, found *consent.LedgerAudit, now time.Time) *Result {
	result := &Result{Ended: now, More: found.More}
	for i := range found.Trees {
		tree := &found.Trees[i]
		if tree.Site != site {
			continue
		}
		if tree.Dropped.IsZero() {
			result.Leaves += tree.Size
		}
		result.Records += tree.Opened
		result.Removed += tree.Removed
		if tree.Lost > 0 {
			result.Lost = append(result.Lost, LostLeaves{tree.Origin, tree.Lost})
		}
	}
	for _, fault := range found.Faults {
		if fault.Site == site || fault.Site == "" {
			result.Faults = append(result.Faults, fault)
		}
		if fault.Site == "" {
			result.Shared++
		}
	}
	for _, early := range found.Early {
		if early.Site == site {
			result.Early = append(result.Early, early)
		}
	}
	for i := range found.Breaks {
		if found.Breaks[i].Site == site {
			result.Breaks = append(result.Breaks, found.Breaks[i])
		}
	}
	for _, unsigning := range found.Unsigning {
		if unsigning.Site == site {
			result.Unsigning = append(result.Unsigning, unsigning)
		}
	}
	return result
}
