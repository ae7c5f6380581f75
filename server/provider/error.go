package provider

import (
	"context"
	"errors"
	"net"
	"net/http"
	"slices"

	"github.com/coreos/go-oidc/v3/oidc"
	"golang.org/x/oauth2"

	"github.com/samtykke/samtykke/consent"
)

// What the provider writes is shown to nobody and logged nowhere: these are the
// program's own words for it.

func errDown() error {
	return consent.Errorf(consent.Unavailable, "provider_down", "The provider of logins does not answer. Log in with your password, or try again in a moment.")
}

func errRefused() error {
	return consent.Errorf(consent.Forbidden, "provider_refused", "The login at the provider could not be taken. Begin again. If it still fails, tell those who run the server: its log says what happened.")
}

// ErrStranger is for whoever is known at the provider and not here.
func ErrStranger() error {
	return consent.Errorf(consent.Forbidden, "no_account", "The login at the provider worked, but there is no account here for it. Ask an administrator of your organisation for an invitation.")
}

// errNotListed is for whoever the provider does not give what is required. Whether they
// have an account here is not looked up before.
func errNotListed() error {
	return consent.Errorf(consent.Forbidden, "provider_not_listed", "The login at the provider worked, but the provider does not list you among those who may use this. Ask whoever runs it in your organisation.")
}

// refused tells the log why an answer is not believed.
func (p *Provider) refused(ctx context.Context, why string, detail error) error {
	if detail != nil {
		why += " " + detail.Error()
	}
	p.Log.WarnContext(ctx, "a login at the provider was refused", "why", why)
	return errRefused()
}

// stale is for who should have proven themselves anew, and has not.
func (p *Provider) stale(ctx context.Context, told bool) error {
	if told {
		p.Log.WarnContext(ctx, "the provider has not asked somebody anew who they are, as it was to")
	} else {
		p.Log.WarnContext(ctx, "the provider does not tell when somebody has proven who they are: have it put the claim auth_time into its ID tokens")
	}
	return consent.Errorf(consent.Forbidden, "provider_not_anew", "The provider does not say that you have just proven who you are. Confirm in another way.")
}

// down tells the log that the provider does not answer when it is asked for something.
func (p *Provider) down(ctx context.Context, what string, err error) error {
	p.Log.WarnContext(ctx, "the provider of logins does not answer: people can try again in a moment; if it goes on, see whether the provider is in order, and whether a firewall is between",
		"issuer", p.Issuer, "asked_for", what, "reason", reasonOf(err))
	return errDown()
}

// codes are the errors of OAuth 2.0 and OpenID Connect that stand in the log by
// their name. Others could hold anything.
var codes = []string{
	"access_denied", "invalid_request", "unauthorized_client", "unsupported_response_type", "invalid_scope", "server_error", "temporarily_unavailable",
	"login_required", "interaction_required", "consent_required", "account_selection_required", "invalid_client", "invalid_grant", "unsupported_grant_type",
}

func knownCode(code string) string {
	if slices.Contains(codes, code) {
		return code
	}
	return "other"
}

func knownParameter(name string) string {
	if slices.Contains([]string{"code", "state", "iss", "error", "session_state"}, name) {
		return name
	}
	return "other"
}

// declined is for answers that say that nobody has logged in.
func (p *Provider) declined(ctx context.Context, code string) error {
	p.Log.InfoContext(ctx, "the provider has logged nobody in", "why", knownCode(code))
	if code == "temporarily_unavailable" || code == "server_error" {
		return errDown()
	}
	return consent.Errorf(consent.Invalid, "provider_cancelled", "The login at the provider was not completed. Try again, or log in with your password.")
}

// unexchanged is for a code that no token came for.
func (p *Provider) unexchanged(ctx context.Context, err error) error {
	var answered *oauth2.RetrieveError
	if errors.As(err, &answered) {
		if answered.Response != nil && answered.Response.StatusCode >= http.StatusInternalServerError {
			return p.down(ctx, "token", err)
		}
		return p.refused(ctx, "no_token_for_code", errors.New(knownCode(answered.ErrorCode)))
	}
	if down := unreachable(err); down != nil {
		return p.down(ctx, "token", down)
	}
	return p.refused(ctx, "token_malformed", nil)
}

// reasonOf says in words of ours why the provider could not be asked.
func reasonOf(err error) string {
	var mismatch *oidc.IssuerMismatchError
	var network net.Error
	switch {
	case errors.As(err, &mismatch):
		return "it calls itself by another address than admin.oidc.issuer"
	case errors.Is(err, errForeign):
		return errForeign.Error()
	case errors.As(err, &network) && network.Timeout():
		return "no answer in time"
	case unreachable(err) != nil:
		return "no connection"
	default:
		return "an answer that is none of OpenID Connect"
	}
}
