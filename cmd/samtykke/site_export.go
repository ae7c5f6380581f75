package main

import (
	"context"
	"io"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

type siteExportCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	Out  string          `short:"o" placeholder:"FILE" help:"Write to this file; otherwise to standard output."`
}

// Run writes the draft as a site file, which imports to the same draft.
func (c *siteExportCmd) Run(ctx context.Context, t *terminal) (err error) {
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, err := known(ctx, store, c.Site)
	if err != nil {
		return err
	}
	text, err := config.FormatSite(draft)
	if err != nil {
		return err
	}
	if c.Out != "" {
		return writeWhole(c.Out, func(to io.Writer) error { _, err := to.Write(text); return err })
	}
	_, err = t.out.Write(text)
	return err
}
