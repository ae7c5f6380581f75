package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

// partList is what every verb has that lists parts of a draft.
type partList struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object, with the parts as the site file has them."`
}

// list shows parts of a draft, in a table or as one object.
func (c *partList) list(ctx context.Context, t *terminal, name string, parts func(*sitefile.Inventory, *consent.Draft) (any, error), rows func(*consent.Draft) *table) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	draft, revision, err := store.DraftAt(ctx, c.Site)
	if err != nil {
		return err
	}
	inventory, err := sitefile.ReadInventory(draft, t.today())
	if err != nil {
		return err
	}
	all, err := parts(inventory, draft)
	if err != nil {
		return err
	}
	if c.JSON {
		return newLines(t).Encode(object{"site": c.Site, "revision": revision, name: all})
	}
	if err := rows(draft).write(); err != nil {
		return err
	}
	t.remark("This is revision %d of the draft.", revision)
	return nil
}

// allOf gives a list that is one in JSON, too.
func allOf(list []json.RawMessage) []json.RawMessage { return append([]json.RawMessage{}, list...) }

type categoryListCmd struct{ partList }

// Help says what is in them.
func (c *categoryListCmd) Help() string {
	return `The categories of the draft, in the order that visitors see, with how many services and cookies are in each.

Example:

  samtykke category list gjerdrum`
}

// Run lists the categories.
func (c *categoryListCmd) Run(ctx context.Context, t *terminal) error {
	return c.list(ctx, t, "categories", func(i *sitefile.Inventory, _ *consent.Draft) (any, error) { return allOf(i.Categories), nil }, func(d *consent.Draft) *table {
		list := newTable(t, column{title: "KEY"}, column{title: "NAME"}, column{title: "SERVICES", right: true}, column{title: "COOKIES", right: true}, column{title: "PURPOSE"})
		for i := range d.Categories {
			category := &d.Categories[i]
			services, cookies := d.InCategory(category.Key)
			list.add(string(category.Key), orDash(wording(category.Name)), strconv.Itoa(services), strconv.Itoa(cookies), orDash(wording(category.Purpose)))
		}
		return list
	})
}

type categoryShowCmd struct {
	access
	Site     consent.SiteKey     `arg:"" help:"Key of the site."`
	Category consent.CategoryKey `arg:"" help:"Key of the category."`
}

// Help says what for.
func (c *categoryShowCmd) Help() string {
	return `Writes the category as JSON, as the site file has it, to be changed and given back to the verb set with --file.

Example:

  samtykke category show gjerdrum statistics`
}

// Run writes the category.
func (c *categoryShowCmd) Run(ctx context.Context, t *terminal) error {
	p := aCategory(c.Site, c.Category)
	return p.show(ctx, t, c.access)
}

type categorySetCmd struct {
	partSet
	Site     consent.SiteKey     `arg:"" help:"Key of the site."`
	Category consent.CategoryKey `arg:"" help:"Key of the category; a new one is added behind the others."`
	Values   []string            `arg:"" optional:"" name:"name=value" help:"Fields of the site file, such as name.nb; everything else stays."`
}

// Help says where reasons and signatures are.
func (c *categorySetCmd) Help() string {
	return `What else a category says stays as it is. An empty value takes something away. What is necessary needs a reason and a signature for each cookie: "samtykke exemption set" writes them.

Examples:

  samtykke category set gjerdrum statistics "name.nb=Statistikk"
  samtykke category set gjerdrum maps name.nb=Kart "purpose.nb=Viser kart fra andre."

Read on: samtykke help draft`
}

// Run changes or adds the category.
func (c *categorySetCmd) Run(ctx context.Context, t *terminal) error {
	return c.set(ctx, t, aCategory(c.Site, c.Category), "", c.Values)
}

type categoryRemoveCmd struct {
	partRemove
	Site     consent.SiteKey     `arg:"" help:"Key of the site."`
	Category consent.CategoryKey `arg:"" help:"Key of the category."`
}

// Help says what is done first.
func (c *categoryRemoveCmd) Help() string {
	return `Only a category that nothing is in is removed: put its services and cookies into others first, with "samtykke service set SITE SERVICE category=OTHER". Nothing is removed before --yes is added.

Example:

  samtykke category remove gjerdrum maps --yes`
}

// Run removes the category.
func (c *categoryRemoveCmd) Run(ctx context.Context, t *terminal) error {
	return c.remove(ctx, t, aCategory(c.Site, c.Category))
}
