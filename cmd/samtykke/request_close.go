package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

type requestCloseCmd struct {
	access
	requestKey
	Outcome consent.Outcome       `required:"" enum:"granted,partly,refused" placeholder:"OUTCOME" help:"Granted, partly or refused."`
	Reason  consent.RefusalReason `placeholder:"CODE" help:"Why not all was granted. Without it a no is refused, and the codes are listed."`
	On      string                `placeholder:"DATE" help:"Day on which the person got the answer; today when left out."`
	Lang    consent.Language      `enum:"nb,nn,en" default:"nb" help:"Language of the text for the person: nb, nn or en."`
}

// Help says what a no takes.
func (c *requestCloseCmd) Help() string {
	return `The outcome is entered; no decision is touched. What is to be erased or frozen, erase or freeze first: "samtykke request show" says how. Since a closed request cannot be opened again, an erasure is not closed as granted while decisions of the person are left, a restriction while some are not frozen, and an objection while some are neither erased nor frozen.

The person must be told what was done (GDPR art. 12(3)). Who is refused, wholly or in part, must be told why, and of the right to complain and to go to court (art. 12(4)). The text is shown. The codes for each right are not_identified, unfounded, excessive and not_applicable. The law knows legal_obligation for erasure only; legal_claims for erasure, restriction and objection; overriding_grounds for objection; rights_of_others for access and portability.

Examples:

  samtykke request close gjerdrum REQUEST --outcome granted
  samtykke request close gjerdrum REQUEST --outcome refused --reason not_identified`
}

// Run closes the request.
func (c *requestCloseCmd) Run(ctx context.Context, t *terminal) (err error) {
	request, telling, err := c.append(ctx, t, c.access, c.On, consent.RequestEvent{Step: consent.StepAnswered, Outcome: c.Outcome, Refusal: c.Reason})
	if err != nil {
		return err
	}
	t.say("Closed on %s: %s.", request.Answer().Day, c.Outcome)
	if late := int(request.Answer().Day - request.Due()); late > 0 {
		t.say("That was %d days late.", late)
	}
	t.say("Closing changes nothing in the log. What may be left to do: samtykke request show %s %s%s", c.Site, c.ID, c.again())
	t.say("Tell the person:\n\n%s", telling.In(c.Lang))
	if telling.Incomplete {
		t.say("\nAdd what was done: the register does not know it.")
	}
	return nil
}
