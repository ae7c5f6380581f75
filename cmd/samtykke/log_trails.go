package main

import (
	"context"
	"fmt"

	"github.com/samtykke/samtykke/consent"
)

// auditTrails adds what is wrong with the trails of what administrators have done.
func auditTrails(ctx context.Context, store consent.Store, found *consent.LedgerAudit) error {
	organisations, err := store.Organisations(ctx)
	if err != nil {
		return err
	}
	whose := []consent.OrganisationID{""}
	for _, o := range organisations {
		whose = append(whose, o.ID)
	}
	for _, organisation := range whose {
		audits, err := store.AuditTrails(ctx, organisation)
		if err != nil {
			return err
		}
		for _, audit := range audits {
			if audit.Fault == "" {
				continue
			}
			name := fmt.Sprintf("the audit trail of %s", organisation)
			if organisation == "" {
				name = "the audit trail of the installation"
			}
			found.Faults = append(found.Faults, consent.LedgerFault{Origin: name, Index: -1, Why: audit.Fault})
		}
	}
	return nil
}
