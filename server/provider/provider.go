// Package provider lets people log in at a provider of logins: OpenID Connect, the
// authorization code flow with PKCE. It tells who somebody is there and nothing
// more: no token leaves this package, and none is kept.
package provider

import (
	"context"
	"errors"
	"log/slog"
	"net/url"
	"slices"
	"sync"
	"time"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/samtykke/samtykke/consent"
)

const (
	// patience is how long the provider has for each answer.
	patience = 5 * time.Second
	// known is how long what the provider tells of itself is believed, and failing
	// how long it is left alone after it could not be asked.
	known   = time.Hour
	failing = 5 * time.Second
	// skew is how much the clocks may differ.
	skew = time.Minute
)

// algorithms are the signatures that are taken: those of which the provider alone
// has the key.
var algorithms = []string{oidc.RS256, oidc.ES256}

// scopes are what is asked for. Entra ID tells tenant and object with profile alone.
var scopes = []string{oidc.ScopeOpenID, "profile"}

// Options are what a Provider is made of.
type Options struct {
	Issuer       string
	ClientID     string
	ClientSecret string
	// Return is where the provider sends people back to.
	Return string
	// Require are claims that must be told, each as name=value.
	Require []string
	Clock   func() time.Time
	Log     *slog.Logger
}

// Provider is one provider of logins.
type Provider struct {
	Options
	client *client

	mu     sync.Mutex
	found  *discovered
	tried  time.Time // when it could not be asked
	beyond error     // why
}

// discovered is what the provider tells of itself.
type discovered struct {
	at       time.Time
	endpoint oauth2.Endpoint
	verifier *oidc.IDTokenVerifier
	// prompts are what it can be told to ask, empty where it does not say.
	prompts []string
	// named says that answers name their issuer (RFC 9207), so that none is taken
	// for another provider's.
	named bool
}

// New makes a Provider. Nothing is asked before somebody logs in.
func New(options Options) *Provider {
	return &Provider{Options: options, client: newClient(options.Issuer)}
}

// Trip is what is remembered of somebody who is sent to the provider, in a place
// that they cannot read or change.
type Trip struct {
	State    string
	Nonce    string
	Verifier string // of PKCE
	Begun    time.Time
	// Fresh says that they have to prove themselves anew there.
	Fresh bool
}

// Prompt is what the provider asks somebody who is logged in there (OpenID Connect Core
// 1.0, 3.1.2.1).
type Prompt string

// The prompts.
const (
	AsksNothing Prompt = ""
	AsksWhich   Prompt = "select_account" // of their accounts there
	AsksAgain   Prompt = "login"
)

// Begin gives where to send somebody, and what to remember of it. Fresh checks that they
// have proven themselves anew there.
func (p *Provider) Begin(ctx context.Context, prompt Prompt, fresh bool) (string, *Trip, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return "", nil, err
	}
	trip := &Trip{State: oauth2.GenerateVerifier(), Nonce: oauth2.GenerateVerifier(), Verifier: oauth2.GenerateVerifier(), Begun: p.Clock(), Fresh: fresh}
	options := []oauth2.AuthCodeOption{oidc.Nonce(trip.Nonce), oauth2.S256ChallengeOption(trip.Verifier)}
	if fresh || prompt == AsksWhich && len(found.prompts) > 0 && !slices.Contains(found.prompts, string(prompt)) {
		prompt = AsksAgain
	}
	if prompt != AsksNothing {
		options = append(options, oauth2.SetAuthURLParam("prompt", string(prompt)))
	}
	if fresh {
		options = append(options, oauth2.SetAuthURLParam("max_age", "0"))
	}
	return p.oauth(found).AuthCodeURL(trip.State, options...), trip, nil
}

func (p *Provider) oauth(found *discovered) *oauth2.Config {
	return &oauth2.Config{ClientID: p.ClientID, ClientSecret: p.ClientSecret, Endpoint: found.endpoint, RedirectURL: p.Return, Scopes: scopes}
}

