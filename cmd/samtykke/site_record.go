package main

import (
	"context"
	"io"
	"strconv"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/processing"
	"github.com/samtykke/samtykke/server/web"
)

type siteRecordCmd struct {
	access
	Site   consent.SiteKey  `arg:"" help:"Key of the site."`
	Draft  bool             `help:"Make it from the draft, not from the published notice."`
	Lang   consent.Language `placeholder:"LANG" help:"Language: nb, nn or en; the site's first when left out."`
	Format string           `enum:"html,json,csv" default:"html" help:"A page to read or print (html), data (json), or one row per activity (csv)."`
	separated
	Out string `short:"o" placeholder:"FILE" help:"Write to this file; otherwise to standard output."`
}

// Help says what the record holds.
func (c *siteRecordCmd) Help() string {
	return `The record of processing activities (GDPR art. 30(1)), behandlingsprotokoll in Norwegian: controller and data protection officer, and for each service and for the consent log itself purposes, categories, recipients, transfers, time limits for erasure and security measures. It comes from the published notice; of the log it says what this program does.

What art. 30 asks for and the notice does not say is marked as missing where it belongs, and counted on standard error. Nothing is guessed.

Examples:

  samtykke site record gjerdrum -o protokoll.html
  samtykke site record gjerdrum --lang nn --format csv -o protokoll.csv
  samtykke site record gjerdrum --draft --format json

Read on: samtykke help requests`
}

// Run writes the record.
func (c *siteRecordCmd) Run(ctx context.Context, t *terminal) (err error) {
	if c.semicolons() && c.Format != "csv" {
		return misusef("--separator belongs to --format csv; no other format has cells")
	}
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	if err := checkLanguage(c.Lang); err != nil {
		return err
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	material := processing.Material{Language: c.Lang, Now: t.clock().UTC()}
	if material.Draft, err = known(ctx, store, c.Site); err != nil {
		return err
	}
	if !c.Draft {
		notice, err := inForce(ctx, store, c.Site)
		if err != nil {
			return err
		}
		material.Draft, material.Entry = &notice.Draft, notice.Entry()
	}
	page := processing.Page(material)
	if err := writeTo(t, c.Out, func(to io.Writer) error { return processing.Write(c.to(to), page, c.Format) }); err != nil {
		return err
	}
	if page.Missing > 0 {
		t.remark("Missing: %s that art. 30 asks for (%s). The record marks each where it belongs.", plural(page.Missing, "detail"), gaps(page))
	}
	return nil
}

// gaps counts what is missing, item by item.
func gaps(page *web.RecordPage) string {
	var order []string
	counts := map[string]int{}
	count := func(items []web.RecordItem) {
		for _, item := range items {
			for _, text := range item.Texts {
				if !text.Missing {
					continue
				}
				if counts[item.Item] == 0 {
					order = append(order, item.Item)
				}
				counts[item.Item]++
			}
		}
	}
	count(page.Common)
	for i := range page.Activities {
		count(page.Activities[i].Items)
	}
	for i, item := range order {
		order[i] = item + " " + strconv.Itoa(counts[item])
	}
	return strings.Join(order, ", ")
}
