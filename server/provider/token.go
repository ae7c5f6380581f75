package provider

import (
	"bytes"
	"context"
	"crypto/subtle"
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"

	"github.com/samtykke/samtykke/consent"
)

// claims are what is read of an ID token beside what go-oidc reads.
type claims struct {
	Party  string      `json:"azp"`
	Proven json.Number `json:"auth_time"`
	Tenant string      `json:"tid"`
	Object string      `json:"oid"`
}

// The longest names of people and tenants, in bytes (OpenID Connect Core 1.0, 2).
const maxSubject = 255

// read checks an ID token and gives whose it is. The e-mail address in it is not
// looked at: it proves nothing.
func (p *Provider) read(ctx context.Context, found *discovered, trip *Trip, raw string) (*Arrival, error) {
	if raw == "" {
		return nil, p.refused(ctx, "no_token", nil)
	}
	ctx, keys := noticing(ctx)
	token, err := found.verifier.Verify(ctx, raw)
	if err != nil {
		var expired *oidc.TokenExpiredError
		if errors.As(err, &expired) {
			return nil, p.refused(ctx, "token_expired", nil)
		}
		if keys.err != nil {
			return nil, p.down(ctx, "keys", keys.err)
		}
		return nil, p.refused(ctx, "token_not_theirs", nil)
	}
	var more claims
	var all map[string]any
	var payload json.RawMessage
	if token.Claims(&payload) != nil || !readOneWay(payload, p.required()) || token.Claims(&more) != nil || token.Claims(&all) != nil {
		return nil, p.refused(ctx, "token_malformed", nil)
	}
	if why := p.doubt(trip, token, &more); why != "" {
		return nil, p.refused(ctx, why, nil)
	}
	if lacking := p.lacking(all); len(lacking) > 0 {
		p.Log.WarnContext(ctx, "a login at the provider lacks a claim of admin.oidc.require: let the person in there, or look at how the provider tells the claim", "lacking", lacking)
		return nil, errNotListed()
	}
	if trip.Fresh && provenAt(more.Proven).Before(trip.Begun.Add(-skew)) {
		return nil, p.stale(ctx, more.Proven != "")
	}
	return &Arrival{
		Identity: consent.Identity{Issuer: token.Issuer, Subject: token.Subject, Tenant: more.Tenant, Object: more.Object, Added: p.Clock()},
		Proven:   provenAt(more.Proven),
	}, nil
}

// readClaims are the names of all claims that are read here and by go-oidc.
var readClaims = []string{"iss", "sub", "aud", "azp", "tid", "oid", "nonce", "exp", "iat", "nbf", "auth_time", "at_hash"}

// readOneWay says whether each of the claims that are read, these and more, stands once,
// and as it is written: Go takes the last one, in any case, and whoever names other claims at the
// provider could be somebody else (RFC 7519, 4).
func readOneWay(payload []byte, more []string) bool {
	read := slices.Concat(readClaims, more)
	from := json.NewDecoder(bytes.NewReader(payload))
	if open, err := from.Token(); err != nil || open != json.Delim('{') {
		return false
	}
	var seen []string
	for from.More() {
		token, err := from.Token()
		name, _ := token.(string)
		var value json.RawMessage
		if err != nil || from.Decode(&value) != nil {
			return false
		}
		is := func(claim string) bool { return strings.EqualFold(claim, name) }
		if !slices.ContainsFunc(read, is) {
			continue
		}
		if !slices.Contains(read, name) || slices.ContainsFunc(seen, is) {
			return false
		}
		seen = append(seen, name)
	}
	return true
}

// doubt says why a token that is the provider's is still not taken, "" for no
// reason.
func (p *Provider) doubt(trip *Trip, token *oidc.IDToken, more *claims) string {
	switch {
	case token.Issuer != p.Issuer: // go-oidc lets one provider write it in two ways
		return "token_issuer"
	case token.Subject == "" || len(token.Subject) > maxSubject || len(more.Tenant) > maxSubject || len(more.Object) > maxSubject:
		return "token_subject"
	case subtle.ConstantTimeCompare([]byte(token.Nonce), []byte(trip.Nonce)) != 1:
		return "token_nonce"
	case len(token.Audience) > 1 && more.Party == "" || more.Party != "" && more.Party != p.ClientID:
		return "token_party"
	case token.IssuedAt.Before(trip.Begun.Add(-skew)) || token.IssuedAt.After(p.Clock().Add(skew)):
		return "token_time"
	case provenAt(more.Proven).After(p.Clock().Add(skew)): // else it would be a proof just given for as long
		return "token_proven_later"
	}
	return ""
}

// provenAt is when somebody proved themselves at the provider, zero when that is
// not told.
func provenAt(told json.Number) time.Time {
	seconds, err := told.Float64()
	if err != nil || seconds <= 0 || seconds > float64(1<<40) {
		return time.Time{}
	}
	return time.Unix(int64(seconds), 0)
}

// required are the names of the claims that are required.
func (p *Provider) required() []string {
	names := make([]string, len(p.Require))
	for i, required := range p.Require {
		names[i], _, _ = strings.Cut(required, "=")
	}
	return names
}

// lacking gives what is required and a person has not, as the settings write it.
func (p *Provider) lacking(all map[string]any) []string {
	return slices.DeleteFunc(slices.Clone(p.Require), func(required string) bool {
		name, value, _ := strings.Cut(required, "=")
		return has(all[name], value)
	})
}

// has says whether a claim has a value, or is a list that does.
func has(claim any, value string) bool {
	switch said := claim.(type) {
	case string:
		return said == value
	case []any:
		return slices.ContainsFunc(said, func(one any) bool { return one == any(value) })
	}
	return false
}
