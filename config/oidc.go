package config

import (
	"errors"
	"net/url"
	"strconv"
	"strings"
	"unicode/utf8"
)

// OIDCFactor is who sees to the second factor of those who log in at a provider.
type OIDCFactor string

// Who sees to it.
const (
	FactorOwn      OIDCFactor = "own"
	FactorProvider OIDCFactor = "provider"
)

// UnmarshalText reads who sees to it.
func (f *OIDCFactor) UnmarshalText(text []byte) error {
	switch who := OIDCFactor(strings.ToLower(string(text))); who {
	case FactorOwn, FactorProvider:
		*f = who
		return nil
	default:
		return errors.New("write own or provider")
	}
}

// maxProviderName is how long the name on a button may be, in characters.
const maxProviderName = 40

func (c *Config) validateOIDC(check *checker) {
	o := c.Admin.OIDC
	if o.Issuer == "" {
		check.require(o.ClientID == "" && o.ClientSecret.IsZero() && o.Name == "" && len(o.Require) == 0 && o.Factor == FactorOwn, "admin.oidc.issuer", "needs_issuer",
			"A provider of logins is set up, but not which.", "Set admin.oidc.issuer, such as https://login.microsoftonline.com/TENANT/v2.0, or leave out all of admin.oidc.")
		return
	}
	check.require(isIssuer(o.Issuer), "admin.oidc.issuer", "bad_issuer",
		"This is not the address of a provider of logins.", "Write an https address without a name, password, question mark or # in it, such as https://login.microsoftonline.com/TENANT/v2.0.")
	check.require(!isManyTenants(o.Issuer), "admin.oidc.issuer", "many_tenants",
		"This address is that of every tenant of Entra ID at once.", "Write the id of your own tenant in place of common, organizations or consumers.")
	check.require(o.ClientID != "", "admin.oidc.client_id", "missing",
		"The provider does not know who asks.", "Set admin.oidc.client_id to what the provider calls Samtykke.")
	check.needs(o.ClientSecret, "admin.oidc.client_secret", "missing",
		"There is nothing to show the provider.", "Set admin.oidc.client_secret, or SAMTYKKE_ADMIN_OIDC_CLIENT_SECRET_FILE to the path of a file with it.")
	check.require(strings.TrimSpace(o.Name) != "" && utf8.RuneCountInString(o.Name) <= maxProviderName, "admin.oidc.name", "bad_name",
		"People do not see where they would log in.", "Set admin.oidc.name to what people call the provider, in at most 40 characters, such as Microsoft.")
	check.require(c.Admin.URL != "", "admin.url", "needs_url",
		"The provider cannot send people back.", "Set admin.url to the address at which people reach the administration.")
	for _, claim := range o.Require {
		name, value, found := strings.Cut(claim, "=")
		check.require(found && name != "" && value != "", "admin.oidc.require", "bad_claim",
			strconv.Quote(claim)+" is not a claim with its value.", "Write name=value, such as tid=0a1b2c3d-0000-0000-0000-000000000000.")
	}
}

// isIssuer says whether text can be an issuer (OpenID Connect Discovery 1.0, 4.1).
func isIssuer(text string) bool {
	return isHook(text) && !strings.ContainsAny(text, "?# \t\r\n")
}

// isManyTenants says whether an issuer is that of all tenants: its tokens would
// each come from another issuer.
func isManyTenants(issuer string) bool {
	parsed, err := url.Parse(issuer)
	if err != nil || !strings.HasPrefix(parsed.Hostname(), "login.microsoftonline.") {
		return false
	}
	tenant, _, _ := strings.Cut(strings.TrimPrefix(parsed.Path, "/"), "/")
	return tenant == "common" || tenant == "organizations" || tenant == "consumers"
}
