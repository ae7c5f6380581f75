package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

type recipientsShowCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	JSON         bool                   `name:"json" help:"Write one JSON object."`
}

// Help says who else is told.
func (c *recipientsShowCmd) Help() string {
	return `These are told of what belongs to the organisation, besides those whom the settings name (notify.to), who are told of everything. What is told: samtykke help notifications.

Example:

  samtykke recipients show gjerdrum`
}

// Run shows the language and each address on a line.
func (c *recipientsShowCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	list, err := recipientsOf(ctx, store, c.Organisation)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"organisation": list.Organisation, "language": list.Language, "addresses": append([]string{}, list.Addresses...)})
	}
	if len(list.Addresses) == 0 {
		t.say("Nobody is told of %s alone. Name somebody with: samtykke recipients set %s EMAIL…%s", c.Organisation, c.Organisation, c.again())
		return nil
	}
	t.say("Told of %s, in %s:", c.Organisation, consent.Shipped()[list.Language].Name)
	for _, address := range list.Addresses {
		t.say("  %s", address)
	}
	return nil
}

type recipientsSetCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	Addresses    []string               `arg:"" optional:"" name:"email" help:"Everybody who is told from now on."`
	Nobody       bool                   `help:"Tell nobody any more."`
	Language     consent.Language       `enum:",nb,nn,en" default:"" placeholder:"LANGUAGE" help:"Language of the messages: nb, nn or en; as before when left out."`
}

// Help says that the list is a whole one.
func (c *recipientsSetCmd) Help() string {
	return `The list stands in place of the old one: name those who stay, too. At most 20 addresses; a server that runs takes it up within a minute. It tells those who were on the old list, and who notify.to names, that the list was changed. The audit trail of the organisation says how many there are, and not who.

Examples:

  samtykke recipients set gjerdrum personvern@example.no web@example.no --language nn
  samtykke recipients set gjerdrum --nobody`
}

// Run puts the list in place of the old one.
func (c *recipientsSetCmd) Run(ctx context.Context, t *terminal) (err error) {
	addresses := organising.Once(c.Addresses)
	if bad, why := organising.NoAddress(addresses); bad >= 0 {
		return misusef("%w Nothing was changed", why)
	}
	switch {
	case len(addresses) > consent.MaxRecipients:
		return misusef("these are %d addresses, and at most %d are told; write fewer, such as one of a group. Nothing was changed", len(addresses), consent.MaxRecipients)
	case c.Nobody && len(addresses) > 0:
		return misusef("give either addresses or --nobody")
	case !c.Nobody && len(addresses) == 0 && c.Language == "":
		return misusef("name everybody who is told, or give --nobody")
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	list, err := recipientsOf(ctx, store, c.Organisation)
	if err != nil {
		return err
	}
	was := *list
	if c.Nobody || len(addresses) > 0 {
		list.Addresses = addresses
	}
	if c.Language != "" {
		list.Language = c.Language
	}
	if organising.IsListed(list, &was) {
		t.say("The list of %s says so already. Nothing was changed.", c.Organisation)
		return nil
	}
	telling := tellsOfOrganisation(ctx, t, c.Organisation, "organisation.recipients", strconv.Itoa(len(list.Addresses))+" "+string(list.Language))
	if err := store.SetRecipients(telling, list); err != nil {
		return err
	}
	if len(list.Addresses) == 0 {
		t.say("Nobody is told of %s alone any more.", c.Organisation)
		return nil
	}
	t.say("Told of %s from now on, in %s: %s.", c.Organisation, consent.Shipped()[list.Language].Name, join(list.Addresses))
	return nil
}

// recipientsOf gives who is told of an organisation that there is.
func recipientsOf(ctx context.Context, store consent.Store, in consent.OrganisationID) (*consent.Recipients, error) {
	if _, err := knownOrganisation(ctx, store, in); err != nil {
		return nil, err
	}
	return organising.RecipientsOf(ctx, store, in)
}
