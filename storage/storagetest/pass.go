package storagetest

import (
	"context"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testPass has a login and a key end while requests that they let in are on their way.
func testPass(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, err := store.AddAccount(ctx, &consent.Account{
		Email: "kari@example.no", Language: consent.Bokmaal, Created: Morning, Password: phc("old"),
		Memberships: []consent.Membership{{Organisation: organisation, Role: consent.RoleAdministrator}},
	})
	must(t, err)
	enter := func(id byte) consent.LoginID {
		t.Helper()
		login := &consent.Login{ID: consent.LoginID{id}, Account: kari, Created: Morning, Seen: Morning, Confirmed: Morning, Shown: consent.Shown{Password: phc("old")}}
		must(t, store.AddLogin(ctx, login))
		return login.ID
	}
	thief, own := enter(1), enter(2)
	key := &consent.APIKey{Organisation: organisation, Name: "Archive", Scopes: []consent.Scope{consent.ScopeRead}, Maker: kari, Created: Morning, Expires: Morning.AddDate(0, 1, 0)}
	key.Seal([38]byte{1})
	must(t, store.AddAPIKey(ctx, key))
	acting := func(by consent.Pass) context.Context {
		return consent.WithPass(consent.WithAct(ctx, consent.Act{Time: Morning, Account: kari, Organisation: organisation, Action: "profile.save"}), by)
	}
	change := func(by consent.Pass, name string) error {
		return store.SetProfile(acting(by), kari, name, consent.English)
	}
	byThief, byKey := consent.Pass{Login: thief}, consent.Pass{Key: key.ID}
	must(t, change(byThief, "as long as it lasts"))
	must(t, change(byKey, "with a key"))

	before := acts(t, store, organisation)
	must(t, store.SetPassword(consent.WithPass(ctx, consent.Pass{Login: own}), kari, phc("new"), own))
	must(t, store.RevokeAPIKey(ctx, organisation, key.ID))
	wantKind(t, change(byThief, "a login that was ended"), consent.Forbidden, "pass_ended")
	wantKind(t, change(byKey, "a key that was revoked"), consent.Forbidden, "pass_ended")
	wantKind(t, store.SetPassword(acting(byThief), kari, phc("the thief's"), thief), consent.Forbidden, "pass_ended")
	got, err := store.Account(ctx, kari)
	must(t, err)
	if got.Name != "with a key" || got.Password != phc("new") {
		t.Errorf("what was on its way is stored: %q, %q", got.Name, got.Password)
	}
	if _, err := store.Login(ctx, own); err != nil {
		t.Errorf("the login that chose the password: %v", err)
	}
	if after := acts(t, store, organisation); after != before {
		t.Errorf("the trail tells of %d acts that were refused", after-before)
	}
	must(t, store.RecordAct(acting(byThief), consent.Act{Time: Morning, Account: kari, Organisation: organisation, Action: "log.exported"}))
	if after := acts(t, store, organisation); after != before+1 {
		t.Errorf("what was taken out of a log before is told of %d times", after-before)
	}
}

// A person who chooses a password by a link ends what somebody else may have made in their
// name: an invitation, and a link to another's account. What others made stays.
func testRecoveryEndsWhatWasMade(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	for _, id := range []consent.AccountID{kari, ola} {
		must(t, store.SetRole(ctx, id, organisation, consent.RoleAdministrator))
	}
	expires := Morning.AddDate(0, 0, 1)
	invite := func(maker consent.AccountID, n byte, email string) consent.InvitationID {
		i := &consent.Invitation{ID: consent.InvitationID{n}, Organisation: organisation, Email: email, Role: consent.RoleAdministrator, Maker: maker, Expires: expires}
		must(t, store.AddInvitation(ctx, i))
		return i.ID
	}
	hers, his := invite(kari, 1, "backdoor@example.no"), invite(ola, 2, "guest@example.no")
	must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{1}, Account: ola, Maker: kari, Expires: expires}))
	must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{2}, Account: kari, Maker: ola, Expires: expires}))
	if _, err := store.RedeemLink(ctx, consent.LinkID{2}, phc("new"), Morning); err != nil {
		t.Fatal(err)
	}
	if _, err := store.Link(ctx, consent.LinkID{1}, Morning); consent.KindOf(err) != consent.NotFound {
		t.Errorf("a link that was made in her name still opens another's account: %v", err)
	}
	if _, err := store.Invitation(ctx, hers, Morning); consent.KindOf(err) != consent.NotFound {
		t.Errorf("an invitation that was made in her name still lets somebody in: %v", err)
	}
	if _, err := store.Invitation(ctx, his, Morning); err != nil {
		t.Errorf("an invitation of another has ended: %v", err)
	}
}

// acts counts those in the trail of an Organisation.
func acts(t *testing.T, store consent.Store, organisation consent.OrganisationID) int {
	t.Helper()
	all, err := store.Acts(t.Context(), consent.TrailQuery{Organisation: organisation, Limit: 1000})
	must(t, err)
	return len(all)
}
