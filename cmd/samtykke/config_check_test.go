package main_test

import (
	"path/filepath"
	"strings"
	"testing"
)

// TestConfigCheckNamesAProxyThatNobodyTrusts, and what to write; settings that
// name it are sound.
func TestConfigCheckNamesAProxyThatNobodyTrusts(t *testing.T) {
	settings := filepath.Join(t.TempDir(), "samtykke.yaml")
	write(t, settings, "admin:\n  url: https://samtykke-admin.example.no\n")
	done := invoke(t, "config", "check", "--config", settings)
	for _, want := range []string{"warning: admin.url", "trusted_proxies: [127.0.0.1]", "proxy_header: X-Forwarded-For", "help administration"} {
		if !strings.Contains(done.err, want) {
			t.Errorf("not a word of %q in\n%s", want, done.err)
		}
	}
	if done.code != 0 || strings.Contains(done.out, "sound") || !strings.Contains(done.out, "1 warning") {
		t.Errorf("exit %d: %s", done.code, done.out)
	}
	write(t, settings, "admin:\n  url: https://samtykke-admin.example.no\npublic:\n  trusted_proxies: [127.0.0.1]\n  proxy_header: X-Forwarded-For\n")
	if done = invoke(t, "config", "check", "--config", settings); done.code != 0 || done.err != "" || !strings.Contains(done.out, "sound") {
		t.Errorf("exit %d: %s%s", done.code, done.out, done.err)
	}
}
