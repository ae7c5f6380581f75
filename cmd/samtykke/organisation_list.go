package main

import (
	"context"
	"encoding/json"
	"strconv"

	"github.com/samtykke/samtykke/consent"
)

type organisationListCmd struct {
	access
	JSON bool `name:"json" help:"Write one JSON object per line."`
}

// Help says what the last columns are.
func (c *organisationListCmd) Help() string {
	return `PEOPLE are those who have a role there and can log in. SECOND FACTOR says that everybody needs two-step login, and TWO PEOPLE that nobody publishes alone.

Example:

  samtykke organisation list`
}

// organisationLine is an organisation in a list.
type organisationLine struct {
	Organisation consent.OrganisationID `json:"organisation"`
	Name         string                 `json:"name"`
	Number       string                 `json:"number"`
	Sites        int                    `json:"sites"`
	People       int                    `json:"people"`
	SecondFactor bool                   `json:"second_factor"`
	TwoPeople    bool                   `json:"two_people"`
}

// Run lists the organisations by short name.
func (c *organisationListCmd) Run(ctx context.Context, t *terminal) (err error) {
	store, err := c.open(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	all, err := organisationLines(ctx, store)
	if err != nil {
		return err
	}
	if c.JSON {
		lines := json.NewEncoder(t.out)
		lines.SetEscapeHTML(false)
		for _, o := range all {
			if err := lines.Encode(o); err != nil {
				return err
			}
		}
		return nil
	}
	if len(all) == 0 {
		t.say("No organisations. Make one with: samtykke organisation add NAME --number NUMBER%s", c.again())
		return nil
	}
	list := newTable(t, column{title: "ORGANISATION"}, column{title: "NAME"}, column{title: "NUMBER"}, column{title: "SITES", right: true},
		column{title: "PEOPLE", right: true}, column{title: "SECOND FACTOR"}, column{title: "TWO PEOPLE"})
	for _, o := range all {
		list.add(string(o.Organisation), o.Name, orDash(o.Number), strconv.Itoa(o.Sites), strconv.Itoa(o.People), yesNo(o.SecondFactor), yesNo(o.TwoPeople))
	}
	return list.write()
}

func organisationLines(ctx context.Context, store consent.Store) ([]organisationLine, error) {
	organisations, err := store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	sites, err := store.Sites(ctx)
	if err != nil {
		return nil, err
	}
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return nil, err
	}
	all := make([]organisationLine, len(organisations))
	for i, o := range organisations {
		line := &all[i]
		line.Organisation, line.Name, line.Number = o.ID, o.Name, o.Number
		line.Sites = sitesOf(sites, o.ID)
		for n := range accounts {
			if !accounts[n].Closed && accounts[n].Role(o.ID) != "" {
				line.People++
			}
		}
		if line.SecondFactor, err = store.NeedsFactor(ctx, o.ID); err != nil {
			return nil, err
		}
		if line.TwoPeople, err = store.NeedsTwo(ctx, o.ID); err != nil {
			return nil, err
		}
	}
	return all, nil
}

// sitesOf counts the sites of an organisation.
func sitesOf(sites []consent.SiteEntry, in consent.OrganisationID) int {
	count := 0
	for _, site := range sites {
		if site.Organisation == in {
			count++
		}
	}
	return count
}
