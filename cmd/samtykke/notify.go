package main

import (
	"context"
	"errors"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/notify"
)

// notifiedFile is what the file that remembers what people were told is called,
// after the path of the database.
const notifiedFile = ".notified"

// auditedFile is what the file that remembers what audits found is called.
const auditedFile = ".audited"

// notify tells people of what they must act on, until ctx ends. A server whose
// settings name nobody to tell looks for nothing.
func (h *house) notify(ctx context.Context, group *errgroup.Group) {
	if !h.settings.Notify.Anyone() {
		return
	}
	watcher := notify.New(h.notices())
	group.Go(func() error { return watcher.Run(ctx) })
}

// notices says who is told, and where links lead.
func (h *house) notices() notify.Options {
	return notify.Options{
		Settings: h.settings.Notify, Store: h.store, Audits: h.audits, Memory: h.settings.Storage.SQLite.Path + notifiedFile, Admin: adminAddress(h.settings),
		Provider: h.settings.Admin.OIDC.Name, Clock: h.clock, Log: h.log,
	}
}

// try gives what sends test messages for an organisation, nil without a mail server.
func (h *house) try() func(context.Context, []string, consent.Language) []error {
	if h.settings.Notify.Mail.Server == "" {
		return nil
	}
	options := notify.Options{Settings: h.settings.Notify, Clock: h.clock}
	return func(ctx context.Context, addresses []string, lang consent.Language) []error {
		return notify.Try(ctx, options, addresses, lang)
	}
}

// send gives what takes links to people, nil without a mail server.
func (h *house) send() func(context.Context, notify.Letter) error {
	if h.settings.Notify.Mail.Server == "" {
		return nil
	}
	options := notify.Options{Settings: h.settings.Notify, Clock: h.clock}
	return func(ctx context.Context, letter notify.Letter) error {
		return notify.Send(ctx, options, letter)
	}
}

type notifyTryCmd struct {
	Config string `short:"c" placeholder:"FILE" help:"Settings file (YAML). Environment: SAMTYKKE_NOTIFY_MAIL_SERVER and so on."`
}

// Help says what is sent.
func (c *notifyTryCmd) Help() string {
	return `Sends a message to each address of notify.to and to the webhook, as the server would, and says what came of it. It needs no database, and the server may run. The exit code is 1 when one did not get out, or when there is nobody to tell.

A message that the mail server took may still end among the junk: ask those who should have it.

Example:

  samtykke notify test --config samtykke.yaml`
}

// Run sends one message to everyone.
func (c *notifyTryCmd) Run(ctx context.Context, t *terminal) error {
	settings, err := access{Config: c.Config}.served(t, nil)
	if err != nil {
		return err
	}
	if !settings.Notify.Anyone() {
		return consent.Errorf(consent.NotFound, "nobody_to_tell",
			"The settings name nobody to tell. Set notify.mail.server, notify.mail.from and notify.to, or notify.webhook.url and its key: samtykke help notifications")
	}
	failed := 0
	for _, each := range notify.Test(ctx, notify.Options{Settings: settings.Notify, Clock: t.clock, Log: logger(settings, t.err)}) {
		failed += saidSent(t, each.To, each.Err)
	}
	if failed > 0 {
		return told{errors.New("a message did not get out")}
	}
	return nil
}

// saidSent says whether a message got out, and gives 1 for one that did not.
func saidSent(t *terminal, to string, why error) (failed int) {
	var known *consent.Error
	switch {
	case why == nil:
		t.say("%s: sent.", to)
		return 0
	case errors.As(why, &known) && known.Err != nil:
		t.remark("%s: NOT sent. %s\n  because: %s", to, known.Message, known.Err)
	default:
		t.remark("%s: NOT sent. %s", to, why)
	}
	return 1
}
