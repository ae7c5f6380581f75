package main

import (
	"context"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/sitefile"
)

// exemption is the member of a cookie that says why nobody is asked about it.
const exemption = "exemption"

type exemptionListCmd struct{ partList }

// Help says what is missing.
func (c *exemptionListCmd) Help() string {
	return `The cookies that nobody is asked about, with the written reason of each, and who has signed it when. While one has no reason, the draft cannot be published.

Example:

  samtykke exemption list gjerdrum`
}

// Run lists what is necessary.
func (c *exemptionListCmd) Run(ctx context.Context, t *terminal) error {
	return c.list(ctx, t, "exemptions", func(_ *sitefile.Inventory, d *consent.Draft) (any, error) { return api.ExemptionsOf(d), nil }, func(d *consent.Draft) *table {
		list := newTable(t, column{title: "SERVICE"}, column{title: "COOKIE"}, column{title: "GROUND"}, column{title: "SIGNED BY"}, column{title: "DAY"}, column{title: "REASON"})
		for _, each := range api.ExemptionsOf(d) {
			e := each.Exemption
			if e == nil {
				e = &api.Exemption{}
			}
			list.add(string(each.Service), each.Cookie, orDash(string(e.Ground)), orDash(e.Reviewer), orDash(e.Reviewed), orDash(wording(e.Reason)))
		}
		return list
	})
}

type exemptionSetCmd struct {
	partSet
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
	Cookie  string             `arg:"" help:"Name of the cookie."`
	Values  []string           `arg:"" optional:"" name:"name=value" help:"ground (transmission or requested), reason.LANGUAGE, when.LANGUAGE, reviewer and reviewed."`
}

// Help says who signs.
func (c *exemptionSetCmd) Help() string {
	return `Writes why nobody is asked about a cookie, and who has signed that: a role, never the name of a person, and the day. What else it says stays as it is. Then put the cookie into the category of what is necessary: "samtykke cookie set SITE SERVICE COOKIE category=necessary". The other way round it is refused.

Examples:

  samtykke exemption set gjerdrum minside ASP.NET_SessionId reviewed=2025-06-02
  samtykke exemption set gjerdrum minside ASP.NET_SessionId reviewer=Nettredaktør

Read on: samtykke help draft`
}

// Run writes the reason and the signature.
func (c *exemptionSetCmd) Run(ctx context.Context, t *terminal) error {
	return c.set(ctx, t, aCookie(c.Site, c.Service, c.Cookie), exemption, c.Values)
}

type exemptionRemoveCmd struct {
	partRemove
	Site    consent.SiteKey    `arg:"" help:"Key of the site."`
	Service consent.ServiceKey `arg:"" help:"Key of the service."`
	Cookie  string             `arg:"" help:"Name of the cookie."`
}

// Help says what follows.
func (c *exemptionRemoveCmd) Help() string {
	return `Takes the reason and the signature away. A cookie that is necessary and has none keeps the draft from being published: put it into another category, too. Nothing is removed before --yes is added.

Example:

  samtykke exemption remove gjerdrum minside ASP.NET_SessionId --yes`
}

// Run takes the reason away.
func (c *exemptionRemoveCmd) Run(ctx context.Context, t *terminal) error {
	p := aCookie(c.Site, c.Service, c.Cookie)
	p.member = exemption
	return c.remove(ctx, t, p)
}
