package main

import (
	"context"
	"encoding/json"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/sitefile"
)

type cookieListCmd struct {
	partList
	Service consent.ServiceKey `arg:"" optional:"" help:"Key of a service; those of all services when left out."`
}

// Help says what more there is.
func (c *cookieListCmd) Help() string {
	return `The cookies of the draft, each with its service. With --json all that the site file says of them is written.

Examples:

  samtykke cookie list gjerdrum
  samtykke cookie list gjerdrum youtube`
}

// listedCookie is a cookie with the service that it is of.
type listedCookie struct {
	Service consent.ServiceKey `json:"service"`
	Cookie  json.RawMessage    `json:"cookie"`
}

// Run lists the cookies.
func (c *cookieListCmd) Run(ctx context.Context, t *terminal) error {
	return c.list(ctx, t, "cookies", c.parts, func(d *consent.Draft) *table {
		list := newTable(t, column{title: "SERVICE"}, column{title: "COOKIE"}, column{title: "KIND"}, column{title: "CATEGORY"}, column{title: "LIFETIME"}, column{title: "PURPOSE"})
		for i := range d.Services {
			s := &d.Services[i]
			if c.Service != "" && c.Service != s.Key {
				continue
			}
			for j := range s.Cookies {
				each := &s.Cookies[j]
				list.add(string(s.Key), each.Pattern.Name, string(each.Kind), string(each.CategoryIn(s)), orDash(each.Lifetime.Declared.Words(consent.English)), orDash(wording(each.Purpose)))
			}
		}
		return list
	})
}

func (c *cookieListCmd) parts(inventory *sitefile.Inventory, d *consent.Draft) (any, error) {
	all := []listedCookie{}
	if c.Service != "" && d.Service(c.Service) == nil {
		return nil, unknownService(d, c.Service)
	}
	for i := range d.Services {
		key := d.Services[i].Key
		if c.Service != "" && c.Service != key {
			continue
		}
		cookies, err := inventory.Cookies(key)
		if err != nil {
			return nil, err
		}
		for _, each := range cookies {
			all = append(all, listedCookie{key, each})
		}
	}
	return all, nil
}

type cookieShowCmd struct {
	access
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
	Cookie  string             `arg:"" help:"Name of the cookie, as the site file has it."`
}

// Help says what for.
func (c *cookieShowCmd) Help() string {
	return `Writes the cookie as JSON, as the site file has it, to be changed and given back to the verb set with --file.

Example:

  samtykke cookie show gjerdrum youtube YSC`
}

// Run writes the cookie.
func (c *cookieShowCmd) Run(ctx context.Context, t *terminal) error {
	p := aCookie(c.Site, c.Service, c.Cookie)
	return p.show(ctx, t, c.access)
}

type cookieSetCmd struct {
	partSet
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
	Cookie  string             `arg:"" help:"Name of the cookie; a new one is added."`
	Values  []string           `arg:"" optional:"" name:"name=value" help:"Fields of the site file, such as lifetime.declared; everything else stays."`
}

// Help says how lifetimes are written.
func (c *cookieSetCmd) Help() string {
	return `What else the cookie says stays as it is. An empty value takes something away; a lifetime is written in words. A cookie that is to be necessary needs a reason and a signature: "samtykke exemption set" writes them.

Examples:

  samtykke cookie set gjerdrum youtube YSC "purpose.nb=Teller visninger."
  samtykke cookie set gjerdrum youtube PREF "lifetime.declared=8 months" status=active

Read on: samtykke help draft`
}

// Run changes or adds the cookie.
func (c *cookieSetCmd) Run(ctx context.Context, t *terminal) error {
	return c.set(ctx, t, aCookie(c.Site, c.Service, c.Cookie), "", c.Values)
}

type cookieRemoveCmd struct {
	partRemove
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
	Cookie  string             `arg:"" help:"Name of the cookie."`
}

// Help says what stays.
func (c *cookieRemoveCmd) Help() string {
	return `The service stays. Nothing is removed before --yes is added.

Example:

  samtykke cookie remove gjerdrum youtube YSC --yes`
}

// Run removes the cookie.
func (c *cookieRemoveCmd) Run(ctx context.Context, t *terminal) error {
	return c.remove(ctx, t, aCookie(c.Site, c.Service, c.Cookie))
}
