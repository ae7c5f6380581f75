package main

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
	"github.com/samtykke/samtykke/storage/ledger"
	"github.com/samtykke/samtykke/storage/sqlite"
)

type dbRestoreCmd struct {
	access
	File string `arg:"" placeholder:"FILE" help:"The backup. It is read, and stays as it is."`

	WithoutJournal bool `help:"Put it back though the journal of erasures has lost lines. What they erased after the backup is back, for good."`
}

// Help says in which order it goes.
func (c *dbRestoreCmd) Help() string {
	return `Stop the server first. The backup is copied beside the database, checked page by page and audited; a damaged one is refused. In the copy, what the journal lists as erased is erased again, and what is frozen is frozen again. There, too, all logins, one-time links, invitations, API keys and recovery codes end: which of them was ended or used after the backup, nobody can tell. Drafts get revisions that were never given out, so that no program or command that has seen a later one overwrites them. Only then does it take the database's place, in one step; whenever this breaks off, the old database is there or the new one, whole.

Passwords, passkeys, apps, roles, and which accounts are closed, are as the backup had them. What was changed, taken away or closed since is back: this verb says which accounts are open, and "samtykke account list" shows all. Programs need new keys, and people make new recovery codes on the page of their account.

The old database is kept beside the new one, under a name with the time. It holds what visitors have erased: remove it when nobody needs it any more.

What was acknowledged after the backup is not in it. The anchor knows how much that is, this verb says it for each ledger, and the server does not start before "samtykke log begin" has made the loss visible in the ledger. If the newer database can still be read, put that back instead. It is the same where the anchor is lost, and nobody can tell how much is missing.

Keys, anchor and journal must lie where they lay: "samtykke help ledger". The folder of keys remembers how long the journal was, so one that was lost or cut off is missed: without its lines, what was erased after the backup would come back, and nothing is put in place.

The trail that was there is gone with its database, which is kept aside. In the one that is put in place the audit trail tells of it, unless something is missing: then "samtykke log begin" tells first what is lost.

Example:

  samtykke db restore /var/backups/samtykke-2026-11-26.db`
}

// Run puts the backup in place, or changes nothing.
func (c *dbRestoreCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	path, err := filepath.Abs(settings.Storage.SQLite.Path)
	if err != nil {
		return err
	}
	if err := c.sound(path); err != nil {
		return err
	}
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		return err
	}
	release, err := sqlite.Lock(path)
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, release()) }()
	done, err := c.restore(ctx, t, settings, path)
	if err != nil {
		return fmt.Errorf("nothing was put in place of %s: %w", path, err)
	}
	return done.tell(ctx, t, settings)
}

// sound refuses a file that cannot be meant.
func (c *dbRestoreCmd) sound(path string) error {
	backup, err := os.Stat(c.File)
	if errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("there is no backup %s: name the file that \"samtykke db backup\" wrote", c.File)
	}
	if err != nil {
		return err
	}
	if present, err := os.Stat(path); err == nil && os.SameFile(backup, present) {
		return fmt.Errorf("%s is the database itself: name a backup of it", c.File)
	}
	return nil
}

// restored is what was done.
type restored struct {
	access
	from        string // the backup
	path, aside string // the latter is empty when no database was there
	leaves      int64
	missing     int // lines of the journal
	lost        []sqlite.Lost
	trails      []consent.TrailBreak
	ended       *sqlite.Ended
}

func (c *dbRestoreCmd) restore(ctx context.Context, t *terminal, settings *config.Config, path string) (done *restored, err error) {
	part, err := newCopy(path)
	if err != nil {
		return nil, err
	}
	defer part.remove(&err)
	for _, kind := range []string{"", "-wal"} { // a database that was kept aside may have both
		if err := copyFile(c.File+kind, part.path+kind); err != nil {
			return nil, err
		}
	}
	found, err := part.audit(ctx, t, settings, part.path)
	if err != nil {
		return nil, fmt.Errorf("the backup %s cannot be trusted: %w", c.File, err)
	}
	done = &restored{access: c.access, from: c.File, path: path, leaves: leavesOf(found)}
	journal := journalOf(settings)
	if done.missing, err = c.missing(journal); err != nil {
		return nil, err
	}
	if err := part.learn(ctx, t, settings, done); err != nil {
		return nil, err
	}
	if err := sqlite.Settle(ctx, part.path); err != nil {
		return nil, err
	}
	if err := os.Remove(path + auditedFile); err != nil && !errors.Is(err, fs.ErrNotExist) { // it is of another database
		return nil, err
	}
	if _, absent := os.Stat(path); errors.Is(absent, fs.ErrNotExist) {
		err = sqlite.Place(part.path, path)
	} else {
		done.aside = path + ".replaced-" + t.clock().UTC().Format("20060102T150405Z")
		err = sqlite.Replace(ctx, path, part.path, done.aside)
	}
	if err == nil && done.missing > 0 {
		err = journal.Accept()
	}
	return done, err
}

// missing refuses a journal that has lost lines, unless that is known. It is asked
// before the copy learns, which adds to it.
func (c *dbRestoreCmd) missing(journal *ledger.Journal) (int, error) {
	lines, err := journal.Missing()
	if err == nil && lines > 0 && !c.WithoutJournal {
		err = fmt.Errorf("the journal of erasures %s has lost %s: what they erased after the backup would be back, and what they froze would not be frozen. "+
			"Put the journal back from where it is whole, and run this again. If it is lost, add --without-journal", journal.Path(), plural(lines, "line"))
	}
	return lines, err
}

// learn has the copy learn again what was erased and frozen, ends what may have been
// ended since, numbers the drafts anew, and says what is not in it. The anchors stay as they are until the copy is in place.
func (c *dbCopy) learn(ctx context.Context, t *terminal, settings *config.Config, done *restored) (err error) {
	apart := storage.ApartFrom(settings)
	anchor := c.in("anchor")
	for _, kind := range []string{"", ".audit"} {
		if err := copyFile(apart.Anchor+kind, anchor+kind); err != nil {
			return err
		}
	}
	store, err := sqlite.Open(ctx, sqlite.Options{
		Path: c.path, Exclusive: true, Restoring: true, Keys: apart.Keys, Anchor: anchor, Erasures: apart.Erasures, Host: settings.Public.URL.Host(),
		Log: slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: slog.LevelWarn})),
	})
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if done.ended, err = store.EndAccess(ctx, t.clock()); err != nil {
		return err
	}
	if err := store.NumberAnew(ctx); err != nil {
		return err
	}
	if done.lost, err = store.Lost(ctx); err != nil {
		return err
	}
	done.trails, err = store.LostTrails(ctx)
	return err
}
