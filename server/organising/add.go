package organising

import (
	"context"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// MaxShortName is how long the short name of an organisation may be.
const MaxShortName = 40

// mostAlike is how many organisations get a short name of one and the same name.
const mostAlike = 100

// Add makes an organisation. Without an ID it gets one that is made of its name. A
// further one of the same number is made only when that is meant: a part of a
// municipality may have administrators of its own, but far more often the one that
// there is was not seen.
func Add(ctx context.Context, store consent.OrganisationStore, o *consent.Organisation, meant bool, now time.Time) error {
	known, is, err := OfNumber(ctx, store, o.Number)
	if err != nil {
		return err
	}
	if is && !meant {
		return consent.Errorf(consent.Conflict, "same_number", "There is an organisation with the number %s already: %s (%s).", known.Number, known.Name, known.ID)
	}
	own, base := o.ID == "", string(consent.ShortName(o.Name))
	if own {
		o.ID = consent.OrganisationID(base)
	}
	if o.ID == "new" { // the address of the form
		return consent.Errorf(consent.Conflict, "organisation_exists", "The short name %q cannot be used. Choose another one.", o.ID)
	}
	err = store.AddOrganisation(ctx, *o, now)
	for n := 2; own && consent.KindOf(err) == consent.Conflict && n < mostAlike; n++ {
		o.ID = consent.OrganisationID(Numbered(base, n))
		err = store.AddOrganisation(ctx, *o, now)
	}
	return err
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
