package organising

import (
	"context"
	"fmt"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// MaxShortName is how long the short name of an organisation may be.
const MaxShortName = 40

// mostAlike is how many organisations get a short name of one and the same name.
const mostAlike = 100

// Add makes an organisation, with who administers it. Without an ID it gets one that is
// made of its name. A further one of the same number is made only when that is meant: a
// part of a municipality may have administrators of its own, but far more often the one
// that there is was not seen.
func Add(ctx context.Context, store consent.OrganisationStore, o *consent.NewOrganisation, now time.Time) error {
	own, base := o.ID == "", string(consent.ShortName(o.Name))
	if own {
		o.ID = consent.OrganisationID(base)
	}
	if o.ID == "new" { // the address of the form
		return consent.Errorf(consent.Conflict, "organisation_exists", "The short name %q cannot be used. Choose another one.", o.ID)
	}
	err := store.AddOrganisation(ctx, *o, now)
	for n := 2; own && consent.CodeOf(err) == "organisation_exists" && n < mostAlike; n++ {
		o.ID = consent.OrganisationID(Numbered(base, n))
		err = store.AddOrganisation(ctx, *o, now)
	}
	return err
}

// CheckNamed says why an organisation that a site file names is not made beside those that
// there are. A file is copied from another one more often than it means a second
// organisation of the same number or name: who means that makes it first.
func CheckNamed(all []consent.Organisation, o *consent.Organisation) consent.Problems {
	faults := o.Check().Faults()
	if o.ID == "new" { // the address of the form
		faults = append(faults, fault("organisation.id", "organisation_exists", "The short name \"new\" cannot be used.", "Choose another one."))
	}
	if at := slices.IndexFunc(all, func(each consent.Organisation) bool { return each.Number == o.Number }); at >= 0 {
		faults = append(faults, fault("organisation.number", "same_number",
			fmt.Sprintf("There is an organisation with the number %s already: %s (%s).", o.Number, all[at].Name, all[at].ID),
			fmt.Sprintf("Write organisation.id: %s when it is that one. When another one is meant, make it first: samtykke organisation add NAME --number %s --id %s --same-number", all[at].ID, o.Number, o.ID)))
	}
	if nameTaken(all, o) {
		faults = append(faults, fault("organisation.name", "name_taken", isTaken, "Choose a name that tells it apart, or write the organisation.id of the one that is meant."))
	}
	return faults
}

// OfNumber gives an organisation that has a number, if there is one.
func OfNumber(ctx context.Context, store consent.OrganisationStore, number string) (o consent.Organisation, is bool, err error) {
	all, err := store.Organisations(ctx)
	at := slices.IndexFunc(all, func(o consent.Organisation) bool { return o.Number == number })
	if err != nil || at < 0 {
		return o, false, err
	}
	return all[at], true, nil
}
