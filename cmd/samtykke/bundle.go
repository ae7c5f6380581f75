package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"github.com/samtykke/samtykke/banner"
	"github.com/samtykke/samtykke/consent"
)

type bundleCmd struct {
	access
	Source string `arg:"" name:"site|file" help:"Key of a site, or a site file (YAML), which needs no database."`
	Out    string `short:"o" default:"." placeholder:"DIR" help:"Folder to write to, with the paths of the addresses."`
	JSON   bool   `name:"json" help:"Write one JSON object."`
}

// Help says what the files are for.
func (c *bundleCmd) Help() string {
	return `Writes the very bytes that the server hands out, under the same paths, so that they can be read, measured, or put on a web server of your own:

  SITE.js                   what the script tag asks for
  SITE/ID.js                the same bytes, for ever, for pinning
  SITE/panel.nb.ID.js       the second layer, one per language

Read on: samtykke help script-tag`
}

// file is one written file.
type file struct {
	Path      string `json:"path"`
	Raw       int    `json:"raw_bytes"`
	Brotli    int    `json:"brotli_bytes"`
	Gzip      int    `json:"gzip_bytes"`
	Integrity string `json:"integrity"`
}

// Run builds the bundle and writes it.
func (c *bundleCmd) Run(ctx context.Context, t *terminal) (err error) {
	settings, err := c.settings(t, nil)
	if err != nil {
		return err
	}
	built, err := c.build(ctx, t)
	if err != nil {
		return err
	}
	files, err := c.save(built)
	if err != nil {
		return err
	}
	base := settings.Public.URL.String()
	if base == "" {
		base = "https://HOST"
	}
	main := files[0]
	tag := fmt.Sprintf(`<script src="%s/%s.js"></script>`, base, built.Bundle.Site)
	pinned := fmt.Sprintf(`<script src="%s/%s/%s.js" integrity="%s" crossorigin="anonymous"></script>`,
		base, built.Bundle.Site, built.Bundle.ID, main.Integrity)
	if c.JSON {
		lines := json.NewEncoder(t.out)
		lines.SetEscapeHTML(false)
		return lines.Encode(map[string]any{
			"site": built.Bundle.Site, "bundle": built.Bundle.ID, "notice": built.Bundle.Notice,
			"hash": built.Bundle.Hash.String(), "files": files, "tag": tag, "pinned_tag": pinned,
		})
	}
	return c.words(t, files, tag, pinned)
}

func (c *bundleCmd) words(t *terminal, files []file, tag, pinned string) error {
	list := newTable(t, column{title: "FILE"}, column{title: "RAW", right: true},
		column{title: "BROTLI", right: true}, column{title: "GZIP", right: true})
	for _, each := range files {
		list.add(each.Path, grouped(each.Raw), grouped(each.Brotli), grouped(each.Gzip))
	}
	if err := list.write(); err != nil {
		return err
	}
	t.say("\nintegrity=\"%s\"", files[0].Integrity)
	t.say("\nFirst in <head>, always the newest notice:\n  %s", tag)
	t.say("\nPinned to these bytes:\n  %s", pinned)
	return nil
}

// build makes the bundle of a site file as it would be published next, or of
// the notice in force.
func (c *bundleCmd) build(ctx context.Context, t *terminal) (built *banner.Built, err error) {
	if strings.ContainsAny(c.Source, `./\`) {
		draft, problems, err := readSite(c.Source)
		if err != nil {
			return nil, err
		}
		if len(problems.Faults()) > 0 {
			writeProblems(t.err, c.Source, problems)
			return nil, told{errors.New("faults")}
		}
		notice, err := consent.Freeze(consent.Revise(*draft, nil), 1, t.clock())
		if err != nil {
			return nil, err
		}
		return banner.New(scratch{}, t.clock).Current(ctx, notice)
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return nil, err
	}
	defer closing(store, &err)
	site := consent.SiteKey(c.Source)
	if _, err := known(ctx, store, site); err != nil {
		return nil, err
	}
	notice, err := (&noticeShowCmd{Site: site}).notice(ctx, store)
	if err != nil {
		return nil, err
	}
	return banner.New(store, t.clock).Current(ctx, notice)
}

// save writes the files, the moving one first, and measures them.
func (c *bundleCmd) save(built *banner.Built) ([]file, error) {
	site, id := string(built.Bundle.Site), string(built.Bundle.ID)
	if err := os.MkdirAll(filepath.Join(c.Out, site), 0o755); err != nil { //nolint:gosec // public files
		return nil, err
	}
	var files []file
	write := func(path string, asset *banner.Asset) error {
		files = append(files, file{
			Path: filepath.Join(c.Out, path), Raw: len(asset.Body), Brotli: len(asset.Brotli), Gzip: len(asset.Gzip),
			Integrity: asset.Integrity,
		})
		return os.WriteFile(filepath.Join(c.Out, path), asset.Body, 0o644) //nolint:gosec // public files
	}
	main := built.Files[consent.MainFile]
	if err := write(site+".js", main); err != nil {
		return nil, err
	}
	if err := write(filepath.Join(site, id+".js"), main); err != nil {
		return nil, err
	}
	for _, name := range sortedKeys(built.Files) {
		panel, isPanel := strings.CutSuffix(name, ".js")
		if name == consent.MainFile || !isPanel {
			continue
		}
		if err := write(filepath.Join(site, panel+"."+id+".js"), built.Files[name]); err != nil {
			return nil, err
		}
	}
	return files, nil
}
