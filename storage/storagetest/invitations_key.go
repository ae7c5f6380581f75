package storagetest

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// An invitation ends with the key that made it, and with the power of the person who did:
// each is told of in the trail of its organisation, with why.
func testInvitationsOfKeys(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, ola, _ := twoPeople(t, store)
	for _, id := range []consent.AccountID{kari, ola} {
		must(t, store.SetRole(ctx, id, organisation, consent.RoleAdministrator))
	}
	made := byte(100)
	invite := func(maker consent.AccountID, key consent.APIKeyID) consent.InvitationID {
		made++
		id := consent.InvitationID{made}
		must(t, store.AddInvitation(ctx, &consent.Invitation{
			ID: id, Organisation: organisation, Email: fmt.Sprintf("p%d@example.no", made), Role: consent.RoleEditor, Maker: maker, Key: key, Expires: Morning.Add(time.Hour),
		}))
		return id
	}
	key := func() *consent.APIKey {
		made++
		key := &consent.APIKey{Organisation: organisation, Name: "Archive", Scopes: []consent.Scope{consent.ScopePeople}, Maker: kari, Created: Morning, Expires: Morning.Add(time.Hour)}
		key.Seal([38]byte{made})
		must(t, store.AddAPIKey(ctx, key))
		return key
	}
	ends := losses(t, store, kari, ola)
	var using *consent.APIKey
	ends["the key is revoked"] = loss{func() error {
		act := consent.Act{Time: Morning, Account: ola, Organisation: organisation, Action: "key.revoke", Object: string(using.ID)}
		return store.RevokeAPIKey(consent.WithAct(ctx, act), organisation, using.ID)
	}, func() error { return nil }, true}
	for name, each := range ends {
		t.Run(name, func(t *testing.T) {
			using = key()
			byKey, byOther := invite(kari, using.ID), invite(ola, "")
			if got, err := store.Invitation(ctx, byKey, Morning); err != nil || got.Key != using.ID {
				t.Fatalf("got %+v, %v", got, err)
			}
			must(t, each.lose())
			must(t, each.again())
			_, err := store.Invitation(ctx, byKey, Morning)
			wantKind(t, err, consent.NotFound, "unknown_link")
			_, err = store.Invitation(ctx, byOther, Morning)
			must(t, err)
			acts, err := store.Acts(ctx, consent.TrailQuery{Organisation: organisation, Action: consent.InvitationEnd})
			must(t, err)
			told := "editor " + consent.ToldInvitation(byKey) + " key=" + string(using.ID)
			if !slices.ContainsFunc(acts, func(act consent.ActEntry) bool { return act.Object == told && act.Account == ola }) {
				t.Errorf("%q is not in %+v", told, acts)
			}
		})
	}
	t.Run("a key that is gone makes none", func(t *testing.T) {
		err := store.AddInvitation(ctx, &consent.Invitation{ID: consent.InvitationID{1}, Organisation: organisation, Email: "per@example.no", Role: consent.RoleEditor, Maker: kari, Key: "000000000000", Expires: Morning.Add(time.Hour)})
		wantKind(t, err, consent.NotFound, "unknown_organisation")
	})
}
