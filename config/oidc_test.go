package config

import (
	"errors"
	"maps"
	"slices"
	"strings"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// A provider of logins is set up whole, or not at all.
func TestOIDCIsAllOrNothing(t *testing.T) {
	whole := map[string]any{
		"admin.url": "https://samtykke-admin.example.no", "admin.oidc.issuer": "https://login.microsoftonline.com/0a1b/v2.0", "admin.oidc.client_id": "samtykke",
		"admin.oidc.client_secret": "secret", "admin.oidc.name": "Microsoft", "admin.oidc.require": []string{"tid=0a1b", "groups=a=b"}, "admin.oidc.factor": "provider",
	}
	for name, test := range map[string]struct {
		base map[string]any
		with map[string]any
		want []string
	}{
		"nothing":            {nil, nil, nil},
		"whole":              {whole, nil, nil},
		"own machine":        {whole, map[string]any{"admin.oidc.issuer": "http://localhost:8443/realms/x"}, nil},
		"issuer alone":       {nil, map[string]any{"admin.oidc.issuer": "https://login.example"}, []string{"admin.oidc.client_id missing", "admin.oidc.client_secret missing", "admin.oidc.name bad_name", "admin.url needs_url"}},
		"no issuer":          {whole, map[string]any{"admin.oidc.issuer": ""}, []string{"admin.oidc.issuer needs_issuer"}},
		"factor alone":       {nil, map[string]any{"admin.oidc.factor": "provider"}, []string{"admin.oidc.issuer needs_issuer"}},
		"in the open":        {whole, map[string]any{"admin.oidc.issuer": "http://login.example"}, []string{"admin.oidc.issuer bad_issuer"}},
		"with a password":    {whole, map[string]any{"admin.oidc.issuer": "https://u:p@login.example"}, []string{"admin.oidc.issuer bad_issuer"}},
		"with a question":    {whole, map[string]any{"admin.oidc.issuer": "https://login.example/?x"}, []string{"admin.oidc.issuer bad_issuer"}},
		"no address":         {whole, map[string]any{"admin.oidc.issuer": "Microsoft"}, []string{"admin.oidc.issuer bad_issuer"}},
		"every tenant":       {whole, map[string]any{"admin.oidc.issuer": "https://login.microsoftonline.com/common/v2.0"}, []string{"admin.oidc.issuer many_tenants"}},
		"a long name":        {whole, map[string]any{"admin.oidc.name": strings.Repeat("å", 41)}, []string{"admin.oidc.name bad_name"}},
		"no claim":           {whole, map[string]any{"admin.oidc.require": []string{"tid"}}, []string{"admin.oidc.require bad_claim"}},
		"a claim of nothing": {whole, map[string]any{"admin.oidc.require": []string{"tid="}}, []string{"admin.oidc.require bad_claim"}},
		"who else":           {whole, map[string]any{"admin.oidc.factor": "both"}, []string{"admin.oidc.factor bad_value"}},
		"nowhere to return":  {whole, map[string]any{"admin.url": ""}, []string{"admin.url needs_url"}},
	} {
		flags := map[string]any{}
		maps.Copy(flags, test.base)
		maps.Copy(flags, test.with)
		_, err := Load("", nil, flags)
		var have []string
		var problems consent.Problems
		if errors.As(err, &problems) {
			for _, p := range problems {
				have = append(have, strings.TrimPrefix(p.Path, "flag ")+" "+p.Code)
				if p.Repair == "" {
					t.Errorf("%s: %s says not what to do", name, p.Code)
				}
			}
		}
		slices.Sort(have)
		if !slices.Equal(have, test.want) {
			t.Errorf("%s: %v, want %v", name, have, test.want)
		}
	}
}
