package main

import (
	"context"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

type serviceListCmd struct{ partList }

// Help says what more there is.
func (c *serviceListCmd) Help() string {
	return `The services of the draft. With --json all that the site file says of them is written, cookies too.

Example:

  samtykke service list gjerdrum`
}

// Run lists the services.
func (c *serviceListCmd) Run(ctx context.Context, t *terminal) error {
	return c.list(ctx, t, "services", func(i *sitefile.Inventory, _ *consent.Draft) (any, error) { return allOf(i.Services), nil }, func(d *consent.Draft) *table {
		list := newTable(t, column{title: "KEY"}, column{title: "NAME"}, column{title: "CATEGORY"}, column{title: "COOKIES", right: true}, column{title: "COMPANY"})
		for i := range d.Services {
			s := &d.Services[i]
			list.add(string(s.Key), orDash(wording(s.Name)), string(s.Category), strconv.Itoa(len(s.Cookies)), orDash(s.Provider.Name))
		}
		return list
	})
}

type serviceShowCmd struct {
	access
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
}

// Help says what for.
func (c *serviceShowCmd) Help() string {
	return `Writes the service with its cookies as JSON, as the site file has it, to be changed and given back to the verb set with --file.

Example:

  samtykke service show gjerdrum youtube`
}

// Run writes the service.
func (c *serviceShowCmd) Run(ctx context.Context, t *terminal) error {
	p := aService(c.Site, c.Service)
	return p.show(ctx, t, c.access)
}

type serviceSetCmd struct {
	partSet
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service; a new one is added."`
	Values  []string           `arg:"" optional:"" name:"name=value" help:"Fields of the site file, such as category or provider.name; everything else stays."`
}

// Help says how to write lists.
func (c *serviceSetCmd) Help() string {
	return `What else the service says stays as it is, its cookies too. An empty value takes something away; a list takes one value, or several as JSON; countries and hosts also with commas between. What is only missing is told, and keeps the draft from being published, not from being saved.

Examples:

  samtykke service set gjerdrum youtube category=marketing "name.nb=YouTube"
  samtykke service set gjerdrum youtube provider.country=IE,US hosts=www.youtube-nocookie.com
  samtykke service set gjerdrum youtube 'never_on=["/min-side/", "/skjema/"]'
  samtykke service set gjerdrum youtube --file youtube.json --revision 7

Read on: samtykke help draft`
}

// Run changes or adds the service.
func (c *serviceSetCmd) Run(ctx context.Context, t *terminal) error {
	return c.set(ctx, t, aService(c.Site, c.Service), "", c.Values)
}

type serviceRemoveCmd struct {
	partRemove
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
}

// Help says what goes with it.
func (c *serviceRemoveCmd) Help() string {
	return `Its cookies go with it. Nothing is removed before --yes is added.

Example:

  samtykke service remove gjerdrum youtube --yes`
}

// Run removes the service.
func (c *serviceRemoveCmd) Run(ctx context.Context, t *terminal) error {
	return c.remove(ctx, t, aService(c.Site, c.Service))
}
