package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

type siteListCmd struct {
	access
	JSON bool `name:"json" help:"Write one JSON object per line."`
}

// Run lists the sites in key order.
func (c *siteListCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	sites, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	if c.JSON {
		return siteLines(t, sites)
	}
	if len(sites) == 0 {
		t.say("No sites. Import one with: samtykke site import FILE%s", c.again())
		return nil
	}
	list := newTable(t, column{title: "SITE"}, column{title: "NAME"}, column{title: "ORGANISATION"},
		column{title: "NOTICE", right: true}, column{title: "DRAFT CHANGED"})
	for _, site := range sites {
		notice := "–"
		if site.Notice > 0 {
			notice = strconv.Itoa(int(site.Notice))
		}
		list.add(string(site.Key), wording(site.Name), string(site.Organisation), notice,
			whenShown(site.Changed))
	}
	return list.write()
}

func siteLines(t *terminal, sites []consent.SiteEntry) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	for _, site := range sites {
		err := lines.Encode(map[string]any{
			"site": site.Key, "organisation": site.Organisation, "name": site.Name,
			"notice": site.Notice, "changed": site.Changed.UTC().Format(stamp),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
