package main

import (
	"context"
	"encoding/json"
	"os"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/storage/sqlite"
)

type dbStatusCmd struct {
	access
	JSON bool `name:"json" help:"Write one JSON object."`
}

// dbStatus is what there is to know of a database without reading it through.
type dbStatus struct {
	Path  string       `json:"path"`
	Bytes int64        `json:"bytes"` // with what waits in the write-ahead log
	Have  int64        `json:"version"`
	Want  int64        `json:"program_version"`
	Sites []siteStatus `json:"sites"`
}

type siteStatus struct {
	Site   consent.SiteKey      `json:"site"`
	Notice consent.NoticeNumber `json:"notice"`
	Last   *string              `json:"last_decision"` // RFC 3339, UTC
}

// Run looks without changing anything, except that a database of an older
// version shows its version only.
func (c *dbStatusCmd) Run(ctx context.Context, t *terminal) error {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	status := dbStatus{Path: settings.Storage.SQLite.Path, Sites: []siteStatus{}}
	if err := c.exists(status.Path); err != nil {
		return err
	}
	if status.Bytes, err = bytesOnDisk(status.Path); err != nil {
		return err
	}
	if status.Have, status.Want, err = sqlite.Versions(ctx, status.Path); err != nil {
		return err
	}
	if status.Have == status.Want {
		if err := c.sites(ctx, t, &status); err != nil {
			return err
		}
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(status)
	}
	return status.words(t)
}

// bytesOnDisk is the size of the database with what waits in its log.
func bytesOnDisk(path string) (int64, error) {
	info, err := os.Stat(path)
	if err != nil {
		return 0, err
	}
	waiting, err := sqlite.WALSize(path)
	return info.Size() + waiting, err
}

func (c *dbStatusCmd) sites(ctx context.Context, t *terminal, status *dbStatus) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	sites, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	for _, site := range sites {
		one := siteStatus{Site: site.Key, Notice: site.Notice}
		newest, err := store.Read(ctx, consent.LogQuery{Site: site.Key, Limit: 1})
		if err != nil {
			return err
		}
		if len(newest) > 0 {
			last := newest[0].Time.UTC().Format(stamp)
			one.Last = &last
		}
		status.Sites = append(status.Sites, one)
	}
	return nil
}

func (s *dbStatus) words(t *terminal) error {
	facts := newTable(t, column{}, column{})
	facts.add("Database", s.Path)
	facts.add("Size", grouped(int(s.Bytes))+" bytes")
	version := strconv.FormatInt(s.Have, 10)
	switch {
	case s.Have < s.Want:
		version += ", older than this program (" + strconv.FormatInt(s.Want, 10) + "); bring it up with: samtykke db migrate"
	case s.Have > s.Want:
		version += ", newer than this program (" + strconv.FormatInt(s.Want, 10) + "); install the newer samtykke"
	}
	facts.add("Version", version)
	if err := facts.flush(); err != nil {
		return err
	}
	if len(s.Sites) == 0 {
		return nil
	}
	t.say("")
	sites := newTable(t, column{title: "SITE"}, column{title: "NOTICE", right: true}, column{title: "LAST DECISION"})
	for _, site := range s.Sites {
		last := "–"
		if site.Last != nil {
			at, err := time.Parse(stamp, *site.Last)
			if err != nil {
				return err
			}
			last = whenShown(at)
		}
		sites.add(string(site.Site), strconv.Itoa(int(site.Notice)), last)
	}
	return sites.write()
}
