package control

import (
	"context"
	"log/slog"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// every is how often a server looks for proofs that have become old.
const every = 6 * time.Hour

// Again looks, at once and from time to time until ctx ends, for proofs that have
// become old. One that is gone is told in the log, and holds for a while yet.
func (c *Checker) Again(ctx context.Context, store consent.OriginProofStore, clock func() time.Time, log *slog.Logger) error {
	tick := time.NewTicker(every)
	defer tick.Stop()
	for {
		if err := c.CheckDue(ctx, store, clock, log); err != nil && ctx.Err() == nil {
			log.ErrorContext(ctx, "the proofs of origins could not be looked at again; it is tried later", "error", err)
		}
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
	}
}

// CheckDue looks for the proofs that have become old.
func (c *Checker) CheckDue(ctx context.Context, store consent.OriginProofStore, clock func() time.Time, log *slog.Logger) error {
	proofs, err := store.OriginProofs(ctx, "")
	if err != nil {
		return err
	}
	for i := range proofs {
		if !proofs[i].Due(clock()) {
			continue
		}
		method, fault := c.Check(ctx, &proofs[i])
		if ctx.Err() != nil {
			return nil
		}
		found := proofs[i].Found(method, fault, clock().UTC())
		if err := store.SaveOriginProof(ctx, &found); err != nil {
			return err
		}
		if fault != "" {
			log.WarnContext(ctx, "what proved control of an origin is not there any more", "organisation", string(found.Organisation),
				"origin", found.Origin, "why", string(fault), "holds_until", found.Proven.Add(consent.ProofLasts).Format(time.DateOnly))
		}
	}
	return nil
}
