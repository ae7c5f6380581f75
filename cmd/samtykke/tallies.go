package main

import (
	"context"
	"log/slog"
	"time"

	"github.com/samtykke/samtykke/server"
)

// talliesEvery is how long counts wait in memory. What is decided waits twice
// as long: see package visitor.
const talliesEvery = 3 * time.Second

// writeTallies writes what was counted, from time to time until ctx ends. What
// could not be written is written the next time.
func writeTallies(ctx context.Context, public *server.Server, log *slog.Logger) error {
	tick := time.NewTicker(talliesEvery)
	defer tick.Stop()
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-tick.C:
		}
		if err := public.WriteTallies(ctx, false); err != nil && ctx.Err() == nil {
			log.WarnContext(ctx, "counts could not be written; it is tried again", "error", err)
		}
	}
}
