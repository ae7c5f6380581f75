package main

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"time"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/replay"
)

type noticePicturesCmd struct {
	access
	Site    consent.SiteKey      `arg:"" help:"Key of the site."`
	Number  consent.NoticeNumber `arg:"" optional:"" help:"Number of the notice; the newest when left out."`
	To      string               `placeholder:"DIR" help:"Write the pictures into this folder, too."`
	Browser string               `placeholder:"PATH" help:"The browser to take them with; otherwise Chromium or Chrome is looked for."`
	JSON    bool                 `name:"json" help:"Write one JSON object per picture."`
}

// Help says what the pictures are.
func (c *noticePicturesCmd) Help() string {
	return `Lists the pictures of a notice's banner: its first layer, and the second layer as it opens, on an empty page, 320 and 1280 pixels wide, in every language. If there are none yet, it takes them. Publishing takes them by itself where it finds a browser: this program at once, a running server beside its visitors (notices.pictures). A server pictures what is published while it runs, and nothing older.

A picture is kept with the script that it shows and is never changed.

Examples:

  samtykke notice pictures gjerdrum
  samtykke notice pictures gjerdrum 3 --to pictures`
}

// Run lists the pictures, after it has taken them where there are none.
func (c *noticePicturesCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.Number < 0 {
		return misusef("notices are numbered from 1")
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	notice, err := (&noticeShowCmd{Site: c.Site, Number: c.Number}).notice(ctx, store)
	if err != nil {
		return err
	}
	shown, err := replay.Find(ctx, store, replay.Wish{Site: c.Site, Notice: notice.Number})
	if err != nil {
		return err
	}
	taken, err := store.Screenshots(ctx, c.Site, shown.Bundle.ID)
	if err == nil && len(taken) == 0 {
		if _, err := takePictures(ctx, store, shown, c.Browser, forThemselves, t.clock); err != nil {
			return err
		}
		remarkUnconfined(t)
		taken, err = store.Screenshots(ctx, c.Site, shown.Bundle.ID)
	}
	if err != nil {
		return err
	}
	return c.list(t, shown, taken)
}

// picture is one of them in a list.
type picture struct {
	Notice   consent.NoticeNumber `json:"notice"`
	Bundle   consent.BundleID     `json:"bundle"`
	Language consent.Language     `json:"language"`
	Layer    consent.Layer        `json:"layer"`
	Width    int                  `json:"width"`
	Bytes    int                  `json:"bytes"`
	SHA256   string               `json:"sha256"`
	Taken    string               `json:"taken"`
	File     string               `json:"file,omitempty"`
}

func (c *noticePicturesCmd) list(t *terminal, shown *replay.Shown, taken []consent.Screenshot) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	table := newTable(t, column{title: "LANGUAGE"}, column{title: "LAYER"}, column{title: "WIDTH", right: true},
		column{title: "BYTES", right: true}, column{title: "TAKEN"}, column{title: "SHA-256"})
	for i := range taken {
		shot := &taken[i]
		if consent.HashOf(shot.PNG) != shot.Hash {
			return consent.Errorf(consent.Internal, "not_equal",
				"The picture %s is not the one that was taken: the database was changed behind the program's back. Audit it: samtykke log verify", pictureName(shot))
		}
		file, err := c.write(shown, shot)
		if err != nil {
			return err
		}
		if c.JSON {
			err := lines.Encode(picture{
				shown.Notice.Number, shown.Bundle.ID, shot.Language, shot.Layer, shot.Width, len(shot.PNG),
				shot.Hash.String(), shot.Taken.Format(time.RFC3339), file,
			})
			if err != nil {
				return err
			}
			continue
		}
		table.add(string(shot.Language), string(shot.Layer), strconv.Itoa(shot.Width), grouped(len(shot.PNG)),
			whenShown(shot.Taken), shot.Hash.String())
	}
	if c.JSON {
		return nil
	}
	if err := table.write(); err != nil {
		return err
	}
	if c.To != "" {
		t.say("\nWrote %s into %s.", plural(len(taken), "picture"), c.To)
	}
	return nil
}

// write puts the picture into the folder and gives its path, if there is one.
func (c *noticePicturesCmd) write(shown *replay.Shown, shot *consent.Screenshot) (string, error) {
	if c.To == "" {
		return "", nil
	}
	if err := os.MkdirAll(c.To, 0o755); err != nil { //nolint:gosec // what was shown to the public
		return "", err
	}
	path := filepath.Join(c.To, fmt.Sprintf("%s-%d-%s", c.Site, shown.Notice.Number, pictureName(shot)))
	return path, os.WriteFile(path, shot.PNG, 0o644) //nolint:gosec // what was shown to the public
}

// pictureName names a picture within its bundle.
func pictureName(shot *consent.Screenshot) string {
	return fmt.Sprintf("%s-%s-%d.png", shot.Language, shot.Layer, shot.Width)
}
