package main_test

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// Who starts the server before there is anything learns where it looked, and which
// command makes it: that command, and no other, is then all it takes.
func TestServeWithoutItsFolderNamesInit(t *testing.T) {
	data := filepath.Join(t.TempDir(), "nothing", "here")
	got := invoke(t, "serve", "--data", data, "--listen", "127.0.0.1:0")
	if got.code != 1 || !strings.Contains(got.err, data) || !strings.Contains(got.err, "samtykke init EMAIL") || !strings.Contains(got.err, "storage.sqlite.path") {
		t.Fatalf("exit code %d: %s", got.code, got.err)
	}
	must(t, "init", "kari@example.no", "--data", data)
	if _, err := os.Stat(filepath.Join(data, "samtykke.db")); err != nil {
		t.Error(err)
	}
}

// The secrets with which the server tells people and logs them in stand in its own
// environment. Commands that need none run without; the server and the commands that
// look its settings over say what is missing.
func TestCommandsNeedNoSecretOfTheServer(t *testing.T) {
	data := t.TempDir()
	settings := filepath.Join(data, "samtykke.yaml")
	text := "storage:\n  sqlite:\n    path: " + filepath.Join(data, "samtykke.db") + "\n" +
		"admin:\n  url: https://admin.example.no\n  oidc:\n    issuer: https://id.example.no\n    client_id: samtykke\n    name: Entra\n" +
		"notify:\n  to: [kari@example.no]\n  mail:\n    server: smtp.example.no:587\n    from: samtykke@example.no\n    user: samtykke\n" +
		"  webhook:\n    url: https://example.no/hook\n"
	if err := os.WriteFile(settings, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	must(t, "init", "kari@example.no", "--config", settings)
	for _, verb := range []string{"account list", "db status", "account reset kari@example.no", "organisation list"} {
		if got := invoke(t, append(strings.Fields(verb), "--config", settings)...); got.code != 0 || got.err != "" {
			t.Errorf("%s: exit code %d: %s", verb, got.code, got.err)
		}
	}
	for _, verb := range []string{"serve --listen 127.0.0.1:0", "config check", "config print", "notify test"} {
		got := invoke(t, append(strings.Fields(verb), "--config", settings)...)
		for _, missing := range []string{"notify.webhook.key", "notify.mail.password", "admin.oidc.client_secret"} {
			if got.code != 1 || !strings.Contains(got.err, missing) {
				t.Errorf("%s: exit code %d, and not a word of %s: %s", verb, got.code, missing, got.err)
			}
		}
	}
}
