package rights

import (
	"context"

	"github.com/samtykke/samtykke/consent"
)

// Undone counts those of a person's decisions that a request of a kind that is granted
// does not leave as they are: for an erasure all that are there, for a restriction those
// that are not frozen. Whoever objects has the processing ended (GDPR art. 21(1)), which
// both erasing and freezing do. The other rights change no decision.
func Undone(kind consent.RequestKind, theirs []consent.Entry) int {
	switch kind {
	case consent.RequestErasure:
		return len(theirs)
	case consent.RequestRestriction, consent.RequestObjection:
		return len(theirs) - Frozen(theirs)
	default:
		return 0
	}
}

// Lifted counts the decisions before a restriction was granted that are frozen no more: all
// were when it was granted, so that their freeze has been ended since.
func Lifted(found *consent.Request, before []consent.Entry) int {
	if answer := found.Answer(); answer == nil || answer.Outcome != consent.OutcomeGranted || found.Kind != consent.RequestRestriction {
		return 0
	}
	return Undone(found.Kind, before)
}

// UndoneCodes are the codes of the errors of something that is to be done first.
var UndoneCodes = []string{"not_erased", "erasure_frozen", "not_restricted", "still_processed"}

// Before gives those decisions that were made before a request was closed, all while it
// is open: whoever decides anew later has not asked that anything be done with that.
func Before(found *consent.Request, theirs []consent.Entry) []consent.Entry {
	answer := found.Answer()
	if answer == nil {
		return theirs
	}
	var before []consent.Entry
	for i := range theirs {
		if !theirs[i].Time.After(answer.Time) {
			before = append(before, theirs[i])
		}
	}
	return before
}

// Frozen counts the frozen ones of some decisions.
func Frozen(entries []consent.Entry) int {
	n := 0
	for i := range entries {
		if entries[i].Frozen {
			n++
		}
	}
	return n
}

// done says whether what a request asks for has been done, so that it can be granted:
// Invalid otherwise, with a code for each of its rights.
func done(ctx context.Context, store consent.Store, found *consent.Request) error {
	theirs, err := Theirs(ctx, store, found)
	if err != nil || Undone(found.Kind, theirs) == 0 {
		return err
	}
	const other = "or close with the outcome partly or refused, and the reason (GDPR art. 12(4))"
	all, frozen := len(theirs), Frozen(theirs)
	switch {
	case found.Kind == consent.RequestRestriction:
		return consent.Errorf(consent.Invalid, "not_restricted", "Nothing is granted yet: of the person's decisions in the log (%d), %d are not frozen. Freeze them first, %s.", all, all-frozen, other)
	case found.Kind == consent.RequestObjection:
		return consent.Errorf(consent.Invalid, "still_processed", "Nothing is granted yet: of the person's decisions in the log (%d), %d are neither erased nor frozen. Erase them first, or freeze what must be kept, %s.", all, all-frozen, other)
	case frozen > 0:
		return consent.Errorf(consent.Invalid, "erasure_frozen", "Nothing is erased: of the person's decisions in the log (%d), %d are frozen. Release and erase them first, %s.", all, frozen, other)
	default:
		return consent.Errorf(consent.Invalid, "not_erased", "Nothing is granted yet: decisions of the person are left in the log (%d). Erase them first, %s.", all, other)
	}
}
