package consent

import (
	"context"
	"slices"
	"time"
)

// TwoRule says whether in an Organisation nobody publishes alone. Who wants to end
// it needs a second person, too.
type TwoRule struct {
	On    bool
	Since time.Time // when it began; zero for before that was kept
	Ender AccountID // who proposes to end it, 0 for nobody
	Asked time.Time // when they did
}

// LetIn is that somebody came in by another's hand: took up their invitation, or
// chose a password with their Link. Whoever held that may have been the other one.
type LetIn struct {
	Account AccountID
	Maker   AccountID
}

// OnePerson gives with some accounts all that may be the same person by now: those
// who let them in, or were let in by them, and so on.
func OnePerson(accounts []AccountID, all []LetIn) []AccountID {
	same := slices.Clone(accounts)
	for grown := true; grown; {
		grown = false
		for _, let := range all {
			in, out := let.Account, let.Maker
			if slices.Contains(same, in) {
				in, out = out, in
			}
			if slices.Contains(same, out) && !slices.Contains(same, in) {
				same, grown = append(same, in), true
			}
		}
	}
	return same
}

// ErrApprovalNeeded refuses to publish what nobody else has agreed to.
func ErrApprovalNeeded() error {
	return Errorf(Forbidden, "approval_needed", "In this organisation nobody publishes alone. Propose the draft on the page for publishing; somebody else agrees to it there.")
}

// ErrGivenByKey refuses a role that publishes from a key where two people are required.
func ErrGivenByKey() error {
	return Errorf(Forbidden, "two_people_key", "Two people are required here, and a key may be held by anybody: give a role that publishes on the page.")
}

// ErrInvitedByKey refuses such a role by an invitation that a key has made.
func ErrInvitedByKey() error {
	return Errorf(Forbidden, "key_invitation", "The invitation was made with a key, and two people are required to publish there: a key may be held by anybody. An administrator has to invite on the page.")
}

// TwoStore keeps for each Organisation whether nobody publishes alone, and who let
// whom in.
type TwoStore interface {
	// NeedsTwo says whether in an Organisation nobody publishes alone.
	NeedsTwo(ctx context.Context, organisation OrganisationID) (bool, error)
	// TwoRule gives the whole rule, or NotFound.
	TwoRule(ctx context.Context, organisation OrganisationID) (TwoRule, error)
	// SetTwoRule stores it in place of what it was. It is a Conflict when it is
	// another by now (code "two_changed").
	SetTwoRule(ctx context.Context, organisation OrganisationID, rule, was TwoRule) error
	// LetInSince gives who was let in by whom from a moment on, as far as it counts in an
	// Organisation: whoever had an account before counts where they came in.
	LetInSince(ctx context.Context, organisation OrganisationID, moment time.Time) ([]LetIn, error)
}
