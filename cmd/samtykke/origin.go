package main

import (
	"cmp"
	"context"
	"encoding/json"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/api"
	"github.com/samtykke/samtykke/server/control"
	"github.com/samtykke/samtykke/server/web"
	"github.com/samtykke/samtykke/storage"
)

// originsOf gives what tells and looks for the control of addresses, as the page does.
func originsOf(t *terminal, settings *config.Config, store consent.Store) (*control.Origins, error) {
	key, err := storage.AdminKey(settings)
	return &control.Origins{Store: store, Looker: t.looker, Clock: t.clock, Key: key, Must: settings.Admin.Origins == config.OriginsProven}, err
}

// openOrigins opens the database for a verb about the addresses of a site. The caller
// closes the store.
func (a access) openOrigins(ctx context.Context, t *terminal, key consent.SiteKey) (consent.Store, *control.Origins, *consent.SiteEntry, error) {
	settings, err := a.settings(t, nil)
	if err != nil {
		return nil, nil, nil, err
	}
	store, err := a.openWith(ctx, t, settings)
	if err != nil {
		return nil, nil, nil, err
	}
	var site consent.SiteEntry
	if _, err = known(ctx, store, key); err == nil {
		site, err = store.Site(ctx, key)
	}
	var origins *control.Origins
	if err == nil {
		origins, err = originsOf(t, settings, store)
	}
	if err != nil {
		closing(store, &err)
		return nil, nil, nil, err
	}
	return store, origins, &site, nil
}

type originListCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object."`
}

// Help says what shows control.
func (c *originListCmd) Help() string {
	return `An address is an origin: scheme, host and perhaps a port, such as https://kommunen.example. Whoever controls one can put a line into the DNS of its domain as a TXT record, or into a file on its web server; either is enough, and the line is no secret. A server looks again by itself from time to time. Where admin.origins is proven, the pages and the API publish nothing before all addresses are shown to be controlled.

Example:

  samtykke origin list gjerdrum`
}

// Run lists the addresses, and what to publish for those whose control is not shown.
func (c *originListCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, origins, site, err := c.openOrigins(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	states, err := origins.Of(ctx, site)
	if err != nil {
		return err
	}
	if c.JSON {
		return originObject(t, states, origins.Must)
	}
	list := newTable(t, column{title: "ORIGIN"}, column{title: "CONTROL"}, column{title: "BY"}, column{title: "LOOKED"})
	for i := range states {
		list.add(states[i].Origin, controlWord(&states[i]), orDash(cmp.Or(states[i].By, string(states[i].Method))), originTime(states[i].Checked))
	}
	if err := list.write(); err != nil {
		return err
	}
	for i := range states {
		if states[i].Needed && !states[i].Proven {
			t.say("")
			sayWhatShows(t, &states[i])
			t.say("Then look for it: samtykke origin check %s %s%s", c.Site, quoted(states[i].Origin), c.again())
		}
	}
	return nil
}

func originObject(t *terminal, states []control.OriginState, must bool) error {
	lines := json.NewEncoder(t.out)
	lines.SetEscapeHTML(false)
	return lines.Encode(api.OriginsOf(states, must))
}

// controlWord says how it stands with an address.
func controlWord(state *control.OriginState) string {
	switch {
	case !state.Needed:
		return "of this machine"
	case state.Proven:
		return "shown"
	case state.Fault != "":
		return "not found"
	}
	return "not shown"
}

func originTime(at time.Time) string {
	if at.IsZero() {
		return "–"
	}
	return whenShown(at)
}

// sayWhatShows says what to publish for an address, and what the last look found.
func sayWhatShows(t *terminal, state *control.OriginState) {
	if state.Record() == "" {
		t.say("To show who controls %s, publish the line:", state.Origin)
		t.say("  line        %s", state.Line())
		t.say("  file        %s", state.File())
	} else {
		t.say("To show who controls %s, publish the line in one of two places:", state.Origin)
		t.say("  line        %s", state.Line())
		t.say("  TXT record  %s", state.Record())
		t.say("  or file     %s", state.File())
	}
	if state.Fault != "" {
		t.say("When it was looked for last: %s", proofFault(state.Fault))
	}
}

// proofFault says why control was not found, in the words of the page.
func proofFault(fault consent.ProofFault) string {
	words, _ := web.AdminWordsIn(consent.English)
	return words["origins_fault_"+string(fault)]
}
