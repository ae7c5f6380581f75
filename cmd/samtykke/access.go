package main

import (
	"context"
	"errors"
	"io/fs"
	"log/slog"
	"os"
	"path/filepath"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage"
)

// databaseFile is the name of the database within a data folder.
const databaseFile = "samtykke.db"

// access says where the database is. Every verb that reads or writes it has
// the same flags.
type access struct {
	Config string `short:"c" placeholder:"FILE" help:"Settings file (YAML). Environment: SAMTYKKE_PUBLIC_LISTEN and so on."`
	Data   string `short:"d" placeholder:"DIR" help:"Folder that holds samtykke.db, in place of storage.sqlite.path."`
}

// settings loads the settings for a command beside the server, with flags by dotted path
// on top. Secrets that only the server needs may be missing where the command runs.
func (a access) settings(t *terminal, flags map[string]any) (*config.Config, error) {
	return a.load(t, flags, config.LoadBeside)
}

// served loads the settings as the server needs them.
func (a access) served(t *terminal, flags map[string]any) (*config.Config, error) {
	return a.load(t, flags, config.Load)
}

func (a access) load(t *terminal, flags map[string]any, from func(string, []string, map[string]any) (*config.Config, error)) (*config.Config, error) {
	all := map[string]any{}
	for path, value := range flags {
		if text, isText := value.(string); isText && text == "" {
			continue
		}
		all[path] = value
	}
	if a.Data != "" {
		all["storage.sqlite.path"] = filepath.Join(a.Data, databaseFile)
	}
	settings, err := from(a.Config, t.environ, all)
	var problems consent.Problems
	if errors.As(err, &problems) {
		writeProblems(t.err, a.Config, problems)
		return nil, told{err}
	}
	return settings, err
}

// again gives the flags, to be repeated in a command that help suggests.
func (a access) again() string {
	flags := ""
	if a.Config != "" {
		flags += " --config " + quoted(a.Config)
	}
	if a.Data != "" {
		flags += " --data " + quoted(a.Data)
	}
	return flags
}

// open opens a database that is there already, beside a server that may be
// running on it. The caller closes the store.
func (a access) open(ctx context.Context, t *terminal) (consent.Store, error) {
	settings, err := a.settings(t, nil)
	if err != nil {
		return nil, err
	}
	return a.openWith(ctx, t, settings)
}

// openWith does the same for a verb that has read the settings.
func (a access) openWith(ctx context.Context, t *terminal, settings *config.Config) (consent.Store, error) {
	if err := a.exists(settings.Storage.SQLite.Path); err != nil {
		return nil, err
	}
	return openStore(ctx, t, settings)
}

// openSite does the same for a verb that is about one site of it.
func (a access) openSite(ctx context.Context, t *terminal, site consent.SiteKey) (consent.Store, error) {
	store, err := a.open(ctx, t)
	if err != nil {
		return nil, err
	}
	if _, err := known(ctx, store, site); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// openOrganisation does the same for a verb that is about an organisation.
func (a access) openOrganisation(ctx context.Context, t *terminal, id consent.OrganisationID) (consent.Store, error) {
	store, err := a.open(ctx, t)
	if err != nil {
		return nil, err
	}
	if _, err := knownOrganisation(ctx, store, id); err != nil {
		return nil, errors.Join(err, store.Close())
	}
	return store, nil
}

// exists says how to get to a database that is not there.
func (a access) exists(path string) error {
	_, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) {
		return consent.Errorf(consent.NotFound, "no_database",
			"There is no database at %s. Name its folder with --data DIR or the settings with --config FILE; "+
				"\"samtykke site import FILE\" makes a new one.", path)
	}
	return err
}

// create opens the database and makes it when it does not exist.
func (a access) create(ctx context.Context, t *terminal) (consent.Store, error) {
	settings, err := a.settings(t, nil)
	if err != nil {
		return nil, err
	}
	return openStore(ctx, t, settings)
}

func openStore(ctx context.Context, t *terminal, settings *config.Config) (consent.Store, error) {
	if err := os.MkdirAll(filepath.Dir(settings.Storage.SQLite.Path), 0o700); err != nil {
		return nil, err
	}
	quiet := slog.New(slog.NewTextHandler(t.err, &slog.HandlerOptions{Level: slog.LevelWarn}))
	return storage.OpenShared(ctx, settings, t.clock, quiet)
}

// known makes "there is no such site" name the sites that there are.
func known(ctx context.Context, store consent.SiteStore, site consent.SiteKey) (*consent.Draft, error) {
	draft, err := store.Draft(ctx, site)
	if err == nil || consent.KindOf(err) != consent.NotFound {
		return draft, err
	}
	sites, err := store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	if len(sites) == 0 {
		return nil, consent.Errorf(consent.NotFound, "unknown_site",
			"There is no site %q; the database is empty. Import a site file: samtykke site import FILE", site)
	}
	keys := make([]consent.SiteKey, len(sites))
	for i, entry := range sites {
		keys[i] = entry.Key
	}
	return nil, consent.Errorf(consent.NotFound, "unknown_site", "There is no site %q. The sites are: %s.", site, join(keys))
}

// closing keeps the first error: that of the work, else that of closing.
func closing(store consent.Store, err *error) {
	if failed := store.Close(); *err == nil {
		*err = failed
	}
}
