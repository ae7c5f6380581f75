package main

import (
	"context"
	"encoding/json"
	"errors"
	"strings"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/organising"
)

type organisationAddCmd struct {
	access
	Name          string                 `arg:"" help:"What it is called, such as \"Gjerdrum kommune\"."`
	Number        string                 `required:"" placeholder:"NUMBER" help:"Norwegian organisation number, nine digits."`
	ID            consent.OrganisationID `name:"id" placeholder:"ID" help:"Short name, which stands in addresses and cannot be changed later; otherwise it is made of the name."`
	Administrator string                 `placeholder:"EMAIL" help:"Account that administers it. It is there already."`
	SameNumber    bool                   `help:"Make it although there is one with this number."`
	JSON          bool                   `name:"json" help:"Write one JSON object."`
}

// Help says what a second one with the number is.
func (c *organisationAddCmd) Help() string {
	return `A site file that names a new organisation makes it, too. A second one with the same number is refused, as it is mostly a mistake. It can be right when a part of it, such as a library, needs settings and administrators of its own: then add --same-number.

Examples:

  samtykke organisation add "Gjerdrum kommune" --number 864949762 --administrator kari@example.no
  samtykke organisation add "Gjerdrum bibliotek" --number 864949762 --same-number`
}

// Run makes the organisation.
func (c *organisationAddCmd) Run(ctx context.Context, t *terminal) (err error) {
	made := consent.NewOrganisation{Meant: c.SameNumber, Organisation: consent.Organisation{ID: c.ID, Name: strings.TrimSpace(c.Name), Number: ungrouped(c.Number)}}
	if err := checked(made.Organisation); err != nil {
		return err
	}
	store, err := c.create(ctx, t)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	if c.Administrator != "" {
		administrator, err := knownAccount(ctx, store, c.Administrator)
		if err != nil {
			return err
		}
		made.Administrator = administrator.ID
	}
	telling := tells(ctx, t, consent.Act{Action: "organisation.add", Object: made.Name})
	if err := organising.Add(telling, store, &made, t.clock()); err != nil {
		var known *consent.Error
		if errors.As(err, &known) && known.Code == "same_number" {
			known.Message += " Add --same-number when another one is meant."
		}
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"organisation": made.ID, "name": made.Name, "number": made.Number})
	}
	t.say("There is an organisation %s, %s (%s).", made.ID, made.Name, made.Number)
	if made.Administrator == 0 {
		t.say("Nobody administers it yet. Give somebody the role: samtykke account role EMAIL %s administrator%s", made.ID, c.again())
	}
	return nil
}
