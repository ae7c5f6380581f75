package main

import (
	"context"
	"errors"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
)

type recipientsTryCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
}

// Help says what is sent, and what is told of it.
func (c *recipientsTryCmd) Help() string {
	return `Sends a message to each address on the list of the organisation, in its language, as the button on the page does, and says what came of it. It goes by the mail server of the settings (notify.mail). The audit trail of the organisation says that it was sent and to how many. The exit code is 1 when one did not get out, or when there is nobody to tell. Those whom the settings name (notify.to) are tried with: samtykke notify test

Example:

  samtykke recipients test gjerdrum --config samtykke.yaml`
}

// Run sends one message to everyone on the list.
func (c *recipientsTryCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.served(t, nil)
	if err != nil {
		return err
	}
	store, err := c.openWith(ctx, t, settings)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	list, err := recipientsOf(ctx, store, c.Organisation)
	switch {
	case err != nil:
		return err
	case settings.Notify.Mail.Server == "":
		return consent.Errorf(consent.NotFound, "nobody_to_tell", "The settings name no mail server. Set notify.mail.server and notify.mail.from: samtykke help notifications")
	case len(list.Addresses) == 0:
		return consent.Errorf(consent.NotFound, "nobody_to_tell", "Nobody is told of %s alone. Name somebody with: samtykke recipients set %s EMAIL…", c.Organisation, c.Organisation)
	}
	telling := tellsOfOrganisation(ctx, t, c.Organisation, "organisation.recipients.try", strconv.Itoa(len(list.Addresses))+" "+string(list.Language))
	act, _ := consent.ActOf(telling)
	if err := store.RecordAct(ctx, act); err != nil {
		return err
	}
	tried := notify.Try(ctx, notify.Options{Settings: settings.Notify, Clock: t.clock}, list.Addresses, list.Language)
	failed := 0
	for i, why := range tried {
		failed += saidSent(t, list.Addresses[i], why)
	}
	if failed > 0 {
		return told{errors.New("a message did not get out")}
	}
	return nil
}
