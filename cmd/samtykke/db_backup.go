package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/sqlite"
)

type dbBackupCmd struct {
	access
	File string `arg:"" placeholder:"FILE" help:"New file for the copy. One that is there already is never replaced."`
	JSON bool   `name:"json" help:"Write one JSON object."`
}

// Help says what is copied, and what is not.
func (c *dbBackupCmd) Help() string {
	return `Copies the database as it is at this moment, while a server uses it or not. The copy is checked page by page and its whole ledger is audited before it gets its name: a backup that is there can be put back (db restore).

The copy is one file. Not in it, on purpose: the signing keys, the anchor, the journal of erasures, and what witnesses said. The verb names their paths; "samtykke help ledger" says how to keep them.

The copy holds what is in the log, also what visitors have erased since: keep it no longer than your retention plan says. Name a file on a local disk, and move it from there.

Examples:

  samtykke db backup /var/backups/samtykke-2026-11-26.db
  samtykke db backup today.db --json`
}

// dbBackup is what a backup is.
type dbBackup struct {
	File    string        `json:"file"`
	Bytes   int64         `json:"bytes"`
	Version int64         `json:"version"`
	Leaves  int64         `json:"leaves"` // that were audited
	Apart   storage.Apart `json:"not_in_it"`
}

// Run makes the copy, or leaves nothing.
func (c *dbBackupCmd) Run(ctx context.Context, t *terminal) error {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	if err := c.exists(settings.Storage.SQLite.Path); err != nil {
		return err
	}
	if _, err := os.Lstat(c.File); err == nil {
		return fmt.Errorf("%s is there already, and a backup never replaces anything: name a new file", c.File)
	}
	made, err := c.make(ctx, t, settings)
	if err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(made)
	}
	return made.words(t)
}

func (c *dbBackupCmd) make(ctx context.Context, t *terminal, settings *config.Config) (made *dbBackup, err error) {
	file, err := filepath.Abs(c.File)
	if err != nil {
		return nil, err
	}
	part, err := newCopy(file)
	if err != nil {
		return nil, err
	}
	defer part.remove(&err)
	if err := sqlite.Backup(ctx, settings.Storage.SQLite.Path, part.path); err != nil {
		return nil, err
	}
	have, want, err := sqlite.Versions(ctx, part.path)
	if err != nil {
		return nil, err
	}
	audited := part.path
	if have < want { // an audit migrates, and the program that made it may be needed again
		audited = part.in("audited.db")
		if err := copyFile(part.path, audited); err != nil {
			return nil, err
		}
	}
	found, err := part.audit(ctx, t, settings, audited)
	if err != nil {
		return nil, fmt.Errorf("there is no backup, because the copy of %s cannot be trusted: %w", settings.Storage.SQLite.Path, err)
	}
	if err := sqlite.Settle(ctx, part.path); err != nil {
		return nil, err
	}
	info, err := os.Stat(part.path)
	if err != nil {
		return nil, err
	}
	made = &dbBackup{File: file, Bytes: info.Size(), Version: have, Leaves: leavesOf(found), Apart: storage.ApartFrom(settings)}
	return made, sqlite.Place(part.path, file)
}

func (b *dbBackup) words(t *terminal) error {
	t.say("The backup %s is whole: %s bytes, and all %s leaves of its ledgers hold.\n", b.File, grouped(int(b.Bytes)), grouped(b.Leaves))
	t.say("Not in it, and needed beside it:\n")
	rows := newTable(t, column{}, column{}, column{})
	rows.add("Signing keys", b.Apart.Keys, "back them up apart from it: whoever has both can forge the log")
	rows.add("Anchor", b.Apart.Anchor, "never back it up with it: it tells what a backup lacks")
	rows.add("Journal of erasures", b.Apart.Erasures, "never back it up with it: it erases again what is put back")
	rows.add("Of witnesses", b.Apart.Witnessed, "belongs to the anchor")
	rows.add("As a witness", b.Apart.Watched, "never put back an older one: it would sign a fork")
	return rows.write()
}
