package main

import (
	"context"
	"io"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

type inventoryExportCmd struct {
	access
	Site   consent.SiteKey `arg:"" help:"Key of the site."`
	Format string          `default:"csv" enum:"csv,json,yaml,open" aliases:"form" placeholder:"csv|json|yaml|open" help:"csv, json, yaml or open (the Open Cookie Database's CSV); csv unless told."`
	separated
	Out string `short:"o" placeholder:"FILE" help:"Write to this file; otherwise to standard output."`
}

// draftFiles are the files of the page for export, by what --format calls them.
var draftFiles = map[string]string{"csv": "inventory.csv", "json": "inventory.json", "yaml": "site.yaml", "open": "open-cookie-database.csv"}

// Help says what can be read back.
func (c *inventoryExportCmd) Help() string {
	return `The files are those of the page for export. csv and json hold the whole inventory, and yaml the whole draft as a site file: "samtykke inventory import" reads each back to the same. open holds what the Open Cookie Database has columns for: one language, and one lifetime of each cookie.

Examples:

  samtykke inventory export gjerdrum -o services.csv
  samtykke inventory export gjerdrum --separator semicolon -o services.csv
  samtykke inventory export gjerdrum --format open`
}

// Run writes the file.
func (c *inventoryExportCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.semicolons() && c.Format != "csv" && c.Format != "open" {
		return misusef("--separator belongs to --format csv or open; no other format has cells")
	}
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, err := store.Draft(ctx, c.Site)
	if err != nil {
		return err
	}
	write := func(to io.Writer) error { return admin.WriteDraft(c.to(to), draft, draftFiles[c.Format]) }
	if c.Out != "" {
		return writeWhole(c.Out, write)
	}
	return write(t.out)
}
