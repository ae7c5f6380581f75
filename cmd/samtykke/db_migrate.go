package main

import (
	"context"

	"github.com/samtykke/samtykke/storage/sqlite"
)

type dbMigrateCmd struct{ access }

// Help says when it is needed.
func (c *dbMigrateCmd) Help() string {
	return `Every verb that opens a database brings it up to this program by itself. This one does nothing else: for an upgrade step of its own, after a backup and before the server starts. A database that does not exist is made.`
}

// Run opens the database, which migrates it, and says what it is now.
func (c *dbMigrateCmd) Run(ctx context.Context, t *terminal) error {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	store, err := c.create(ctx, t)
	if err != nil {
		return err
	}
	if err := store.Close(); err != nil {
		return err
	}
	path := settings.Storage.SQLite.Path
	have, _, err := sqlite.Versions(ctx, path)
	if err != nil {
		return err
	}
	t.say("The database %s is at version %d.", path, have)
	return nil
}
