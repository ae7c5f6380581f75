package rights

import (
	"context"
	"slices"
	"time"
	"unicode/utf8"

	"github.com/samtykke/samtykke/consent"
)

// MaxReason is how long a reason for the audit trail may be, in characters.
const MaxReason = 500

// CheckReason says whether a reason is one that the trail may keep: Invalid (code
// "bad_reason" or "hidden_character").
func CheckReason(reason string) error {
	switch {
	case !consent.IsSeen(reason) || utf8.RuneCountInString(reason) > MaxReason:
		return consent.Errorf(consent.Invalid, "bad_reason", "The audit trail needs a reason, of at most %d characters.", MaxReason)
	case consent.HidesInComment(reason):
		return consent.Errorf(consent.Invalid, "hidden_character", "The reason holds a control character or a character that nobody sees. Write it again as plain text.")
	}
	return nil
}

// Decision gives a decision of a site, or NotFound.
func Decision(ctx context.Context, store consent.Store, site consent.SiteKey, id consent.DecisionID) (*consent.Entry, error) {
	found, err := store.Read(ctx, consent.LogQuery{Site: site, ID: id, Limit: 1})
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, consent.Errorf(consent.NotFound, "unknown_decision", "The site has no such decision.")
	}
	return &found[0], nil
}

// chosen gives what is to be changed: a decision, or all that its visitor has made.
func chosen(entry *consent.Entry, all bool) (consent.VisitorKey, consent.DecisionID) {
	if all && !entry.Visitor.IsZero() {
		return entry.Visitor, consent.DecisionID{}
	}
	return consent.VisitorKey{}, entry.ID
}

// ErasureGround says whether it is a ground on which somebody who administers may
// erase. They have to give one.
func ErasureGround(ground consent.ErasureReason) bool {
	return slices.Contains(consent.ErasureReasons, ground)
}

// Erase removes a decision, or all of its visitor's, and says how many those were. When
// they are all gone already it is a Conflict (code "erased_meanwhile"), and no act: nobody
// is to believe that it was they who erased it, on their ground.
func Erase(ctx context.Context, store consent.Store, entry *consent.Entry, all bool, ground consent.ErasureReason, now time.Time) (int, error) {
	what := consent.Erasure{Actor: consent.ActorOperator, Reason: ground, Time: now.UTC()}
	what.Visitor, what.ID = chosen(entry, all)
	erased, err := store.Erase(ctx, entry.Site, what)
	if err == nil && erased == 0 {
		err = ErrErasedMeanwhile()
	}
	return erased, err
}

// ErrErasedMeanwhile says that an erasure found nothing to erase.
func ErrErasedMeanwhile() error {
	return consent.Errorf(consent.Conflict, "erased_meanwhile", "Nothing was erased: somebody else has erased it already. The audit trail tells who, if it was not the visitor.")
}

// FreezingGround says whether it is a ground on which decisions are frozen.
func FreezingGround(ground consent.RestrictionReason) bool {
	return slices.Contains(consent.RestrictionReasons, ground)
}

// Freezing is on which ground decisions are frozen, and why (CheckReason).
type Freezing struct {
	Ground consent.RestrictionReason
	Why    string
}

// Freeze freezes a decision, or all that its visitor has made so far, and says how
// many it changed: none when all are frozen, perhaps on another ground, which
// whoever needs this one must not believe to be it.
func Freeze(ctx context.Context, store consent.Store, entry *consent.Entry, all bool, how Freezing, now time.Time) (int, error) {
	what := consent.Restriction{Reason: how.Ground, Why: how.Why, Time: now.UTC()}
	what.Visitor, what.ID = chosen(entry, all)
	return store.Restrict(ctx, entry.Site, what)
}

// Release ends it, on whatever ground they were frozen.
func Release(ctx context.Context, store consent.Store, entry *consent.Entry, all bool, now time.Time) (int, error) {
	what := consent.Restriction{Release: true, Time: now.UTC()}
	what.Visitor, what.ID = chosen(entry, all)
	return store.Restrict(ctx, entry.Site, what)
}
