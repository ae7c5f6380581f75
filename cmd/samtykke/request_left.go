package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// left says what is still to do, or nothing. A request that was granted and not
// carried out is not over when it is closed.
func (c *requestShowCmd) left(ctx context.Context, store consent.Log, request *consent.Request) (string, error) {
	if request.Answer() == nil {
		return c.leftOpen(ctx, store, request)
	}
	if request.Answer().Outcome == consent.OutcomeRefused || !changes(request) {
		return "", nil
	}
	undone, err := stands(ctx, store, request)
	if err != nil || !undone {
		return "", err
	}
	return "Closed, and not carried out: the decision stands as it was. To do:\n" + carryOut(request, c.again()), nil
}

// leftOpen says what is to do about a request that is open: when its decision was
// changed already, by the person or here, the command for that would only fail.
func (c *requestShowCmd) leftOpen(ctx context.Context, store consent.Log, request *consent.Request) (string, error) {
	if changes(request) {
		undone, err := stands(ctx, store, request)
		if err != nil {
			return "", err
		}
		if !undone {
			return carriedOut(request) + " To do: tell the person, and close:\n" + c.toClose(), nil
		}
	}
	return "To do:\n" + carryOut(request, c.again()) + c.toClose(), nil
}

// carriedOut says how the decision of a request is that is no longer as it was.
func carriedOut(r *consent.Request) string {
	if r.Kind == consent.RequestRestriction {
		return "The decision is frozen, or no longer in the log."
	}
	return "The decision is no longer in the log: it was erased, or its time was up."
}

// changes says whether a request is about changing a decision that is known.
func changes(r *consent.Request) bool {
	switch r.Kind {
	case consent.RequestErasure, consent.RequestObjection, consent.RequestRestriction:
		return !r.Receipt.IsZero()
	default:
		return false
	}
}

// stands says whether the decision of a request that changes it is still as it was
// before.
func stands(ctx context.Context, store consent.Log, r *consent.Request) (bool, error) {
	found, err := store.Read(ctx, consent.LogQuery{Site: r.Site, ID: r.Receipt})
	if err != nil || len(found) == 0 {
		return false, err
	}
	return r.Kind != consent.RequestRestriction || !found[0].Frozen, nil
}

// toClose gives the command that closes the request.
func (c *requestShowCmd) toClose() string {
	return "  samtykke request close " + string(c.Site) + " " + c.ID + " --outcome OUTCOME" + c.again()
}

// carryOut says which command does what a request asks for; the register itself
// changes no decision.
func carryOut(r *consent.Request, again string) string {
	receipt := "RECEIPT"
	if !r.Receipt.IsZero() {
		receipt = r.Receipt.String()
	}
	with := string(r.Site) + " --receipt " + receipt
	switch r.Kind {
	case consent.RequestAccess:
		return "  samtykke request answer " + with + again + "\n"
	case consent.RequestPortability:
		return "  samtykke request answer " + with + " --format json" + again + "\n"
	case consent.RequestErasure, consent.RequestObjection:
		return "  samtykke log erase " + with + again + "\n  (this decision alone; with the person's token, all of them)\n"
	case consent.RequestRestriction:
		return "  samtykke log freeze " + with + " --reason CODE" + again +
			"\n  (this decision alone; with the person's token, all of them; CODE: asked, accuracy, unlawful, claim or objection;" +
			"\n  the person can do it in the consent choices of the site, too)\n"
	case consent.RequestRectification:
		return "  (a decision is evidence and is not edited; the person makes a new one on the site)\n"
	default:
		return ""
	}
}
