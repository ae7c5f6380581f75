package main

import (
	"context"
	"io"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/logfilter"
)

type trailExportCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" optional:"" help:"Whose trail; that of the installation when left out."`
	From         string                 `placeholder:"DATE" help:"From this day on, as Norway has it."`
	To           string                 `placeholder:"DATE" help:"Until this day is over, as Norway has it."`
	Act          string                 `placeholder:"ACT" help:"What was done, such as notice.publish."`
	Account      string                 `placeholder:"PERSON" help:"Who did it, or in whose name a command did: an e-mail address or the number of an account."`
	By           consent.Doer           `placeholder:"WAY" help:"How: person (on the pages), key, command, program or stranger (not logged in)."`
	Site         consent.SiteKey        `placeholder:"SITE" help:"Where it was done."`
	separated
	Out string `short:"o" placeholder:"FILE" help:"Write to this file; otherwise to standard output."`
}

// Help says that it is told of, too.
func (c *trailExportCmd) Help() string {
	return `The file is that of the page: CSV, the newest act first, in words beside the codes. It holds what people are called. That somebody took it out is written into the trail before it is.

Examples:

  samtykke trail export gjerdrum -o trail.csv
  samtykke trail export gjerdrum --from 2026-11-01 --to 2026-11-30 --act log.export`
}

// Run writes the file.
func (c *trailExportCmd) Run(ctx context.Context, t *terminal) (err error) {
	query := consent.TrailQuery{Organisation: c.Organisation, Action: c.Act, By: c.By, Site: c.Site, EveryWay: true}
	var faults []logfilter.Fault
	query.From, query.Until, faults = logfilter.Days(c.From, c.To)
	if len(faults) > 0 {
		if faults[0].Flaw == logfilter.BadDays {
			return misusef("--from must not lie after --to")
		}
		return misusef("--%s is no day; write one such as 2026-12-01", faults[0].Field)
	}
	if err := checkActs(c.Act, c.By); err != nil {
		return err
	}
	if err := c.spares(t, c.Out); err != nil {
		return err
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if c.Organisation != "" {
		if _, err := knownOrganisation(ctx, store, c.Organisation); err != nil {
			return err
		}
	}
	if c.Site != "" {
		if _, err := known(ctx, store, c.Site); err != nil {
			return err
		}
	}
	object := c.told()
	if c.Account != "" {
		account, err := accountNamed(ctx, store, c.Account)
		if err != nil {
			return err
		}
		query.Account = account.ID
		object = strings.TrimSpace("person=" + objectOf(account) + " " + object)
	}
	if err := store.RecordAct(ctx, consent.Act{Time: t.clock(), Organisation: c.Organisation, Action: "trail.export", Object: object}); err != nil {
		return err
	}
	write := func(to io.Writer) error {
		return admin.Machine{Store: store, Clock: t.clock}.TrailCSV(ctx, c.to(to), query)
	}
	if c.Out != "" {
		return writeWhole(c.Out, write)
	}
	return write(t.out)
}

// told tells what is taken out, as the page does.
func (c *trailExportCmd) told() string {
	var parts []string
	for _, each := range []struct{ name, value string }{{"by", string(c.By)}, {"site", string(c.Site)}, {"action", c.Act}, {"from", c.From}, {"to", c.To}} {
		if each.value != "" {
			parts = append(parts, each.name+"="+each.value)
		}
	}
	return strings.Join(parts, " ")
}
