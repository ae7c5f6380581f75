package main

import (
	"context"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// trailsAudited are the trails of what administrators have done, as an audit of all
// ledgers found them.
type trailsAudited struct {
	all    []consent.TrailAudit
	faults int
}

// auditTrails audits them, and adds what is wrong to what is wrong with the ledgers.
func auditTrails(ctx context.Context, store consent.Store, found *consent.LedgerAudit) (*trailsAudited, error) {
	audits, err := auditsOfTrails(ctx, store)
	trails := &trailsAudited{all: audits}
	for _, audit := range audits {
		if audit.Broke != nil {
			found.Breaks = append(found.Breaks, consent.LedgerBreak{Why: fmt.Sprintf("the audit trail %s: %s", called(audit.Organisation), brokeOff(audit.Broke))})
		}
		if audit.Fault.Code != "" {
			trails.faults++
			found.Faults = append(found.Faults, consent.LedgerFault{Origin: "the audit trail " + called(audit.Organisation), Index: -1, Flaw: audit.Fault})
		}
	}
	return trails, err
}

// broken counts those that do not hold; none where none were audited, as with a pack or
// of one site.
func (a *trailsAudited) broken() int {
	if a == nil {
		return 0
	}
	return a.faults
}

// show says how many were audited, and whether they hold.
func (a *trailsAudited) show(t *terminal) {
	if a == nil {
		return
	}
	if len(a.all) == 0 {
		t.say("There is no audit trail of administrators here yet.")
		return
	}
	var acts int64
	for _, audit := range a.all {
		acts += audit.Acts
	}
	trails := plural(len(a.all), "trail")
	if a.faults > 0 {
		t.say("The audit trails do NOT hold: %s of %s, with %s.", grouped(a.faults), trails, plural(int(acts), "act"))
		return
	}
	t.say("The audit trails hold: %s, with %s.", trails, plural(int(acts), "act"))
}

// auditsOfTrails audits the trail of the installation, and those of all organisations.
func auditsOfTrails(ctx context.Context, store consent.Store) ([]consent.TrailAudit, error) {
	organisations, err := store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	all, err := store.AuditTrails(ctx, "")
	for i := 0; i < len(organisations) && err == nil; i++ {
		var audits []consent.TrailAudit
		audits, err = store.AuditTrails(ctx, organisations[i].ID)
		all = append(all, audits...)
	}
	return all, err
}

// called says whose an audit trail is.
func called(organisation consent.OrganisationID) string {
	if organisation == "" {
		return "of the installation"
	}
	return "of " + string(organisation)
}

// brokeOff says what of a trail is lost.
func brokeOff(b *consent.TrailBreak) string {
	switch lost := b.Lost(); lost {
	case 0:
		return fmt.Sprintf("that of %s broke off at %s, and nobody can tell whether more are lost", b.Trail, plural(int(b.Held.Acts), "act"))
	case b.Signed.Acts:
		return fmt.Sprintf("that of %s is lost, %s", b.Trail, plural(int(lost), "act"))
	default:
		return fmt.Sprintf("that of %s broke off at %s, and its last %d are lost", b.Trail, plural(int(b.Held.Acts), "act"), lost)
	}
}
