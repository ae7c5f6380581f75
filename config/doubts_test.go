package config

import (
	"slices"
	"testing"

	"github.com/samtykke/samtykke/consent"
)

// TestAProxyThatNobodyTrustsIsDoubted holds for each listener by itself.
func TestAProxyThatNobodyTrustsIsDoubted(t *testing.T) {
	trusted := map[string]any{"public.trusted_proxies": []string{"127.0.0.1"}, "public.proxy_header": "X-Forwarded-For"}
	for _, test := range []struct {
		name     string
		settings map[string]any
		more     map[string]any
		want     []string
	}{
		{"nothing is said", nil, nil, nil},
		{"plain addresses", map[string]any{"admin.url": "http://localhost:8081", "public.url": "http://localhost:8080"}, nil, nil},
		{"the administration", map[string]any{"admin.url": "https://admin.example.no"}, nil, []string{"admin.url"}},
		{"the visitors", map[string]any{"public.url": "https://samtykke.example.no"}, nil, []string{"public.url"}},
		{"both", map[string]any{"admin.url": "https://admin.example.no", "public.url": "https://samtykke.example.no"}, nil, []string{"admin.url", "public.url"}},
		{"both, trusted", map[string]any{"admin.url": "https://admin.example.no", "public.url": "https://samtykke.example.no"}, trusted, nil},
		{"no administration", map[string]any{"admin.url": "https://admin.example.no", "admin.listen": ""}, nil, nil},
	} {
		flags := map[string]any{}
		for _, some := range []map[string]any{test.settings, test.more} {
			for path, value := range some {
				flags[path] = value
			}
		}
		settings, err := Load("", nil, flags)
		if err != nil {
			t.Fatalf("%s: %v", test.name, err)
		}
		var have []string
		for _, doubt := range settings.Doubts() {
			have = append(have, doubt.Path)
			if doubt.Severity != consent.Warning || doubt.Repair == "" {
				t.Errorf("%s: %+v", test.name, doubt)
			}
		}
		if !slices.Equal(have, test.want) {
			t.Errorf("%s: have %v, want %v", test.name, have, test.want)
		}
	}
}
