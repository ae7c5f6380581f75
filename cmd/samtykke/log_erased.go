package main

import (
	"cmp"
	"context"
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
)

// erasureGrounds are the grounds of GDPR art. 17(1) in words.
var erasureGrounds = map[consent.ErasureReason]string{
	consent.ErasedNotNeeded:       "not_needed (a): the record is not needed any more",
	consent.ErasedWithdrawn:       "withdrawn (b): consent to keep it is withdrawn",
	consent.ErasedObjection:       "objection (c): somebody objected and nothing overrides it",
	consent.ErasedUnlawful:        "unlawful (d): it should not have been kept",
	consent.ErasedLegalObligation: "legal_obligation (e): the law wants it erased",
	consent.ErasedChild:           "child (f): a service was offered to a child",
}

// erasers are those who have something erased.
var erasers = map[consent.Actor]string{
	consent.ActorVisitor:  " by the visitor, with the token",
	consent.ActorOperator: " by those who run the site",
}

// erasedLine is what is left of an erased decision, as the API has it.
type erasedLine struct {
	ID     consent.DecisionID     `json:"id"`
	Erased string                 `json:"erased"`
	By     *consent.Actor         `json:"erased_by"`
	Ground *consent.ErasureReason `json:"erased_ground"`
}

// none says why there is nothing to list: what was asked for was erased, or there is no
// such decision.
func (c *logListCmd) none(ctx context.Context, t *terminal, store consent.Store, id consent.DecisionID) error {
	if id.IsZero() {
		return c.noDecisions(t)
	}
	stub, err := store.Erased(ctx, c.Site, id)
	if consent.KindOf(err) == consent.NotFound {
		return c.noDecisions(t)
	}
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(erasedLine{
			stub.ID, stub.Time.UTC().Format("2006-01-02T15:04:05.000Z07:00"), orNone(stub.Actor), orNone(stub.Reason),
		})
	}
	ground := cmp.Or(erasureGrounds[stub.Reason], "not known")
	if stub.Reason == "" && stub.Actor == consent.ActorVisitor {
		ground = "none given; a visitor need not give one"
	}
	t.say("The decision %s was erased on %s%s.\nGround (GDPR art. 17(1)): %s.", stub.ID, whenShown(stub.Time), erasers[stub.Actor], ground)
	return nil
}

func (c *logListCmd) noDecisions(t *terminal) error {
	if !c.JSON {
		t.say("No decisions.")
	}
	return nil
}

// orNone gives nothing for a word that is not known.
func orNone[S ~string](word S) *S {
	if word == "" {
		return nil
	}
	return &word
}
