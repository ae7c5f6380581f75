package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
)

type dbMigrateCmd struct{ access }

// Help says when it is needed.
func (c *dbMigrateCmd) Help() string {
	return `Every verb that opens a database brings it up to this program by itself. This one does nothing else: for an upgrade step of its own, after a backup and before the server starts. A database that does not exist is made. The audit trail of the installation tells of a version that changed by this verb; another one that migrates on its way is known by what it does itself.`
}

// Run opens the database, which migrates it, and says what it is now.
func (c *dbMigrateCmd) Run(ctx context.Context, t *terminal) error {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	path := settings.Storage.SQLite.Path
	was, err := versionOf(ctx, path)
	if err != nil {
		return err
	}
	store, err := c.create(ctx, t)
	if err != nil {
		return err
	}
	have, err := versionOf(ctx, path)
	if err == nil && was > 0 && was < have {
		err = store.RecordAct(ctx, actHere(t, "db.migrate", fmt.Sprintf("%d %d", was, have)))
	}
	if err := errors.Join(err, store.Close()); err != nil {
		return err
	}
	t.say("The database %s is at version %d.", path, have)
	return nil
}

// versionOf gives that of the database, 0 where there is none.
func versionOf(ctx context.Context, path string) (have int64, err error) {
	if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
		return 0, nil
	}
	have, _, err = sqlite.Versions(ctx, path)
	return have, err
}

// actHere is an act in the trail of the installation.
func actHere(t *terminal, action, object string) consent.Act {
	return consent.Act{Time: t.clock(), Action: action, Object: object}
}
