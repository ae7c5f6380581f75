package control

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// Rest is how long an origin is left alone after it was looked at: others are asked.
const Rest = 10 * time.Second

// Looker looks for what proves control of an origin.
type Looker interface {
	Check(ctx context.Context, proof *consent.OriginProof) (consent.ProofMethod, consent.ProofFault)
}

// Origins tells which origins of their sites organisations control.
type Origins struct {
	Store interface {
		consent.OriginProofStore
		Draft(ctx context.Context, site consent.SiteKey) (*consent.Draft, error)
	}
	Looker Looker
	Clock  func() time.Time
	Key    []byte // what must be found is derived from it
	// Must has nothing published with an origin whose control is not proven.
	Must bool
}

// OriginState is what is known of one of a site's origins.
type OriginState struct {
	consent.OriginProof
	Usable bool // it is an origin; Validate says of others what is wrong
	Needed bool // control can be proven
	Proven bool
	Since  time.Time // zero while it is not proven
	By     string    // the other origin by which it is proven, if it is another
}

// Of gives what is known of the origins of a site's draft.
func (o *Origins) Of(ctx context.Context, site *consent.SiteEntry) ([]OriginState, error) {
	draft, err := o.Store.Draft(ctx, site.Key)
	if err != nil {
		return nil, err
	}
	proofs, err := o.Store.OriginProofs(ctx, site.Organisation)
	if err != nil {
		return nil, err
	}
	states := make([]OriginState, len(draft.Site.Origins))
	for i, origin := range draft.Site.Origins {
		states[i] = OriginState{OriginProof: o.proof(site.Organisation, origin, proofs), Usable: consent.UsableOrigin(origin), Needed: consent.NeedsProof(origin)}
		if by := consent.ProvenOrigin(origin, proofs, o.Clock()); by != nil {
			states[i].Proven, states[i].Since = true, by.Proven
			if by.Origin != origin {
				states[i].By = by.Origin
			}
		}
	}
	return states, nil
}

// Look looks for what proves control of one of a site's origins, keeps what it found, and
// gives why it found nothing, "" when it did. What is none of them is NotFound; one that
// was looked at just now a Conflict (code "too_soon").
func (o *Origins) Look(ctx context.Context, site *consent.SiteEntry, origin string) (consent.ProofFault, error) {
	draft, err := o.Store.Draft(ctx, site.Key)
	if err != nil {
		return "", err
	}
	if !slices.Contains(draft.Site.Origins, origin) || !consent.NeedsProof(origin) {
		return "", consent.Errorf(consent.NotFound, "unknown_origin", "The site has no such address.")
	}
	proofs, err := o.Store.OriginProofs(ctx, site.Organisation)
	if err != nil {
		return "", err
	}
	proof, now := o.proof(site.Organisation, origin, proofs), o.Clock().UTC()
	if now.Sub(proof.Checked) < Rest {
		return "", consent.Errorf(consent.Conflict, "too_soon", "The address was looked at just now. Wait %d seconds.", int(Rest.Seconds()))
	}
	method, fault := o.Looker.Check(ctx, &proof)
	found := proof.Found(method, fault, now)
	return fault, o.Store.SaveOriginProof(ctx, &found)
}

// proof gives what is known of an origin. What must be found is the same for all
// origins of an organisation, at every look, and nobody else's.
func (o *Origins) proof(organisation consent.OrganisationID, origin string, proofs []consent.OriginProof) consent.OriginProof {
	for i := range proofs {
		if proofs[i].Origin == origin {
			return proofs[i]
		}
	}
	token := hmac.New(sha256.New, o.Key)
	token.Write([]byte("control of origins\x00" + string(organisation)))
	return consent.OriginProof{Organisation: organisation, Origin: origin, Token: base64.RawURLEncoding.EncodeToString(token.Sum(nil)[:16])}
}
