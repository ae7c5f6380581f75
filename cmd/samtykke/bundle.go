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
	return `Writes the script of a site, to be read and measured, in files that are named as its addresses are:

  SITE.js                   what the script tag asks for
  SITE/ID.js                the same bytes, for ever, for pinning
  SITE/panel.nb.ID.js       the second layer, one per language

For a SITE they are the very bytes that the server hands out, and the pinned tag holds their integrity. A FILE shows what publishing it would bring. No server ever has those bytes, since the moment of publishing is part of them, so there is no tag that pins them.

The script sends decisions to the server that it came from: a proxy may stand in between, but a copy on another web server has nobody to send them to.

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
	settings, said, err := c.spoken(t)
	if err != nil {
		return err
	}
	built, err := c.build(ctx, t, said)
	if err != nil {
		return err
	}
	files, err := c.save(built)
	if err != nil {
		return err
	}
	tag, pinned := c.tags(settings.Public.URL.String(), built.Bundle, files[0].Integrity)
	if c.JSON {
		lines := json.NewEncoder(t.out)
		lines.SetEscapeHTML(false)
		return lines.Encode(struct {
			Site   consent.SiteKey      `json:"site"`
			Bundle consent.BundleID     `json:"bundle"`
			Notice consent.NoticeNumber `json:"notice"`
			Hash   string               `json:"hash"`
			Files  []file               `json:"files"`
			Tag    string               `json:"tag"`
			Pinned string               `json:"pinned_tag,omitempty"`
		}{built.Bundle.Site, built.Bundle.ID, built.Bundle.Notice, built.Bundle.Hash.String(), files, tag, pinned})
	}
	return c.words(t, files, tag, pinned)
}

// tags gives the tag that follows the newest notice, and the one that is pinned
// to these bytes: empty for a file, whose bytes no server will ever have.
func (c *bundleCmd) tags(base string, bundle *consent.Bundle, integrity string) (tag, pinned string) {
	if base == "" {
		base = "https://HOST"
	}
	tag = fmt.Sprintf(`<script src="%s/%s.js"></script>`, base, bundle.Site)
	if c.isFile() {
		return tag, ""
	}
	return tag, fmt.Sprintf(`<script src="%s/%s/%s.js" integrity="%s" crossorigin="anonymous"></script>`,
		base, bundle.Site, bundle.ID, integrity)
}

// isFile tells a path from a key, which holds neither dot nor slash.
func (c *bundleCmd) isFile() bool { return strings.ContainsAny(c.Source, `./\`) }

func (c *bundleCmd) words(t *terminal, files []file, tag, pinned string) error {
	list := newTable(t, column{title: "FILE"}, column{title: "RAW", right: true},
		column{title: "BROTLI", right: true}, column{title: "GZIP", right: true})
	for _, each := range files {
		list.add(each.Path, grouped(each.Raw), grouped(each.Brotli), grouped(each.Gzip))
	}
	if err := list.write(); err != nil {
		return err
	}
	if pinned != "" {
		t.say("\nintegrity=\"%s\"", files[0].Integrity)
	}
	t.say("\nFirst in <head>, always the newest notice:\n  %s", tag)
	if pinned != "" {
		t.say("\nPinned to these bytes:\n  %s", pinned)
	}
	return nil
}

// build makes the bundle of a site file as it would be published next, or of
// the notice in force.
func (c *bundleCmd) build(ctx context.Context, t *terminal, said consent.Translations) (built *banner.Built, err error) {
	if c.isFile() {
		draft, problems, err := readSite(t, c.Source)
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
		return banner.New(banner.Scratch{}, said, t.clock).Current(ctx, notice)
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
	return banner.New(store, said, t.clock).Current(ctx, notice)
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
			Path: filepath.Join(c.Out, path), Raw: len(asset.Body), Brotli: len(asset.Brotli()), Gzip: len(asset.Gzip()),
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
