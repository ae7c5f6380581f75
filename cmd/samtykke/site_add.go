package main

import (
	"context"
	"encoding/json"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

type siteAddCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	Name         string                 `arg:"" help:"What the site is called, such as \"Gjerdrum bibliotek\"."`
	Origin       string                 `arg:"" help:"Its address, such as www.kommunen.example; more can be added later."`
	Key          consent.SiteKey        `placeholder:"KEY" help:"Short name, which stands in addresses and cannot be changed later; otherwise it is made of the name."`
	Language     []consent.Language     `default:"nb,nn,en" placeholder:"LANGUAGE" help:"Languages of the banner, the first one first; nb, nn and en unless told. May be repeated."`
	JSON         bool                   `name:"json" help:"Write one JSON object."`
}

// Help says what the draft begins with.
func (c *siteAddCmd) Help() string {
	return `The draft begins with what every Norwegian public body would write the same; nothing is asked yet, and visitors see nothing before it is published. A site of which there is a file is made by "samtykke site import".

Example:

  samtykke site add gjerdrum "Gjerdrum bibliotek" bibliotek.gjerdrum.kommune.no
  samtykke site settings gjerdrum-bibliotek
  samtykke inventory import gjerdrum-bibliotek services.csv --yes`
}

// Run makes the site.
func (c *siteAddCmd) Run(ctx context.Context, t *terminal) (err error) {
	for _, lang := range c.Language {
		if !lang.Known() {
			return misusef("--language %q is no language that a site can have; \"samtykke text list\" lists them", lang)
		}
	}
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	organisation, err := knownOrganisation(ctx, store, c.Organisation)
	if err != nil {
		return err
	}
	made := organising.NewSite{Organisation: *organisation, Name: strings.TrimSpace(c.Name), Origin: c.Origin, Key: c.Key, Languages: c.Language}
	telling := tells(ctx, t, consent.Act{Organisation: organisation.ID, Action: "site.add"})
	key, faults, err := made.Add(telling, store, t.clock())
	if err != nil {
		return err
	}
	if len(faults) > 0 {
		return t.refuseFaults(faults)
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"site": key, "organisation": organisation.ID})
	}
	t.say("There is a site %s in %s. Nothing of it is published yet.", key, organisation.ID)
	t.say("Look over its settings: samtykke site settings %s%s", key, c.again())
	return nil
}
