package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/rights"
)

type requestExtendCmd struct {
	access
	requestKey
	Ground consent.ExtensionGround `required:"" enum:"complexity,number" placeholder:"GROUND" help:"Why: complexity of the request, or number of requests. The law knows no other reason."`
	On     string                  `placeholder:"DATE" help:"Day on which the person was told; today when left out."`
	Lang   consent.Language        `enum:"nb,nn,en" default:"nb" help:"Language of the text for the person: nb, nn or en."`
}

// Help says what the law asks for.
func (c *requestExtendCmd) Help() string {
	return `The answer is then due three months after the request came. The person must be told of it, and why, before the first month is over (GDPR art. 12(3)); the text is shown.

Examples:

  samtykke request extend gjerdrum REQUEST --ground complexity --lang nn`
}

// Run extends the time.
func (c *requestExtendCmd) Run(ctx context.Context, t *terminal) (err error) {
	request, telling, err := c.append(ctx, t, c.access, c.On, consent.RequestEvent{Step: consent.StepExtended, Ground: c.Ground})
	if err != nil {
		return err
	}
	t.say("Due on %s. Tell the person:\n\n%s", weekday(request.Due()), telling.In(c.Lang))
	return nil
}

// append appends what happened on a day to the request, and finds what the person must be
// told then.
func (k requestKey) append(ctx context.Context, t *terminal, a access, on string, event consent.RequestEvent) (request *consent.Request, telling *rights.Telling, err error) {
	id, err := k.parse()
	if err != nil {
		return nil, nil, err
	}
	event.Time = t.clock().UTC()
	if event.Day, err = dayOr(on, event.Time, "--on"); err != nil {
		return nil, nil, err
	}
	store, err := a.openSite(ctx, t, k.Site)
	if err != nil {
		return nil, nil, err
	}
	defer closing(store, &err)
	action := "request.extend"
	if event.Step == consent.StepAnswered {
		action = "request.close"
	}
	if ctx, err = tellsOf(ctx, t, store, k.Site, action, id.String()); err != nil {
		return nil, nil, err
	}
	found, err := store.Request(ctx, k.Site, id)
	if err != nil {
		return nil, nil, err
	}
	if request, err = rights.Append(ctx, store, found, event); err != nil {
		return nil, nil, err
	}
	telling, err = rights.Tell(ctx, store, request)
	return request, telling, err
}
