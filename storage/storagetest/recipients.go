package storagetest

import (
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// testRecipients has two organisations, each with a list of its own.
func testRecipients(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	for _, id := range []consent.OrganisationID{"havet", "skogen"} {
		must(t, store.AddOrganisation(ctx, consent.NewOrganisation{Organisation: consent.Organisation{ID: id, Name: string(id)}}, Morning))
	}
	want := func(havet, skogen consent.Recipients) {
		t.Helper()
		all, err := store.Recipients(ctx)
		must(t, err)
		for i, each := range []consent.Recipients{havet, skogen} {
			if len(all) != 2 || all[i].Language != each.Language || !slices.Equal(all[i].Addresses, each.Addresses) {
				t.Fatalf("got %+v, want %+v", all, each)
			}
		}
	}
	none := consent.Recipients{Language: consent.Bokmaal}
	want(none, none)
	two := consent.Recipients{Organisation: "skogen", Language: consent.Nynorsk, Addresses: []string{"b@skogen.example", "a@skogen.example", "b@skogen.example"}}
	must(t, store.SetRecipients(ctx, &two))
	two.Addresses = []string{"a@skogen.example", "b@skogen.example"}
	want(none, two)
	one := consent.Recipients{Organisation: "havet", Language: consent.English, Addresses: []string{"a@skogen.example"}}
	must(t, store.SetRecipients(ctx, &one))
	want(one, two)

	for code, wrong := range map[string]consent.Recipients{
		"many_recipients":    {Organisation: "skogen", Language: consent.English, Addresses: make([]string, consent.MaxRecipients+1)},
		"invalid_recipients": {Organisation: "skogen", Language: consent.English, Addresses: []string{strings.Repeat("x", 255)}},
	} {
		wantKind(t, store.SetRecipients(ctx, &wrong), consent.Invalid, code)
	}
	wantKind(t, store.SetRecipients(ctx, &consent.Recipients{Organisation: "skogen", Language: "se"}), consent.Invalid, "invalid_recipients")
	wantKind(t, store.SetRecipients(ctx, &consent.Recipients{Organisation: "nowhere", Language: consent.English}), consent.NotFound, "unknown_organisation")
	want(one, two)
	must(t, store.SetRecipients(ctx, &consent.Recipients{Organisation: "skogen", Language: consent.Bokmaal}))
	want(one, none)
}
