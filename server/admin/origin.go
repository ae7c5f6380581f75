package admin

import (
	"context"
	"crypto/hmac"
	"crypto/sha256"
	"encoding/base64"
	"net/http"
	"slices"
	"time"

	"github.com/samtykke/samtykke/consent"
)

// OriginChecker looks for what proves control of an origin.
type OriginChecker interface {
	Check(ctx context.Context, proof *consent.OriginProof) (consent.ProofMethod, consent.ProofFault)
}

func originRoutes() []route {
	const origins = "/sites/:site/origins"
	return []route{
		{method: http.MethodGet, path: origins, may: consent.MaySee, handle: (*request).originsGet},
		{method: http.MethodPost, path: origins, may: consent.MayEdit, action: "origin.check", handle: (*request).originPost},
	}
}

// originWait is how long an origin is left alone after it was looked at: others
// are asked.
const originWait = 10 * time.Second

// originsPage is which of a site's origins the organisation has proven to control.
type originsPage struct {
	Origins []originLine
	Must    bool // nothing is published before they are proven
	May     bool // the person may have them looked at
}

// originLine is one of them.
type originLine struct {
	consent.OriginProof
	Needed bool
	Proven bool
	Since  time.Time
	By     string // the other origin by which it is proven, if it is another
	Wrong  string // what the last look found
}

// originsGet shows them.
func (r *request) originsGet() error {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	proofs, err := r.Store.OriginProofs(r.ctx, r.organisation.ID)
	if err != nil {
		return err
	}
	shown := originsPage{Must: r.ProvenOrigins, May: r.may(consent.MayEdit)}
	for _, origin := range draft.Site.Origins {
		line := originLine{OriginProof: r.proofOf(origin, proofs), Needed: consent.NeedsProof(origin)}
		if by := consent.ProvenOrigin(origin, proofs, r.Clock()); by != nil {
			line.Proven, line.Since = true, by.Proven
			if by.Origin != origin {
				line.By = by.Origin
			}
		}
		if line.Fault != "" {
			line.Wrong = r.say("origins_fault_" + string(line.Fault))
		}
		shown.Origins = append(shown.Origins, line)
	}
	return r.show(page{name: "origins.html", title: "origins_title", data: shown, trail: r.siteTrail()})
}

// proofOf gives what is known of an origin. What must be found is the same for all
// origins of an organisation, at every look, and nobody else's.
func (r *request) proofOf(origin string, proofs []consent.OriginProof) consent.OriginProof {
	for i := range proofs {
		if proofs[i].Origin == origin {
			return proofs[i]
		}
	}
	token := hmac.New(sha256.New, r.Key)
	token.Write([]byte("control of origins\x00" + string(r.organisation.ID)))
	return consent.OriginProof{Organisation: r.organisation.ID, Origin: origin, Token: base64.RawURLEncoding.EncodeToString(token.Sum(nil)[:16])}
}

// originPost has one of the site's origins looked at.
func (r *request) originPost() error {
	draft, err := r.Store.Draft(r.ctx, r.site.Key)
	if err != nil {
		return err
	}
	origin := r.form.Get("origin")
	if !slices.Contains(draft.Site.Origins, origin) || !consent.NeedsProof(origin) {
		return errNoPage()
	}
	proofs, err := r.Store.OriginProofs(r.ctx, r.organisation.ID)
	if err != nil {
		return err
	}
	proof := r.proofOf(origin, proofs)
	now := r.Clock().UTC()
	if now.Sub(proof.Checked) < originWait {
		return r.redirect(r.here("/origins"), "origin_wait")
	}
	method, fault := r.Control.Check(r.ctx, &proof)
	found := proof.Found(method, fault, now)
	r.tells(func(act *consent.Act) { act.Object = origin })
	if err := r.Store.SaveOriginProof(r.ctx, &found); err != nil {
		return err
	}
	if fault != "" {
		return r.redirect(r.here("/origins"), "origin_missing")
	}
	return r.redirect(r.here("/origins"), "origin_proven")
}
