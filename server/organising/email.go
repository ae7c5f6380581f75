package organising

import (
	"context"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// CheckTwin refuses an address that is taken for that of somebody who has access to an
// organisation, or is invited to it: the address is what tells people apart in a trail.
// Whoever has an account elsewhere is not told of.
func CheckTwin(ctx context.Context, store consent.Store, email string, in consent.OrganisationID, now time.Time) error {
	accounts, err := store.Accounts(ctx)
	if err != nil {
		return err
	}
	invitations, err := store.Invitations(ctx, in, now)
	if err != nil {
		return err
	}
	for i := range accounts {
		if accounts[i].Role(in) != "" {
			err = checkAlike(err, email, accounts[i].Email)
		}
	}
	for i := range invitations {
		err = checkAlike(err, email, invitations[i].Email)
	}
	return err
}

// CheckTwinAnywhere refuses an address that is taken for that of another account, whose
// number is not except.
func CheckTwinAnywhere(ctx context.Context, store consent.AccountStore, email string, except consent.AccountID) error {
	accounts, err := store.Accounts(ctx)
	for i := range accounts {
		if accounts[i].ID != except {
			err = checkAlike(err, email, accounts[i].Email)
		}
	}
	return err
}

// checkAlike gives the first fault.
func checkAlike(before error, email, other string) error {
	if before == nil && !strings.EqualFold(email, other) && consent.EmailLooks(email) == consent.EmailLooks(other) {
		return consent.Errorf(consent.Invalid, "email_alike", "%s looks like %s, which is there already, and people take one for the other. If it is the same person, use the address that is there.", email, other)
	}
	return before
}
