package storagetest

import (
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testIdentities(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	kari, ola, _ := twoPeople(t, store)
	const issuer, other = "https://login.example", "https://other.example"
	known := func(issuer, subject string) consent.AccountID {
		t.Helper()
		got, err := store.Identity(ctx, issuer, subject)
		if consent.KindOf(err) == consent.NotFound {
			return 0
		}
		must(t, err)
		return got.Account
	}
	must(t, store.SetIdentity(ctx, &consent.Identity{Issuer: issuer, Subject: "k1", Tenant: "t", Object: "o", Account: kari, Added: Morning}))

	t.Run("it is found by provider and subject together", func(t *testing.T) {
		if known(issuer, "k1") != kari || known(other, "k1") != 0 || known(issuer, "K1") != 0 || known(issuer, "") != 0 {
			t.Fatal("an identity is somebody else's")
		}
		got, err := store.IdentityOf(ctx, kari, issuer)
		must(t, err)
		if want := (consent.Identity{Issuer: issuer, Subject: "k1", Tenant: "t", Object: "o", Account: kari, Added: got.Added}); *got != want || !got.Added.Equal(Morning) {
			t.Fatalf("got %+v", got)
		}
		if have, err := store.HaveIdentities(ctx); err != nil || len(have) != 1 || !have[kari] {
			t.Fatalf("%v have an identity, %v", have, err)
		}
		_, err = store.IdentityOf(ctx, ola, issuer)
		wantKind(t, err, consent.NotFound, "unknown_identity")
	})
	t.Run("it is one account's", func(t *testing.T) {
		wantKind(t, store.SetIdentity(ctx, &consent.Identity{Issuer: issuer, Subject: "k1", Account: ola, Added: Morning}), consent.Conflict, "identity_taken")
		wantKind(t, store.SetIdentity(ctx, &consent.Identity{Issuer: issuer, Account: ola, Added: Morning}), consent.Invalid, "invalid_identity")
		must(t, store.SetIdentity(ctx, &consent.Identity{Issuer: issuer, Subject: "k2", Account: kari, Added: Morning}))
		if known(issuer, "k1") != 0 || known(issuer, "k2") != kari {
			t.Fatal("the earlier one is still there")
		}
	})
	t.Run("nobody is left without a way to log in", func(t *testing.T) {
		wantKind(t, store.DropIdentity(ctx, kari, issuer, consent.LoginID{}), consent.Conflict, "only_way")
		must(t, store.SetPassword(ctx, kari, "$argon2id$x", consent.LoginID{}))
		for _, n := range []byte{1, 2} {
			must(t, store.AddLogin(ctx, &consent.Login{ID: consent.LoginID{n}, Account: kari, Created: Morning, Seen: Morning, Confirmed: Morning, Provider: n == 1, Means: consent.MeansApp}))
		}
		must(t, store.DropIdentity(ctx, kari, issuer, consent.LoginID{1}))
		left, err := store.Logins(ctx, kari)
		must(t, err)
		if known(issuer, "k2") != 0 || len(left) != 1 || left[0].ID != (consent.LoginID{1}) || !left[0].Provider || left[0].Means != consent.MeansApp {
			t.Fatalf("left are %+v", left)
		}
	})
}

func testLinkedIdentities(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	const issuer = "https://login.example"
	must(t, store.SetPassword(ctx, kari, "$argon2id$x", consent.LoginID{}))
	link := func(n byte, account consent.AccountID) {
		must(t, store.AddLink(ctx, &consent.Link{ID: consent.LinkID{n}, Account: account, Expires: Morning.Add(time.Hour)}))
	}

	t.Run("by a link, once", func(t *testing.T) {
		link(1, kari)
		must(t, store.AddLogin(ctx, &consent.Login{ID: consent.LoginID{1}, Account: kari, Created: Morning, Seen: Morning, Confirmed: Morning}))
		id, err := store.RedeemLinkAs(ctx, consent.LinkID{1}, &consent.Identity{Issuer: issuer, Subject: "k", Added: Morning}, Morning)
		must(t, err)
		account, err := store.Account(ctx, kari)
		must(t, err)
		logins, err := store.Logins(ctx, kari)
		must(t, err)
		if id != kari || account.Password != "" || len(logins) != 0 {
			t.Fatalf("account %d has the password %q and %d logins", id, account.Password, len(logins))
		}
		_, err = store.RedeemLinkAs(ctx, consent.LinkID{1}, &consent.Identity{Issuer: issuer, Subject: "k", Added: Morning}, Morning)
		wantKind(t, err, consent.NotFound, "unknown_link")
	})
	t.Run("one that is taken uses nothing up", func(t *testing.T) {
		link(2, ola)
		_, err := store.RedeemLinkAs(ctx, consent.LinkID{2}, &consent.Identity{Issuer: issuer, Subject: "k", Added: Morning}, Morning)
		wantKind(t, err, consent.Conflict, "identity_taken")
		_, err = store.Link(ctx, consent.LinkID{2}, Morning)
		must(t, err)
	})
	t.Run("by an invitation", func(t *testing.T) {
		must(t, store.AddInvitation(ctx, &consent.Invitation{ID: consent.InvitationID{1}, Organisation: organisation, Email: "per@example.no", Role: consent.RoleEditor, Maker: kari, Expires: Morning.Add(time.Hour)}))
		per := &consent.Account{Email: "per@example.no", Language: consent.Bokmaal, Created: Morning}
		_, err := store.TakeInvitationAs(ctx, consent.InvitationID{1}, per, &consent.Identity{Issuer: issuer, Subject: "k", Added: Morning}, Morning)
		wantKind(t, err, consent.Conflict, "identity_taken")
		_, err = store.AccountOf(ctx, per.Email)
		wantKind(t, err, consent.NotFound, "unknown_account")
		id, err := store.TakeInvitationAs(ctx, consent.InvitationID{1}, per, &consent.Identity{Issuer: issuer, Subject: "p", Added: Morning}, Morning)
		must(t, err)
		got, err := store.Identity(ctx, issuer, "p")
		must(t, err)
		account, err := store.Account(ctx, id)
		must(t, err)
		if got.Account != id || account.Role(organisation) != consent.RoleEditor {
			t.Fatalf("got %+v, %+v", got, account)
		}
	})
}
