package main

import (
	"context"
	"slices"
	"strings"

	"github.com/samtykke/samtykke/consent"
)

// tellsOfOrganisation has the trail of an organisation know what becomes of it.
func tellsOfOrganisation(ctx context.Context, t *terminal, in consent.OrganisationID, action, object string) context.Context {
	return tells(ctx, t, consent.Act{Organisation: in, Action: action, Object: object})
}

// knownOrganisation makes "there is no such organisation" name those that there are.
func knownOrganisation(ctx context.Context, store consent.OrganisationStore, id consent.OrganisationID) (*consent.Organisation, error) {
	all, err := store.Organisations(ctx)
	if err != nil {
		return nil, err
	}
	if at := slices.IndexFunc(all, func(o consent.Organisation) bool { return o.ID == id }); at >= 0 {
		return &all[at], nil
	}
	if len(all) == 0 {
		return nil, consent.Errorf(consent.NotFound, "unknown_organisation", "There is no organisation yet. Make one with: samtykke organisation add NAME --number NUMBER")
	}
	ids := make([]consent.OrganisationID, len(all))
	for i, o := range all {
		ids[i] = o.ID
	}
	return nil, consent.Errorf(consent.NotFound, "unknown_organisation", "There is no organisation %q. There are: %s.", id, join(ids))
}

// checked gives what is wrong with name, number and short name, nil for nothing.
func checked(o consent.Organisation) error {
	if o.ID == "" {
		o.ID = consent.ShortName(o.Name)
	}
	if problems := o.Check(); len(problems) > 0 {
		return problems
	}
	return nil
}

// ungrouped gives a number without the spaces that people write in it.
func ungrouped(number string) string { return strings.Join(strings.Fields(number), "") }

// yesNo writes what a flag takes.
func yesNo(is bool) string {
	if is {
		return "yes"
	}
	return "no"
}
