package storagetest

import (
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/samtykke/samtykke/consent"
)

func testOriginProofs(t *testing.T, open Opener) {
	store := open(t)
	must(t, store.SaveDraft(t.Context(), Draft("skogen"), Morning))
	organisations, err := store.Organisations(t.Context())
	must(t, err)
	own := organisations[0].ID
	proof := consent.OriginProof{Organisation: own, Origin: "https://skogen.example", Token: strings.Repeat("t", 22)}
	wantProofs := func(want ...consent.OriginProof) {
		t.Helper()
		for _, organisation := range []consent.OrganisationID{own, ""} {
			if got, err := store.OriginProofs(t.Context(), organisation); err != nil || !slices.Equal(got, want) {
				t.Errorf("of %q: %+v %v, want %+v", organisation, got, err, want)
			}
		}
		if got, err := store.OriginProofs(t.Context(), "another"); err != nil || len(got) > 0 {
			t.Errorf("another organisation has %+v %v", got, err)
		}
	}
	wantProofs()
	must(t, store.SaveOriginProof(t.Context(), &proof))
	wantProofs(proof)
	proof = proof.Found(consent.ProofByDNS, "", Morning)
	must(t, store.SaveOriginProof(t.Context(), &proof))
	proof = proof.Found("", consent.ProofNothing, Morning.Add(time.Hour))
	must(t, store.SaveOriginProof(t.Context(), &proof))
	wantProofs(proof)
	if proof.Method != consent.ProofByDNS || !proof.Proven.Equal(Morning) {
		t.Errorf("a look in vain forgets what was found: %+v", proof)
	}
	proof.Organisation = "nobody"
	wantKind(t, store.SaveOriginProof(t.Context(), &proof), consent.Invalid, "invalid_origin_proof")
}
