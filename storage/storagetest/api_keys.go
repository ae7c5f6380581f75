package storagetest

import (
	"slices"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testAPIKeys(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	organisation := Draft("skogen").Organisation.ID
	kari, _, _ := twoPeople(t, store)
	key := &consent.APIKey{
		ID: "0123456789ab", Hash: consent.HashOf([]byte("secret")), Organisation: organisation, Name: "Datavarehus 😀",
		Scopes: []consent.Scope{consent.ScopeRead, consent.ScopeLog}, Maker: kari, Created: Morning, Expires: Morning.Add(time.Hour),
	}
	must(t, store.AddAPIKey(ctx, key))
	for name, change := range map[string]func(*consent.APIKey){
		"of no organisation":  func(k *consent.APIKey) { k.Organisation = "nowhere" },
		"of no maker":         func(k *consent.APIKey) { k.Maker = 999 },
		"with another's hash": func(k *consent.APIKey) { k.Hash = key.Hash },
		"without a name":      func(k *consent.APIKey) { k.Name = "" },
	} {
		other := *key
		other.ID, other.Hash = "ba9876543210", consent.HashOf([]byte("other"))
		change(&other)
		if err := store.AddAPIKey(ctx, &other); consent.KindOf(err) != consent.NotFound {
			t.Errorf("a key %s: %v", name, err)
		}
	}
	later := *key
	later.ID, later.Hash, later.Created = "ba9876543210", consent.HashOf([]byte("other")), Morning.Add(time.Minute)
	must(t, store.AddAPIKey(ctx, &later))

	got, err := store.APIKeyOf(ctx, key.Hash)
	must(t, err)
	if got.ID != key.ID || got.Organisation != organisation || got.Name != key.Name || !slices.Equal(got.Scopes, key.Scopes) || got.Maker != kari ||
		!got.Created.Equal(key.Created) || !got.Expires.Equal(key.Expires) || !got.Used.IsZero() {
		t.Fatalf("got %+v", got)
	}
	must(t, store.UseAPIKey(ctx, key.ID, Morning.Add(26*time.Hour)))
	must(t, store.UseAPIKey(ctx, key.ID, Morning)) // an earlier day changes nothing
	all, err := store.APIKeys(ctx, organisation)
	must(t, err)
	if len(all) != 2 || all[0].ID != later.ID || !all[0].Used.IsZero() || !all[1].Used.Equal(consent.MidnightOf(Morning.Add(26*time.Hour))) {
		t.Fatalf("got %+v", all)
	}
	wantKind(t, store.RevokeAPIKey(ctx, "havet", key.ID), consent.NotFound, "unknown_key")
	must(t, store.RevokeAPIKey(ctx, organisation, key.ID))
	wantKind(t, store.RevokeAPIKey(ctx, organisation, key.ID), consent.NotFound, "unknown_key")
	_, err = store.APIKeyOf(ctx, key.Hash)
	wantKind(t, err, consent.NotFound, "unknown_key")
	if all, err = store.APIKeys(ctx, organisation); err != nil || len(all) != 1 {
		t.Fatalf("got %+v, %v", all, err)
	}
}
