package main

import (
	"context"
	"encoding/json"
	"time"

	"github.com/samtykke/samtykke/consent"
)

type findingsCmd struct {
	access
	Site consent.SiteKey `arg:"" help:"Key of the site."`
	JSON bool            `name:"json" help:"Write one JSON object per line."`
}

// Help explains the kinds.
func (c *findingsCmd) Help() string {
	return `Five kinds of things are seen on pages, counted per day (UTC) and without anything about the visitor. Numbers below 5 are not shown, nor when something was seen: it may be about one person. Pages, letters and programs tell how often in words alone, and of stuck and residual when the day is over:

residual: a left-over cookie of a switched-off service was seen, and removed. When it stops coming, take it out of the site file.

foreign: somebody answered on a page at an address that is none of the site's origins, and the answer could not be recorded. Add the origin to the site file and publish, or take the script off that page.

unknown: a page names a category or service that the notice does not have; it stays asleep. Correct the page or the site file.

stuck: a withdrawn cookie could not be removed by the page, because it is HttpOnly or belongs to another host. Let the server that sets it remove it.

markup: something in a page does not do what its author hopes. It is seen when somebody opens the choices on that page. element/NAME: an element is marked, and not held back, because it has its address or runs already, or is none that can be (write data-src, type="text/plain", or put it into a noembed). template/NAME: the same within a template; Firefox loads what is in there. control/open: the page has no link of its own to the choices.`
}

// findingMeaning says each kind in a few words.
var findingMeaning = map[consent.FindingKind]string{
	consent.FoundResidual: "left over, removed",
	consent.FoundForeign:  "none of the site's origins, not recorded",
	consent.FoundUnknown:  "unknown in markup, asleep",
	consent.FoundStuck:    "withdrawn, not removable",
	consent.FoundMarkup:   "in markup, not held back or missing",
}

// Run lists the findings, newest day first.
func (c *findingsCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.openSite(ctx, t, c.Site)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	findings, err := store.Findings(ctx, c.Site)
	if err != nil {
		return err
	}
	if c.JSON {
		return c.lines(t, findings)
	}
	if len(findings) == 0 {
		t.say("No findings.")
		return nil
	}
	list := newTable(t, column{title: "DAY"}, column{title: "FINDING"}, column{title: "NAME"},
		column{title: "TIMES", right: true}, column{title: "MEANING"})
	for _, finding := range findings {
		list.add(finding.Day.UTC().Format(time.DateOnly), string(finding.Kind), finding.Name,
			crowd(finding.Count), findingMeaning[finding.Kind])
	}
	return list.write()
}

func (c *findingsCmd) lines(t *terminal, findings []consent.Finding) error {
	lines := json.NewEncoder(t.out)
	for _, finding := range findings {
		err := lines.Encode(map[string]any{
			"site": finding.Site, "day": finding.Day.UTC().Format(time.DateOnly), "kind": finding.Kind,
			"name": finding.Name, "count": crowdNumber(finding.Count),
		})
		if err != nil {
			return err
		}
	}
	return nil
}
