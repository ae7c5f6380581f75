// Package storage is what is remembered: it picks the engine that the settings
// name and wraps the cache around it.
package storage

import (
	"context"
	"log/slog"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
)

// Open opens the store for a command that runs beside a server.
func Open(ctx context.Context, settings *config.Config, clock func() time.Time, log *slog.Logger) (consent.Store, error) {
	return open(ctx, settings, false, clock, log)
}

// OpenServer opens the store for a server. A second server on the same store is
// refused.
func OpenServer(ctx context.Context, settings *config.Config, clock func() time.Time, log *slog.Logger) (consent.Store, error) {
	return open(ctx, settings, true, clock, log)
}

func open(ctx context.Context, settings *config.Config, server bool, _ func() time.Time, log *slog.Logger) (consent.Store, error) {
	return sqlite.Open(ctx, sqlite.Options{
		Path: settings.Storage.SQLite.Path, Exclusive: server, Queue: settings.Storage.Queue, Log: log,
	})
}
