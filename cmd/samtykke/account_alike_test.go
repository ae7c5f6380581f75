package main_test

import (
	"strings"
	"testing"
)

// On the machine addresses and names go by the same rules as on the pages.
func TestNoDoublesOnTheMachine(t *testing.T) {
	i := newInstallation(t)
	must(t, "account", "add", "alfa-adm10@example.no", "--data", i.data)
	for _, email := range []string{"\u0251lfa-adm10@example.no", "alfa\u2010adm10@example.no", "\uff41lfa-adm10@example.no", "ny.\u00e5s@example.no"} {
		i.refused(t, 1, "Before the @ stand letters from a to z", "account", "add", email)
		i.refused(t, 1, "Before the @ stand letters from a to z", "account", "change", "alfa-adm10@example.no", "--email", email)
		i.refused(t, 2, "Before the @ stand letters from a to z", "recipients", "set", "gjerdrum", email)
		if done := invoke(t, "init", email, "--data", t.TempDir()); done.code == 0 || !strings.Contains(done.err, "Before the @ stand letters from a to z") {
			t.Errorf("init %+q: %d\n%s", email, done.code, done.err)
		}
	}
	i.refused(t, 1, "people take one for the other", "account", "add", "alfa-adml0@example.no")
	must(t, "account", "add", "kari@example.no", "--data", i.data)
	i.refused(t, 1, "people take one for the other", "account", "change", "kari@example.no", "--email", "alfa-adm1o@example.no")
	must(t, "account", "change", "alfa-adm10@example.no", "--email", "alfa-adml0@example.no", "--data", i.data) // one's own is no other
	i.refused(t, 1, "Write the name alone", "organisation", "change", "gjerdrum", "--name", "Alfa. Se https://evil.example/x")
}
