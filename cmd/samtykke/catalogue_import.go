package main

import (
	"context"
	"encoding/json"
	"errors"
	"strconv"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
)

type catalogueImportCmd struct {
	access
	Organisation consent.OrganisationID `arg:"" help:"Short name of the organisation."`
	File         string                 `arg:"" help:"Open Cookie Database, CSV or JSON, at most 3 MB."`
	Maker        string                 `required:"" placeholder:"EMAIL" help:"Account that stands on the page as who read it in."`
	Language     consent.Language       `default:"en" placeholder:"LANGUAGE" help:"Language of the purposes; en unless told."`
	JSON         bool                   `name:"json" help:"Write one JSON object, also of faults."`
}

// Help says what it replaces.
func (c *catalogueImportCmd) Help() string {
	return `The file takes the place of the catalogue that the organisation has; no draft changes by that. Rows that cannot be used are named, and the rest is taken. Nothing is fetched from anywhere.

Example:

  samtykke catalogue import gjerdrum open-cookie-database.csv --maker kari@example.no`
}

// Run reads the file in.
func (c *catalogueImportCmd) Run(ctx context.Context, t *terminal) (err error) {
	if !c.Language.Known() {
		return misusef("--language %q is no language that a site can have; \"samtykke text list\" lists them", c.Language)
	}
	content, err := readWhole(c.File)
	if err != nil {
		return unreadable(c.File, err)
	}
	store, err := c.openOrganisation(ctx, t, c.Organisation)
	if err != nil {
		return err
	}
	defer closing(store, &err)
	maker, err := permitted(ctx, store, c.Maker, c.Organisation, consent.MayEdit, "change drafts")
	if err != nil {
		return err
	}
	made, refused, err := admin.Machine{Store: store, Clock: t.clock}.Catalogue(ctx, c.Organisation, maker.ID, c.Language, string(content))
	for _, row := range refused {
		t.remark("%s:%d: not taken: %s", c.File, row.Line, printable(row.Message))
	}
	if err != nil {
		var faulty fileFaults
		if c.JSON && faulty.addError(c.File, err) {
			faulty.addLines(c.File, refused)
			faulty.More = made.Refusals - len(refused)
			err = errors.Join(err, faulty.write(t, "imported"))
		}
		return err
	}
	if hidden := made.Refusals - len(refused); hidden > 0 {
		t.remark("%s more %s not taken.", plural(hidden, "row"), are(hidden)[1:])
	}
	telling := tellsOfOrganisation(ctx, t, c.Organisation, "catalogue.import", inNameOf(maker, strconv.Itoa(len(made.Entries))))
	if err := store.SetCatalogue(telling, made); err != nil {
		return err
	}
	if c.JSON {
		return json.NewEncoder(t.out).Encode(map[string]any{"organisation": c.Organisation, "language": made.Language, "entries": len(made.Entries), "refused": made.Refusals})
	}
	t.say("%s has a catalogue of %s. See what it suggests: samtykke inventory suggest SITE SEARCH%s", c.Organisation, plural(len(made.Entries), "cookie"), c.again())
	return nil
}

// permitted gives an account that may do something in an organisation. Does says what.
func permitted(ctx context.Context, store consent.AccountStore, email string, in consent.OrganisationID, permission consent.Permission, does string) (*consent.Account, error) {
	account, err := knownAccount(ctx, store, email)
	if err != nil {
		return nil, err
	}
	if account.Closed || !account.Role(in).May(permission) {
		return nil, consent.Errorf(consent.Forbidden, "maker_not_permitted", "%s may not %s in %s. Name somebody who may, or give a role: samtykke account role EMAIL %s ROLE", account.Email, does, in, in)
	}
	return account, nil
}
