package organising

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/config"
	"github.com/samtykke/samtykke/consent"
)

// Change changes name and number of an organisation, in the drafts of its sites, too: a
// draft that is saved with another name would bring it back.
func Change(ctx context.Context, store consent.Store, o consent.Organisation, clock func() time.Time) error {
	if err := store.ChangeOrganisation(ctx, o); err != nil {
		return err
	}
	sites, err := store.Sites(ctx)
	if err != nil {
		return err
	}
	for _, site := range sites {
		if site.Organisation == o.ID {
			if err := renameInDraft(ctx, store, site.Key, o, clock); err != nil {
				return err
			}
		}
	}
	return nil
}

// draftTries is how often a draft is read anew while others save it.
const draftTries = 5

func renameInDraft(ctx context.Context, store consent.Store, site consent.SiteKey, o consent.Organisation, clock func() time.Time) error {
	var err error
	for range draftTries {
		draft, revision, failure := store.DraftAt(ctx, site)
		if failure != nil {
			return failure
		}
		if draft.Organisation == o {
			return nil
		}
		draft.Organisation = o
		if err = store.ReplaceDraft(ctx, draft, revision, clock()); consent.KindOf(err) != consent.Conflict {
			return err
		}
	}
	return err
}

// NeedFactor sets whether everybody needs a second factor. Whoever asks for it has one,
// or they would lock themselves out.
func NeedFactor(ctx context.Context, store consent.FactorStore, in consent.OrganisationID, needed, own bool) error {
	if needed && !own {
		return consent.Errorf(consent.Conflict, "own_factor_first", "Set up a second factor for yourself first.")
	}
	return store.SetNeedsFactor(ctx, in, needed)
}

// maxAddress is how many characters mail servers take.
const maxAddress = 254

// Once gives addresses, each once.
func Once(addresses []string) []string {
	var all []string
	for _, each := range addresses {
		if !slices.ContainsFunc(all, func(known string) bool { return strings.EqualFold(known, each) }) {
			all = append(all, each)
		}
	}
	return all
}

// NoAddress gives which of the recipients is no address, or -1.
func NoAddress(addresses []string) int {
	return slices.IndexFunc(addresses, func(each string) bool { return len(each) > maxAddress || !config.IsAddress(each) })
}

// RecipientsOf gives who is told of an organisation.
func RecipientsOf(ctx context.Context, store consent.RecipientStore, in consent.OrganisationID) (*consent.Recipients, error) {
	all, err := store.Recipients(ctx)
	if err != nil {
		return nil, err
	}
	for i := range all {
		if all[i].Organisation == in {
			return &all[i], nil
		}
	}
	return nil, consent.Errorf(consent.NotFound, "unknown_organisation", "There is no such organisation.")
}
