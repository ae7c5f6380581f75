package organising

import (
	"context"
	"slices"
	"strings"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Change changes name and number of an organisation, in the drafts of its sites, too: a
// draft that is saved with another name would bring it back. A name that is taken for that
// of another organisation of the host is refused: letters and invitations tell them apart by
// it alone. No more than that is told of the other one. It gives whether anything was changed.
func Change(ctx context.Context, store consent.Store, o consent.Organisation, clock func() time.Time) (changed bool, err error) {
	now, err := checkOwnName(ctx, store, o)
	if err != nil {
		return false, err
	}
	if changed = now != o; changed {
		if err := store.ChangeOrganisation(ctx, o); err != nil {
			return false, err
		}
	}
	sites, err := store.Sites(ctx)
	if err != nil {
		return changed, err
	}
	for _, site := range sites {
		if site.Organisation == o.ID {
			renamed, err := renameInDraft(ctx, store, site.Key, o, clock)
			if changed = changed || renamed; err != nil {
				return changed, err
			}
		}
	}
	return changed, nil
}

// checkOwnName refuses a name of another, unless the organisation has it already. It gives
// the organisation as it is.
func checkOwnName(ctx context.Context, store consent.OrganisationStore, o consent.Organisation) (now consent.Organisation, err error) {
	all, err := store.Organisations(ctx)
	if err != nil {
		return now, err
	}
	if at := slices.IndexFunc(all, func(each consent.Organisation) bool { return each.ID == o.ID }); at >= 0 {
		now = all[at]
	}
	if nameTaken(all, &o) && consent.NameLooks(now.Name) != consent.NameLooks(o.Name) {
		return now, consent.Errorf(consent.Invalid, "name_taken", "%s Choose another one.", isTaken)
	}
	return now, nil
}

// isTaken tells no more of the other organisation.
const isTaken = "Another organisation here has this name, or one that is taken for it."

// nameTaken says whether another organisation is called so, or looks so.
func nameTaken(all []consent.Organisation, o *consent.Organisation) bool {
	looks := consent.NameLooks(o.Name)
	return slices.ContainsFunc(all, func(each consent.Organisation) bool {
		return each.ID != o.ID && consent.NameLooks(each.Name) == looks
	})
}

// draftTries is how often a draft is read anew while others save it.
const draftTries = 5

func renameInDraft(ctx context.Context, store consent.Store, site consent.SiteKey, o consent.Organisation, clock func() time.Time) (renamed bool, err error) {
	for range draftTries {
		draft, revision, failure := store.DraftAt(ctx, site)
		if failure != nil {
			return false, failure
		}
		if draft.Organisation == o {
			return false, nil
		}
		draft.Organisation = o
		if err = store.ReplaceDraft(ctx, draft, revision, clock()); consent.KindOf(err) != consent.Conflict {
			return err == nil, err
		}
	}
	return false, err
}

// NeedFactor sets whether everybody needs a second factor. Whoever asks for it has one,
// or they would lock themselves out.
func NeedFactor(ctx context.Context, store consent.FactorStore, in consent.OrganisationID, needed, own bool) error {
	if needed && !own {
		return consent.Errorf(consent.Conflict, "own_factor_first", "Set up a second factor for yourself first.")
	}
	return store.SetNeedsFactor(ctx, in, needed)
}

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

// NoAddress gives which of the recipients cannot be one and why, or -1.
func NoAddress(addresses []string) (at int, why error) {
	for i, each := range addresses {
		if _, err := consent.NewEmail(each); err != nil {
			return i, err
		}
	}
	return -1, nil
}

// IsListed says that a list says what another one does: the same language and addresses, in
// whatever order.
func IsListed(to, now *consent.Recipients) bool {
	return to.Language == now.Language && slices.Equal(slices.Sorted(slices.Values(to.Addresses)), slices.Sorted(slices.Values(now.Addresses)))
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
