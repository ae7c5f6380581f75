package storagetest

import (
	"context"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testTrailUnchanged holds that a trail tells of no change that was none: what somebody would
// erase, end or take away was gone already, and it was not they who did it.
func testTrailUnchanged(t *testing.T, open Opener) {
	store := open(t)
	Publish(t.Context(), t, store, "skogen")
	told := func() int {
		t.Helper()
		acts, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: "nobody"})
		must(t, err)
		return len(acts)
	}
	acting := func(action string) context.Context {
		return consent.WithAct(t.Context(), consent.Act{Time: Morning, Account: 7, Organisation: "nobody", Action: action})
	}
	for action, change := range map[string]func(context.Context) error{
		"log.erase": func(ctx context.Context) error {
			_, err := store.Erase(ctx, "skogen", consent.Erasure{ID: ID(4000), Actor: consent.ActorOperator, Reason: consent.ErasedUnlawful, Time: Morning})
			return err
		},
		"log.freeze": func(ctx context.Context) error {
			_, err := store.Restrict(ctx, "skogen", consent.Restriction{ID: ID(4000), Reason: consent.ReasonClaim, Time: Morning})
			return err
		},
		"log.expire": func(ctx context.Context) error {
			_, err := store.Expire(ctx, "skogen", Morning, Morning)
			return err
		},
		"catalogue.remove": func(ctx context.Context) error { return store.DropCatalogue(ctx, "nobody") },
		"member.uninvite": func(ctx context.Context) error {
			wantKind(t, store.DropInvitation(ctx, "nobody", consent.InvitationID{4}), consent.Conflict, "invitation_gone")
			return nil
		},
		"member.remove":  func(ctx context.Context) error { return store.SetRole(ctx, 4000, "nobody", "") },
		"passkey.remove": func(ctx context.Context) error { return store.DropPasskey(ctx, 4000, []byte{4}) },
		"app.remove":     func(ctx context.Context) error { return store.DropApp(ctx, 4000) },
		"keys.end":       func(ctx context.Context) error { return store.EndAPIKeys(ctx, 4000) },
		"login.end":      func(ctx context.Context) error { return store.EndLogin(ctx, 4000, consent.LoginID{4}) },
	} {
		ctx := acting(action)
		if err := change(ctx); err != nil {
			t.Errorf("%s: %v", action, err)
		}
		if !consent.ActingOf(ctx).Waits() {
			t.Errorf("%s is told though nothing was changed", action)
		}
	}
	if n := told(); n != 0 {
		t.Errorf("the trail tells of %d changes", n)
	}
	must(t, store.RecordAct(t.Context(), consent.Act{Time: Morning, Account: 7, Organisation: "nobody", Action: "log.read"}))
	if n := told(); n != 1 {
		t.Errorf("whoever looks is told %d times", n)
	}
}
