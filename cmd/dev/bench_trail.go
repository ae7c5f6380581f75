package main

import (
	"context"
	"strconv"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
)

// adminActs is how many acts the trail of an organisation has: a hundred on each
// working day, for four years.
const adminActs = 100_000

// fillTrail writes acts as a busy organisation has them, past the server.
func fillTrail(ctx context.Context, store consent.Store, organisation consent.OrganisationID) error {
	group, ctx := errgroup.WithContext(ctx)
	group.SetLimit(connections)
	begun := time.Now().AddDate(-4, 0, 0)
	step := time.Since(begun) / adminActs
	for n := range adminActs {
		group.Go(func() error {
			act := consent.Act{Time: begun.Add(time.Duration(n) * step), Organisation: organisation, Site: "gjerdrum", Action: "draft.save", Object: "service-" + strconv.Itoa(n%100), Changes: []consent.FieldChange{
				{Field: "services.purpose.nb", Was: "Teller besøk", Is: "Teller besøk på sidene"},
				{Field: "services.retention", Was: "1 year", Is: "2 years"},
			}}
			if n%5000 == 0 {
				act.Action = "log.export"
			}
			return store.RecordAct(ctx, act)
		})
	}
	return group.Wait()
}