// Arrival is somebody who has come back from the provider.
type Arrival struct {
	consent.Identity

	// Proven is when they proved there who they are, zero when it is not told.
	Proven time.Time
}

// Finish takes what the provider has sent somebody back with, and gives who they
// are there. The state is the caller's to compare and to take once.
func (p *Provider) Finish(ctx context.Context, trip *Trip, query url.Values) (*Arrival, error) {
	found, err := p.discover(ctx)
	if err != nil {
		return nil, err
	}
	for name, values := range query { // a parameter that comes twice is read in two ways
		if len(values) > 1 {
			return nil, p.refused(ctx, "parameter_twice", errors.New(knownParameter(name)))
		}
	}
	if iss, told := query["iss"]; told && iss[0] != p.Issuer || found.named && !told {
		return nil, p.refused(ctx, "foreign_answer", nil)
	}
	if query.Has("error") {
		return nil, p.declined(ctx, query.Get("error"))
	}
	if query.Get("code") == "" {
		return nil, p.refused(ctx, "no_code", nil)
	}
	token, err := p.oauth(found).Exchange(oidc.ClientContext(ctx, p.client.Client), query.Get("code"), oauth2.VerifierOption(trip.Verifier))
	if err != nil {
		return nil, p.unexchanged(ctx, err)
	}
	raw, _ := token.Extra("id_token").(string)
	return p.read(ctx, found, trip, raw)
}

// discover gives what the provider tells of itself. What it told before is used on
// while it cannot be asked anew.
func (p *Provider) discover(ctx context.Context) (*discovered, error) {
	p.mu.Lock()
	defer p.mu.Unlock()
	now := p.Clock()
	if p.found != nil && now.Sub(p.found.at) < known {
		return p.found, nil
	}
	if p.beyond == nil || now.Sub(p.tried) >= failing {
		found, err := p.ask(ctx)
		if err == nil {
			found.at, p.found, p.beyond = now, found, nil
			return found, nil
		}
		p.tried, p.beyond = now, err
		p.Log.WarnContext(ctx, "the provider of logins cannot be asked: look at admin.oidc.issuer, and at whether a firewall is between", "issuer", p.Issuer, "reason", reasonOf(err))
	}
	if p.found != nil {
		return p.found, nil
	}
	return nil, errDown()
}

// ask asks the provider for its discovery document. The request that asks may end:
// others wait for the same answer.
func (p *Provider) ask(ctx context.Context) (*discovered, error) {
	ctx = oidc.ClientContext(context.WithoutCancel(ctx), p.client.Client)
	asked, err := oidc.NewProvider(ctx, p.Issuer)
	if err != nil {
		return nil, err
	}
	var more struct {
		Named   bool     `json:"authorization_response_iss_parameter_supported"`
		Methods []string `json:"token_endpoint_auth_methods_supported"`
		Prompts []string `json:"prompt_values_supported"`
		Keys    string   `json:"jwks_uri"`
	}
	if err := asked.Claims(&more); err != nil {
		return nil, err
	}
	endpoint := asked.Endpoint()
	if !p.client.sees(endpoint.TokenURL) || !p.client.sees(more.Keys) || !p.client.leads(endpoint.AuthURL) {
		return nil, errForeign
	}
	// Which of the two is said here: else the code would be sent twice, to find out.
	endpoint.AuthStyle = oauth2.AuthStyleInHeader
	if len(more.Methods) > 0 && !slices.Contains(more.Methods, "client_secret_basic") {
		endpoint.AuthStyle = oauth2.AuthStyleInParams
	}
	return &discovered{endpoint: endpoint, prompts: more.Prompts, named: more.Named, verifier: oidc.NewVerifier(p.Issuer, keys{oidc.NewRemoteKeySet(ctx, more.Keys)}, &oidc.Config{
		ClientID: p.ClientID, SupportedSigningAlgs: algorithms, Now: func() time.Time { return p.Clock().Add(-skew) },
	})}, nil
}
