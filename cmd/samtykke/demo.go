package main

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/examples/gjerdrum"
	"github.com/samtykke/samtykke/storage"
)

type demoCmd struct {
	Data       string `short:"d" placeholder:"DIR" help:"Keep the database in this folder; otherwise it is temporary."`
	Listen     string `short:"l" default:"127.0.0.1:8080" placeholder:"HOST:PORT" help:"Where Samtykke listens. The administration listens a port above, the debug listener two, the municipality ten. Port 0 takes free ports."`
	AskAll     bool   `help:"Ask for everything in the banner, to see the form with several categories."`
	NoPictures bool   `help:"Take no pictures of the banner."`
	JSON       bool   `name:"json" help:"Write one line of JSON with the addresses when ready."`
}

// Help says what there is to see.
func (c *demoCmd) Help() string {
	return `Needs nothing but a browser. The municipality is a replica, and the third parties are stand-ins on names of their own under localhost: they set the cookies that the real ones set. Everything else is the real thing. Ends with Ctrl-C.

A browser has one login for a host name, whatever the port: logging in here ends a login at another Samtykke on localhost.`
}

// The host names of the demonstration. Browsers resolve them to this machine.
const (
	demoHost = "samtykke.localhost"
	demoSite = consent.SiteKey("gjerdrum")
)

// Run prepares the demonstration and serves it until ctx ends.
func (c *demoCmd) Run(ctx context.Context, t *terminal) (err error) {
	listeners, err := c.open(ctx)
	if err != nil {
		return err
	}
	defer listeners.close()
	folder, clean, err := c.folder()
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, clean()) }()
	settings, err := c.settings(t, folder, listeners)
	if err != nil {
		return err
	}
	log := logger(settings, t.err)
	store, err := storage.Open(ctx, settings, t.clock, log)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	published, err := c.publish(ctx, t, store, port(listeners.replica))
	if err != nil {
		return err
	}
	places := demoPlaces(listeners, folder)
	if places.Login, err = c.account(ctx, t, store, places.Admin); err != nil {
		return err
	}
	house := &house{
		settings: settings, said: consent.Shipped(), store: store, log: log, clock: t.clock,
		public: listeners.public, admin: listeners.admin, debug: listeners.debug, replica: listeners.replica,
		pages: gjerdrum.New(gjerdrum.Options{Script: places.Script, Port: port(listeners.replica), Obsolete: true}),
	}
	shown := make(chan error, 1)
	err = house.serve(ctx, func() {
		shown <- c.welcome(t, places)
		if published.Fresh {
			house.pictures.add(demoSite, published.Notice.Number)
		}
	})
	return errors.Join(err, <-shown)
}

// folder gives the folder of the database, and how to clean up after it.
func (c *demoCmd) folder() (string, func() error, error) {
	if c.Data != "" {
		folder, err := filepath.Abs(c.Data)
		return folder, func() error { return nil }, errors.Join(err, os.MkdirAll(folder, 0o700))
	}
	folder, err := os.MkdirTemp("", "samtykke-demo-")
	return folder, func() error { return os.RemoveAll(folder) }, err
}

// settings ignores those of this machine's own server: a demonstration is the
// same everywhere.
func (c *demoCmd) settings(t *terminal, folder string, listeners *demoListeners) (*config.Config, error) {
	from := *t
	from.environ = nil
	pictures := config.PicturesAuto
	if c.NoPictures {
		pictures = config.PicturesOff
	}
	return access{Data: folder}.settings(&from, map[string]any{
		"public.listen":    listeners.public.Addr().String(),
		"public.url":       "http://" + net.JoinHostPort(demoHost, port(listeners.public)),
		"admin.listen":     listeners.admin.Addr().String(),
		"admin.url":        "http://" + net.JoinHostPort("localhost", port(listeners.admin)),
		"debug.listen":     listeners.debug.Addr().String(),
		"log.level":        "warn",
		"notices.pictures": string(pictures),
	})
}

// publish goes the way of an administrator: site file, draft, notice.
func (c *demoCmd) publish(ctx context.Context, t *terminal, store consent.Store, replica string) (*banner.Published, error) {
	draft, problems, err := config.ParseSite(gjerdrum.Site())
	if err != nil {
		return nil, err
	}
	if faults := problems.Faults(); len(faults) > 0 {
		return nil, faults
	}
	gjerdrum.ForDemo(draft, replica)
	if c.AskAll {
		for i := range draft.Services {
			if draft.Services[i].Ask == consent.AskInPlace {
				draft.Services[i].Ask = consent.AskBanner
			}
		}
	}
	act := consent.Act{Organisation: draft.Organisation.ID, Site: draft.Site.Key, Action: "site.import"}
	if err := store.SaveDraft(tells(ctx, t, act), *draft, t.clock()); err != nil {
		return nil, err
	}
	act.Action = "notice.publish"
	return banner.Publish(tells(ctx, t, act), store, draft, consent.Shipped(), t.clock)
}

// demoPerson is who logs in to the administration of the demonstration.
const demoPerson = "kari@example.no"

// account makes the demonstration's administrator, and gives a one-time link.
func (c *demoCmd) account(ctx context.Context, t *terminal, store consent.Store, admin string) (string, error) {
	draft, err := store.Draft(ctx, demoSite)
	if err != nil {
		return "", err
	}
	person := &consent.Account{
		Email: demoPerson, Name: "Kari Nordmann", Language: consent.Bokmaal, Operator: true, Created: t.clock(),
		Memberships: []consent.Membership{{Organisation: draft.Organisation.ID, Role: consent.RoleAdministrator}},
	}
	if _, err := store.AddAccount(ctx, person); err != nil && consent.KindOf(err) != consent.Conflict {
		return "", err
	}
	return newLink(ctx, t, store, admin, demoPerson)
}
