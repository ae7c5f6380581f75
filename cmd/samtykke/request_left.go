package main

import (
	"slices"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

// left says what is still to do, or nothing. A request that was granted and not
// carried out is not over when it is closed.
func (c *requestShowCmd) left(request *consent.Request, theirs []consent.Entry) string {
	if request.Answer() == nil {
		return c.leftOpen(request, theirs)
	}
	theirs = rights.Before(request, theirs)
	if rights.Lifted(request, theirs) > 0 {
		return "The restriction was carried out, and its freeze has been ended since."
	}
	if request.Answer().Outcome == consent.OutcomeRefused || !changes(request) || !stands(request, theirs) {
		return ""
	}
	return "Closed, and not carried out: " + counted(theirs) + " as before. To do:\n" + carryOut(request, theirs, c.again())
}

// leftOpen says what is to do about a request that is open: when its decisions were
// changed already, by the person or here, the command for that would only fail.
func (c *requestShowCmd) leftOpen(request *consent.Request, theirs []consent.Entry) string {
	if changes(request) && !stands(request, theirs) {
		return carriedOut(request) + " To do: tell the person, and close:\n" + c.toClose()
	}
	return "To do:\n" + carryOut(request, theirs, c.again()) + c.toClose()
}

// counted says how many decisions of the person are there.
func counted(theirs []consent.Entry) string {
	if len(theirs) == 1 {
		return "the decision stands"
	}
	return strconv.Itoa(len(theirs)) + " decisions stand"
}

// carriedOut says how the decisions of a request are that are no longer as they were.
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

// stands says whether a decision of the person of a request that changes it is still
// as it was before. What is frozen while an objection is looked into may be erased yet.
func stands(r *consent.Request, theirs []consent.Entry) bool {
	if r.Kind == consent.RequestObjection && r.Answer() == nil {
		return len(theirs) > 0
	}
	return rights.Undone(r.Kind, theirs) > 0
}

// toClose gives the command that closes the request.
func (c *requestShowCmd) toClose() string {
	return "  samtykke request close " + string(c.Site) + " " + c.ID + " --outcome OUTCOME" + c.again()
}

// carryOut says which command does what a request asks for; the register itself
// changes no decision.
func carryOut(r *consent.Request, theirs []consent.Entry, again string) string {
	receipt, all := "RECEIPT", ""
	if len(theirs) > 0 { // the newest stays the longest
		receipt = theirs[len(theirs)-1].ID.String()
	} else if !r.Receipt.IsZero() {
		receipt = r.Receipt.String()
	}
	if len(theirs) > 1 {
		all = " --all"
	}
	with := string(r.Site) + " --receipt " + receipt
	switch r.Kind {
	case consent.RequestAccess:
		return "  samtykke request answer " + with + " --request " + r.ID.String() + again + "\n"
	case consent.RequestPortability:
		return "  samtykke request answer " + with + " --format json --request " + r.ID.String() + again + "\n"
	case consent.RequestErasure:
		return toErase(r, theirs, with, all, again)
	case consent.RequestObjection:
		return toErase(r, theirs, with, all, again) + "  or, when it must be kept:\n" + toFreeze(r, with, all, again)
	case consent.RequestRestriction:
		return toFreeze(r, with, all, again)
	case consent.RequestRectification:
		return "  (a decision is evidence and is not edited; the person makes a new one on the site)\n"
	default:
		return ""
	}
}

// toErase gives the commands that erase.
func toErase(r *consent.Request, theirs []consent.Entry, with, all, again string) string {
	release := ""
	if rights.Frozen(theirs) > 0 {
		release = "  samtykke log release " + with + all + " --why TEXT" + again + "\n  (what is frozen cannot be erased; tell the person before it is released)\n"
	}
	return release + "  samtykke log erase " + with + all + " --request " + r.ID.String() + again + "\n"
}

// toFreeze gives the command that freezes.
func toFreeze(r *consent.Request, with, all, again string) string {
	return "  samtykke log freeze " + with + " --reason CODE --why TEXT" + all + " --request " + r.ID.String() + again +
		"\n  (CODE: asked, accuracy, unlawful, claim or objection; TEXT: why, such as the number of the case;" +
		"\n  the person can do it in the consent choices of the site, too)\n"
}

// addTheirs lists the receipts of the person's decisions that are there.
func addTheirs(facts *table, theirs []consent.Entry) {
	for i := range slices.Backward(theirs) {
		title := ""
		if i == len(theirs)-1 {
			title = "In the log"
		}
		facts.add(title, theirs[i].ID.String())
	}
}
