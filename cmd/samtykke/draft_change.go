package main

import (
	"context"
	"reflect"

	"github.com/samtykke/samtykke/consent"
	"github.com/samtykke/samtykke/server/admin"
	"github.com/samtykke/samtykke/server/sitefile"
)

// draftAttempts is how often a change is made anew on a draft that others save meanwhile.
const draftAttempts = 8

// changeDraft saves what change makes of a site's draft, as the act that ctx carries. A
// fault that the draft does not have yet keeps it from being saved; one that it has is not
// about this change. What changes nothing is not saved. Change must not write into lists
// and texts of the draft that it gets, but put others in their place.
func changeDraft(ctx context.Context, t *terminal, store consent.DraftStore, site consent.SiteKey, change func(*consent.Draft) error) (changed bool, err error) {
	for range draftAttempts {
		draft, revision, err := store.DraftAt(ctx, site)
		if err != nil {
			return false, err
		}
		next := *draft
		if err := change(&next); err != nil || reflect.DeepEqual(draft, &next) {
			return false, err
		}
		if faults := sitefile.NewProblems(draft, next.Validate(), "").Faults(); len(faults) > 0 {
			return false, t.refuseFaults(faults)
		}
		err = store.ReplaceDraft(admin.WithKeeping(ctx, &draft.Site, &next.Site), &next, revision, t.clock())
		if consent.KindOf(err) != consent.Conflict {
			return err == nil, err
		}
	}
	return false, consent.Errorf(consent.Unavailable, "busy", "Others are saving the draft of %s all the time. Try again.", site)
}

// refuseFaults shows the faults for which nothing was saved.
func (t *terminal) refuseFaults(faults consent.Problems) error {
	writeProblems(t.err, "", faults)
	t.remark("\n%s. Nothing was saved.", capital(plural(len(faults), "fault")))
	return told{faults}
}
