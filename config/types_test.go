package config

import (
	"bytes"
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

// TestSecretsAreNeverShown prints a secret in every way that Go offers.
func TestSecretsAreNeverShown(t *testing.T) {
	const marker = "canary"
	loaded := Default()
	loaded.Cache.Redis.URL = NewSecret("redis://:" + marker + "@localhost")
	loaded.Cache.Redis.Key = NewSecret(marker)
	secret := loaded.Cache.Redis.Key
	hiding := struct{ secret Secret }{secret} // fmt does not ask methods of unexported fields
	var out bytes.Buffer
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%d", "%t", "%e"} {
		for _, value := range []any{secret, &secret, []Secret{secret}, loaded, *loaded, loaded.Cache, hiding} {
			fmt.Fprintf(&out, verb+"\n", value)
		}
	}
	for _, logger := range []*slog.Logger{slog.New(slog.NewTextHandler(&out, nil)), slog.New(slog.NewJSONHandler(&out, nil))} {
		logger.Info("settings", "secret", secret, "config", loaded, "cache", loaded.Cache)
	}
	asJSON, err := json.Marshal(loaded)
	if err != nil {
		t.Fatal(err)
	}
	asYAML, err := yaml.Marshal(loaded)
	if err != nil {
		t.Fatal(err)
	}
	shown := out.String() + string(asJSON) + string(asYAML)
	if strings.Contains(shown, marker) || strings.Contains(shown, fmt.Sprintf("%x", marker)) {
		t.Errorf("a secret is shown:\n%s", shown)
	}
	if !strings.Contains(string(asYAML), hidden) {
		t.Error("a set secret cannot be told from an unset one")
	}
	if secret.Reveal() != marker {
		t.Error("Reveal does not give the secret")
	}
}

func TestURL(t *testing.T) {
	for text, want := range map[string]string{
		"":                               "",
		"https://Samtykke.Example.no":    "https://samtykke.example.no",
		"http://localhost:8080/":         "http://localhost:8080",
		"https://[2001:db8::1]:8443":     "https://[2001:db8::1]:8443",
		"samtykke.example.no":            "refused",
		"ftp://samtykke.example.no":      "refused",
		"https://samtykke.example.no/a":  "refused",
		"https://samtykke.example.no?a":  "refused",
		"https://samtykke.example.no#a":  "refused",
		"https://me:pw@samtykke.example": "refused",
		"https://":                       "refused",
	} {
		var have URL
		err := have.UnmarshalText([]byte(text))
		if (err != nil) != (want == "refused") || err == nil && have.String() != want {
			t.Errorf("%q: have %q, %v, want %q", text, have, err, want)
		}
	}
}
