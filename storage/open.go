// Package storage opens what is remembered: the engine that the settings name,
// with the cache in front.
package storage

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/cache"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// Open opens the store for a server: the database is its own, and a second
// server on it is refused. The clock only serves the cache; what is stored
// carries the times that callers give.
func Open(ctx context.Context, cfg *config.Config, clock func() time.Time, log *slog.Logger) (*cache.Cache, error) {
	return open(ctx, cfg, clock, log, true)
}

// OpenShared opens the store for a command, which may run beside a server.
func OpenShared(ctx context.Context, cfg *config.Config, clock func() time.Time, log *slog.Logger) (consent.Store, error) {
	store, err := open(ctx, cfg, clock, log, false)
	if err != nil {
		return nil, err
	}
	return store, nil
}

func open(ctx context.Context, cfg *config.Config, clock func() time.Time, log *slog.Logger, exclusive bool) (*cache.Cache, error) {
	_, quorum, err := cfg.Witness.Peers()
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	engine, err := sqlite.Open(ctx, sqlite.Options{
		Path: cfg.Storage.SQLite.Path, Exclusive: exclusive, Queue: cfg.Storage.Queue, Log: log,
		Keys: cfg.Storage.Ledger.Keys, Anchor: cfg.Storage.Ledger.Anchor, Erasures: cfg.Storage.Ledger.Erasures, Host: cfg.Public.URL.Host(),
		Quorum: quorum,
	})
	if err != nil {
		return nil, fmt.Errorf("open the store: %w", err)
	}
	if exclusive {
		if err := engine.CanSign(ctx); err != nil {
			return nil, fmt.Errorf("open the store: %w", errors.Join(err, engine.Close())) //nolint:contextcheck // closing is not to be cut short
		}
	}
	store, err := cache.Wrap(engine, cache.Options{ //nolint:contextcheck // what is written behind outlives this call
		Entries: cfg.Cache.Entries, URL: cfg.Cache.Redis.URL.Reveal(), Key: cfg.Cache.Redis.Key.Reveal(),
		Prefix: cfg.Cache.Redis.Prefix, Clock: clock, Log: log,
	})
	if err != nil {
		return nil, errors.Join(err, engine.Close()) //nolint:contextcheck // closing is not to be cut short
	}
	return store, nil
}
