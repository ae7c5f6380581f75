package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"slices"
	"time"

	"golang.org/x/sync/errgroup"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server"
	"github.com/samtykke/samtykke/server/auditing"
	"github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/debug"
	"github.com/samtykke/samtykke/server/publishing"
	"github.com/samtykke/samtykke/server/witness"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/cache"
)

type serveCmd struct {
	access
	Listen string `short:"l" placeholder:"HOST:PORT" help:"Public address, in place of public.listen."`
}

// Help says how to start and stop.
func (c *serveCmd) Help() string {
	return `Serves until SIGINT or SIGTERM, then answers what has begun, commits it and ends. One server at a time holds a database; sites are imported and published beside it.

Examples:

  samtykke config docs --example > samtykke.yaml
  samtykke serve --config samtykke.yaml`
}

// lastRequests is how long a stopping server waits for what has begun.
const lastRequests = 15 * time.Second

// Run serves until ctx ends.
func (c *serveCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.served(t, map[string]any{"public.listen": c.Listen})
	if err != nil {
		return err
	}
	said, err := translations(t, settings)
	if err != nil {
		return err
	}
	log := logger(settings, t.err)
	store, err := storage.Open(ctx, settings, t.clock, log)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	public, err := listen(ctx, settings.Public.Listen, "--listen HOST:PORT or the setting public.listen")
	if err != nil {
		return err
	}
	house := &house{settings: settings, said: said, store: store, log: log, clock: t.clock, public: public}
	if settings.Debug.Listen != "" {
		house.debug, err = listen(ctx, settings.Debug.Listen, "the setting debug.listen (empty for none)")
		if err != nil {
			return errors.Join(err, house.close())
		}
	}
	if settings.Admin.Listen != "" {
		house.admin, err = listen(ctx, settings.Admin.Listen, "the setting admin.listen (empty for none)")
		if err != nil {
			return errors.Join(err, house.close())
		}
	}
	return house.serve(ctx, func() {
		log.InfoContext(ctx, "serving", "public", public.Addr().String(), "admin", house.adminURL(), "debug", settings.Debug.Listen,
			"database", settings.Storage.SQLite.Path, "version", release)
		for _, doubt := range settings.Doubts() {
			log.WarnContext(ctx, "settings are doubtful", "problem", doubt.Message, "repair", doubt.Repair)
		}
		if settings.Public.URL == "" {
			log.WarnContext(ctx, "public.url is not set, so ledgers carry the name localhost, which no witness takes, and answers to visitors name no address; set it before the first decision")
		}
	})
}

// logger writes as the settings say. No line holds anything of a visitor.
func logger(settings *config.Config, w io.Writer) *slog.Logger {
	options := &slog.HandlerOptions{Level: settings.Log.Level}
	if settings.Log.Format == config.LogJSON {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// house is everything that listens in one process.
type house struct {
	settings *config.Config
	said     consent.Translations
	store    *cache.Cache
	log      *slog.Logger
	clock    func() time.Time
	audits   *auditing.Audits
	pictures *picturing
	public   net.Listener
	admin    net.Listener // nil for none
	debug    net.Listener // nil for none
	replica  net.Listener // nil but in the demo
	pages    http.Handler // what replica serves
}

// serve runs all listeners until ctx ends or one of them fails. It calls ready
// when requests are answered.
func (h *house) serve(ctx context.Context, ready func()) error {
	asker, err := newAsker(h.settings, h.store, h.clock, h.log)
	if err != nil {
		return err
	}
	own, err := storage.OpenWitness(h.settings)
	if err != nil {
		return err
	}
	alarm := newAlarm(h.store, h.clock, h.log)
	old := &retention{store: h.store, clock: h.clock, log: h.log}
	h.audits, h.pictures = auditing.New(h.store, h.clock, h.log), newPicturing(h.settings, h.store, h.clock, h.log)
	h.audits.Remember(h.settings.Storage.SQLite.Path + auditedFile)
	public, err := server.New(server.Options{ //nolint:contextcheck // a handler takes the context of its request
		Config: h.settings, Store: h.store, Bundler: banner.New(h.store, h.said, h.clock), Clock: h.clock, Log: h.log, Witness: own,
		Readings: append(h.readings(asker), alarm.reading(), old.reading()), //nolint:contextcheck // a metric is read outside every request
	})
	if err != nil {
		return err
	}
	group, ctx := errgroup.WithContext(ctx)
	group.Go(func() error { return public.Serve(h.public) })
	if h.admin != nil {
		if err := h.administer(ctx, group); err != nil {
			return err
		}
	}
	if asker != nil {
		group.Go(func() error { return asker.Run(ctx) })
	}
	group.Go(func() error { return h.audits.Run(ctx) })
	group.Go(func() error { return old.run(ctx) })
	group.Go(func() error { return h.publisher().Run(ctx) })
	group.Go(func() error { return h.pictures.run(ctx) })
	group.Go(func() error { return (&control.Checker{}).Again(ctx, h.store, h.clock, h.log) })
	group.Go(func() error { return remind(ctx, h.store, h.clock, h.log) })
	group.Go(func() error { return alarm.watch(ctx) })
	h.notify(ctx, group)
	group.Go(func() error { return writeTallies(ctx, public, h.log) })
	group.Go(func() error {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastRequests)
		defer cancel()
		return public.Shutdown(last)
	})
	if h.debug != nil {
		h.plain(ctx, group, h.debug, public.Debug())
	}
	if h.replica != nil {
		h.plain(ctx, group, h.replica, h.pages)
	}
	ready()
	err = group.Wait()
	last, cancel := context.WithTimeout(context.WithoutCancel(ctx), lastRequests)
	defer cancel()
	return errors.Join(err, public.WriteTallies(last, true))
}

// publisher publishes what is due.
func (h *house) publisher() *publishing.Publisher {
	p := publishing.New(h.store, h.said, h.clock, h.log)
	p.ProvenOrigins, p.Published = h.settings.Admin.Origins == config.OriginsProven, h.pictures.add
	return p
}

// readings are what the metrics tell beside what the server counts itself.
func (h *house) readings(asker *witness.Asker) []debug.Reading {
	return slices.Concat(readings(h.store, h.settings.Storage.SQLite.Path), requestReadings(h.store, h.clock), witnessReadings(asker), h.audits.Readings())
}

// plain serves a handler of the standard library beside the public server.
func (h *house) plain(ctx context.Context, group *errgroup.Group, listener net.Listener, handler http.Handler) {
	plain := &http.Server{Handler: handler, ReadHeaderTimeout: 5 * time.Second, ErrorLog: slog.NewLogLogger(h.log.Handler(), slog.LevelWarn)}
	group.Go(func() error {
		if err := plain.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			return err
		}
		return nil
	})
	group.Go(func() error {
		<-ctx.Done()
		last, cancel := context.WithTimeout(context.WithoutCancel(ctx), time.Second)
		defer cancel()
		if plain.Shutdown(last) != nil {
			return plain.Close()
		}
		return nil
	})
}
