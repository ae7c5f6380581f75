package storagetest

import (
	"reflect"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// A catalogue belongs to one organisation, and takes the place of the earlier one.
func testCatalogues(t *testing.T, open Opener) {
	ctx, store := t.Context(), open(t)
	must(t, store.SaveDraft(ctx, Draft("skogen"), Morning))
	kari, _, _ := twoPeople(t, store)
	of := Draft("skogen").Organisation.ID
	_, err := store.Catalogue(ctx, of)
	wantKind(t, err, consent.NotFound, "no_catalogue")
	first := consent.Catalogue{
		Organisation: of, Imported: Morning, Importer: kari, Language: consent.English,
		Entries: []consent.CatalogueEntry{
			{Platform: "Teller", Name: "_ga", Match: consent.MatchExact, Lifetime: "P2Y", Purpose: "<script> \u202e 😀"},
			{Platform: "Teller", Name: "_gat_", Match: consent.MatchPrefix, Said: "a while", Company: "Google", Policy: "https://x.example/", Domain: "x.example", Category: consent.Statistics},
		},
		Refused: []consent.CatalogueRefusal{{Line: 3, Name: "x", Why: "no_name"}}, Refusals: 7,
	}
	second := first
	second.Imported, second.Entries, second.Refused, second.Refusals = Morning.Add(time.Hour), first.Entries[:1], nil, 0
	for _, catalogue := range []consent.Catalogue{first, second} {
		must(t, store.SetCatalogue(ctx, &catalogue))
		if got, err := store.Catalogue(ctx, of); err != nil || !reflect.DeepEqual(*got, catalogue) {
			t.Errorf("got %+v (%v), want %+v", got, err, catalogue)
		}
	}
	second.Organisation = "nowhere"
	wantKind(t, store.SetCatalogue(ctx, &second), consent.NotFound, "")
	must(t, store.DropCatalogue(ctx, "nowhere"))
	must(t, store.DropCatalogue(ctx, of))
	must(t, store.DropCatalogue(ctx, of))
	_, err = store.Catalogue(ctx, of)
	wantKind(t, err, consent.NotFound, "no_catalogue")
}
